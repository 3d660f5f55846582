// Minors of a symmetric integer matrix by elimination modulo 59-bit primes and the Chinese remainder theorem; see the
// header for the identity. The elimination looks left: an entry is one dot product, reduced once, so the inner loop is
// a multiplication and two additions. This replaces Bareiss' recurrence, whose products and exact divisions of long
// integers cost an order of magnitude more from size 40 on (bench/inertia.cpp).

#include "exact/symmetric_minors.hpp"

#include "exact/prime_field.hpp"

#include <rankscape/exact/deadline.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace rankscape::exact {
namespace {

using Word = PrimeField::Word;
using DoubleWord = PrimeField::DoubleWord;

mpz_srcptr mpz(const Integer& value) {
  return value.backend().data();
}

// log2 of the Euclidean norm of a row, rounded up generously; -infinity for a zero row.
double log2_norm(const IntegerMatrix& a, Index row) {
  Integer sum = 0;
  for (Index j = 0; j < a.cols(); ++j) {
    mpz_addmul(sum.backend().data(), mpz(a(row, j)), mpz(a(row, j)));
  }
  if (sum.is_zero()) return -std::numeric_limits<double>::infinity();
  long exponent = 0;
  const double mantissa = mpz_get_d_2exp(&exponent, mpz(sum));
  return 0.5 * (std::log2(mantissa) + static_cast<double>(exponent)) + 1e-6;
}

// The product of this many primes exceeds 4 * 2^bits.
std::size_t primes_for(double bits) {
  constexpr double bits_of_each = prime_bits - 0.001;  // the first million primes below 2^59 are larger than this
  return bits < 0 ? 1 : static_cast<std::size_t>(std::ceil((bits + 2.01) / bits_of_each));
}

// One elimination of c modulo one prime.
class Elimination {
 public:
  Elimination(Index size, Index rank)
      : size_(size),
        rank_(rank),
        columns_(static_cast<std::size_t>(size * rank)),
        row_(static_cast<std::size_t>(rank)),
        entries_(static_cast<std::size_t>(size * size)),
        inverse_pivots_(static_cast<std::size_t>(rank)) {}

  enum class Outcome : unsigned char { done, zero_pivot, larger_rank };

  Outcome run(const IntegerMatrix& c, const PrimeField& field) {
    for (Index j = 0; j < size_; ++j) {
      for (Index i = 0; i <= j; ++i) {
        entries_[static_cast<std::size_t>(j * size_ + i)] = c(i, j).is_zero() ? 0 : field.reduce(c(i, j));
      }
    }
    for (Index k = 0; k < rank_; ++k) {
      scale_row(k, k, field);
      for (Index j = k; j < size_; ++j) {
        const Word entry = schur(k, j, k, field);
        if (j == k && entry == 0) return Outcome::zero_pivot;
        column(j)[k] = entry;
      }
      inverse_pivots_[static_cast<std::size_t>(k)] = field.invert(pivot(k));
    }
    for (Index i = rank_; i < size_; ++i) {
      scale_row(i, rank_, field);
      for (Index j = i; j < size_; ++j) {
        if (schur(i, j, rank_, field) != 0) return Outcome::larger_rank;
      }
    }
    return Outcome::done;
  }

  [[nodiscard]] Word pivot(Index k) const { return entry(k, k); }
  [[nodiscard]] Word entry(Index k, Index j) const { return columns_[static_cast<std::size_t>(j * rank_ + k)]; }

 private:
  Word* column(Index j) { return columns_.data() + j * rank_; }
  // row_[l] = (entry l of column i) / pivot l, l < count
  void scale_row(Index i, Index count, const PrimeField& field) {
    for (Index l = 0; l < count; ++l) {
      row_[static_cast<std::size_t>(l)] = field.multiply(column(i)[l], inverse_pivots_[static_cast<std::size_t>(l)]);
    }
  }
  // Entry (i, j) of the Schur complement after `count` steps, for the i that was scaled last.
  Word schur(Index i, Index j, Index count, const PrimeField& field) {
    return field.subtract(entries_[static_cast<std::size_t>(j * size_ + i)], field.dot(row_.data(), column(j), count));
  }

  Index size_;
  Index rank_;
  std::vector<Word> columns_;  // column j of the eliminated rows stands at j * rank
  std::vector<Word> row_;
  std::vector<Word> entries_;
  std::vector<Word> inverse_pivots_;
};

// The Chinese remainder for a fixed list of primes whose product M exceeds four times the numbers sought:
// with Q_t = M / p_t, x = sum_t ((r_t / Q_t) mod p_t) Q_t - q M, and q is the nearest integer to sum_t (..) / p_t,
// where rounding cannot go wrong because the fractional part is x / M, at most 1/4 in absolute value.
class Remainders {
 public:
  explicit Remainders(const std::vector<PrimeField>& fields, std::size_t count) : fields_(&fields), count_(count) {
    product_ = 1;
    for (std::size_t t = 0; t < count; ++t)
      product_ *= Integer(fields[t].prime());
    limbs_ = mpz_size(mpz(product_)) + 1;
    quotients_.assign(limbs_ * count, 0);
    modulus_.assign(limbs_, 0);
    copy_limbs(product_, modulus_.data());
    Integer quotient;
    for (std::size_t t = 0; t < count; ++t) {
      mpz_divexact_ui(quotient.backend().data(), mpz(product_), fields[t].prime());
      copy_limbs(quotient, quotients_.data() + t * limbs_);
      inverses_.push_back(fields[t].invert(fields[t].reduce(quotient)));
    }
    sum_.resize(limbs_);
  }

  [[nodiscard]] std::size_t count() const { return count_; }

  Integer recover(const Word* residues) {
    std::fill(sum_.begin(), sum_.end(), 0);
    double turns = 0;
    const auto size = static_cast<mp_size_t>(limbs_);
    for (std::size_t t = 0; t < count_; ++t) {
      const PrimeField& field = (*fields_)[t];
      const Word factor = field.multiply(residues[t], inverses_[t]);
      turns += static_cast<double>(factor) / static_cast<double>(field.prime());
      mpn_addmul_1(sum_.data(), quotients_.data() + t * limbs_, size, factor);
    }
    mpn_submul_1(sum_.data(), modulus_.data(), size, static_cast<Word>(std::llround(turns)));
    const bool negative = (sum_.back() >> 63U) != 0;
    if (negative) mpn_neg(sum_.data(), sum_.data(), size);
    Integer out;
    mp_limb_t* const limbs = mpz_limbs_write(out.backend().data(), size);
    std::copy(sum_.begin(), sum_.end(), limbs);
    mpz_limbs_finish(out.backend().data(), negative ? -size : size);
    return out;
  }

 private:
  static void copy_limbs(const Integer& from, mp_limb_t* to) {
    std::copy_n(mpz_limbs_read(mpz(from)), mpz_size(mpz(from)), to);
  }

  const std::vector<PrimeField>* fields_;
  std::size_t count_;
  Integer product_;
  std::size_t limbs_ = 0;
  std::vector<mp_limb_t> quotients_;
  std::vector<mp_limb_t> modulus_;
  std::vector<Word> inverses_;
  std::vector<mp_limb_t> sum_;
};

}  // namespace

EliminationOrder elimination_order(const IntegerMatrix& a, std::uint64_t prime) {
  const Index n = a.rows();
  const PrimeField field(prime);
  Matrix<Word> s(n, n);  // the Schur complement modulo the prime, in the original order
  IntegerMatrix b = a;   // all of it, with the additions made so far
  for (Index k = 0; k < a.size(); ++k)
    s.data()[k] = field.reduce(a.data()[k]);

  // Short rows first: the bounds of the early minors, hence their numbers of primes, stay small.
  std::vector<std::pair<double, Index>> by_norm;
  for (Index i = 0; i < n; ++i)
    by_norm.emplace_back(log2_norm(a, i), i);
  std::sort(by_norm.begin(), by_norm.end());
  std::vector<Index> remaining;
  for (const auto& [norm, i] : by_norm)
    remaining.push_back(i);

  EliminationOrder out;
  while (!remaining.empty()) {
    auto pivot = std::find_if(remaining.begin(), remaining.end(), [&](Index i) { return s(i, i) != 0; });
    if (pivot == remaining.end()) {
      Index from = -1;
      pivot = std::find_if(remaining.begin(), remaining.end(), [&](Index i) {
        const auto other = std::find_if(remaining.begin(), remaining.end(), [&](Index j) { return s(i, j) != 0; });
        if (other != remaining.end()) from = *other;
        return from >= 0;
      });
      if (from < 0) break;
      const Index to = *pivot;
      b.row(to) += b.row(from);
      b.col(to) += b.col(from);
      const auto add = [&](Index i, Index j, Index k, Index l) {  // entry (k, l) to entry (i, j)
        s(i, j) = field.reduce(static_cast<DoubleWord>(s(i, j)) + s(k, l));
      };
      for (const Index j : remaining)
        add(to, j, from, j);
      for (const Index i : remaining)
        add(i, to, i, from);
      out.additions.push_back({to, from});
    }
    const Index k = *pivot;
    remaining.erase(pivot);
    out.order.push_back(k);
    const Word inverse = field.invert(s(k, k));
    for (const Index i : remaining) {
      if (s(i, k) == 0) continue;
      const Word factor = field.multiply(s(i, k), inverse);
      for (const Index j : remaining)
        s(j, i) = field.subtract(s(j, i), field.multiply(factor, s(j, k)));
    }
  }
  out.rank = static_cast<Index>(out.order.size());
  out.order.insert(out.order.end(), remaining.begin(), remaining.end());
  out.c.resize(n, n);
  for (Index j = 0; j < n; ++j) {
    for (Index i = 0; i < n; ++i) {
      out.c(i, j) = b(out.order[static_cast<std::size_t>(i)], out.order[static_cast<std::size_t>(j)]);
    }
  }
  return out;
}

std::optional<SymmetricMinors> symmetric_minors(const IntegerMatrix& c, Index rank, Wanted wanted,
                                                std::uint64_t& witness_prime) {
  const Index n = c.rows();
  // Hadamard: minors of the rows 0..k are bounded by the product of their norms.
  std::vector<std::size_t> primes_of_row;
  double bits = 0;
  for (Index k = 0; k < rank; ++k) {
    bits += log2_norm(c, k);
    const std::size_t count = primes_for(bits);
    // Rows are grouped so that neighbours share one Chinese remainder basis.
    primes_of_row.push_back(count < 8 ? count : (count + 3) / 4 * 4);
  }
  std::size_t count = rank == 0 ? 0 : primes_of_row.back();
  if (rank < n) {
    double longest = -std::numeric_limits<double>::infinity();
    for (Index i = rank; i < n; ++i)
      longest = std::max(longest, log2_norm(c, i));
    if (std::isfinite(longest)) count = std::max(count, primes_for(bits + longest));
  }

  const auto width = [&](Index k) { return wanted == Wanted::rows ? n - k : Index{1}; };
  std::vector<std::vector<Word>> residues(static_cast<std::size_t>(rank));  // per row: all primes of an entry together
  for (Index k = 0; k < rank; ++k) {
    const auto at = static_cast<std::size_t>(k);
    residues[at].resize(static_cast<std::size_t>(width(k)) * primes_of_row[at]);
  }

  std::vector<PrimeField> fields;
  Elimination elimination(n, rank);
  for (std::size_t next = 0; fields.size() < count; ++next) {
    check_deadline();
    const PrimeField field(prime(next));
    switch (elimination.run(c, field)) {
      case Elimination::Outcome::zero_pivot:
        continue;  // one of the finitely many primes that divide a leading minor
      case Elimination::Outcome::larger_rank:
        witness_prime = field.prime();
        return std::nullopt;
      case Elimination::Outcome::done:
        break;
    }
    const std::size_t t = fields.size();
    fields.push_back(field);
    Word scale = 1;  // P_{k-1}: a Schur complement times the previous leading minor is a minor
    for (Index k = 0; k < rank; ++k) {
      const auto at = static_cast<std::size_t>(k);
      if (t < primes_of_row[at]) {
        for (Index j = 0; j < width(k); ++j) {
          residues[at][static_cast<std::size_t>(j) * primes_of_row[at] + t] =
              field.multiply(scale, elimination.entry(k, k + j));
        }
      }
      scale = field.multiply(scale, elimination.pivot(k));
    }
  }

  SymmetricMinors out;
  std::optional<Remainders> remainders;
  for (std::size_t k = 0; k < residues.size(); ++k) {
    if (!remainders || remainders->count() != primes_of_row[k]) remainders.emplace(fields, primes_of_row[k]);
    std::vector<Integer>& row = out.rows.emplace_back();
    for (Index j = 0; j < width(static_cast<Index>(k)); ++j) {
      row.push_back(remainders->recover(residues[k].data() + static_cast<std::size_t>(j) * primes_of_row[k]));
    }
  }
  return out;
}

}  // namespace rankscape::exact
