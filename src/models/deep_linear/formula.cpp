// The loss as it stands in the paper: multiply, subtract, take the squared norm. Deliberately knows nothing of the
// closed forms in calculus.hpp, which are held against what is derived from this.

#include <models/deep_linear/formula.hpp>
#include <symbolic/formula.hpp>

#include <rankscape/error.hpp>

namespace rankscape::deep_linear {

symbolic::Formula loss_formula(const Shape& widths, long samples) {
  constexpr long most_symbols = 2000;
  if (widths.size() < 3) throw InputError("deep-linear: widths must name at least two layers: d_0, d_1, ..., d_H");
  long symbols = 0;
  for (std::size_t h = 0; h < widths.size(); ++h) {
    if (widths[h] < 1 || widths[h] > most_symbols) throw InputError("deep-linear: a width is not in 1..2000");
    symbols += h > 0 ? widths[h] * widths[h - 1] : 0;
  }
  if (samples < 1 || samples > most_symbols) throw InputError("deep-linear: number of samples not in 1..2000");
  symbols += samples * (widths.front() + widths.back());
  if (symbols > most_symbols) throw InputError("deep-linear: the formula would have more than 2000 symbols");

  symbolic::Formula formula;
  std::vector<symbolic::ExpressionMatrix> weights;
  for (std::size_t h = 1; h < widths.size(); ++h) {
    weights.push_back(symbolic::symbol_matrix("W" + std::to_string(h), widths[h], widths[h - 1], formula.variables));
  }
  const symbolic::ExpressionMatrix x = symbolic::symbol_matrix("X", widths.front(), samples, formula.parameters);
  const symbolic::ExpressionMatrix y = symbolic::symbol_matrix("Y", widths.back(), samples, formula.parameters);
  symbolic::ExpressionMatrix image = x;
  for (const symbolic::ExpressionMatrix& w : weights)
    image = (w * image).eval();
  formula.loss = (image - y).squaredNorm();
  return formula;
}

}  // namespace rankscape::deep_linear
