#pragma once
// Losses for the tests of this room, written as matrix programs by hand.

#include <rankscape/exact/inertia.hpp>

#include <functional>
#include <string>
#include <vector>

#include "exact/random.hpp"
#include "program/builder.hpp"
#include "symmetry/loss.hpp"

namespace rankscape::symmetry::test {

using program::Builder;
using program::Node;

inline RationalMatrix matrix(const std::vector<std::vector<Rational>>& rows) {
  RationalMatrix result(static_cast<Index>(rows.size()), static_cast<Index>(rows.front().size()));
  for (Index i = 0; i < result.rows(); ++i) {
    for (Index j = 0; j < result.cols(); ++j)
      result(i, j) = rows[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
  }
  return result;
}

inline RationalVector vector(const std::vector<Rational>& entries) {
  RationalVector result(static_cast<Index>(entries.size()));
  for (Index i = 0; i < result.size(); ++i)
    result(i) = entries[static_cast<std::size_t>(i)];
  return result;
}

/// A function of scalars x, y, ..
inline program::Program scalars(const std::vector<std::string>& names,
                                const std::function<Node(Builder&, const std::vector<Node>&)>& formula) {
  Builder b;
  std::vector<Node> inputs;
  for (const std::string& name : names)
    inputs.push_back(b.input(name, 1, 1, true));
  return b.finish({{"loss", formula(b, inputs)}});
}

/// ||W_H .. W_1 - Y||^2 + decay * sum ||W_h||^2; Y is data.
inline program::Program network(const std::vector<Index>& widths, const Rational& decay = 0) {
  Builder b;
  const Node y = b.input("Y", widths.back(), widths.front(), false);
  std::vector<Node> layers;
  for (std::size_t h = 1; h < widths.size(); ++h)
    layers.push_back(b.input("W(" + std::to_string(h) + ")", widths[h], widths[h - 1], true));
  Node product = layers.front();
  for (std::size_t h = 1; h < layers.size(); ++h)
    product = b.multiply(layers[h], product);
  Node loss = b.norm2(b.subtract(product, y));
  if (decay != 0) {
    for (const Node layer : layers)
      loss = b.add(loss, b.scale(decay, b.norm2(layer)));
  }
  return b.finish({{"loss", loss}});
}

/// ||U U^T - M||^2 with U of n x k; M is data.
inline program::Program symmetric_factorization(Index n, Index k) {
  Builder b;
  const Node m = b.input("M", n, n, false);
  const Node u = b.input("U", n, k, true);
  return b.finish({{"loss", b.norm2(b.subtract(b.multiply(u, b.transpose(u)), m))}});
}

/// sum_l (<A_l, U U^T> - b_l)^2; the measurements are constants.
inline program::Program sensing(Index n, Index k,
                                const std::vector<std::pair<RationalMatrix, Rational>>& measurements) {
  Builder b;
  const Node u = b.input("U", n, k, true);
  const Node gram = b.multiply(u, b.transpose(u));
  Node loss = b.zeros(1, 1);
  for (const auto& [a, right] : measurements)
    loss = b.add(loss, b.power(b.subtract(b.dot(b.constant(a), gram), b.scalar(right)), 2));
  return b.finish({{"loss", loss}});
}

inline RationalMatrix unit(Index n, Index i, Index j) {
  RationalMatrix e = RationalMatrix::Zero(n, n);
  e(i, j) = 1;
  return e;
}

}  // namespace rankscape::symmetry::test
