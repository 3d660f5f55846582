#pragma once
// A closed interval that is known to contain a real number. The end points are exact rationals (usually dyadic), so
// arithmetic on enclosures needs no rounding mode and cannot lose containment. An Enclosure never converts to a number.

#include <rankscape/exact/rational.hpp>
#include <rankscape/truth.hpp>

#include <string>

namespace rankscape {

struct Enclosure {
  Rational lo = 0;
  Rational hi = 0;

  Enclosure() = default;
  explicit Enclosure(const Rational& exact) : lo(exact), hi(exact) {}
  /// \throws std::invalid_argument  lower > upper
  Enclosure(const Rational& lower, const Rational& upper);

  [[nodiscard]] bool is_exact() const { return lo == hi; }
  [[nodiscard]] Rational width() const { return hi - lo; }
  [[nodiscard]] bool contains(const Rational& value) const { return lo <= value && value <= hi; }
};

[[nodiscard]] Enclosure operator-(const Enclosure& a);
[[nodiscard]] Enclosure operator+(const Enclosure& a, const Enclosure& b);
[[nodiscard]] Enclosure operator-(const Enclosure& a, const Enclosure& b);
[[nodiscard]] Enclosure operator*(const Enclosure& a, const Enclosure& b);
/// \throws std::domain_error  b contains 0
[[nodiscard]] Enclosure operator/(const Enclosure& a, const Enclosure& b);
/// Enclosure of the square root to a relative width of about 2^-bits. \throws std::domain_error  a.lo < 0
[[nodiscard]] Enclosure sqrt(const Enclosure& a, unsigned bits = 128);
[[nodiscard]] Enclosure min(const Enclosure& a, const Enclosure& b);
[[nodiscard]] Enclosure max(const Enclosure& a, const Enclosure& b);

/// Comparisons of the numbers enclosed: yes or no only when the intervals decide it.
[[nodiscard]] Truth less(const Enclosure& a, const Enclosure& b);
[[nodiscard]] Truth less_equal(const Enclosure& a, const Enclosure& b);
[[nodiscard]] Truth equal(const Enclosure& a, const Enclosure& b);

/// Decimal strings rounded outward, each with at most `digits` significant digits: lo is rounded down, hi up. Exact end
/// points that need fewer digits are printed in full; both parse back (parse_rational) to an interval that contains
/// this.
struct DecimalEnclosure {
  std::string lo;
  std::string hi;
};
[[nodiscard]] DecimalEnclosure to_decimal(const Enclosure& a, unsigned digits = 17);

}  // namespace rankscape
