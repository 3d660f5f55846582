#pragma once
// Exact numbers: GMP integers and rationals through Boost.Multiprecision, without expression templates so that Eigen
// and `auto` see plain values.

#include <boost/multiprecision/gmp.hpp>
#include <string>
#include <string_view>

namespace rankscape {

using Integer = boost::multiprecision::number<boost::multiprecision::gmp_int, boost::multiprecision::et_off>;
using Rational = boost::multiprecision::number<boost::multiprecision::gmp_rational, boost::multiprecision::et_off>;

/// Reads an exact number: `-7`, `-7/3`, `0.1`, `1e-3`, `-2.5E+2`; the value is exactly the decimal that is spelled.
/// No white space, no leading `+`, no empty parts.
/// \throws InputError  malformed text, a zero denominator, more than 100,000 characters, or a decimal exponent beyond
///                     +-400 in absolute value (`1e400000000` must not fill the memory); the message quotes the text
///                     (shortened).
[[nodiscard]] Rational parse_rational(std::string_view text);

/// `-7/3`, or `-7` for an integer: what parse_rational reads.
[[nodiscard]] std::string to_string(const Rational& value);
[[nodiscard]] std::string to_string(const Integer& value);

/// LaTeX for use in mathematics mode: `-7`, `-\frac{7}{3}`.
[[nodiscard]] std::string to_latex(const Rational& value);

/// -1, 0 or 1.
[[nodiscard]] inline int sign(const Rational& value) {
  return value.sign();
}
[[nodiscard]] inline int sign(const Integer& value) {
  return value.sign();
}

}  // namespace rankscape
