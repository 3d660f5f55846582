#pragma once
// The pieces of evidence that certificates of every model are made of, as JSON (docs/certificates.md): exact numbers,
// and ranks that can be checked without an elimination over the rationals.

#include <rankscape/exact/real_roots.hpp>
#include <rankscape/model.hpp>

#include <cstdint>
#include <vector>

#include "exact/simplest.hpp"

namespace rankscape {

/// A JSON integer where it is one of 64 bits, else a string: the rule of every file that rankscape writes.
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

}  // namespace rankscape
