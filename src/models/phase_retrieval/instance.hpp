#pragma once
// The population loss of real phase retrieval at one exact point, from (u, x) alone.

#include <rankscape/model.hpp>

#include <optional>

namespace rankscape::phase_retrieval {

class PhaseInstance final : public Instance {
 public:
  /// \throws InputError  data other than a column u, weights other than one column of the same length
  explicit PhaseInstance(Point point);

  [[nodiscard]] const Point& point() const override { return point_; }
  [[nodiscard]] Shape shape() const override { return {x().size()}; }
  [[nodiscard]] int degree() const override { return 4; }
  [[nodiscard]] Rational loss(const Weights& weights) const override;
  [[nodiscard]] RationalVector gradient() const override;
  [[nodiscard]] RationalVector gradient_at(const Weights& weights) const override;
  [[nodiscard]] RationalMatrix hessian() const override;
  [[nodiscard]] GlobalComparison global_comparison() const override;
  /// None: at a critical point that is no global minimizer the Hessian has a negative eigenvalue.
  [[nodiscard]] std::vector<Weights> descent_proposals() const override { return {}; }
  [[nodiscard]] Labels labels() const override;
  [[nodiscard]] Json certificate_claims() const override;
  [[nodiscard]] Value feature(std::size_t position, std::span<const Value> arguments) const override;

  [[nodiscard]] const RationalMatrix& x() const { return point_.weights.front(); }
  [[nodiscard]] const RationalMatrix& u() const { return u_; }
  [[nodiscard]] bool critical() const;
  /// Dimension of the orbit of x under the rotations that fix u.
  [[nodiscard]] Index orbit() const;

 private:
  Point point_;
  RationalMatrix u_;
};

[[nodiscard]] const std::vector<FeatureDeclaration>& feature_declarations();

}  // namespace rankscape::phase_retrieval
