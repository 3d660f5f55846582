// The answer of near_landscape.hpp in words and as JSON.
#include "cli/near_landscape.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <rankscape/exact/decimal.hpp>
#include <rankscape/landscape.hpp>
#include <rankscape/value.hpp>

#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "cli/point_file.hpp"
#include "near/nearby.hpp"
#include "report/number_json.hpp"
#include "symmetry/loss.hpp"

namespace rankscape::cli {

namespace {

constexpr unsigned distance_digits = 9;
constexpr unsigned weight_digits = 25;

Json point_json(const NearLandscape& question) {
  if (question.point.empty()) return point_file_of(question.loss, question.at, question.data);
  Json json = read_point_file(question.point);
  if (!question.landscape.empty() && json.is_object()) {
    if (json.contains("loss") || (json.contains("model") && json.at("model") != Json(question.landscape)))
      throw InputError("the point names a loss of its own, expected none beside --landscape");
    json["model"] = question.landscape;
  }
  return json;
}

std::string lower(const Rational& radius, unsigned digits) {
  return to_decimal(Enclosure(radius), digits).lo;
}

std::string between(const Enclosure& a, unsigned digits) {
  if (!has_decimal(a)) return "no decimal in reach";
  const DecimalEnclosure decimal = to_decimal(a, digits);
  return fmt::format("[{}, {}]", decimal.lo, decimal.hi);
}

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

Json described(const near::NearbyPoint& point, const Instance& instance) {
  Json json = {
      {"inertia", {{"neg", point.inertia.negative}, {"zero", point.inertia.zero}, {"pos", point.inertia.positive}}},
      {"verdict", to_string(point.verdict)},
      {"distance", enclosure_to_json(point.distance, distance_digits)},
      {"orbit_dimension", point.inertia.zero},
      {"value", enclosure_to_json(point.value)},
      {"weights", weights_json(point.at, instance)},
      {"alone_within", lower(point.alone, distance_digits)}};
  if (point.verdict == Verdict::local_minimizer) json["global"] = point.better ? Json(false) : Json(nullptr);
  return json;
}

void print(const near::NearbyAnswer& answer) {
  if (answer.empty > 0) std::cout << fmt::format("no critical point within {}\n", lower(answer.empty, 6));
  if (!answer.point) {
    std::cout << fmt::format("no critical point could be certified: {}\n", answer.reason);
    return;
  }
  const near::NearbyPoint& point = *answer.point;
  const Inertia& inertia = point.inertia;
  std::cout << fmt::format("certified            inertia ({}, {}, {})  {}  distance in {}  value in {}\n",
                           inertia.negative, inertia.zero, inertia.positive, to_string(point.verdict),
                           between(point.distance, distance_digits), between(point.value, distance_digits));
  if (point.alone > 0) {
    std::cout << fmt::format("every critical point within {} is {}\n", lower(point.alone, 6),
                             inertia.zero == 0 ? "this one" : "this one or its image under isometries of the loss");
  }
  if (point.better) std::cout << "not a global minimizer: the loss is lower elsewhere\n";
}

}  // namespace

int near_on_landscape(const NearLandscape& question) {
  const auto library = landscape_library(question.landscapes);
  Library::Located located;
  std::unique_ptr<Instance> instance;
  try {
    located = library->point(point_json(question), std::filesystem::path(question.point).parent_path());
    located.landscape->check_unconstrained();
    instance = located.landscape->instance(std::move(located.point));
    try {
      static_cast<void>(instance->gradient());
    } catch (const Undefined& undefined) {
      throw InputError(fmt::format("the loss is not defined at the point: {}", undefined.what()));
    }
  } catch (const InputError& error) {
    const std::string message = error.what();
    if (question.point.empty() || message.starts_with(question.point)) throw;
    throw InputError(fmt::format("{}: {}", question.point, message));
  }
  const symmetry::Loss loss(instance->program(), instance->program_data());
  const near::NearbyAnswer answer = near::critical_point_near(loss, symmetry::as_vector(instance->point().weights));
  Json json;
  json["format"] = "rankscape-near/1";
  if (located.landscape->id().empty()) {
    json["loss"] = located.landscape->loss();
  } else {
    json["model"] = located.landscape->id();
  }
  json["parameters"] = instance->parameters();
  json["empty_radius"] = lower(answer.empty, distance_digits);
  if (answer.point) {
    json["nearest"] = described(*answer.point, *instance);
  } else {
    json["reason"] = answer.reason;
  }
  std::string within;
  if (question.radius) {
    within = *question.radius <= answer.empty                                ? "no"
             : answer.point && answer.point->distance.hi <= *question.radius ? "yes"
                                                                             : "undecided";
    json["within_radius"] = {{"radius", to_string(*question.radius)}, {"critical_point", within}};
  }
  if (!question.json.empty()) write_json(question.json, json);
  if (question.json != "-") {
    print(answer);
    if (question.radius)
      std::cout << fmt::format("a critical point within {}: {}\n", to_string(*question.radius), within);
  }
  const bool answered = question.radius ? within != "undecided" : answer.point.has_value();
  return answered ? success : undecided;
}

}  // namespace rankscape::cli
