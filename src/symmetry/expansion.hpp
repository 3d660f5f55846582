#pragma once
// A matrix program multiplied out in polynomials: its values, and its tangents along a field. This is how it is
// *proved* that a field annihilates a loss, at every point and not only at those that were tried.
//
// Only what is needed is expanded. The tangent of a node that moves with nothing is zero and costs nothing, and from
// there on nothing that depends on that node alone moves either: for W_2 -> W_2 A, W_1 -> -A W_1 the expansion ends
// with d(W_2 W_1) = 0, whatever the rest of the loss is.

#include <map>
#include <optional>
#include <vector>

#include "program/program.hpp"
#include "symmetry/field.hpp"
#include "symmetry/polynomial.hpp"

namespace rankscape::symmetry {

struct PolynomialMatrix {
  Index rows = 0;
  Index cols = 0;
  std::vector<Polynomial> entries;  ///< column by column

  PolynomialMatrix() = default;
  PolynomialMatrix(Index r, Index c) : rows(r), cols(c), entries(static_cast<std::size_t>(r * c)) {}
  [[nodiscard]] Polynomial& operator()(Index i, Index j) { return entries[static_cast<std::size_t>(i + j * rows)]; }
  [[nodiscard]] const Polynomial& operator()(Index i, Index j) const {
    return entries[static_cast<std::size_t>(i + j * rows)];
  }
  [[nodiscard]] bool is_zero() const;
};

/// The value of one instruction from those of its operands (`reciprocal`, `input` and `constant` excepted).
/// sum += for multiply, hadamard, dot, scalar_multiply: the part that is bilinear in (a, b).
void add_bilinear(program::Operation operation, const PolynomialMatrix& a, const PolynomialMatrix& b,
                  PolynomialRing& ring, PolynomialMatrix& sum);

class Expansion {
 public:
  /// \param output  a 1 x 1 node
  /// \param data  the values of the inputs that are no weights; left out: they are symbols, and what is proved holds
  /// for
  ///              all data
  Expansion(const program::Program& loss, program::Node output,
            const std::optional<std::vector<RationalMatrix>>& data = std::nullopt);

  /// Is the derivative of the output along the field zero, identically?
  /// \param products  of terms that may be formed; those that were are subtracted
  /// \throws TooLarge
  [[nodiscard]] bool is_invariant(const Field& field, std::int64_t& products);

 private:
  [[nodiscard]] const PolynomialMatrix& value(program::Node node, PolynomialRing& ring);
  [[nodiscard]] std::optional<PolynomialMatrix> tangent(const program::Instruction& step,
                                                        const std::vector<std::optional<PolynomialMatrix>>& tangents,
                                                        const Field& field, PolynomialRing& ring, program::Node node);
  [[nodiscard]] bool vanishes(Polynomial function, PolynomialRing& ring);

  const program::Program& loss_;
  program::Node output_;
  std::vector<std::optional<PolynomialMatrix>> values_;
  std::vector<std::optional<PolynomialMatrix>> inputs_;
  std::vector<Index> first_coordinate_;  // of each input that is a weight
  Index variables_ = 0;
  /// The variable that stands for a reciprocal, and its node; in the order of the nodes.
  std::vector<std::pair<Index, program::Node>> reciprocals_;
};

}  // namespace rankscape::symmetry
