#pragma once
// 10^exponent, for reading and printing decimals.

#include <rankscape/exact/rational.hpp>

namespace rankscape {

inline Integer power_of_ten(unsigned long exponent) {
  Integer value;
  mpz_ui_pow_ui(value.backend().data(), 10, exponent);
  return value;
}

}  // namespace rankscape
