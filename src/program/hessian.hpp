#pragma once
// From the terms of a second differential to the matrix of second partial derivatives, over rationals and over any
// other scalar. The coordinates are those of Program::parameters.

#include "program/fraction_ring.hpp"
#include "program/second_differential.hpp"

namespace rankscape::program {

/// Rows of Jacobians and Hessians: where each weight's coordinates begin, and the shapes.
struct Coordinates {
  struct Block {
    Index offset = 0;
    Index rows = 0;
    Index cols = 0;
    [[nodiscard]] Index size() const { return rows * cols; }
  };
  explicit Coordinates(const Program& program);
  std::vector<Block> blocks;
  Index size = 0;
};

/// The exact Hessian, n x n, from values of all nodes of `second.program`: one multiplication of integers for each
/// nonzero pair of entries of A and B, one denominator for each block.
[[nodiscard]] RationalMatrix hessian(const SecondDifferential& second, const std::vector<FractionMatrix>& values);

/// The same over any scalar. \param lift  from the rational factors of terms
/// \param square  x -> x * x; intervals know better than a product
template <class Scalar, class Lift, class Square>
[[nodiscard]] Matrix<Scalar> hessian(const SecondDifferential& second, const std::vector<Matrix<Scalar>>& values,
                                     Lift&& lift, Square&& square) {
  using Kind = SecondDifferential::Kind;
  const Coordinates at(second.program);
  Matrix<Scalar> result = Matrix<Scalar>::Constant(at.size, at.size, Scalar(0));
  for (const SecondDifferential::Term& term : second.terms) {
    const auto& to_i = at.blocks[term.i];
    const auto& to_j = at.blocks[term.j];
    const Matrix<Scalar>& a = values[term.a];
    const Matrix<Scalar>& b = values[term.b];
    const Scalar factor = lift(term.factor);
    for (Index m = 0; m < to_j.cols; ++m) {
      for (Index l = 0; l < to_j.rows; ++l) {
        for (Index k = 0; k < to_i.cols; ++k) {
          for (Index p = 0; p < to_i.rows; ++p) {
            const Scalar& x = term.kind == Kind::straight ? a(m, p) : term.kind == Kind::transposed ? a(m, k) : a(p, k);
            const Scalar& y = term.kind == Kind::straight ? b(k, l) : term.kind == Kind::transposed ? b(p, l) : b(l, m);
            const Scalar product = Scalar(factor * (&x == &y ? square(x) : Scalar(x * y)));
            const Index row = to_i.offset + k * to_i.rows + p;
            const Index col = to_j.offset + m * to_j.rows + l;
            result(row, col) = Scalar(result(row, col) + product);
            result(col, row) = term.i == term.j ? Scalar(result(col, row) + product) : result(row, col);
          }
        }
      }
    }
  }
  return result;
}

}  // namespace rankscape::program
