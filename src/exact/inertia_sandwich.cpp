// The sandwich: lower bounds of the three numbers whose sum is the size of the matrix.

#include "exact/inertia_sandwich.hpp"

#include <rankscape/exact/deadline.hpp>

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
  const Matrix<double> approximate = equilibrated(a).entries;
  std::optional<Inertia> out = certain_signs(approximate, propose(approximate, rank));
  if (out && out->negative + out->positive != rank) out.reset();
  return out;
}

// Those of the principal part on the pivots are signs of a (Cauchy's interlacing), and cheaper where the rank is small;
// the whole may be better conditioned.
std::optional<Inertia> signs_of(const IntegerMatrix& a, const PivotSplit& split, const Proposer& propose) {
  const auto rank = static_cast<Index>(split.pivots.size());
  if (2 * rank <= a.rows()) {
    if (auto found = signs_of(IntegerMatrix(a(split.pivots, split.pivots)), rank, propose)) return found;
    check_deadline();
  }
  return signs_of(a, rank, propose);
}

}  // namespace

std::optional<Inertia> sandwiched_inertia(const IntegerMatrix& a, const Proposer& propose) {
  const PivotSplit split = pivot_split(a);
  const auto rank = static_cast<Index>(split.pivots.size());
  if (rank == 0) return std::nullopt;
  check_deadline();
  std::optional<Inertia> out = signs_of(a, split, propose);
  if (!out || !has_rank_of(split, a)) return std::nullopt;
  out->zero = a.rows() - rank;
  return out;
}

}  // namespace rankscape::exact
