#pragma once
// Taylor coefficients along a line, by arithmetic with polynomials in t that are cut off after t^2: a loss at W + tV
// over jets gives L(W), <gradient, V> and q(V).

#include <symbolic/formula.hpp>

#include <array>

namespace rankscape::symbolic {

/// value[0] + value[1] t + value[2] t^2, coefficients expanded.
struct Jet {
  std::array<Expression, 3> value{0, 0, 0};
};

[[nodiscard]] inline Jet operator+(const Jet& a, const Jet& b) {
  return {{a.value[0] + b.value[0], a.value[1] + b.value[1], a.value[2] + b.value[2]}};
}

[[nodiscard]] inline Jet operator*(const Jet& a, const Jet& b) {
  Jet result;
  for (std::size_t k = 0; k < 3; ++k) {
    Expression sum = 0;
    for (std::size_t i = 0; i <= k; ++i)
      sum += a.value[i] * b.value[k - i];
    result.value[k] = sum.expand();
  }
  return result;
}

}  // namespace rankscape::symbolic
