// The arithmetic that Real does not have, with bounds on the size of its results.
#include "statements/functions.hpp"
#include "statements/limits.hpp"

#include <fmt/format.h>
#include <boost/multiprecision/gmp.hpp>

namespace rankscape::statements {

namespace {

constexpr std::size_t max_bits = 1U << 20U;

std::size_t bits(const Rational& value) {
  const Integer top = abs(numerator(value));
  return (top.is_zero() ? 1 : msb(top)) + msb(denominator(value));
}

// Both must keep the width asked for: |min(a, b) - min(a', b')| <= max(|a - a'|, |b - b'|).
template <Enclosure (*Choose)(const Enclosure&, const Enclosure&)>
Real enclosed_choice(const Real& a, const Real& b) {
  return Real(Real::Refine([a, b](const Rational& width) { return Choose(a.enclose(width), b.enclose(width)); }));
}

}  // namespace

void integer_overflow() {
  throw Undefined("an integer beyond 64 bits");
}

Real as_real(const Value& value) {
  if (const long* integer = std::get_if<long>(&value)) return Real(Rational(*integer));
  return std::get<Real>(value);
}

bool accepts(Kind wanted, Kind given) {
  return wanted == given || (wanted == Kind::real && given == Kind::integer);
}

Real bounded(Real value) {
  if (const Rational* exact = value.exact(); exact != nullptr && bits(*exact) > max_bits) {
    throw Undefined(fmt::format("a number of more than {} bits", max_bits));
  }
  return value;
}

Real smaller(const Real& a, const Real& b) {
  const Truth first = less(a, b);
  if (first != Truth::unknown) return first == Truth::yes ? a : b;
  return enclosed_choice<min>(a, b);
}

Real larger(const Real& a, const Real& b) {
  const Truth second = less(a, b);
  if (second != Truth::unknown) return second == Truth::yes ? b : a;
  return enclosed_choice<max>(a, b);
}

Value power(const Value& base, long exponent, Kind result) {
  if (exponent > max_exponent || exponent < -max_exponent) {
    throw Undefined(fmt::format("the exponent {} (at most {} in absolute value)", exponent, max_exponent));
  }
  if (result == Kind::integer) {
    long value = 1;
    for (long k = 0; k < exponent; ++k) {
      if (__builtin_mul_overflow(value, std::get<long>(base), &value)) integer_overflow();
    }
    return value;
  }
  Real square = as_real(base);
  Real value = Real(Rational(1));
  for (auto rest = static_cast<unsigned long>(std::abs(exponent)); rest != 0; rest /= 2) {
    if (rest % 2 == 1) value = bounded(value * square);
    if (rest > 1) square = bounded(square * square);
  }
  return exponent < 0 ? Real(Rational(1)) / value : value;
}

RationalMatrix combine(const RationalMatrix& a, const RationalMatrix& b, Op op) {
  if (op == Op::multiply) {
    if (a.cols() != b.rows()) {
      throw Undefined(
          fmt::format("the product of a {} x {} and a {} x {} matrix", a.rows(), a.cols(), b.rows(), b.cols()));
    }
    return multiply(a, b);
  }
  if (a.rows() != b.rows() || a.cols() != b.cols()) {
    throw Undefined(
        fmt::format("a {} x {} and a {} x {} matrix have different shapes", a.rows(), a.cols(), b.rows(), b.cols()));
  }
  return op == Op::add ? RationalMatrix(a + b) : RationalMatrix(a - b);
}

}  // namespace rankscape::statements
