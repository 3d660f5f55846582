#pragma once
// Equality constraints c(x) = 0 of a landscape: at a shape, reduced to independent ones, with the Lagrangian that they
// make of the loss (program/lagrangian.hpp); and at a feasible point, what first and second derivatives say.
//
// A point is *regular* where the Jacobian J of the independent constraints has full rank m: the feasible set is a
// manifold there, and its tangent space is T = ker J.

#include "landscapes/data.hpp"

#include "program/compiled_loss.hpp"
#include "program/lower.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rankscape {

/// The outputs that constraints add to the program of a loss: all of the independent ones as a column, and each by
/// itself, by its name. None where there is no constraint at these sizes.
/// Of entries that depend linearly on those before them, as polynomials in weights and data, nothing remains: of
/// `transpose(X) * X == identity(k)` k (k + 1) / 2. Where that is too large to be multiplied out, all stay.
/// \throws Undefined, program::NotLowered
[[nodiscard]] std::vector<program::Output> constraint_outputs(const Landscape::Data& data, const Environment& values,
                                                              program::Builder& builder, program::Lowering& lowering);

struct CompiledConstraints {
  /// \param whole  the program of a loss with constraint_outputs
  explicit CompiledConstraints(const program::Program& whole);

  std::vector<std::string> names;    ///< "unit(2)", "orthonormal[1,2]"
  program::CompiledLoss lagrangian;  ///< its last weight are the multipliers
  program::CompiledJacobian jacobian;
};

/// At one point. Costs a gradient, a Jacobian, and where it is asked for two Hessians.
class ConstraintsHere {
 public:
  /// \param inputs  data and weights. \throws std::domain_error  a division by zero
  ConstraintsHere(std::shared_ptr<const CompiledConstraints> compiled, std::vector<RationalMatrix> inputs);

  [[nodiscard]] const std::vector<std::string>& names() const { return compiled_->names; }
  /// The first constraint that does not hold, "unit(2) is 3/4, expected 0"; empty at a feasible point.
  [[nodiscard]] std::string violated() const;
  [[nodiscard]] const RationalMatrix& jacobian() const { return jacobian_; }  ///< m x n
  [[nodiscard]] Index count() const { return jacobian_.rows(); }
  [[nodiscard]] bool regular() const { return rank_ == count(); }
  [[nodiscard]] Index rank() const { return rank_; }
  /// mu with J^T mu as close to grad f as possible: equal to it at a critical point.
  [[nodiscard]] const RationalVector& multipliers() const { return multipliers_; }
  /// grad f - J^T mu, the projection of grad f on T.
  [[nodiscard]] const RationalVector& gradient() const { return gradient_; }
  /// L, the Hessian of f - <mu, c> by the weights.
  [[nodiscard]] RationalMatrix second_derivatives() const;
  /// P L P, n x n: P projects on T. Beside the eigenvalues of the Riemannian Hessian
  /// it has rank() zeros.
  [[nodiscard]] RationalMatrix hessian() const;
  /// Z^T L Z for a basis Z of T: congruent to the Riemannian Hessian.
  [[nodiscard]] RationalMatrix on_tangent_space() const;
  /// The Hessian of the Lagrangian, n + m.
  [[nodiscard]] RationalMatrix bordered() const;
  [[nodiscard]] const program::Program& lagrangian() const { return compiled_->lagrangian.loss(); }
  /// Weights and multipliers.
  [[nodiscard]] std::vector<RationalMatrix> point() const;

 private:
  std::shared_ptr<const CompiledConstraints> compiled_;
  std::vector<RationalMatrix> inputs_;  ///< data, weights, multipliers
  RationalVector values_;
  RationalMatrix jacobian_;
  Index rank_ = 0;
  RationalVector multipliers_;
  RationalVector gradient_;
};

/// Of an instance, nullptr where its landscape has no constraints at its sizes.
[[nodiscard]] inline const ConstraintsHere* constraints_at(const Instance& instance) {
  return Landscape::Data::constraints_at(instance);
}

}  // namespace rankscape
