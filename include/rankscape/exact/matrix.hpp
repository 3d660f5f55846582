#pragma once
// Exact linear algebra over the rationals. Matrices are Eigen's, dense, over Rational; the heavy operations clear
// denominators and run in FLINT (multi-modular and fraction-free integer algorithms). Every function is exact.
// Empty matrices (no rows or no columns) are valid wherever the mathematics makes sense of them.

#include <rankscape/exact/rational.hpp>

#include <Eigen/Core>
#include <boost/multiprecision/eigen.hpp>
#include <optional>
#include <vector>

namespace rankscape {

using Index = Eigen::Index;
template <class Scalar>
using Matrix = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic>;
template <class Scalar>
using Vector = Eigen::Matrix<Scalar, Eigen::Dynamic, 1>;
using RationalMatrix = Matrix<Rational>;
using RationalVector = Vector<Rational>;
using IntegerMatrix = Matrix<Integer>;

/// numerators / denominator, with denominator > 0 the least common one.
struct CommonDenominator {
  IntegerMatrix numerators;
  Integer denominator = 1;
};
[[nodiscard]] CommonDenominator with_common_denominator(const RationalMatrix& a);
[[nodiscard]] RationalMatrix to_rational(const CommonDenominator& a);

/// a * b. \throws std::invalid_argument  a.cols() != b.rows()
[[nodiscard]] RationalMatrix multiply(const RationalMatrix& a, const RationalMatrix& b);
/// Product of a chain from left to right; an empty chain is not allowed.
[[nodiscard]] RationalMatrix multiply(const std::vector<RationalMatrix>& factors);

[[nodiscard]] Index rank(const RationalMatrix& a);

/// Columns form a basis of { x : a x = 0 }; size a.cols() x nullity, integer entries without common factor per column.
[[nodiscard]] RationalMatrix null_space(const RationalMatrix& a);

/// A maximal set of linearly independent columns of a, the leftmost ones; size a.rows() x rank.
[[nodiscard]] RationalMatrix column_basis(const RationalMatrix& a);

/// \return nothing when a is singular. \throws std::invalid_argument  a not square
[[nodiscard]] std::optional<RationalMatrix> inverse(const RationalMatrix& a);

/// Some x with a x = b, or nothing when there is none (a of any shape and rank).
[[nodiscard]] std::optional<RationalMatrix> solve(const RationalMatrix& a, const RationalMatrix& b);

/// \throws std::invalid_argument  a not square
[[nodiscard]] Rational determinant(const RationalMatrix& a);

/// Coefficients c_0..c_n of det(t I - a), c_n = 1. \throws std::invalid_argument  a not square
[[nodiscard]] std::vector<Rational> characteristic_polynomial(const RationalMatrix& a);

[[nodiscard]] Rational trace(const RationalMatrix& a);
[[nodiscard]] bool is_zero(const RationalMatrix& a);
[[nodiscard]] bool is_symmetric(const RationalMatrix& a);

/// The finest partition of the indices of a symmetric matrix for which it is block diagonal up to a permutation; each
/// part sorted, parts in the order of their least elements.
[[nodiscard]] std::vector<std::vector<Index>> connected_components(const RationalMatrix& a);

/// Kronecker product.
[[nodiscard]] RationalMatrix kronecker(const RationalMatrix& a, const RationalMatrix& b);

/// Gives back what FLINT keeps for the calling thread, for a thread that ends before the program does; numbers made in
/// the thread stay valid. Without it that memory is only not used again.
void release_thread_caches();

}  // namespace rankscape
