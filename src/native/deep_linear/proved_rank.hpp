#pragma once
// The exact rank of a large matrix whose entries are short. A lower bound is the rank modulo a prime; an upper bound is
// proved by columns that are written as combinations of the pivot columns, guessed from their residues and multiplied
// out over the integers.

#include <rankscape/exact/matrix.hpp>

namespace rankscape::deep_linear {

/// rank(a), exact. Rows and columns with one nonzero entry are pivots at no cost. Cost: one elimination modulo a word
/// and one integer product where the combinations have short fractions, as in string bases; else an elimination modulo
/// so many primes that their product exceeds the minors of the next order.
[[nodiscard]] Index proved_rank(const RationalMatrix& a);

}  // namespace rankscape::deep_linear
