#pragma once
// Small integer vectors that prove the inertia and enclose the spectrum of a rational symmetric matrix: approximate
// eigenvectors, rounded to as few digits as the exact test of dominance lets pass. Floating point only proposes.

#include <rankscape/exact/enclosure.hpp>
#include <rankscape/exact/inertia.hpp>

#include <optional>

namespace rankscape::certificate {

struct DefiniteFrame {
  /// Rows are the vectors: first `negative` ones, then `positive` ones, then others (all n when the extreme eigenvalues
  /// are enclosed).
  RationalMatrix vectors;
  /// Wider than those asked for by about 10^-6 of their size, so that few digits prove them.
  std::optional<Enclosure> lambda_min;
  std::optional<Enclosure> lambda_max;
};

/// \param lambda_min, lambda_max  enclosures of the extreme eigenvalues, or nothing when they are not to be claimed
/// \pre a has this inertia
/// Cost: two floating eigendecompositions and a few exact products of n x n matrices; where doubles do not suffice (a
/// ill-conditioned beyond about 10^10, rows scaled), exact elimination.
[[nodiscard]] DefiniteFrame definite_frame(const RationalMatrix& a, const Inertia& inertia,
                                           const std::optional<Enclosure>& lambda_min,
                                           const std::optional<Enclosure>& lambda_max);

}  // namespace rankscape::certificate
