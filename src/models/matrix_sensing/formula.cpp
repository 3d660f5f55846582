// The loss as it stands in the paper. Knows nothing of the closed forms in calculus.hpp, which are held against what is
// derived from this.
#include "models/matrix_sensing/formula.hpp"

#include <rankscape/error.hpp>

namespace rankscape::matrix_sensing {

symbolic::Formula loss_formula(const Shape& shape, long measurements) {
  constexpr long most_symbols = 2000;
  if (shape.size() != 2 || shape[0] < 1 || shape[1] < 1 || shape[0] > most_symbols || shape[1] > most_symbols) {
    throw InputError("matrix-sensing: a shape is two numbers from 1 to 2000: rows and columns of U");
  }
  const long n = shape[0];
  if (measurements < 1 || measurements > most_symbols || n * shape[1] + measurements * (n * n + 1) > most_symbols) {
    throw InputError("matrix-sensing: the formula would have more than 2000 symbols");
  }
  symbolic::Formula formula;
  const symbolic::ExpressionMatrix u = symbolic::symbol_matrix("U", n, shape[1], formula.variables);
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

}  // namespace rankscape::matrix_sensing
