#pragma once
// Inertia of a large integer matrix between two bounds that meet: numbers of positive and of negative eigenvalues from
// a floating-point congruence whose rounding is bounded, nullity from exact null vectors, or from ranks modulo so many
// primes that they prove it. Where they do not add up to the size of the matrix nothing is known.

#include "exact/certain_signs.hpp"
#include "exact/null_vectors.hpp"

#include <rankscape/exact/inertia.hpp>

namespace rankscape::exact {

/// From this size on the sandwich is tried before elimination; below, elimination is as fast.
inline constexpr Index sandwich_size = 128;

/// The rank modulo a prime is a lower bound of the rank. As many signs are certain, or the bounds do not meet; and
/// the rank is shown not to be larger.
/// \param a  symmetric
/// \param propose_for_pivots  for the principal part on the pivots, which is tried first
/// \return nothing when the bounds do not meet: the proposal is bad, a too ill-conditioned for doubles (beyond about
///         10^10 at size 1000, scaled), or the prime divides a minor
/// Cost: a factorization or an eigendecomposition in floating point, and the cost of pivot_split, and of null_vectors
/// or has_at_most_rank.
[[nodiscard]] std::optional<Inertia> sandwiched_inertia(const IntegerMatrix& a,
                                                        const Proposer& propose = scaled_eigenvectors,
                                                        const Proposer& propose_for_pivots = scaled_factors);
/// The same where a is known to be congruent to its principal part on the rows `rest` and zeros (deflation.hpp).
[[nodiscard]] std::optional<Inertia> sandwiched_inertia(const IntegerMatrix& a, const std::vector<Index>& rest,
                                                        const Proposer& propose = scaled_eigenvectors,
                                                        const Proposer& propose_for_pivots = scaled_factors);

}  // namespace rankscape::exact
