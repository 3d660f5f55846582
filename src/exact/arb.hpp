#pragma once
// The border to Arb: a ball's exact end points. Balls stay inside the source files that compute with them.

#include "exact/flint.hpp"

#include <rankscape/exact/enclosure.hpp>

#include <arb.h>

namespace rankscape::exact {

/// value * 2^exponent, exactly.
[[nodiscard]] inline Rational times_power_of_two(const Rational& value, long exponent) {
  Rational out;
  if (exponent >= 0) {
    mpq_mul_2exp(out.backend().data(), value.backend().data(), static_cast<mp_bitcnt_t>(exponent));
  } else {
    mpq_div_2exp(out.backend().data(), value.backend().data(), static_cast<mp_bitcnt_t>(-exponent));
  }
  return out;
}

/// The ball as an interval with dyadic ends. \throws std::domain_error  a ball that is not finite
[[nodiscard]] inline Enclosure enclosure_of(const arb_t ball) {
  if (arb_is_finite(ball) == 0) throw std::domain_error("enclosure_of: an infinite ball");
  flint::Int lo;
  flint::Int hi;
  flint::Int exponent;
  arb_get_interval_fmpz_2exp(lo.get(), hi.get(), exponent.get(), ball);
  const slong shift = fmpz_get_si(exponent.get());
  return {times_power_of_two(Rational(flint::to_integer(lo.get())), shift),
          times_power_of_two(Rational(flint::to_integer(hi.get())), shift)};
}

}  // namespace rankscape::exact
