#pragma once
// Out of the exact numbers, for proposals only: what is found in floating point is proved or refused exactly.

#include <rankscape/exact/matrix.hpp>

namespace rankscape::matrix_sensing {

inline Eigen::MatrixXd to_double(const RationalMatrix& a) {
  return a.unaryExpr([](const Rational& x) { return x.convert_to<double>(); });
}

}  // namespace rankscape::matrix_sensing
