#include "native/deep_linear/proved_rank.hpp"

#include <rankscape/exact/deadline.hpp>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <vector>

#include "exact/flint.hpp"
#include "exact/null_vectors.hpp"
#include "exact/prime_field.hpp"

namespace rankscape::deep_linear {

namespace {

// Below this FLINT's own rank is as fast.
constexpr Index few_columns = 40;

// What remains when pivots alone in their row or column are taken: then their column or row can be struck off.
class Peeling {
 public:
  explicit Peeling(const RationalMatrix& a)
      : a_(a), in_row_(static_cast<std::size_t>(a.rows())), in_column_(static_cast<std::size_t>(a.cols())) {
    for (Index j = 0; j < a.cols(); ++j) {
      for (Index i = 0; i < a.rows(); ++i) {
        if (a(i, j) == 0) continue;
        in_row_[static_cast<std::size_t>(i)].push_back(j);
        in_column_[static_cast<std::size_t>(j)].push_back(i);
      }
    }
    rows_.reset(in_row_);
    columns_.reset(in_column_);
    while (!rows_.single.empty() || !columns_.single.empty()) {
      if (!rows_.single.empty()) {
        take(rows_, in_row_, columns_, in_column_);
      } else {
        take(columns_, in_column_, rows_, in_row_);
      }
    }
  }

  [[nodiscard]] Index pivots() const { return pivots_; }
  /// Without the pivots' rows and columns, and without zero rows and columns; each row times its denominators.
  [[nodiscard]] IntegerMatrix rest() const {
    const std::vector<Index> rows = rows_.remaining();
    const std::vector<Index> columns = columns_.remaining();
    IntegerMatrix out(static_cast<Index>(rows.size()), static_cast<Index>(columns.size()));
    for (Index i = 0; i < out.rows(); ++i) {
      const RationalMatrix row = a_(rows[static_cast<std::size_t>(i)], columns);
      out.row(i) = with_common_denominator(row).numerators;
    }
    return out;
  }

 private:
  using Entries = std::vector<std::vector<Index>>;
  struct Side {
    std::vector<std::size_t> count;  // of nonzero entries in what remains
    std::vector<bool> struck;
    std::vector<Index> single;
    void reset(const Entries& entries) {
      struck.assign(entries.size(), false);
      count.reserve(entries.size());
      for (std::size_t k = 0; k < entries.size(); ++k) {
        count.push_back(entries[k].size());
        if (count.back() == 1) single.push_back(static_cast<Index>(k));
      }
    }
    void strike(Index k, const Entries& entries, Side& across) {
      struck[static_cast<std::size_t>(k)] = true;
      for (const Index other : entries[static_cast<std::size_t>(k)]) {
        const auto o = static_cast<std::size_t>(other);
        if (!across.struck[o] && --across.count[o] == 1) across.single.push_back(other);
      }
    }
    [[nodiscard]] std::vector<Index> remaining() const {
      std::vector<Index> out;
      out.reserve(count.size());
      for (std::size_t k = 0; k < count.size(); ++k) {
        if (!struck[k] && count[k] > 0) out.push_back(static_cast<Index>(k));
      }
      return out;
    }
  };

  void take(Side& side, const Entries& entries, Side& across, const Entries& entries_across) {
    const Index k = side.single.back();
    side.single.pop_back();
    if (side.struck[static_cast<std::size_t>(k)] || side.count[static_cast<std::size_t>(k)] != 1) return;
    const auto& all = entries[static_cast<std::size_t>(k)];
    const Index pivot = *std::find_if(all.begin(), all.end(),
                                      [&](Index other) { return !across.struck[static_cast<std::size_t>(other)]; });
    ++pivots_;
    side.struck[static_cast<std::size_t>(k)] = true;
    across.strike(pivot, entries_across, side);
  }

  const RationalMatrix& a_;
  Entries in_row_;
  Entries in_column_;
  Side rows_;
  Side columns_;
  Index pivots_ = 0;
};

// x, an integer of at most `bits` bits with x = denominator * residue modulo the prime, where there is one.
constexpr unsigned short_bits = 24;

std::optional<long> short_numerator(std::uint64_t residue, std::uint64_t denominator, const exact::PrimeField& field) {
  const std::uint64_t scaled = field.multiply(residue, denominator);
  if (scaled >> short_bits == 0) return static_cast<long>(scaled);
  if ((field.prime() - scaled) >> short_bits == 0) return -static_cast<long>(field.prime() - scaled);
  return std::nullopt;
}

// The least denominator that makes a residue short: the continued fraction of residue / prime.
std::optional<std::uint64_t> short_denominator(std::uint64_t residue, const exact::PrimeField& field) {
  std::uint64_t before = field.prime();
  std::uint64_t now = residue;
  std::uint64_t denominator_before = 0;
  std::uint64_t denominator = 1;
  while (now >> short_bits != 0) {
    const std::uint64_t quotient = before / now;
    const std::uint64_t remainder = before % now;
    before = now;
    now = remainder;
    const std::uint64_t next = quotient * denominator + denominator_before;
    if (quotient >> short_bits != 0 || next >> short_bits != 0) return std::nullopt;
    denominator_before = denominator;
    denominator = next;
  }
  return denominator;
}

// Are the columns beside the pivots combinations of those? "Yes" is proved; "no" is none.
bool others_depend(const IntegerMatrix& a, const std::vector<Index>& pivots, const flint::ModMat& echelon,
                   const exact::PrimeField& field) {
  std::vector<Index> others;
  others.reserve(static_cast<std::size_t>(a.cols()));
  for (Index j = 0; j < a.cols(); ++j) {
    if (!std::binary_search(pivots.begin(), pivots.end(), j)) others.push_back(j);
  }
  const auto rank = static_cast<Index>(pivots.size());
  const auto count = static_cast<Index>(others.size());
  flint::IntMat combination(rank, count);
  flint::IntMat scaled(a.rows(), count);
  for (Index k = 0; k < count; ++k) {
    const Index j = others[static_cast<std::size_t>(k)];
    std::uint64_t denominator = 1;
    for (Index i = 0; i < rank; ++i) {
      if (short_numerator(echelon.at(i, j), denominator, field)) continue;
      const auto more = short_denominator(field.multiply(echelon.at(i, j), denominator), field);
      if (!more || (denominator * *more) >> short_bits != 0) return false;
      denominator *= *more;
    }
    for (Index i = 0; i < rank; ++i) {
      const auto numerator = short_numerator(echelon.at(i, j), denominator, field);
      if (!numerator) return false;
      fmpz_set_si(combination.at(i, k), *numerator);
    }
    for (Index i = 0; i < a.rows(); ++i) {
      flint::assign(scaled.at(i, k), a(i, j));
      fmpz_mul_ui(scaled.at(i, k), scaled.at(i, k), denominator);
    }
  }
  flint::IntMat basis(a.rows(), rank);
  for (Index i = 0; i < a.rows(); ++i) {
    for (Index k = 0; k < rank; ++k)
      flint::assign(basis.at(i, k), a(i, pivots[static_cast<std::size_t>(k)]));
  }
  flint::IntMat product(a.rows(), count);
  fmpz_mat_mul(product.get(), basis.get(), combination.get());
  return fmpz_mat_equal(product.get(), scaled.get()) != 0;
}

}  // namespace

Index proved_rank(const RationalMatrix& a) {
  if (std::min(a.rows(), a.cols()) < few_columns) return rank(a);
  check_deadline();
  const Peeling peeling(a);
  const IntegerMatrix rest = peeling.rest();
  if (rest.size() == 0) return peeling.pivots();
  const exact::PrimeField field(exact::prime(0));
  flint::ModMat echelon(rest.rows(), rest.cols(), field.prime());
  for (Index i = 0; i < rest.rows(); ++i) {
    for (Index j = 0; j < rest.cols(); ++j)
      echelon.at(i, j) = field.reduce(rest(i, j));
  }
  const std::vector<Index> pivots = echelon.reduce();
  const auto modular = static_cast<Index>(pivots.size());
  check_deadline();
  if (modular == std::min(rest.rows(), rest.cols()) || others_depend(rest, pivots, echelon, field) ||
      exact::has_at_most_rank(rest, modular))
    return peeling.pivots() + modular;
  return rank(a);  // the prime divides every minor of the rank's order
}

}  // namespace rankscape::deep_linear
