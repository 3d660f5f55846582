#pragma once
// Derivatives of matrix programs, as matrix programs.
//
// First order, reverse: the adjoint G of a result is passed on to its operands (C = AB: A += G B^T, B += A^T G), so
// that all partial derivatives cost a small multiple of the loss. Forward: a tangent of every result (dC = dA B + A
// dB). Source of the matrix rules: Giles (2008), "Collected matrix derivative results for forward and reverse mode
// algorithmic differentiation".

#include "program/builder.hpp"

namespace rankscape::program {

/// A loss inside a builder, with the adjoints of all its results that depend on weights.
struct Adjoints {
  std::vector<Node> node;                    ///< of each instruction of the program: where it is in the builder
  std::vector<std::optional<Node>> adjoint;  ///< of each instruction; none: the loss does not depend on weights by it
};
/// \param loss  a 1 x 1 node of `program`. \throws std::invalid_argument  it is not 1 x 1
[[nodiscard]] Adjoints adjoints(Builder& builder, const Program& program, Node loss);

/// The derivative of every instruction of `program` along a direction; none where it does not depend on weights.
/// \param node  of each instruction: where it is in the builder. \param directions  one node for each weight
[[nodiscard]] std::vector<std::optional<Node>> tangents(Builder& builder, const Program& program,
                                                        const std::vector<Node>& node,
                                                        std::span<const Node> directions);

/// Outputs: "value", then for each weight W its partial derivatives "d/dW", a matrix of the shape of W.
/// \pre the first output of `program` is 1 x 1: the loss
[[nodiscard]] Program gradient(const Program& program);

/// Outputs: the derivative of each output of `program` along a direction, whose parts are inputs (no weights) named
/// "V(1)", "V(2)", .. after all others, one for each weight ("V'(1)", .. where an input has such a name).
[[nodiscard]] Program tangent(const Program& program);

/// Hessian times vector: outputs "H V(1)", .. of the shapes of the weights; inputs as those of tangent().
[[nodiscard]] Program hessian_vector(const Program& program);

}  // namespace rankscape::program
