#pragma once
// How `near` names what it found, for a point and for a run.

#include <nlohmann/json.hpp>
#include <rankscape/exact/enclosure.hpp>
#include <string>

#include "near/report.hpp"
#include "text/number_json.hpp"

namespace rankscape::answers {

inline Json one_based(const near::Selection& S) {
  Json list = Json::array();
  for (const Index i : S)
    list.push_back(i + 1);
  return list;
}

/// {1,2}
inline std::string braces(const near::Selection& S) {
  std::string text;
  for (const Index i : S)
    text += (text.empty() ? "" : ",") + std::to_string(i + 1);
  return "{" + text + "}";
}

inline Json described(const near::Certified& c) {
  Json stratum = Json::array();
  for (const auto& [string, count] : c.point.stratum.multiplicity)
    stratum.push_back({string.start, string.length, count});
  return {{"S", one_based(c.point.S)},
          {"stratum", stratum},
          {"inertia", {{"neg", c.inertia.negative}, {"zero", c.inertia.zero}, {"pos", c.inertia.positive}}},
          {"verdict", to_string(c.verdict)},
          {"distance", enclosure_to_json(Enclosure(c.below, c.above), 9)}};
}

/// A lower bound, rounded down; an upper bound, rounded up.
inline std::string rounded_below(const Rational& a, unsigned digits = 6) {
  return to_decimal(Enclosure(a), digits).lo;
}
inline std::string rounded_above(const Rational& a, unsigned digits = 6) {
  return to_decimal(Enclosure(a), digits).hi;
}

}  // namespace rankscape::answers
