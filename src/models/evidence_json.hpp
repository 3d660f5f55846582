#pragma once
// The pieces of evidence that certificates of every model are made of, as JSON (docs/certificates.md): exact numbers,
// and ranks that can be checked without an elimination over the rationals.

#include <rankscape/exact/real_roots.hpp>
#include <rankscape/model.hpp>

#include <cstdint>
#include <vector>

namespace rankscape {

/// A JSON integer up to 2^53 in absolute value (what every reader keeps exactly), else a string.
[[nodiscard]] Json number_to_json(const Rational& value);
/// An array of rows.
[[nodiscard]] Json matrix_to_json(const RationalMatrix& a);

/// Rows and columns (0-based) of a nonsingular minor of full size rank(a).
struct NonzeroMinor {
  std::vector<Index> rows;
  std::vector<Index> cols;
};
/// Exact. Cost: rank(a), and one elimination modulo a prime of 31 bits.
[[nodiscard]] NonzeroMinor nonzero_minor(const RationalMatrix& a);
/// a[rows, cols]
[[nodiscard]] RationalMatrix submatrix(const RationalMatrix& a, const std::vector<Index>& rows,
                                       const std::vector<Index>& cols);
/// a[:, cols]
[[nodiscard]] RationalMatrix columns(const RationalMatrix& a, const std::vector<Index>& cols);

/// {"rank", "rows", "cols", "inverse", "combine"}: the inverse of the minor shows that the rank is not smaller,
/// a[:, cols] combine = a that it is not larger.
[[nodiscard]] Json rank_evidence(const RationalMatrix& a);

/// The rational of least denominator in [lo, hi], lo <= hi.
[[nodiscard]] Rational simplest_between(const Rational& lo, const Rational& hi);

/// Some rational strictly between two different numbers, of small height; for equal numbers their value.
/// \pre upper >= lower, rational when equal. That holds for an eigenvalue of a rational matrix on an invariant rational
/// subspace and the next one on its complement, the larger ones all being on the subspace: of two conjugate eigenvalues
/// both sides have both or neither, so a common one that is not rational would have a larger conjugate on the complement
/// or a smaller one on the subspace.
[[nodiscard]] Rational separator(const RealRoot& upper, const RealRoot& lower);

/// The orthogonal projection onto the span of the columns of a, of any rank.
[[nodiscard]] RationalMatrix projection_onto_range(const RationalMatrix& a);

}  // namespace rankscape
