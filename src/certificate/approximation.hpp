#pragma once
// Squared distances of a product from a matrix, at a point where the product is a best approximation of bounded rank,
// or, where the norms of the factors cost, one with shrunk singular values. docs/certificates.md, "Global bounds", has
// the lemmas.

#include "certificate/claims.hpp"
#include "certificate/patterns.hpp"

namespace rankscape::certificate {

/// That node s, a square || f (P X - Y) ||^2, is nowhere below its value, or nothing. \pre s moves
[[nodiscard]] std::optional<Bound> trace_bound(const Patterns& loss, Node s);

/// Fills the cover of a `decay` term. ||U V - Y||^2 + b ||U||^2 + a ||V||^2 is least where the singular values of Y, as
/// many as U has columns, are shrunk by the root of a b. Times that root everything is rational.
/// \param slope  of the loss by the nodes of the term \return whether it is least at the point
[[nodiscard]] bool shrinks(const Patterns& loss, const std::vector<RationalMatrix>& slope, Bound::Term& term);

}  // namespace rankscape::certificate
