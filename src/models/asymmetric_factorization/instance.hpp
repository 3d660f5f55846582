#pragma once
// The loss 1/2 ||X Y^T - M||_F^2 + mu/4 ||X^T X - Y^T Y||_F^2 at one exact point, from (M, mu, X, Y) alone.

#include <rankscape/model.hpp>

#include <optional>

#include "exact/selection.hpp"
#include "models/asymmetric_factorization/calculus.hpp"

namespace rankscape::asymmetric_factorization {

class AsymmetricInstance final : public Instance {
 public:
  /// \throws InputError  data other than M and a number balance >= 0; weights other than X, Y of fitting shapes
  explicit AsymmetricInstance(rankscape::Point point);

  [[nodiscard]] const rankscape::Point& point() const override { return point_; }
  [[nodiscard]] Shape shape() const override { return {X().rows(), Y().rows(), k()}; }
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

  [[nodiscard]] Index k() const { return X().cols(); }
  [[nodiscard]] const RationalMatrix& X() const { return at_.X; }
  [[nodiscard]] const RationalMatrix& Y() const { return at_.Y; }
  [[nodiscard]] const RationalMatrix& M() const { return at_.M; }
  [[nodiscard]] const Rational& balance() const { return at_.mu; }
  [[nodiscard]] RationalMatrix imbalance() const { return at_.imbalance(); }
  [[nodiscard]] RationalMatrix product() const { return multiply(X(), Y().transpose()); }
  [[nodiscard]] bool critical() const;
  /// Rank of X Y^T.
  [[nodiscard]] Index q() const;
  /// The min(n, m) singular values of M, decreasing.
  [[nodiscard]] const std::vector<RealRoot>& sigma() const;
  /// Singular values of M on the range of X Y^T and the others. \throws Undefined  not critical, or that range is not
  /// invariant under M M^T (impossible where X^T X = Y^T Y or the balance is 0)
  [[nodiscard]] const Selection& selection() const;
  /// \throws Undefined  likewise, or a repeated singular value is selected in part
  [[nodiscard]] IndexSet S() const;
  /// Of the point under O(k), or under GL(k) when balance = 0.
  [[nodiscard]] Index orbit() const;

 private:
  rankscape::Point point_;
  asymmetric_factorization::Point<Rational> at_;
  mutable std::optional<RationalVector> gradient_;
  mutable std::optional<Index> q_;
  mutable std::optional<std::vector<RealRoot>> sigma_;
  mutable std::optional<Selection> selection_;
};

[[nodiscard]] const std::vector<FeatureDeclaration>& feature_declarations();

}  // namespace rankscape::asymmetric_factorization
