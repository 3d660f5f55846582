#pragma once
// The loss sum_l ( <A_l, U U^T> - b_l )^2 at one exact point. Everything is computed from (A, b, U), on demand.
//
// The reference M is the matrix that was measured. Where the measurements determine it (||A(X)||^2 is definite on
// symmetric matrices) it is the least squares solution of A(M) = b, unless the point names another: a noisy b = A(M) +
// w does not tell M, so theorems about noise need the optional datum "M". They hold for every M, so nothing is
// believed.

#include <rankscape/model.hpp>

#include <optional>

#include "models/matrix_sensing/calculus.hpp"
#include "models/matrix_sensing/form.hpp"

namespace rankscape::matrix_sensing {

class MatrixSensingInstance final : public Instance {
 public:
  /// \throws InputError  missing, superfluous or ill-shaped data and weights; an M that is not symmetric
  explicit MatrixSensingInstance(Point point);

  [[nodiscard]] const Point& point() const override { return point_; }
  /// {rows, columns} of U
  [[nodiscard]] Shape shape() const override { return {u().rows(), u().cols()}; }
  [[nodiscard]] int degree() const override { return 4; }
  [[nodiscard]] Rational loss(const Weights& weights) const override;
  [[nodiscard]] RationalVector gradient() const override;
  [[nodiscard]] RationalVector gradient_at(const Weights& weights) const override;
  [[nodiscard]] RationalMatrix hessian() const override;
  [[nodiscard]] GlobalComparison global_comparison() const override;
  /// None: descents of such points are curves, which the engine finds from the Hessian's kernel.
  [[nodiscard]] std::vector<Weights> descent_proposals() const override { return {}; }
  [[nodiscard]] Labels labels() const override;
  [[nodiscard]] Json certificate_claims() const override;
  [[nodiscard]] Value feature(std::size_t position, std::span<const Value> arguments) const override;

  [[nodiscard]] const RationalMatrix& u() const { return point_.weights.front(); }
  [[nodiscard]] const Measurements<Rational>& measurements() const { return data_; }
  /// A*(A(U U^T) - b): the gradient is 4 slope() U.
  [[nodiscard]] const RationalMatrix& slope() const;
  /// \throws Undefined  not named and not determined
  [[nodiscard]] const RationalMatrix& reference() const;
  /// ||b - A(M)||^2. \throws Undefined  as reference()
  [[nodiscard]] const Rational& noise() const;
  /// Of rank <= 2 r, r the number of columns of U.
  [[nodiscard]] const RestrictedBounds& bounds() const;
  /// The constant of the restricted isometry property, max(upper - 1, 1 - lower); an upper bound of it where the bounds
  /// are not exact.
  [[nodiscard]] Real delta() const;

 private:
  /// b = A(M), M positive semidefinite of rank at most that of U: then the infimum is 0.
  [[nodiscard]] bool attainable() const;
  /// Weights with a smaller loss, if some are found: floating point proposes, the exact loss decides.
  [[nodiscard]] const std::optional<RationalMatrix>& better() const;

  Point point_;
  Measurements<Rational> data_;
  RationalMatrix form_;
  mutable std::optional<RationalMatrix> slope_;
  mutable std::optional<std::optional<RationalMatrix>> reference_;
  mutable std::optional<Rational> noise_;
  mutable std::optional<RestrictedBounds> bounds_;
  mutable std::optional<std::optional<RationalMatrix>> better_;
};

/// Declarations of the features, in the order of MatrixSensingInstance::feature.
[[nodiscard]] const std::vector<FeatureDeclaration>& feature_declarations();

}  // namespace rankscape::matrix_sensing
