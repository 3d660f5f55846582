#pragma once
// Which part of a spectrum a critical point has selected. In factorization problems the critical points are made of
// eigenvectors (singular vectors) of the data: a sub-multiset of the spectrum, found exactly from the restriction of
// the data to the range of the weights. An index set S exists only where no repeated value is selected in part.

#include <rankscape/exact/real_roots.hpp>
#include <rankscape/value.hpp>

#include <optional>
#include <vector>

namespace rankscape {

struct Selection {
  std::vector<RealRoot> selected;    ///< decreasing
  std::vector<RealRoot> unselected;  ///< decreasing
  /// 1-based positions of the selected values in the spectrum; nothing when a repeated value is selected in part.
  std::optional<IndexSet> set;

  /// The selected values are the largest of the spectrum (whatever the choice of S).
  [[nodiscard]] bool leading() const;
};

/// \param spectrum  decreasing
/// \return nothing when `selected` is not a sub-multiset of the spectrum
[[nodiscard]] std::optional<Selection> select_from(const std::vector<RealRoot>& spectrum,
                                                   std::vector<RealRoot> selected);

/// Eigenvalues of `symmetric` on the range of `range` (any matrix whose columns span it), decreasing; nothing when it
/// does not map that range into itself.
[[nodiscard]] std::optional<std::vector<RealRoot>> eigenvalues_on_range(const RationalMatrix& symmetric,
                                                                        const RationalMatrix& range);

/// Square roots of the eigenvalues of a matrix whose eigenvalues are real and >= 0, decreasing, with multiplicity: the
/// roots >= 0 of det(t^2 I - a), so exact. \throws InternalDisagreement  an eigenvalue is negative or not real
[[nodiscard]] std::vector<RealRoot> roots_of_eigenvalues(const RationalMatrix& a);

[[nodiscard]] std::vector<Real> as_reals(const std::vector<RealRoot>& roots);

}  // namespace rankscape
