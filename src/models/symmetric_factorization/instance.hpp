#pragma once
// The loss 1/4 ||X X^T - M||_F^2 at one exact point. Everything is computed from (M, X) alone, on demand.

#include <rankscape/model.hpp>

#include <optional>

#include "exact/selection.hpp"

namespace rankscape::symmetric_factorization {

class SymmetricInstance final : public Instance {
 public:
  /// \throws InputError  data other than M, M not symmetric, weights other than one matrix with as many rows
  explicit SymmetricInstance(Point point);

  [[nodiscard]] const Point& point() const override { return point_; }
  [[nodiscard]] Shape shape() const override { return {n(), k()}; }
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

  [[nodiscard]] Index n() const { return X().rows(); }
  [[nodiscard]] Index k() const { return X().cols(); }
  [[nodiscard]] const RationalMatrix& M() const { return M_; }
  [[nodiscard]] const RationalMatrix& X() const { return point_.weights.front(); }
  [[nodiscard]] bool critical() const;
  /// Rank of X.
  [[nodiscard]] Index q() const;
  /// Eigenvalues of M, decreasing.
  [[nodiscard]] const std::vector<RealRoot>& lambda() const;
  /// Eigenvalues of M on the range of X and on its complement. \throws Undefined  not critical
  [[nodiscard]] const Selection& selection() const;
  /// \throws Undefined  not critical, or a repeated eigenvalue is selected in part
  [[nodiscard]] IndexSet S() const;
  /// Dimension of { X Theta : Theta orthogonal }.
  [[nodiscard]] Index orbit() const;

 private:
  Point point_;
  RationalMatrix M_;
  mutable std::optional<RationalVector> gradient_;
  mutable std::optional<Index> q_;
  mutable std::optional<std::vector<RealRoot>> lambda_;
  mutable std::optional<Selection> selection_;
};

[[nodiscard]] const std::vector<FeatureDeclaration>& feature_declarations();

}  // namespace rankscape::symmetric_factorization
