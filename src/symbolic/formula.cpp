// Differentiation of formulas and the two decisions "is this identically zero".

#include <symbolic/formula.hpp>

#include <rankscape/exact/rational.hpp>

#include <sstream>
#include <stdexcept>

namespace rankscape::symbolic {

ExpressionMatrix symbol_matrix(const std::string& name, Index rows, Index cols, std::vector<GiNaC::symbol>& symbols) {
  ExpressionMatrix result(rows, cols);
  for (Index col = 0; col < cols; ++col) {
    for (Index row = 0; row < rows; ++row) {
      const GiNaC::symbol entry(name + "_" + std::to_string(row + 1) + "_" + std::to_string(col + 1));
      symbols.push_back(entry);
      result(row, col) = entry;
    }
  }
  return result;
}

Expression to_expression(const Rational& value) {
  return GiNaC::numeric(rankscape::to_string(value).c_str());
}

ExpressionMatrix to_expression(const RationalMatrix& a) {
  ExpressionMatrix result(a.rows(), a.cols());
  for (Index col = 0; col < a.cols(); ++col) {
    for (Index row = 0; row < a.rows(); ++row)
      result(row, col) = to_expression(a(row, col));
  }
  return result;
}

Rational to_rational(const Expression& value) {
  if (!GiNaC::is_a<GiNaC::numeric>(value) || !GiNaC::ex_to<GiNaC::numeric>(value).is_rational()) {
    std::ostringstream text;
    text << value;
    throw std::invalid_argument("not a rational number: " + text.str());
  }
  std::ostringstream text;
  text << value;
  return Rational(text.str());
}

ExpressionVector gradient(const Formula& formula) {
  ExpressionVector result(static_cast<Index>(formula.variables.size()));
  for (Index i = 0; i < result.size(); ++i) {
    result(i) = formula.loss.diff(formula.variables[static_cast<std::size_t>(i)]);
  }
  return result;
}

ExpressionMatrix hessian(const Formula& formula, const ExpressionVector& gradient) {
  const Index n = gradient.size();
  ExpressionMatrix result(n, n);
  for (Index col = 0; col < n; ++col) {
    const GiNaC::symbol& variable = formula.variables[static_cast<std::size_t>(col)];
    for (Index row = col; row < n; ++row) {
      result(row, col) = gradient(row).diff(variable);
      result(col, row) = result(row, col);
    }
  }
  return result;
}

ExpressionMatrix hessian(const Formula& formula) {
  return hessian(formula, gradient(formula));
}

bool is_identically_zero(const Expression& polynomial) {
  return polynomial.expand().is_zero();
}

bool is_identically_zero_rational(const Expression& rational_function) {
  return rational_function.normal().is_zero();
}

}  // namespace rankscape::symbolic
