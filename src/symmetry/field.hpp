#pragma once
// Affine vector fields on all weights of a loss, xi(x) = A x + b, that may be its symmetries: <grad f, xi> == 0.
//
// What follows from that identity alone (differentiate it once): at a critical point xi(x) lies in the kernel of the
// Hessian; and if the Hessian there is semidefinite with kernel spanned by such values, the point is a local extremum:
// the flows of the fields keep f and sweep out a neighbourhood from a slice on which the Hessian is definite.

#include <rankscape/exact/matrix.hpp>

#include <string>
#include <utility>
#include <vector>

#include "program/program.hpp"

namespace rankscape::symmetry {

/// Coordinates are those of the program: the weights in order, each column by column.
struct Field {
  struct Entry {
    Index row = 0;
    Index column = 0;
    Rational value;
    [[nodiscard]] bool operator==(const Entry&) const = default;
  };
  std::vector<Entry> linear;                         ///< the nonzero entries of A, by row and column
  std::vector<std::pair<Index, Rational>> constant;  ///< the nonzero entries of b, in order

  [[nodiscard]] bool operator==(const Field&) const = default;
};

/// A x + b.
[[nodiscard]] RationalVector value_at(const Field& field, const RationalVector& x);

/// The values of the fields at x as columns.
[[nodiscard]] RationalMatrix values_at(const std::vector<Field>& fields, const RationalVector& x);

/// rank [xi_1(x), .., xi_q(x)], the dimension of the orbit through x when the fields are a Lie algebra.
[[nodiscard]] inline Index orbit_dimension(const std::vector<Field>& fields, const RationalVector& x) {
  return fields.empty() ? 0 : rank(values_at(fields, x));
}

/// `W(2)_11' = -W(2)_12, ..`: one line; for a reader.
[[nodiscard]] std::string to_text(const Field& field, const program::Program& loss);

}  // namespace rankscape::symmetry
