#pragma once
// Random matrix programs for tests: everything the instruction set can do, over small shapes, with exact random inputs.

#include "program/builder.hpp"

#include <random>

namespace rankscape::program::test {

class RandomPrograms {
 public:
  struct Options {
    bool hadamard = true;    ///< entrywise products of matrices that depend on weights
    bool reciprocal = true;  ///< of 1 + s^2
    int steps = 12;
  };
  explicit RandomPrograms(unsigned seed) : random_(seed) {}

  long below(long n) { return static_cast<long>(random_() % static_cast<unsigned long>(n)); }
  Rational rational() {
    const long denominator = below(3) + 1;  // in an order of its own: that of arguments differs between compilers
    return Rational(below(9) - 4, denominator);
  }
  RationalMatrix matrix(Index rows, Index cols) {
    RationalMatrix result(rows, cols);
    for (Index k = 0; k < result.size(); ++k)
      result(k) = rational();
    return result;
  }

  /// A loss of matrices A (data), U, V, x, s (weights).
  Program loss(const Options& options) {
    Builder b;
    std::vector<Node> pool{b.input("A", 2, 3, false), b.input("U", 2, 3, true), b.input("V", 3, 2, true),
                           b.input("x", 3, 1, true), b.input("s", 1, 1, true)};
    pool.push_back(b.constant(matrix(2, 2)));
    const auto any = [&] { return pool[static_cast<std::size_t>(below(static_cast<long>(pool.size())))]; };
    const auto scalar = [&](Node a) { return b.is_scalar(a) ? a : b.dot(a, a); };
    for (int step = 0; step < options.steps; ++step) {
      const Node x = any();
      const Node y = any();
      const bool same = b.rows(x) == b.rows(y) && b.cols(x) == b.cols(y);
      switch (below(10)) {
        case 0:
          if (same) pool.push_back(b.add(x, y));
          break;
        case 1:
          if (same) pool.push_back(b.subtract(x, y));
          break;
        case 2:
        case 3:
          if (b.cols(x) == b.rows(y)) pool.push_back(b.multiply(x, y));
          break;
        case 4:
          if (same && (options.hadamard || b.cols(x) == 1 || b.rows(x) == 1)) pool.push_back(b.hadamard(x, y));
          break;
        case 5:
          if (same) pool.push_back(b.dot(x, y));
          break;
        case 6:
          pool.push_back(b.scale(rational(), x));
          break;
        case 7:
          pool.push_back(b.scalar_multiply(scalar(x), y));
          break;
        case 8:
          pool.push_back(b.transpose(x));
          break;
        default:
          if (options.reciprocal) {
            const Node s = scalar(x);
            const bool bare = below(2) == 0 && b.depends_on_weights(x);
            pool.push_back(b.reciprocal(bare ? s : b.add(b.scalar(Rational(1)), b.scalar_multiply(s, s))));
          } else if (b.rows(x) == 3) {
            const std::vector<Index> rows{2, 0};
            const std::vector<Index> cols{0};
            pool.push_back(b.block(x, rows, cols));
          }
          break;
      }
    }
    Node sum = b.scalar(rational());
    for (int k = 0; k < 3; ++k) {
      const Node term = scalar(pool[pool.size() - 1 - static_cast<std::size_t>(k)]);
      sum = b.add(sum, b.scale(rational(), term));
    }
    return b.finish({{"loss", sum}});
  }

  std::vector<RationalMatrix> inputs(const Program& program) {
    std::vector<RationalMatrix> result;
    for (const Input& input : program.inputs)
      result.push_back(matrix(input.rows, input.cols));
    return result;
  }
  std::vector<RationalMatrix> direction(const Program& program) {
    std::vector<RationalMatrix> result;
    for (const std::size_t k : program.weights())
      result.push_back(matrix(program.inputs[k].rows, program.inputs[k].cols));
    return result;
  }

 private:
  std::mt19937_64 random_;
};

/// Parts one below the other, each column by column: the coordinates of all weights.
inline RationalVector stacked(const std::vector<RationalMatrix>& parts) {
  Index size = 0;
  for (const RationalMatrix& part : parts)
    size += part.size();
  RationalVector result(size);
  Index at = 0;
  for (const RationalMatrix& part : parts) {
    for (Index k = 0; k < part.size(); ++k)
      result(at++) = part(k);
  }
  return result;
}

}  // namespace rankscape::program::test
