// Interval arithmetic with exact rational end points, and its way out into decimals (rounded outward).

#include "exact/arb.hpp"

#include <rankscape/exact/decimal.hpp>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

#include "exact/power_of_ten.hpp"

namespace rankscape {
namespace {

Rational scaled_by_power_of_ten(const Rational& a, long exponent) {
  return exponent >= 0 ? Rational(a * power_of_ten(static_cast<unsigned long>(exponent)))
                       : Rational(a / power_of_ten(static_cast<unsigned long>(-exponent)));
}

long bit_length(mpz_srcptr value) {
  return static_cast<long>(mpz_sizeinbase(value, 2));
}

Integer floor(const Rational& a) {
  Integer out;
  mpz_fdiv_q(out.backend().data(), mpq_numref(a.backend().data()), mpq_denref(a.backend().data()));
  return out;
}

Integer ceil(const Rational& a) {
  Integer out;
  mpz_cdiv_q(out.backend().data(), mpq_numref(a.backend().data()), mpq_denref(a.backend().data()));
  return out;
}

// floor(log10(a)) for a > 0: an estimate from the bit lengths, then corrected exactly.
long decimal_exponent(const Rational& a) {
  constexpr double log10_of_2 = 0.30102999566398119521;
  const long bits = bit_length(mpq_numref(a.backend().data())) - bit_length(mpq_denref(a.backend().data()));
  long exponent = static_cast<long>(static_cast<double>(bits) * log10_of_2);
  while (scaled_by_power_of_ten(1, exponent) > a)
    --exponent;
  while (scaled_by_power_of_ten(1, exponent + 1) <= a)
    ++exponent;
  return exponent;
}

// digits * 10^exponent in the spelling that parse_rational reads; `digits` has no leading or trailing zero.
std::string spelled(std::string digits, long exponent) {
  constexpr long longest_plain = 21;
  constexpr long exponent_limit = 400;  // of parse_rational
  constexpr long most_zeros = 90'000;   // it reads 100,000 characters
  const long length = static_cast<long>(digits.size());
  const long scientific = exponent + length - 1;
  const auto zeros = [](long count) {
    if (count > most_zeros) throw std::range_error("to_decimal: the number is too large or too small to be spelled");
    return std::string(static_cast<std::size_t>(count), '0');
  };
  if (exponent >= 0 && scientific < longest_plain) return digits + zeros(exponent);
  if (exponent < 0 && scientific >= 0) return digits.insert(static_cast<std::size_t>(scientific + 1), 1, '.');
  if (scientific < 0 && scientific >= -6) return "0." + zeros(-scientific - 1) + digits;
  if (scientific < -exponent_limit) {
    return "0." + zeros(-scientific - exponent_limit - 1) + digits + "e-" + std::to_string(exponent_limit);
  }
  if (scientific > exponent_limit) {  // an integer part longer than one digit takes what the exponent may not
    const long whole = scientific - exponent_limit + 1;
    if (whole < length) {
      digits.insert(static_cast<std::size_t>(whole), 1, '.');
    } else {
      digits += zeros(whole - length);
    }
    return digits + "e" + std::to_string(exponent_limit);
  }
  if (length > 1) digits.insert(1, 1, '.');
  return digits + "e" + std::to_string(scientific);
}

// `a` rounded to at most `digits` significant decimal digits, away from zero or towards it.
std::string rounded(const Rational& a, unsigned digits, bool upward) {
  if (a.is_zero()) return "0";
  const Rational magnitude = abs(a);
  const bool away = (a > 0) == upward;
  const long last = decimal_exponent(magnitude) - static_cast<long>(digits) + 1;  // place of the last digit
  const Rational shifted = scaled_by_power_of_ten(magnitude, -last);
  std::string text = to_string(away ? ceil(shifted) : floor(shifted));
  const std::size_t kept = text.find_last_not_of('0') + 1;
  const long exponent = last + static_cast<long>(text.size() - kept);
  text.resize(kept);
  text = spelled(std::move(text), exponent);
  return a < 0 ? "-" + text : text;
}

// The exact square root when it is rational.
bool exact_root(const Rational& a, Rational& root) {
  const mpq_srcptr value = a.backend().data();
  if (mpz_perfect_square_p(mpq_numref(value)) == 0 || mpz_perfect_square_p(mpq_denref(value)) == 0) return false;
  mpz_sqrt(mpq_numref(root.backend().data()), mpq_numref(value));
  mpz_sqrt(mpq_denref(root.backend().data()), mpq_denref(value));
  return true;
}

// Bound of sqrt(a) from below or above, an integer multiple of a power of two; a > 0.
Rational root_bound(const Rational& a, unsigned bits, bool upward) {
  Rational root;
  if (exact_root(a, root)) return root;
  const mpq_srcptr value = a.backend().data();
  const long size = bit_length(mpq_numref(value)) - bit_length(mpq_denref(value));
  const long shift = static_cast<long>(bits) + 1 - size / 2;  // a * 4^shift has at least 2 bits + 1 binary places
  const Rational shifted = exact::times_power_of_two(a, 2 * shift);
  Integer integer_root = sqrt(floor(shifted));
  if (upward) ++integer_root;  // (floor(sqrt(floor(x))) + 1)^2 >= floor(x) + 1 > x
  return exact::times_power_of_two(Rational(integer_root), -shift);
}

}  // namespace

Enclosure::Enclosure(const Rational& lower, const Rational& upper) : lo(lower), hi(upper) {
  if (lo > hi) throw std::invalid_argument("Enclosure: the lower end lies above the upper end");
}

Enclosure operator-(const Enclosure& a) {
  return {-a.hi, -a.lo};
}
Enclosure operator+(const Enclosure& a, const Enclosure& b) {
  return {a.lo + b.lo, a.hi + b.hi};
}
Enclosure operator-(const Enclosure& a, const Enclosure& b) {
  return {a.lo - b.hi, a.hi - b.lo};
}

Enclosure operator*(const Enclosure& a, const Enclosure& b) {
  const Rational products[] = {a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi};
  const auto [least, most] = std::minmax_element(std::begin(products), std::end(products));
  return {*least, *most};
}

Enclosure operator/(const Enclosure& a, const Enclosure& b) {
  if (b.contains(0)) throw std::domain_error("Enclosure: the divisor contains zero");
  return a * Enclosure(1 / b.hi, 1 / b.lo);
}

Enclosure sqrt(const Enclosure& a, unsigned bits) {
  if (a.lo < 0) throw std::domain_error("Enclosure: square root of a possibly negative number");
  return {a.lo.is_zero() ? Rational(0) : root_bound(a.lo, bits, false),
          a.hi.is_zero() ? Rational(0) : root_bound(a.hi, bits, true)};
}

Enclosure min(const Enclosure& a, const Enclosure& b) {
  return {std::min(a.lo, b.lo), std::min(a.hi, b.hi)};
}
Enclosure max(const Enclosure& a, const Enclosure& b) {
  return {std::max(a.lo, b.lo), std::max(a.hi, b.hi)};
}

Truth less(const Enclosure& a, const Enclosure& b) {
  if (a.hi < b.lo) return Truth::yes;
  return a.lo >= b.hi ? Truth::no : Truth::unknown;
}

Truth less_equal(const Enclosure& a, const Enclosure& b) {
  return !less(b, a);
}

Truth equal(const Enclosure& a, const Enclosure& b) {
  if (a.hi < b.lo || b.hi < a.lo) return Truth::no;
  return a.is_exact() && b.is_exact() ? Truth::yes : Truth::unknown;
}

bool has_decimal(const Enclosure& a) {
  constexpr long most_bits = 265'000;  // of 10^80000
  const auto in_reach = [](const Rational& x) {
    const mpq_srcptr value = x.backend().data();
    return std::labs(bit_length(mpq_numref(value)) - bit_length(mpq_denref(value))) < most_bits;
  };
  return in_reach(a.lo) && in_reach(a.hi);
}

DecimalEnclosure to_decimal(const Enclosure& a, unsigned digits) {
  if (digits == 0) throw std::invalid_argument("to_decimal: at least one digit");
  return {rounded(a.lo, digits, false), rounded(a.hi, digits, true)};
}

}  // namespace rankscape
