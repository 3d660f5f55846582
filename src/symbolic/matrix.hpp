#pragma once
// Matrices of expressions: what proofs "for all parameter values" need beyond Eigen's ring operations.

#include <symbolic/formula.hpp>

namespace rankscape::symbolic {

/// By expansion along the first column: for the small sizes of symbolic proofs. The empty determinant is 1.
/// \throws std::invalid_argument  not square
[[nodiscard]] Expression determinant(const ExpressionMatrix& a);

/// adjugate(a) * a = determinant(a) * I: the inverse without its denominator, a polynomial in the entries. The adjugate
/// of a 1 x 1 matrix is [1]. \throws std::invalid_argument  not square
[[nodiscard]] ExpressionMatrix adjugate(const ExpressionMatrix& a);

/// Every entry expanded.
[[nodiscard]] ExpressionMatrix expanded(const ExpressionMatrix& a);

/// Is every entry identically zero as a polynomial?
[[nodiscard]] bool is_identically_zero(const ExpressionMatrix& polynomials);

[[nodiscard]] ExpressionMatrix zero_matrix(Index rows, Index cols);
[[nodiscard]] ExpressionMatrix identity_matrix(Index size);

}  // namespace rankscape::symbolic
