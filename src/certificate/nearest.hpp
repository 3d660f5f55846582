#pragma once
// A convex function of a matrix P of bounded rank, or of bounded signature, that grows with the distance from the point
// at least as a weighted square: it is least where, in these weights, P is nearest to where the slope points.
// docs/certificates.md, "nearest", has the lemma; the verifier has its own implementation of it.

#include "certificate/claims.hpp"
#include "certificate/patterns.hpp"

namespace rankscape::certificate {

/// f(P + D) - f(P) - <G, D> >= <D, left D right> for all D; both symmetric and positive semidefinite.
struct Growth {
  RationalMatrix left;
  RationalMatrix right;
};

/// What the squares among the summands of node `root` say, the node `leaf` being the variable: those whose weights
/// on the right (or, if that says more, on the left) are multiples of those of the first. Nothing where no square says
/// anything. \pre root is evidently convex in the leaf alone
[[nodiscard]] std::optional<Growth> growth_of(const Patterns& loss, Node root, Node leaf);

/// \param slope  G at the point p; \param most  a bound of the rank
[[nodiscard]] std::optional<Bound::Nearest> nearest_of_rank(const RationalMatrix& p, const RationalMatrix& slope,
                                                            const Growth& grows, Index most);

/// \param middle  D, symmetric: what varies is U D U^T
[[nodiscard]] std::optional<Bound::Nearest> nearest_of_signature(const RationalMatrix& p, const RationalMatrix& slope,
                                                                 const Growth& grows, const RationalMatrix& middle);

}  // namespace rankscape::certificate
