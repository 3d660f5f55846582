#pragma once
// Evidence made from exact data: what the claims of a certificate (claims.hpp) need to be checked by multiplication.

#include <rankscape/exact/real_roots.hpp>

#include "certificate/claims.hpp"

namespace rankscape::certificate {

/// \pre a has the inertia of the witness. \param lambda_min, lambda_max  enclosures of the extreme eigenvalues, or
/// nothing when they are not to be claimed. Cost: a floating eigendecomposition, a few exact products of n x n
/// matrices, a null space.
[[nodiscard]] InertiaClaim inertia_claim(const RationalMatrix& a, const WitnessedInertia& inertia,
                                         const std::optional<Enclosure>& lambda_min = {},
                                         const std::optional<Enclosure>& lambda_max = {});
[[nodiscard]] inline InertiaClaim inertia_claim(const RationalMatrix& a) {
  return inertia_claim(a, witnessed_inertia(a));
}

/// Exact LDL^T. \return nothing when s is not positive semidefinite. \throws std::invalid_argument  s not symmetric
[[nodiscard]] std::optional<Semidefinite> semidefinite(const RationalMatrix& s);

/// The inverse of a minor shows that the rank is not smaller, a combination of columns that it is not larger.
[[nodiscard]] RankClaim rank_claim(const std::string& name, const Workspace& workspace, Node node);

/// \param node  a symmetric matrix that maps the range of `range` into itself; \param eigenvalues  all of its
/// eigenvalues, decreasing; \param indices  of those on the range, from 1, unique
/// \throws std::invalid_argument  the range is not invariant
[[nodiscard]] SelectionClaim selection_claim(const std::string& name, const Workspace& workspace, Node node,
                                             const RankClaim& range, const std::vector<RealRoot>& eigenvalues,
                                             const std::vector<int>& indices);

/// The rational of least denominator in [lo, hi], lo <= hi.
[[nodiscard]] Rational simplest_between(const Rational& lo, const Rational& hi);

/// Some rational strictly between two different numbers, of small height; for equal numbers their value.
/// \pre upper >= lower, rational when equal. That holds for an eigenvalue of a rational matrix on an invariant rational
/// subspace and the next one on its complement, the larger ones all being on the subspace: of two conjugate eigenvalues
/// both sides have both or neither, so a common one that is not rational would have a larger conjugate on the
/// complement or a smaller one on the subspace.
[[nodiscard]] Rational separator(const RealRoot& upper, const RealRoot& lower);

/// The orthogonal projection onto the span of the columns of a, of any rank.
[[nodiscard]] RationalMatrix projection_onto_range(const RationalMatrix& a);

}  // namespace rankscape::certificate
