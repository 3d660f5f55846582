#pragma once
// A loss with everything that follows from it by differentiation, ready to be evaluated at points: exactly over the
// rationals, and along curves. Compiled once for each shape; evaluation is safe from any number of threads.

#include "program/fraction_ring.hpp"
#include "program/second_differential.hpp"

#include <memory>

namespace rankscape::program {

class CompiledLoss {
 public:
  /// \param loss  its first output is the loss. \throws std::invalid_argument  that is not 1 x 1
  explicit CompiledLoss(Program loss);

  [[nodiscard]] const Program& loss() const;
  /// Outputs "value", "d/dW(1)", ..; see differentiate.hpp.
  [[nodiscard]] const Program& gradient_program() const;
  /// Nothing where the loss leaves the algebra; derived at the first call.
  [[nodiscard]] const std::optional<SecondDifferential>& second() const;
  /// See differentiate.hpp; derived at the first call.
  [[nodiscard]] const Program& hessian_vector_program() const;

  [[nodiscard]] Index parameters() const;
  /// As a polynomial in the weights (an upper bound where terms cancel); nothing when weights are divided by.
  [[nodiscard]] std::optional<long> degree() const;

  // `inputs`: data and weights as loss().inputs, one matrix each. \throws std::invalid_argument  other shapes, or not
  // symmetric where that was promised;
  // std::domain_error  division by 0 there. Costs: value, gradient and products with the Hessian a small multiple of
  // the loss; the Hessian O(n^2) integer operations a term, or n products where the loss leaves the algebra.
  [[nodiscard]] Rational value(std::span<const RationalMatrix> inputs) const;
  /// Length n: weights in order, each column by column.
  [[nodiscard]] RationalVector gradient(std::span<const RationalMatrix> inputs) const;
  /// n x n, the matrix of second partial derivatives.
  [[nodiscard]] RationalMatrix hessian(std::span<const RationalMatrix> inputs) const;
  /// Hessian times the vector with these parts, one for each weight, in parts.
  [[nodiscard]] std::vector<RationalMatrix> hessian_times(std::span<const RationalMatrix> inputs,
                                                          std::span<const RationalMatrix> direction) const;
  /// Exact coefficients in t of the loss at W + t curve[0] + t^2 curve[1] + .., curve[k] one matrix for each weight.
  /// \param order  the highest power; without it all of them, trailing zeros removed.
  /// \throws std::invalid_argument  no order, and the loss is not a polynomial in the weights
  [[nodiscard]] std::vector<Rational> along(std::span<const RationalMatrix> inputs,
                                            std::span<const std::vector<RationalMatrix>> curve,
                                            std::optional<Index> order = std::nullopt) const;

 private:
  struct Derived;
  std::shared_ptr<Derived> derived_;
};

/// d vec(N) / d weights for a node N of a program, its first output: rows * cols x n, entries of N column by column.
class CompiledJacobian {
 public:
  explicit CompiledJacobian(Program program);
  [[nodiscard]] RationalMatrix operator()(std::span<const RationalMatrix> inputs) const;

 private:
  Program program_;
  Program tangent_;
};

}  // namespace rankscape::program
