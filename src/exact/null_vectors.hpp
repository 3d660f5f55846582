#pragma once
// Null vectors of a large integer matrix, exactly: solutions modulo a power of a prime, guessed to be fractions, and
// multiplied out. What comes out is proved by the multiplication alone.

#include <rankscape/exact/matrix.hpp>

#include <optional>
#include <vector>

namespace rankscape::exact {

/// The columns of a symmetric matrix with a pivot modulo a prime, the leftmost ones, and the others. The principal part
/// on `pivots` is not singular, modulo the prime and hence over the rationals.
struct PivotSplit {
  std::vector<Index> pivots;
  std::vector<Index> others;
};
/// Cost: one elimination modulo a word, n^2 rank.
[[nodiscard]] PivotSplit pivot_split(const IntegerMatrix& a);

/// How the entries are found; `cheaper`: whichever takes fewer operations.
enum class NullBy : unsigned char { cheaper, lifting, primes };

/// Rows v_j, one for each of split.others, with a v_j = 0: integers without common factor, of which v_j alone is not
/// zero at others[j] (negative there). So they are independent.
/// \param most_digits  base 2^59, of numerator and denominator together
/// \pre a symmetric
/// \return nothing when the rank exceeds that modulo the prime, or when entries are longer (Cramer's rule: up to
/// 2 rank * (entry bits) bits) or take more than 128 MB
/// Cost: for every digit two products of rank x rank x nullity words, or about that.
[[nodiscard]] std::optional<IntegerMatrix> null_vectors(const IntegerMatrix& a, const PivotSplit& split,
                                                        std::size_t most_digits, NullBy by = NullBy::cheaper);

/// So many primes have to be tried before ranks modulo each of them that do not exceed `rank` prove that the rank of a
/// does not: their product exceeds every minor of the next order (Hadamard).
[[nodiscard]] std::size_t primes_for_rank(const IntegerMatrix& a, Index rank);
/// Exact. Cost: an elimination modulo each of these primes.
[[nodiscard]] bool has_at_most_rank(const IntegerMatrix& a, Index rank);

}  // namespace rankscape::exact
