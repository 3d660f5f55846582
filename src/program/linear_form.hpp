#pragma once
// The derivative of one node by all weights as a formula: a sum of terms A V_i B, A V_i^T B and M <A, V_i> in the
// direction V, with A, B, M nodes of a program. That is an algebra: it is closed under sums, transposes, and products
// with nodes, so that differentiating a product of matrices leaves small matrices and no tensor.

#include "program/builder.hpp"

namespace rankscape::program {

struct LinearTerm {
  enum class Kind : unsigned char {
    straight,    ///< A V_i B
    transposed,  ///< A V_i^T B
    inner,       ///< B <A, V_i>
  };
  Kind kind = Kind::straight;
  std::size_t weight = 0;  ///< position among the weights
  Node a = 0;
  Node b = 0;
};

/// No more than this many terms, or the node is left to tangents: pairs of terms are formed.
inline constexpr std::size_t most_linear_terms = 256;

using LinearForm = std::vector<LinearTerm>;

/// Derivatives of all nodes of a program inside a builder, none where they leave the algebra (the entrywise product of
/// matrices that both depend on weights, or too many terms).
/// \param node  of each instruction of `program`: where it is in the builder
[[nodiscard]] std::vector<std::optional<LinearForm>> linear_forms(Builder& builder, const Program& program,
                                                                  const std::vector<Node>& node);

/// Left or right factors common to several terms are written once.
void add_term(Builder& builder, LinearForm& form, LinearTerm term);

}  // namespace rankscape::program
