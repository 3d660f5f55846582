// Gradient and Hessian of deep linear networks from the matrix program of the loss, against the closed form written by
// hand (models/deep_linear/calculus.hpp), in one run on the same points. Fails when the two disagree.

#include <fmt/format.h>

#include <cstdlib>
#include <random>

#include "models/deep_linear/calculus.hpp"
#include "program/compiled_loss.hpp"
#include "timing.hpp"

using namespace rankscape;

namespace {

program::Program network(const std::vector<Index>& widths, Index samples) {
  program::Builder b;
  const program::Node x = b.input("X", widths.front(), samples, false);
  const program::Node y = b.input("Y", widths.back(), samples, false);
  std::vector<program::Node> weights;
  for (std::size_t h = 1; h < widths.size(); ++h)
    weights.push_back(b.input("W(" + std::to_string(h) + ")", widths[h], widths[h - 1], true));
  program::Node map = weights.back();
  for (std::size_t h = weights.size() - 1; h-- > 0;)
    map = b.multiply(map, weights[h]);
  return b.finish({{"loss", b.norm2(b.subtract(b.multiply(map, x), y))}});
}

RationalMatrix random_matrix(Index rows, Index cols, long size, long denominator, std::mt19937_64& random) {
  RationalMatrix result(rows, cols);
  for (Index k = 0; k < result.size(); ++k)
    result(k) = Rational(static_cast<long>(random() % static_cast<unsigned long>(2 * size + 1)) - size, denominator);
  return result;
}

bool compare(const std::vector<Index>& widths, Index samples, long denominator, bool sparse) {
  std::mt19937_64 random(5);
  const program::CompiledLoss loss(network(widths, samples));
  std::vector<RationalMatrix> inputs;
  for (const program::Input& input : loss.loss().inputs) {
    inputs.push_back(random_matrix(input.rows, input.cols, 9, denominator, random));
    if (!sparse || !input.is_weight) continue;
    for (Index k = 0; k < inputs.back().size(); ++k) {
      if (random() % 4 != 0) inputs.back()(k) = 0;
    }
  }
  const std::vector<RationalMatrix> weights(inputs.begin() + 2, inputs.end());
  const RationalMatrix& x = inputs[0];
  const RationalMatrix& y = inputs[1];
  RationalVector gradient;
  RationalMatrix hessian;
  static_cast<void>(loss.hessian(inputs));  // derived once for a shape
  const double ours = bench::best_seconds([&] {
    gradient = loss.gradient(inputs);
    hessian = loss.hessian(inputs);
  });
  RationalVector other_gradient;
  RationalMatrix other_hessian;
  const deep_linear::Moments<Rational> data{multiply(x, x.transpose()), multiply(x, y.transpose()),
                                            multiply(y, y.transpose())};
  const double theirs = bench::best_seconds([&] {
    other_gradient = deep_linear::gradient(weights, data);
    other_hessian = deep_linear::hessian(weights, data);
  });
  const double derived = bench::best_seconds([&] {
    const program::CompiledLoss fresh(network(widths, samples));
    static_cast<void>(fresh.second());
  });
  fmt::print("n = {:>3}, H = {}, m = {:>2}, denominators {:>3}{}  program {:>8.3f} ms  closed form {:>8.3f} ms  ratio "
             "{:.2f}  (deriving: {:.3f} ms)\n",
             loss.parameters(), widths.size() - 1, samples, denominator, sparse ? ", sparse" : "        ", 1e3 * ours,
             1e3 * theirs, ours / theirs, 1e3 * derived);
  return gradient == other_gradient && hessian == other_hessian;
}

}  // namespace

int main() {
  bool same = true;
  for (const bool sparse : {false, true}) {
    for (const long denominator : {1L, 7L}) {
      same = compare({4, 4, 4, 4}, 4, denominator, sparse) && same;
      same = compare({4, 4, 4, 4}, 40, denominator, sparse) && same;
      same = compare({10, 10, 10, 10}, 10, denominator, sparse) && same;
      same = compare({5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5}, 5, denominator, sparse) && same;
    }
  }
  if (!same) fmt::print("the two disagree\n");
  return same ? EXIT_SUCCESS : EXIT_FAILURE;
}
