#pragma once
// What a congruence in floating point proves about the signs of eigenvalues: bounds of all that was rounded are part of
// the test, so a count that comes out is true of the exact matrix, and a bad congruence proves nothing.

#include <rankscape/exact/inertia.hpp>
#include <rankscape/exact/matrix.hpp>

#include <functional>
#include <optional>
#include <vector>

namespace rankscape::exact {

/// 2^-exponent a with entries of absolute value at most 1, each rounded with a relative error below 2^-50 (or an
/// absolute one below 2^-1000).
struct RoundedMatrix {
  Matrix<double> entries;
  long exponent = 0;
};
[[nodiscard]] RoundedMatrix rounded(const RationalMatrix& a);
/// 2^-exponent value, rounded in the same way. \pre absolute value at most 1
[[nodiscard]] double rounded(const Rational& value, long exponent);

/// d a d, d the diagonal of the powers of two 2^exponents such that the largest entry of each row is about 1 (Ruiz'
/// iteration): of the inertia of a, and often far better conditioned. Rounded as above, whatever the sizes in a.
struct EquilibratedMatrix {
  Matrix<double> entries;
  std::vector<long> exponents;
};
[[nodiscard]] EquilibratedMatrix equilibrated(const IntegerMatrix& a);
[[nodiscard]] EquilibratedMatrix equilibrated(const RationalMatrix& a);

/// Numbers of negative and of positive eigenvalues that every symmetric matrix which rounds to `a` has at least:
/// the signs of the diagonal of t = s^T a s, where t is strictly diagonally dominant whatever was rounded. Then no
/// matrix between t and its diagonal is singular, so s has full column rank and t as many positive and negative
/// directions (Sylvester).
/// \param s  of any origin: n x k. \return nothing when t is not shown to be dominant
[[nodiscard]] std::optional<Inertia> certain_signs(const Matrix<double>& a, const Matrix<double>& s);

/// Proposes s for a of rank `rank`, such that s^T a s is close to a diagonal of +1 and -1. It may be wrong, of any
/// shape, or not finite.
using Proposer = std::function<Matrix<double>(const Matrix<double>& a, Index rank)>;

/// L^-T |D|^-1/2 for a = L D L^T, rows permuted: costs a tenth of eigenvectors, and is bad or not finite where pivots
/// on the diagonal are small. A Proposer, for a of full rank.
[[nodiscard]] Matrix<double> scaled_factors(const Matrix<double>& a, Index rank);

/// Eigenvectors of a for the `rank` eigenvalues of largest absolute value, each divided by its square root. A Proposer.
[[nodiscard]] Matrix<double> scaled_eigenvectors(const Matrix<double>& a, Index rank);

}  // namespace rankscape::exact
