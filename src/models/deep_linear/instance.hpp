#pragma once
// The deep linear loss ||W_H ... W_1 X - Y||_F^2 at one exact point. Everything is computed from (X, Y, W) alone, on
// demand; nothing is handed over by whoever built the point.

#include <rankscape/exact/real_roots.hpp>
#include <rankscape/model.hpp>

#include <memory>
#include <optional>

#include "models/deep_linear/calculus.hpp"
#include "models/deep_linear/partial_products.hpp"
#include "models/deep_linear/strata.hpp"
#include "models/deep_linear/string_basis.hpp"

namespace rankscape::deep_linear {

class DeepLinearInstance final : public Instance {
 public:
  /// \throws InputError  missing, superfluous or ill-shaped data and weights
  explicit DeepLinearInstance(Point point);

  [[nodiscard]] const Point& point() const override { return point_; }
  [[nodiscard]] Shape shape() const override { return widths_; }
  [[nodiscard]] int degree() const override { return 2 * layers(); }
  [[nodiscard]] Rational loss(const Weights& weights) const override;
  [[nodiscard]] RationalVector gradient() const override;
  [[nodiscard]] RationalVector gradient_at(const Weights& weights) const override;
  [[nodiscard]] RationalMatrix hessian() const override;
  [[nodiscard]] GlobalComparison global_comparison() const override;
  [[nodiscard]] std::vector<Weights> descent_proposals() const override;
  [[nodiscard]] std::string family() const override;
  [[nodiscard]] std::vector<Reading> readings() const override;
  [[nodiscard]] Labels labels() const override;
  [[nodiscard]] Json certificate_claims() const override;
  [[nodiscard]] Value feature(std::size_t position, std::span<const Value> arguments) const override;

  [[nodiscard]] int layers() const { return static_cast<int>(point_.weights.size()); }
  [[nodiscard]] const RationalMatrix& X() const { return X_; }
  [[nodiscard]] const RationalMatrix& Y() const { return Y_; }
  [[nodiscard]] const RationalMatrix& sxx() const { return moments_.xx; }
  [[nodiscard]] const RationalMatrix& sxy() const { return moments_.xy; }
  [[nodiscard]] const RationalMatrix& syy() const { return moments_.yy; }
  [[nodiscard]] const PartialProducts& products() const { return *products_; }
  /// Sigma = Y X^+ X Y^T; equal to Syx Sxx^{-1} Sxy when Sxx is invertible.
  [[nodiscard]] const RationalMatrix& sigma() const;
  /// Eigenvalues of Sigma, decreasing, with multiplicity.
  [[nodiscard]] const std::vector<RealRoot>& lambda() const;
  [[nodiscard]] Index r() const;
  [[nodiscard]] Index rmax() const;
  [[nodiscard]] bool critical() const;
  /// Eigenvalues of Sigma on the range of the product, decreasing; nothing when the range is not invariant (then the
  /// point is not critical).
  [[nodiscard]] const std::optional<std::vector<RealRoot>>& selected_eigenvalues() const;
  /// S. \throws Undefined  not critical, or not unique (eigenvalues repeated across S and its complement)
  [[nodiscard]] IndexSet S() const;
  /// All sets S with W_H...W_1 = U_S U_S^T Syx Sxx^+ for some orthonormal eigenbasis U of Sigma: as many indices from
  /// each block of equal eigenvalues as the range has dimensions in that eigenspace. The first most_sets of them, in
  /// lexicographic order. \throws Undefined  not critical, or the range is not spanned by eigenvectors
  [[nodiscard]] std::vector<IndexSet> admissible_sets() const;
  static constexpr std::size_t most_sets = 1000;
  /// Every pivot has a complementary block of rank r. \throws Undefined  not critical
  [[nodiscard]] bool tightened() const;
  /// Recovered from ranks. \throws Undefined  not critical, or outside the hypotheses H1-H3 on which the notion rests
  [[nodiscard]] const Stratum& stratum() const;

 private:
  [[nodiscard]] bool strata_make_sense() const;

  Point point_;
  RationalMatrix X_;
  RationalMatrix Y_;
  Shape widths_;
  Moments<Rational> moments_;
  std::unique_ptr<PartialProducts> products_;
  mutable std::optional<RationalVector> gradient_;
  mutable std::optional<RationalMatrix> sigma_;
  mutable std::optional<std::vector<RealRoot>> lambda_;
  mutable std::optional<std::optional<std::vector<RealRoot>>> selected_;
  mutable std::optional<Stratum> stratum_;
};

/// Declarations of the features, in the order of DeepLinearInstance::feature.
[[nodiscard]] const std::vector<FeatureDeclaration>& feature_declarations();

}  // namespace rankscape::deep_linear
