#pragma once
// What is known of a deep linear network at one exact point beyond its formulas: the selected part of the spectrum, the
// stratum, global minimality, descents. Everything is computed from (X, Y, W) alone, on demand; nothing is handed over
// by whoever built the point.

#include <rankscape/adviser.hpp>
#include <rankscape/exact/real_roots.hpp>

#include <memory>
#include <optional>

#include "native/deep_linear/partial_products.hpp"
#include "native/deep_linear/strata.hpp"
#include "native/deep_linear/string_basis.hpp"

namespace rankscape::deep_linear {

class DeepLinearAdvice final : public Advice {
 public:
  explicit DeepLinearAdvice(const Instance& at);

  [[nodiscard]] Value word(std::size_t position, std::span<const Value> arguments) const override;
  /// r, rmax, S, S_type, tightened, stratum
  [[nodiscard]] Labels labels() const override;
  [[nodiscard]] GlobalComparison global_comparison() const override;
  [[nodiscard]] std::vector<Curve> descents() const override;
  [[nodiscard]] std::string family() const override;
  [[nodiscard]] std::vector<Reading> readings() const override;
  /// Of every network at every critical point, as long as the spectrum of Sigma is at hand (blocks of at most 150
  /// rows).
  [[nodiscard]] std::optional<Inertia> known_inertia() const override;
  [[nodiscard]] std::string local_minimizers_are_global() const override;
  void certify(certificate::Claims& claims) const override;

  [[nodiscard]] int layers() const { return products_.layers(); }
  [[nodiscard]] const PartialProducts& products() const { return products_; }
  [[nodiscard]] const RationalMatrix& sxx() const { return sxx_; }
  [[nodiscard]] const RationalMatrix& sxy() const { return products_.sxy(); }
  /// Sigma = Y X^+ X Y^T; equal to Syx Sxx^{-1} Sxy when Sxx is invertible.
  [[nodiscard]] const RationalMatrix& sigma() const;
  /// Eigenvalues of Sigma, decreasing, with multiplicity.
  [[nodiscard]] const std::vector<RealRoot>& lambda() const;
  [[nodiscard]] Index r() const { return products_.path_rank(0, layers() + 1); }
  [[nodiscard]] Index rmax() const;
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
  [[nodiscard]] RationalMatrix selected_sigma() const;
  [[nodiscard]] Index input_rank() const;

  const Instance& at_;
  const RationalMatrix& X_;
  const RationalMatrix& Y_;
  Widths widths_;
  RationalMatrix sxx_;
  PartialProducts products_;
  mutable std::optional<Index> input_rank_;
  mutable std::optional<RationalMatrix> sigma_;
  mutable std::optional<std::vector<RealRoot>> lambda_;
  mutable std::optional<std::optional<std::vector<RealRoot>>> selected_;
  mutable std::optional<Stratum> stratum_;
};

/// `S=1,2 [0:2*1]`: how a family of critical points is called.
[[nodiscard]] std::string family_name(const std::vector<int>& S, const Stratum& stratum);

}  // namespace rankscape::deep_linear
