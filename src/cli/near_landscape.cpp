// The answer of near_landscape.hpp in words and as JSON.
#include "cli/near_landscape.hpp"

#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <rankscape/exact/decimal.hpp>

#include "answers/near_landscape.hpp"
#include "answers/near_text.hpp"
#include "answers/point_file.hpp"
#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "cli/near_certificate.hpp"
#include "near/orbit_certificate.hpp"
#include "symmetry/loss.hpp"

namespace rankscape::cli {

namespace {

constexpr unsigned distance_digits = 9;

Json point_json(const NearLandscape& question) {
  if (question.point.empty()) return point_file_of(question.loss, question.at, question.data);
  Json json = read_point_file(question.point);
  if (!question.landscape.empty() && json.is_object()) {
    if (json.contains("loss") || (json.contains("model") && json.at("model") != Json(question.landscape)))
      throw InputError(
          fmt::format("{}: the point names a loss of its own, expected none beside --landscape", question.point));
    json["model"] = question.landscape;
  }
  return json;
}

using answers::rounded_below;

std::string between(const Enclosure& a, unsigned digits) {
  if (!has_decimal(a)) return "no decimal in reach";
  const DecimalEnclosure decimal = to_decimal(a, digits);
  return fmt::format("[{}, {}]", decimal.lo, decimal.hi);
}

void print(const near::NearbyAnswer& answer) {
  if (answer.empty > 0) std::cout << fmt::format("no critical point within {}\n", rounded_below(answer.empty, 6));
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
    std::cout << fmt::format("every critical point within {} is {}\n", rounded_below(point.alone, 6),
                             inertia.zero == 0 ? "this one" : "this one or its image under isometries of the loss");
  }
  if (point.better) std::cout << "not a global minimizer: the loss is lower elsewhere\n";
}

}  // namespace

int near_on_landscape(const NearLandscape& question) {
  const auto library = landscape_library(question.landscapes);
  const answers::LandscapeNearness found =
      answers::near_on_landscape(*library, point_json(question), question.point, question.radius);
  bool certified = true;
  if (!question.certificate.empty()) {
    const symmetry::Loss loss(found.instance->program(), found.instance->program_data());
    const RationalVector at = symmetry::as_vector(found.instance->point().weights);
    const auto& point = found.answer.point;
    certified = write_near_certificate(question.certificate,
                                       point ? near::orbit_certificate_of(loss, at, *point) : std::nullopt,
                                       at.size() + (point ? point->proof.N.cols() : 0));
  }
  if (!question.json.empty()) write_json(question.json, found.json());
  if (question.json != "-") {
    print(found.answer);
    if (question.radius)
      std::cout << fmt::format("a critical point within {}: {}\n", to_string(*question.radius), found.within());
  }
  const bool answered = question.radius ? found.within() != "undecided" : found.answer.point.has_value();
  return answered && certified ? success : undecided;
}

}  // namespace rankscape::cli
