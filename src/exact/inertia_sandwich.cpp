// The sandwich: lower bounds of the three numbers whose sum is the size of the matrix.

#include "exact/inertia_sandwich.hpp"

#include <rankscape/exact/deadline.hpp>

#include <numeric>

namespace rankscape::exact {
namespace {

// By null vectors where they are short, as those of Hessians are; else modulo many primes.
bool has_rank_of(const PivotSplit& split, const IntegerMatrix& a) {
  if (split.others.empty()) return true;
  const std::size_t rank = split.pivots.size();
  const std::size_t nullity = split.others.size();
  const std::size_t primes = primes_for_rank(a, static_cast<Index>(rank));
  // a digit costs about 6 rank^2 nullity, a prime n^2 rank
  const std::size_t most_digits = 4 + primes * (rank + nullity) * (rank + nullity) / (6 * rank * nullity);
  return null_vectors(a, split, most_digits).has_value() || has_at_most_rank(a, static_cast<Index>(rank));
}

// As many as the rank, if they are certain.
std::optional<Inertia> signs_of(const IntegerMatrix& a, Index rank, const Proposer& propose) {
  check_deadline();
  const Matrix<double> approximate = equilibrated(a).entries;
  std::optional<Inertia> out = certain_signs(approximate, propose(approximate, rank));
  if (out && out->negative + out->positive != rank) out.reset();
  return out;
}

}  // namespace

// The signs of a principal part are signs of the whole (Cauchy's interlacing). That on the pivots is not singular, and
// smaller; the whole may be better conditioned.
std::optional<Inertia> sandwiched_inertia(const IntegerMatrix& a, const std::vector<Index>& rest,
                                          const Proposer& propose, const Proposer& propose_for_pivots) {
  const bool deflated = static_cast<Index>(rest.size()) < a.rows();
  const IntegerMatrix part = deflated ? IntegerMatrix(a(rest, rest)) : IntegerMatrix();
  const IntegerMatrix& core = deflated ? part : a;
  if (deflated && core.rows() > 0) {  // most often nothing else is in the null space
    if (auto found = signs_of(core, core.rows(), propose_for_pivots)) {
      found->zero = a.rows() - core.rows();
      return found;
    }
  }
  const PivotSplit split = pivot_split(core);
  const auto rank = static_cast<Index>(split.pivots.size());
  if (rank == 0) return std::nullopt;
  std::optional<Inertia> out = signs_of(IntegerMatrix(core(split.pivots, split.pivots)), rank, propose_for_pivots);
  if (!out) out = signs_of(a, rank, propose);
  if (!out || !has_rank_of(split, core)) return std::nullopt;
  out->zero = a.rows() - rank;
  return out;
}

std::optional<Inertia> sandwiched_inertia(const IntegerMatrix& a, const Proposer& propose,
                                          const Proposer& propose_for_pivots) {
  std::vector<Index> all(static_cast<std::size_t>(a.rows()));
  std::iota(all.begin(), all.end(), Index{0});
  return sandwiched_inertia(a, all, propose, propose_for_pivots);
}

}  // namespace rankscape::exact
