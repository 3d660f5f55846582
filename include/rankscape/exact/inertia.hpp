#pragma once
// Inertia of a rational symmetric matrix, with a witness that anyone can multiply out.
//
// The numbers are those of symmetric fraction-free elimination (Bareiss' one-step recurrence with symmetric pivoting):
// minors of a matrix congruent to `a` over the integers. They are computed modulo many 59-bit primes and recovered by
// the Chinese remainder theorem under Hadamard's bound, which proves them. From 128 rows on the signs of a
// floating-point congruence with its rounding bounded, and exact null vectors, are tried first (docs/why-exact.md).
// Where the remaining diagonal is zero but an entry (i, j) is not, row and column j are added to i first, a unimodular
// congruence that makes a nonzero diagonal entry.

#include <rankscape/exact/matrix.hpp>

namespace rankscape {

/// Numbers of negative, zero and positive eigenvalues (Sylvester).
struct Inertia {
  Index negative = 0;
  Index zero = 0;
  Index positive = 0;
  [[nodiscard]] bool operator==(const Inertia&) const = default;
};

/// a = rows^T diag(diagonal) rows, `rows` of shape rank x n with full row rank, no zero in `diagonal`. By Sylvester's
/// law the signs of `diagonal` and n - rank are the inertia of a.
struct InertiaWitness {
  RationalMatrix rows;
  std::vector<Rational> diagonal;
};

struct WitnessedInertia {
  Inertia inertia;
  InertiaWitness witness;
};

/// Exact. The minors have up to rank * (entry bits + log n) bits; cost O(n^2 rank) word operations for each 59 of them,
/// and for the witness O(n rank) Chinese remainders, quadratic in that size. Matrices that are block diagonal up to a
/// permutation are split first. The rows of the witness are primitive integer vectors.
/// \throws std::invalid_argument  a not symmetric
[[nodiscard]] Inertia inertia(const RationalMatrix& a);
[[nodiscard]] WitnessedInertia witnessed_inertia(const RationalMatrix& a);

/// Multiplies the witness out and checks its rank: independent of how it was found.
/// \return the inertia it proves, or nothing when it is not a witness for a.
[[nodiscard]] std::optional<Inertia> inertia_proved_by(const InertiaWitness& witness, const RationalMatrix& a);

}  // namespace rankscape
