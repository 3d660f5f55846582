#pragma once
// Quadratic forms on symmetric matrices. The loss of matrix sensing sees the measurements only through the form
// X -> ||A(X)||^2; here it is a symmetric rational matrix in coordinates, its extreme ratios to ||X||_F^2 (the RIP
// constants) are exact real algebraic numbers, and every positive semidefinite rational form comes from rational
// measurements, because every positive rational is a sum of four squares.

#include <rankscape/value.hpp>

#include <array>
#include <vector>

namespace rankscape::matrix_sensing {

/// n (n + 1) / 2
[[nodiscard]] Index symmetric_dimension(Index n);
/// Entries x_ij, i <= j, of a symmetric matrix, column by column: x_11, x_12, x_22, x_13, ...
[[nodiscard]] RationalVector coordinates(const RationalMatrix& symmetric);
[[nodiscard]] RationalMatrix from_coordinates(const RationalVector& x, Index n);
/// Weights of the inner product: <X, Y> = sum weight x y; 1 for diagonal coordinates, 2 for the others.
[[nodiscard]] RationalVector coordinate_weights(Index n);

/// The sum of products of entries.
[[nodiscard]] Rational inner_product(const RationalMatrix& a, const RationalMatrix& b);

/// Q with ||A(X)||^2 = x^T Q x, and the right side d with <A(X), b> = x^T d; from the symmetric parts of the A_l.
[[nodiscard]] RationalMatrix form_of(const std::vector<RationalMatrix>& A, Index n);
[[nodiscard]] RationalVector moments_of(const std::vector<RationalMatrix>& A, const std::vector<Rational>& b, Index n);

/// Symmetric matrices A_l with form_of(A) = form, at most four for each coordinate.
/// \throws std::invalid_argument  the form is not positive semidefinite
[[nodiscard]] std::vector<RationalMatrix> measurements_of(const RationalMatrix& form, Index n);

/// a^2 + b^2 + c^2 + d^2 = value >= 0. \throws std::invalid_argument  value < 0
[[nodiscard]] std::array<Rational, 4> four_squares(const Rational& value);

/// lower ||X||_F^2 <= ||A(X)||^2 <= upper ||X||_F^2 for every symmetric X of rank at most `rank`.
struct RestrictedBounds {
  Real lower;
  Real upper;
  /// Both are attained by matrices of rank <= `rank`; else they are those over all symmetric matrices.
  bool exact = false;
};
/// Exact when rank >= n, and for forms alpha ||X||^2 - theta (tr X)^2, which are recognized.
[[nodiscard]] RestrictedBounds restricted_bounds(const RationalMatrix& form, Index n, Index rank);

}  // namespace rankscape::matrix_sensing
