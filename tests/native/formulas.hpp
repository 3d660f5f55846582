#pragma once
// Losses written down once more, entry by entry in GiNaC, as they stand in the papers: what the landscapes' files say
// is held against them.

#include <symbolic/formula.hpp>

#include <string>
#include <vector>

namespace rankscape::test {

/// || W_H...W_1 X - Y ||_F^2; variables W_1..W_H, parameters X, Y, each column by column.
inline symbolic::Formula deep_linear_formula(const std::vector<long>& widths, long samples) {
  symbolic::Formula formula;
  std::vector<symbolic::ExpressionMatrix> weights;
  for (std::size_t h = 1; h < widths.size(); ++h)
    weights.push_back(symbolic::symbol_matrix("W" + std::to_string(h), widths[h], widths[h - 1], formula.variables));
  const symbolic::ExpressionMatrix x = symbolic::symbol_matrix("X", widths.front(), samples, formula.parameters);
  const symbolic::ExpressionMatrix y = symbolic::symbol_matrix("Y", widths.back(), samples, formula.parameters);
  symbolic::ExpressionMatrix image = x;
  for (const symbolic::ExpressionMatrix& w : weights)
    image = (w * image).eval();
  formula.loss = (image - y).squaredNorm();
  return formula;
}

/// sum_l ( <A_l, U U^T> - b_l )^2, U n x k; variables U, parameters A_1, .., A_m, b.
inline symbolic::Formula matrix_sensing_formula(long n, long k, long measurements) {
  symbolic::Formula formula;
  const symbolic::ExpressionMatrix u = symbolic::symbol_matrix("U", n, k, formula.variables);
  const symbolic::ExpressionMatrix gram = u * u.transpose();
  std::vector<symbolic::ExpressionMatrix> a;
  for (long l = 1; l <= measurements; ++l)
    a.push_back(symbolic::symbol_matrix("A" + std::to_string(l), n, n, formula.parameters));
  const symbolic::ExpressionMatrix b = symbolic::symbol_matrix("b", measurements, 1, formula.parameters);
  formula.loss = 0;
  for (long l = 0; l < measurements; ++l) {
    const symbolic::ExpressionMatrix image = a[static_cast<std::size_t>(l)].transpose() * gram;
    formula.loss += GiNaC::pow(image.trace() - b(l, 0), 2);
  }
  return formula;
}

/// 1/4 || X X^T - M ||^2; variables X, parameters the entries of M on and below the diagonal, column by column.
inline symbolic::Formula symmetric_formula(long n, long k) {
  symbolic::Formula formula;
  const symbolic::ExpressionMatrix x = symbolic::symbol_matrix("X", n, k, formula.variables);
  symbolic::ExpressionMatrix m(n, n);
  for (Index j = 0; j < n; ++j) {
    for (Index i = j; i < n; ++i) {
      formula.parameters.emplace_back("M_" + std::to_string(i + 1) + "_" + std::to_string(j + 1));
      m(i, j) = formula.parameters.back();
      m(j, i) = formula.parameters.back();
    }
  }
  formula.loss = (x * x.transpose() - m).squaredNorm() / 4;
  return formula;
}

/// 1/2 || X Y^T - M ||^2 + mu/4 || X^T X - Y^T Y ||^2; variables X, Y, parameters M, mu.
inline symbolic::Formula asymmetric_formula(long n, long m, long k) {
  symbolic::Formula formula;
  const symbolic::ExpressionMatrix x = symbolic::symbol_matrix("X", n, k, formula.variables);
  const symbolic::ExpressionMatrix y = symbolic::symbol_matrix("Y", m, k, formula.variables);
  const symbolic::ExpressionMatrix data = symbolic::symbol_matrix("M", n, m, formula.parameters);
  formula.parameters.emplace_back("mu");
  const symbolic::Expression mu = formula.parameters.back();
  formula.loss =
      (x * y.transpose() - data).squaredNorm() / 2 + mu * (x.transpose() * x - y.transpose() * y).squaredNorm() / 4;
  return formula;
}

/// The population loss of real phase retrieval; variables x, parameters u.
inline symbolic::Formula phase_formula(long n) {
  symbolic::Formula formula;
  const symbolic::ExpressionMatrix x = symbolic::symbol_matrix("x", n, 1, formula.variables);
  const symbolic::ExpressionMatrix u = symbolic::symbol_matrix("u", n, 1, formula.parameters);
  const symbolic::Expression xx = x.squaredNorm();
  const symbolic::Expression uu = u.squaredNorm();
  const symbolic::Expression xu = (x.transpose() * u)(0, 0);
  formula.loss = (3 * xx * xx + 3 * uu * uu - 2 * xx * uu - 4 * xu * xu) / 4;
  return formula;
}

/// The derived Hessian with these expressions in place of variables and parameters.
inline symbolic::ExpressionMatrix hessian_at(const symbolic::Formula& formula,
                                             const std::vector<symbolic::Expression>& variables,
                                             const std::vector<symbolic::Expression>& parameters) {
  GiNaC::exmap at;
  for (std::size_t k = 0; k < formula.variables.size(); ++k)
    at[formula.variables[k]] = variables.at(k);
  for (std::size_t k = 0; k < formula.parameters.size(); ++k)
    at[formula.parameters[k]] = parameters.at(k);
  symbolic::ExpressionMatrix hessian = symbolic::hessian(formula);
  for (symbolic::Expression& entry : hessian.reshaped())
    entry = entry.subs(at, GiNaC::subs_options::no_pattern);
  return hessian;
}

}  // namespace rankscape::test
