#pragma once
// What a statement about regions may speak of: quantities of symmetric factorization at any X, enclosed over a box of
// X's.
//
// A box is a matrix of intervals. Every quantity is enclosed over the whole box, so a comparison that the enclosures
// decide holds (or fails) at every point of the box; the language's three-valued logic carries that through formulas.
// At a single point (a box of width zero) rational quantities are exact, and eigenvalues as narrow as asked.
//
// M = U U^T with U = [diag(sigma_1, .., sigma_k); 0], n x k. Every (X, U) is equivalent to one of these with X lower
// triangular and a diagonal >= 0, by rotations on both sides that change none of the quantities.

#include <rankscape/statements/vocabulary.hpp>

#include <memory>
#include <vector>

#include "program/enclosure_ring.hpp"
#include "regions/branch_and_bound.hpp"

namespace rankscape::regions {

struct RegionData {
  Index n = 1;
  std::vector<Rational> squares;  ///< sigma_i(U)^2 = lambda_i(M), decreasing, > 0; as many as U has columns, 1 or 2
  std::vector<Rational> sigma;    ///< the square roots where they are rational; else empty, and there is no distance
  /// 1/4 ||X X^T - M||^2 over boxes; inputs M, X.
  std::shared_ptr<const program::EnclosedLoss> loss;

  [[nodiscard]] Index k() const { return static_cast<Index>(squares.size()); }
  [[nodiscard]] RationalMatrix M() const;
};

/// Known names: equal (all sigma_i = 1/2), graded (sigma_i = 1/(2i)), steep (k = 2: sigma_1^2 = 313/1250, sigma_2^2 =
/// 1/1000). \throws InputError  another name; sizes other than [n, k] with k <= n <= 4, k <= 2
[[nodiscard]] RegionData region_data(const std::vector<long>& sizes, std::string_view name);

/// The representatives of all X: entries above the diagonal zero, those on it in [0, bound], below it in [-bound,
/// bound].
[[nodiscard]] EnclosedMatrix standard_domain(const RegionData& data, const Rational& bound);

[[nodiscard]] const std::vector<FeatureDeclaration>& region_features();
/// Of "symmetric-factorization", with these features only.
[[nodiscard]] const LanguageLookup& region_languages();

class RegionSource final : public FeatureSource {
 public:
  /// Keeps references.
  RegionSource(const RegionData& data, const EnclosedMatrix& x) : data_(&data), x_(&x) {}
  [[nodiscard]] Value feature(std::size_t position, std::span<const Value> arguments) const override;

 private:
  const RegionData* data_;
  const EnclosedMatrix* x_;
};

/// The X of RegionData.
class SymmetricRegion final : public Region {
 public:
  explicit SymmetricRegion(RegionData data) : data_(std::move(data)) {}
  [[nodiscard]] const RegionData& data() const { return data_; }
  [[nodiscard]] std::unique_ptr<const FeatureSource> over(const WeightBox& box) const override {
    return std::make_unique<RegionSource>(data_, box.at(0));
  }

 private:
  RegionData data_;
};

}  // namespace rankscape::regions
