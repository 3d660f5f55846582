#pragma once
// The Lie algebra of GL(d_1) x ... x GL(d_{H-1}), which acts on a deep linear network through its hidden layers,
// W_h -> G_h W_h G_{h-1}^{-1}, and leaves the product of the layers alone.

#include <rankscape/model.hpp>

#include "models/symmetry.hpp"

namespace rankscape::deep_linear {

/// W_h -> E W_h and W_{h+1} -> -W_{h+1} E for every hidden layer h and every unit matrix E: sum of d_h^2 generators.
template <class S>
[[nodiscard]] std::vector<Generator<S>> generators(const Shape& widths) {
  std::vector<Generator<S>> all;
  Generator<S> zero;
  for (std::size_t h = 1; h < widths.size(); ++h) {
    zero.left.push_back(zeros<S>(widths[h], widths[h]));
    zero.right.push_back(zeros<S>(widths[h - 1], widths[h - 1]));
  }
  for (std::size_t h = 1; h + 1 < widths.size(); ++h) {
    for (Index j = 0; j < widths[h]; ++j) {
      for (Index i = 0; i < widths[h]; ++i) {
        Generator<S> generator = zero;
        generator.left[h - 1](i, j) = S(1);
        generator.right[h](i, j) = S(-1);
        all.push_back(std::move(generator));
      }
    }
  }
  return all;
}

}  // namespace rankscape::deep_linear
