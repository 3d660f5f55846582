#include "answers/near_landscape.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <rankscape/value.hpp>
#include <vector>

#include "answers/near_text.hpp"
#include "check/nearby_point.hpp"
#include "symmetry/loss.hpp"

namespace rankscape::answers {

namespace {

constexpr unsigned distance_digits = 9;
constexpr unsigned weight_digits = 25;

// The weights by name, as rows of enclosures.
Json weights_json(const std::vector<Enclosure>& at, const Instance& instance) {
  const std::vector<std::string> names = instance.landscape().weight_names(instance);
  Json json = Json::object();
  std::size_t first = 0;
  for (std::size_t w = 0; w < names.size(); ++w) {
    const RationalMatrix& shape = instance.point().weights[w];
    Json rows = Json::array();
    for (Index i = 0; i < shape.rows(); ++i) {
      Json row = Json::array();
      for (Index j = 0; j < shape.cols(); ++j)
        row.push_back(enclosure_to_json(at[first + static_cast<std::size_t>(i + j * shape.rows())], weight_digits));
      rows.push_back(std::move(row));
    }
    json[names[w]] = std::move(rows);
    first += static_cast<std::size_t>(shape.size());
  }
  return json;
}

Json nearby_json(const near::NearbyPoint& point, const Instance& instance) {
  Json json = {{"inertia", inertia_to_json(point.inertia)},
               {"verdict", to_string(point.verdict)},
               {"distance", enclosure_to_json(point.distance, distance_digits)},
               {"orbit_dimension", point.inertia.zero},
               {"value", enclosure_to_json(point.value)},
               {"weights", weights_json(point.at, instance)},
               {"alone_within", rounded_below(point.alone, distance_digits)}};
  if (point.verdict == Verdict::local_minimizer) json["global"] = point.better ? Json(false) : Json(nullptr);
  return json;
}

}  // namespace

LandscapeNearness near_on_landscape(const Library& library, const Json& point, const std::string& file,
                                    std::optional<Rational> radius) {
  LandscapeNearness found;
  found.radius = std::move(radius);
  try {
    found.located = library.point(point, std::filesystem::path(file).parent_path());
    found.located.landscape->check_unconstrained();
    found.instance = found.located.landscape->instance(std::move(found.located.point));
    try {
      static_cast<void>(found.instance->gradient());
    } catch (const Undefined& undefined) {
      throw InputError(fmt::format("the loss is not defined at the point: {}", undefined.what()));
    }
  } catch (const InputError& error) {
    const std::string message = error.what();
    if (file.empty() || message.starts_with(file)) throw;
    throw InputError(fmt::format("{}: {}", file, message));
  }
  const symmetry::Loss loss(found.instance->program(), found.instance->program_data());
  found.answer = critical_point_beside(*found.instance, loss);
  return found;
}

std::string LandscapeNearness::within() const {
  if (!radius) return {};
  if (*radius <= answer.empty) return "no";
  return answer.point && answer.point->distance.hi <= *radius ? "yes" : "undecided";
}

Json LandscapeNearness::json() const {
  Json json;
  json["format"] = "rankscape-near/1";
  if (located.landscape->id().empty()) {
    json["loss"] = located.landscape->loss();
  } else {
    json["model"] = located.landscape->id();
  }
  json["parameters"] = instance->parameters();
  json["empty_radius"] = rounded_below(answer.empty, distance_digits);
  if (answer.point) {
    json["nearest"] = nearby_json(*answer.point, *instance);
  } else {
    json["reason"] = answer.reason;
  }
  if (radius) json["within_radius"] = {{"radius", to_string(*radius)}, {"critical_point", within()}};
  return json;
}

}  // namespace rankscape::answers
