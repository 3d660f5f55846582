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

/// The same over any scalar: add(row, col, entry) is called for every contribution to an entry of the Hessian, both of
/// (row, col) and (col, row).
/// \param at  (node, i, j) -> a reference to that entry of the node's value
/// \param product  (x, y, factor) -> factor x y; where both are the same entry of the same node, intervals know better
template <class At, class Product, class Add>
void assemble(const SecondDifferential& second, At&& at, Product&& product, Add&& add) {
  using Kind = SecondDifferential::Kind;
  const Coordinates coordinates(second.program);
  for (const SecondDifferential::Term& term : second.terms) {
    const Coordinates::Block& to_i = coordinates.blocks[term.i];
    const Coordinates::Block& to_j = coordinates.blocks[term.j];
    for (Index m = 0; m < to_j.cols; ++m) {
      for (Index l = 0; l < to_j.rows; ++l) {
        for (Index k = 0; k < to_i.cols; ++k) {
          for (Index p = 0; p < to_i.rows; ++p) {
            const auto& x = term.kind == Kind::straight     ? at(term.a, m, p)
                            : term.kind == Kind::transposed ? at(term.a, m, k)
                                                            : at(term.a, p, k);
            const auto& y = term.kind == Kind::straight     ? at(term.b, k, l)
                            : term.kind == Kind::transposed ? at(term.b, p, l)
                                                            : at(term.b, l, m);
            const auto entry = product(x, y, term.factor);
            const Index row = to_i.offset + k * to_i.rows + p;
            const Index col = to_j.offset + m * to_j.rows + l;
            add(row, col, entry);
            add(col, row, entry);
          }
        }
      }
    }
  }
}

}  // namespace rankscape::program
