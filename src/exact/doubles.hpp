#pragma once
// Rational matrices in floating point, for proposals that exact arithmetic checks.

#include <rankscape/exact/matrix.hpp>

namespace rankscape {

/// Entry by entry, rounded to nearest.
[[nodiscard]] inline Matrix<double> in_doubles(const RationalMatrix& a) {
  return a.unaryExpr([](const Rational& entry) { return entry.convert_to<double>(); });
}

}  // namespace rankscape
