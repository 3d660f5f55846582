#pragma once
// The rule of every file that rankscape writes: a JSON integer where it is one of 64 bits, else a string; enclosures as
// two decimals, inertia as three counts.

#include <rankscape/exact/decimal.hpp>
#include <rankscape/exact/inertia.hpp>
#include <rankscape/exact/rational.hpp>
#include <rankscape/exact_json.hpp>

#include <limits>
#include <nlohmann/json.hpp>

namespace rankscape {

[[nodiscard]] inline Json number_to_json(const Rational& value) {
  if (denominator(value) == 1 && value >= std::numeric_limits<std::int64_t>::min() &&
      value <= std::numeric_limits<std::int64_t>::max()) {
    return numerator(value).convert_to<std::int64_t>();
  }
  return to_string(value);
}

/// {"lo": .., "hi": ..}, rounded outward; null where no decimal is in reach (has_decimal).
/// \param digits  at most so many significant ones
[[nodiscard]] inline Json enclosure_to_json(const Enclosure& a, unsigned digits = 17) {
  if (!has_decimal(a)) return nullptr;
  const DecimalEnclosure decimal = to_decimal(a, digits);
  return {{"lo", decimal.lo}, {"hi", decimal.hi}};
}

[[nodiscard]] inline Json inertia_to_json(const Inertia& inertia) {
  return {{"neg", inertia.negative}, {"zero", inertia.zero}, {"pos", inertia.positive}};
}

}  // namespace rankscape
