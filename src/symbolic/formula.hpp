#pragma once
// A loss as a formula, and what follows from it by differentiation alone. Nothing here knows a model: the gradient and
// the Hessian are derived, so that a model's closed forms can be held against them.
//
// Not safe for concurrent use, not even of different formulas (see eigen_scalar.hpp). Derive on one thread, compile to
// a Program (program.hpp), and evaluate that anywhere.

#include <symbolic/eigen_scalar.hpp>

#include <rankscape/exact/matrix.hpp>

#include <string>
#include <vector>

namespace rankscape::symbolic {

using Expression = GiNaC::ex;
using ExpressionMatrix = Matrix<Expression>;
using ExpressionVector = Vector<Expression>;

/// A polynomial in `variables` (what one differentiates by) and `parameters` (data).
struct Formula {
  Expression loss;
  /// In the order of Instance::gradient: weights in order, each column by column.
  std::vector<GiNaC::symbol> variables;
  /// Data in order, each matrix column by column.
  std::vector<GiNaC::symbol> parameters;
};

/// A matrix of fresh symbols `name_<row>_<column>` (counted from 1), appended to `symbols` column by column.
[[nodiscard]] ExpressionMatrix symbol_matrix(const std::string& name, Index rows, Index cols,
                                             std::vector<GiNaC::symbol>& symbols);

/// The same matrix entry by entry as expressions (exact).
[[nodiscard]] Expression to_expression(const Rational& value);
[[nodiscard]] ExpressionMatrix to_expression(const RationalMatrix& a);
/// \throws std::invalid_argument  not a rational number
[[nodiscard]] Rational to_rational(const Expression& value);

/// Partial derivatives, unexpanded, in the order of the variables.
[[nodiscard]] ExpressionVector gradient(const Formula& formula);
/// Second partial derivatives, unexpanded; each pair derived once.
[[nodiscard]] ExpressionMatrix hessian(const Formula& formula);
/// The same from first derivatives already at hand (of that formula, in that order).
[[nodiscard]] ExpressionMatrix hessian(const Formula& formula, const ExpressionVector& gradient);

/// Is the polynomial identically zero? Decided by expanding; exact. \pre a polynomial in its symbols
[[nodiscard]] bool is_identically_zero(const Expression& polynomial);
/// Is the rational function identically zero? Decided by bringing it to normal form; exact.
[[nodiscard]] bool is_identically_zero_rational(const Expression& rational_function);

/// A polynomial as text whose terms stand in an order of their own, by degree, then by names (GiNaC's order is another
/// one in every run), times -1 where the first coefficient would be negative: a^2-2*a*b.
struct PolynomialText {
  std::string text;
  bool negated;
};
/// \pre a polynomial in its symbols
[[nodiscard]] PolynomialText text_of(const Expression& polynomial);

}  // namespace rankscape::symbolic
