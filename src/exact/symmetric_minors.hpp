#pragma once
// The minors that symmetric fraction-free elimination produces, computed modulo many primes instead of by it.
//
// Eliminating a symmetric integer matrix C whose leading principal minors of orders 1..r are not zero and whose rank is
// r yields the rows s_k (k = 0..r-1), where s_k[j] is the minor of C with rows 0..k and columns 0..k-1, j, and
//     C = sum_k  s_k^T s_k / (P_{k-1} P_k),   P_k = s_k[k],  P_{-1} = 1.
// Hadamard's inequality bounds each minor, hence the number of primes after which the Chinese remainder is the minor
// itself, and after which a Schur complement that vanishes modulo all of them vanishes. Nothing is probabilistic.

#include <rankscape/exact/matrix.hpp>

#include <optional>
#include <vector>

namespace rankscape::exact {

/// An elimination order that works: c = T a T^T with leading principal minors of orders 1..rank not zero.
struct EliminationOrder {
  IntegerMatrix c;
  Index rank = 0;  ///< modulo the prime that was used: a lower bound of the rank
  /// Position k of c holds row order[k] of a, after `additions`, in this order.
  std::vector<Index> order;
  /// Unimodular congruences on a: row and column `from` were added to row and column `to`.
  struct Addition {
    Index to;
    Index from;
  };
  std::vector<Addition> additions;
};

/// \param prime  the rank found is that of a modulo this prime
[[nodiscard]] EliminationOrder elimination_order(const IntegerMatrix& a, std::uint64_t prime);

enum class Wanted : unsigned char { principal_minors, rows };

/// rows[k] holds s_k[k..n-1], or only s_k[k] when principal minors are wanted.
/// \return nothing when the rank of c exceeds `rank`; `witness_prime` then is a prime modulo which it does.
struct SymmetricMinors {
  std::vector<std::vector<Integer>> rows;
};
[[nodiscard]] std::optional<SymmetricMinors> symmetric_minors(const IntegerMatrix& c, Index rank, Wanted wanted,
                                                              std::uint64_t& witness_prime);

}  // namespace rankscape::exact
