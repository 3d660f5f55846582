#pragma once
// Rational numbers of small height: in an interval, near a floating-point number, between two algebraic numbers; and
// the projector onto a range.

#include <rankscape/exact/matrix.hpp>
#include <rankscape/exact/real_roots.hpp>

namespace rankscape {

/// The rational of least denominator in [lo, hi], lo <= hi.
[[nodiscard]] Rational simplest_between(Rational lo, Rational hi);
/// The one in [x - width, x + width]. \pre x finite, width > 0
[[nodiscard]] Rational simplest_near(double x, double width);

/// Some rational strictly between two different numbers, of small height; for equal numbers their value.
/// \pre upper >= lower, rational when equal. That holds for an eigenvalue of a rational matrix on an invariant rational
/// subspace and the next one on its complement, the larger ones all being on the subspace: of two conjugate eigenvalues
/// both sides have both or neither, so a common one that is not rational would have a larger conjugate on the
/// complement or a smaller one on the subspace.
[[nodiscard]] Rational separator(const RealRoot& upper, const RealRoot& lower);

/// The orthogonal projection onto the span of the columns of a, of any rank.
[[nodiscard]] RationalMatrix projector_onto_range(const RationalMatrix& a);

}  // namespace rankscape
