#pragma once
// Evidence made from exact data: what the claims of a certificate (claims.hpp) need to be checked by multiplication.

#include <rankscape/exact/real_roots.hpp>

#include "certificate/claims.hpp"

namespace rankscape::certificate {

/// \pre a has this inertia. \param lambda_min, lambda_max  enclosures of the extreme eigenvalues, or nothing when they
/// are not to be claimed. Cost: those of definite_frame and of a null space, by null_vectors where a is large.
[[nodiscard]] InertiaClaim inertia_claim(const RationalMatrix& a, const Inertia& inertia,
                                         const std::optional<Enclosure>& lambda_min = {},
                                         const std::optional<Enclosure>& lambda_max = {});
[[nodiscard]] inline InertiaClaim inertia_claim(const RationalMatrix& a) {
  return inertia_claim(a, inertia(a));
}

/// Does the loss leave its value at order 3 or later, by the degrees at which the nodes of its program leave theirs?
/// Sufficient for a Hessian that is zero; no matrix of its size is made. Cost: a pass over the program.
[[nodiscard]] bool evidently_flat(const Workspace& at);
/// The claim that says so: without vectors.
[[nodiscard]] InertiaClaim flat_claim(Index parameters);

[[nodiscard]] inline RationalMatrix symmetric_part(const RationalMatrix& a) {
  return (a + RationalMatrix(a.transpose())) / Rational(2);
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

}  // namespace rankscape::certificate
