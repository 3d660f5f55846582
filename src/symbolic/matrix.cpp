// Determinants and adjugates by cofactors, division-free so that polynomials stay polynomials.

#include <symbolic/matrix.hpp>

#include <stdexcept>

namespace rankscape::symbolic {
namespace {

ExpressionMatrix without(const ExpressionMatrix& a, Index row, Index col) {
  ExpressionMatrix result(a.rows() - 1, a.cols() - 1);
  for (Index j = 0; j < result.cols(); ++j) {
    for (Index i = 0; i < result.rows(); ++i)
      result(i, j) = a(i + (i >= row ? 1 : 0), j + (j >= col ? 1 : 0));
  }
  return result;
}

void require_square(const ExpressionMatrix& a) {
  if (a.rows() != a.cols()) throw std::invalid_argument("the matrix is not square");
}

}  // namespace

Expression determinant(const ExpressionMatrix& a) {
  require_square(a);
  if (a.rows() == 0) return 1;
  Expression sum = 0;
  for (Index i = 0; i < a.rows(); ++i) {
    if (!a(i, 0).is_zero()) sum += (i % 2 == 0 ? 1 : -1) * a(i, 0) * determinant(without(a, i, 0));
  }
  return sum.expand();
}

ExpressionMatrix adjugate(const ExpressionMatrix& a) {
  require_square(a);
  ExpressionMatrix result(a.rows(), a.cols());
  for (Index j = 0; j < a.cols(); ++j) {
    for (Index i = 0; i < a.rows(); ++i)
      result(j, i) = (i + j) % 2 == 0 ? determinant(without(a, i, j)) : Expression(-determinant(without(a, i, j)));
  }
  return result;
}

ExpressionMatrix expanded(const ExpressionMatrix& a) {
  return a.unaryExpr([](const Expression& e) { return e.expand(); });
}

bool is_identically_zero(const ExpressionMatrix& polynomials) {
  for (const Expression& entry : polynomials.reshaped()) {
    if (!is_identically_zero(entry)) return false;
  }
  return true;
}

ExpressionMatrix zero_matrix(Index rows, Index cols) {
  return ExpressionMatrix::Constant(rows, cols, Expression(0));
}

ExpressionMatrix identity_matrix(Index size) {
  ExpressionMatrix result = zero_matrix(size, size);
  for (Index i = 0; i < size; ++i)
    result(i, i) = 1;
  return result;
}

}  // namespace rankscape::symbolic
