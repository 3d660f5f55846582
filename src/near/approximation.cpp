#include "near/approximation.hpp"

#include <algorithm>
#include <cmath>

#include "exact/arb.hpp"
#include "exact/decompositions.hpp"
#include "near/spectrum.hpp"

namespace rankscape::near {

namespace {

// |a| < 2^magnitude
long magnitude(const Rational& a) {
  return static_cast<long>(msb(abs(numerator(a)))) - static_cast<long>(msb(denominator(a))) + 1;
}

Rational multiple_of_power(const Rational& a, long step) {
  const Rational scaled = exact::times_power_of_two(a, -step);
  Integer floor;
  mpz_fdiv_q(floor.backend().data(), mpq_numref(scaled.backend().data()), mpq_denref(scaled.backend().data()));
  return exact::times_power_of_two(Rational(floor), step);
}

bool is_narrow(const RationalMatrix& a) {
  return std::max(a.rows(), a.cols()) <= exact_width;
}

std::optional<Approximation> exact_inverse(const RationalMatrix& a) {
  auto exact = inverse(a);
  if (!exact) return std::nullopt;
  return shortened(Approximation{std::move(*exact), 0});
}

}  // namespace

unsigned working_bits(Index width) {
  constexpr Index wide = 64;
  constexpr Index very_wide = 256;
  return width <= wide ? 200 : width <= very_wide ? 104 : 60;  // the last fit a machine word
}

Rational shortened(const Rational& a, unsigned bits) {
  return a.is_zero() ? a : multiple_of_power(a, magnitude(a) - static_cast<long>(bits));
}

RationalMatrix shortened(const RationalMatrix& a, unsigned bits) {
  std::optional<long> largest;
  for (Index k = 0; k < a.size(); ++k)
    if (!a.data()[k].is_zero()) largest = std::max(largest.value_or(magnitude(a.data()[k])), magnitude(a.data()[k]));
  if (!largest) return a;
  const long step = *largest - static_cast<long>(bits);
  return a.unaryExpr([step](const Rational& entry) { return multiple_of_power(entry, step); });
}

Approximation shortened(Approximation a) {
  if (is_narrow(a.value)) return a;
  RationalMatrix simple = shortened(a.value, working_bits(std::max(a.value.rows(), a.value.cols())));
  a.error = rounded_up(a.error + norm_above(a.value - simple));
  a.value = std::move(simple);
  return a;
}

Approximation operator*(const Approximation& a, const Approximation& b) {
  Rational error = 0;
  if (a.error != 0 || b.error != 0)
    error = rounded_up(a.error * (norm_above(b.value) + b.error) + norm_above(a.value) * b.error);
  return shortened({multiply(a.value, b.value), std::move(error)});
}

Approximation operator+(const Approximation& a, const Approximation& b) {
  return {a.value + b.value, a.error + b.error};
}

Approximation operator-(const Approximation& a, const Approximation& b) {
  return {a.value - b.value, a.error + b.error};
}

Approximation transposed(const Approximation& a) {
  return {a.value.transpose(), a.error};
}

namespace {

// With numbers of so many digits; nothing where they do not do.
std::optional<Approximation> newton_inverse(const RationalMatrix& exact, const Matrix<double>& start, unsigned bits) {
  const RationalMatrix simple = shortened(exact, bits);
  const Approximation a{simple, rounded_up(norm_above(exact - simple))};
  RationalMatrix inverse = shortened(exactly(start), bits);
  constexpr int most_steps = 8;
  constexpr unsigned correction_bits = 60;
  std::optional<Rational> before;
  for (int step = 0; step < most_steps; ++step) {
    RationalMatrix residual = -multiply(a.value, inverse);
    residual.diagonal().array() += Rational(1);
    const Rational size = norm_above(inverse);
    const Rational off = rounded_up(norm_above(residual) + a.error * size);  // at least ||I - exact inverse||
    constexpr long useful = 8;
    if (off * useful >= 1) return std::nullopt;
    constexpr long little = 1L << 20;
    if ((before && off * little > *before) || off * exact::times_power_of_two(Rational(1), bits - 30L) < 1) {
      if (off * little > 1) return std::nullopt;
      return Approximation{std::move(inverse), rounded_up(size * off / (1 - off))};
    }
    before = off;
    inverse = shortened(RationalMatrix(inverse + multiply(inverse, shortened(residual, correction_bits))), bits);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Approximation> inverse_near(const RationalMatrix& exact) {
  if (is_narrow(exact)) return exact_inverse(exact);
  const Matrix<double> start = truncated(exact).partialPivLu().inverse();
  constexpr unsigned longer = 104;
  if (start.allFinite())
    for (unsigned bits = working_bits(exact.rows()); bits != 0; bits = bits < longer ? longer : 0)
      if (auto inverse = newton_inverse(exact, start, bits)) return inverse;
  return exact_inverse(exact);
}

Matrix<double> truncated(const RationalMatrix& a) {
  return a.unaryExpr([](const Rational& x) { return mpq_get_d(x.backend().data()); });
}

RationalMatrix exactly(const Matrix<double>& a) {
  return a.unaryExpr([](double x) { return std::isfinite(x) ? Rational(x) : Rational(0); });
}

}  // namespace rankscape::near
