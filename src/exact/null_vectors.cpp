// x = a_II^{-1} a_IJ by Dixon's p-adic lifting (Numer. Math. 40, 1982), or, where entries are long and columns many, by
// its residues modulo many primes. Each column has one common denominator, found by rational reconstruction of few of
// its entries. [x; -1] is then multiplied by a, modulo primes whose product
// exceeds what the entries of the product can be: if it vanishes modulo all of them, it vanishes.

#include "exact/null_vectors.hpp"

#include "exact/flint.hpp"
#include "exact/prime_field.hpp"

#include <rankscape/exact/deadline.hpp>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <memory>
#include <numeric>

namespace rankscape::exact {
namespace {

using flint::ModMat;

flint::IntMat part_of(const IntegerMatrix& a, const std::vector<Index>& rows, const std::vector<Index>& cols) {
  flint::IntMat out(static_cast<Index>(rows.size()), static_cast<Index>(cols.size()));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < cols.size(); ++j)
      flint::assign(out.at(static_cast<Index>(i), static_cast<Index>(j)), a(rows[i], cols[j]));
  }
  return out;
}

slong bits_of(const flint::IntMat& a) {
  return std::labs(fmpz_mat_max_bits(a.get()));
}

// x = a^{-1} b modulo a number that grows by a digit of prime_bits with every step.
class Solving {
 public:
  Solving(const flint::IntMat& a, const flint::IntMat& b)
      : solution_(fmpz_mat_nrows(b.get()), fmpz_mat_ncols(b.get())), a_(a) {
    fmpz_one(modulus_.get());
  }
  Solving(const Solving&) = delete;
  Solving& operator=(const Solving&) = delete;
  Solving(Solving&&) = delete;
  Solving& operator=(Solving&&) = delete;
  virtual ~Solving() = default;

  [[nodiscard]] const flint::IntMat& solution() const { return solution_; }
  [[nodiscard]] const flint::Int& modulus() const { return modulus_; }

  /// \return false where a is not regular modulo the primes that are tried
  [[nodiscard]] virtual bool advance() = 0;

 protected:
  [[nodiscard]] const flint::IntMat& a() const { return a_; }
  flint::IntMat solution_;
  flint::Int modulus_;

 private:
  const flint::IntMat& a_;
};

// Modulo powers of a prime: a step costs one product modulo the prime, and one by a over the integers.
class Lifting final : public Solving {
 public:
  Lifting(const flint::IntMat& a, const flint::IntMat& b)
      : Solving(a, b),
        rest_(fmpz_mat_nrows(b.get()), fmpz_mat_ncols(b.get())),
        inverse_(fmpz_mat_nrows(a.get()), fmpz_mat_nrows(a.get()), exact::prime(0)) {
    ModMat residues(fmpz_mat_nrows(a.get()), fmpz_mat_nrows(a.get()), exact::prime(0));
    fmpz_mat_get_nmod_mat(residues.get(), a.get());
    regular_ = nmod_mat_inv(inverse_.get(), residues.get()) != 0;
    fmpz_mat_set(rest_.get(), b.get());
  }

  // b - a x = modulus * rest
  [[nodiscard]] bool advance() override {
    if (!regular_) return false;
    check_deadline();
    const Index rows = fmpz_mat_nrows(rest_.get());
    const Index cols = fmpz_mat_ncols(rest_.get());
    const std::uint64_t prime = inverse_.get()->mod.n;
    ModMat residues(rows, cols, prime);
    ModMat digit(rows, cols, prime);
    fmpz_mat_get_nmod_mat(residues.get(), rest_.get());
    nmod_mat_mul(digit.get(), inverse_.get(), residues.get());
    flint::IntMat digits(rows, cols);
    flint::IntMat product(rows, cols);
    fmpz_mat_set_nmod_mat_unsigned(digits.get(), digit.get());
    fmpz_mat_mul(product.get(), a().get(), digits.get());
    fmpz_mat_sub(rest_.get(), rest_.get(), product.get());
    fmpz_mat_scalar_divexact_ui(rest_.get(), rest_.get(), prime);
    fmpz_mat_scalar_addmul_fmpz(solution_.get(), digits.get(), modulus_.get());
    fmpz_mul_ui(modulus_.get(), modulus_.get(), prime);
    return true;
  }

 private:
  flint::IntMat rest_;
  ModMat inverse_;
  bool regular_ = false;
};

// Modulo products of primes: a step solves modulo one more, whatever the length of the entries.
class ByPrimes final : public Solving {
 public:
  ByPrimes(const flint::IntMat& a, const flint::IntMat& b) : Solving(a, b), b_(b) {}

  [[nodiscard]] bool advance() override {
    const Index rows = fmpz_mat_nrows(b_.get());
    const Index cols = fmpz_mat_ncols(b_.get());
    for (int tried = 0; tried < most_irregular; ++tried) {
      check_deadline();
      const std::uint64_t prime = exact::prime(next_++);
      ModMat left(rows, rows, prime);
      ModMat right(rows, cols, prime);
      ModMat solved(rows, cols, prime);
      fmpz_mat_get_nmod_mat(left.get(), a().get());
      fmpz_mat_get_nmod_mat(right.get(), b_.get());
      if (nmod_mat_solve(solved.get(), left.get(), right.get()) == 0) continue;
      fmpz_mat_CRT_ui(solution_.get(), solution_.get(), modulus_.get(), solved.get(), 0);
      fmpz_mul_ui(modulus_.get(), modulus_.get(), prime);
      return true;
    }
    return false;
  }

 private:
  static constexpr int most_irregular = 3;  // one is rare
  const flint::IntMat& b_;
  std::size_t next_ = 0;
};

// The cheaper step is told by the multiplications modulo a prime.
std::unique_ptr<Solving> solving(const flint::IntMat& a, const flint::IntMat& b, NullBy by) {
  const auto rows = static_cast<double>(fmpz_mat_nrows(b.get()));
  const auto cols = static_cast<double>(fmpz_mat_ncols(b.get()));
  const double words = static_cast<double>(bits_of(a)) / prime_bits;
  const double lifting = rows * rows * cols * (2 + words);
  const double by_primes = rows * rows * (cols + rows);
  if (by == NullBy::primes || (by == NullBy::cheaper && by_primes < lifting)) return std::make_unique<ByPrimes>(a, b);
  return std::make_unique<Lifting>(a, b);
}

// By so much residues have to be longer than the fractions that are guessed from them.
constexpr std::size_t spare_bits = 24;

// Column j of x is numerators / denominators[j].
struct Fractions {
  flint::IntMat numerators;
  flint::IntMat denominators;  // one row
};

// Fractions that are so short that by chance alone they would hardly fit the residues.
std::optional<Fractions> fractions_of(const Solving& found) {
  const flint_bitcnt_t bits = fmpz_bits(found.modulus().get());
  const Index rows = fmpz_mat_nrows(found.solution().get());
  const Index cols = fmpz_mat_ncols(found.solution().get());
  Fractions out{flint::IntMat(rows, cols), flint::IntMat(1, cols)};
  flint::Int scaled;
  flint::Int numerator;
  flint::Int denominator;
  for (Index j = 0; j < cols; ++j) {
    fmpz* const common = out.denominators.at(0, j);
    fmpz_one(common);
    const auto fits = [&](Index i) {
      fmpz_mul(scaled.get(), common, found.solution().at(i, j));
      fmpz_smod(scaled.get(), scaled.get(), found.modulus().get());
      return fmpz_bits(scaled.get()) + fmpz_bits(common) + spare_bits < bits;
    };
    for (Index i = 0; i < rows; ++i) {
      if (fits(i)) continue;
      fmpz_mod(scaled.get(), scaled.get(), found.modulus().get());
      if (_fmpq_reconstruct_fmpz(numerator.get(), denominator.get(), scaled.get(), found.modulus().get()) == 0)
        return std::nullopt;
      fmpz_mul(common, common, denominator.get());
      if (!fits(i)) return std::nullopt;
    }
    for (Index i = 0; i < rows; ++i) {
      if (!fits(i)) return std::nullopt;
      fmpz_set(out.numerators.at(i, j), scaled.get());
    }
  }
  return out;
}

// Whether a[:, pivots] numerators = a[:, others] diag(denominators).
bool null_products(const IntegerMatrix& a, const PivotSplit& split, const std::vector<Index>& others,
                   const Fractions& x) {
  std::vector<Index> all(static_cast<std::size_t>(a.rows()));
  for (std::size_t k = 0; k < all.size(); ++k)
    all[k] = static_cast<Index>(k);
  const flint::IntMat left = part_of(a, all, split.pivots);
  const flint::IntMat right = part_of(a, all, others);
  const slong terms = static_cast<slong>(FLINT_BIT_COUNT(split.pivots.size()));
  const slong bits =
      std::max(bits_of(left) + bits_of(x.numerators) + terms, bits_of(right) + bits_of(x.denominators)) + 1;
  const auto cols = static_cast<Index>(others.size());
  for (slong k = 0; k * static_cast<slong>(prime_bits - 1) <= bits; ++k) {  // each prime exceeds 2^(prime_bits - 1)
    check_deadline();
    const PrimeField field(exact::prime(static_cast<std::size_t>(k)));
    ModMat l(a.rows(), fmpz_mat_ncols(left.get()), field.prime());
    ModMat r(a.rows(), cols, field.prime());
    ModMat n(fmpz_mat_nrows(x.numerators.get()), cols, field.prime());
    ModMat d(1, cols, field.prime());
    ModMat product(a.rows(), cols, field.prime());
    fmpz_mat_get_nmod_mat(l.get(), left.get());
    fmpz_mat_get_nmod_mat(r.get(), right.get());
    fmpz_mat_get_nmod_mat(n.get(), x.numerators.get());
    fmpz_mat_get_nmod_mat(d.get(), x.denominators.get());
    nmod_mat_mul(product.get(), l.get(), n.get());
    for (Index i = 0; i < a.rows(); ++i) {
      for (Index j = 0; j < cols; ++j) {
        if (product.at(i, j) != field.multiply(r.at(i, j), d.at(0, j))) return false;
      }
    }
  }
  return true;
}

// \param digits  how many are tried first; then how many are needed
std::optional<Fractions> proved_null(const IntegerMatrix& a, const flint::IntMat& principal, const PivotSplit& split,
                                     const std::vector<Index>& others, std::size_t most_digits, NullBy by,
                                     std::size_t& digits) {
  constexpr std::size_t most_bits = std::size_t{1} << 30U;  // of all entries together
  // Cramer's rule: numerators and denominators are minors of a, of at most rank * (entry bits + log rank) bits.
  const std::size_t enough_bits =
      2 * split.pivots.size() * (static_cast<std::size_t>(bits_of(principal)) + 16) + 2 * spare_bits;
  const std::size_t entries = split.pivots.size() * others.size();
  const flint::IntMat right = part_of(a, split.pivots, others);
  const std::unique_ptr<Solving> solved = solving(principal, right, by);
  for (std::size_t done = 0;; digits += 1 + digits / 2) {
    // one step beyond what must suffice
    if (digits > most_digits || done * (prime_bits - 1) > enough_bits || entries * digits * prime_bits > most_bits)
      return std::nullopt;
    for (; done < digits; ++done) {
      if (!solved->advance()) return std::nullopt;
    }
    auto found = fractions_of(*solved);
    if (found && null_products(a, split, others, *found)) {
      const auto bits =
          static_cast<std::size_t>(bits_of(found->numerators) + bits_of(found->denominators)) + spare_bits;
      digits = bits / (prime_bits - 1) + 1;
      return found;
    }
  }
}

}  // namespace

PivotSplit pivot_split(const IntegerMatrix& a) {
  const PrimeField field(exact::prime(0));
  const Index n = a.rows();
  ModMat residues(n, n, field.prime());
  flint::assign(residues, a, field);
  PivotSplit out;
  out.pivots = residues.reduce();
  for (Index j = 0; j < n; ++j) {
    if (!std::binary_search(out.pivots.begin(), out.pivots.end(), j)) out.others.push_back(j);
  }
  return out;
}

std::optional<IntegerMatrix> null_vectors(const IntegerMatrix& a, const PivotSplit& split, std::size_t most_digits,
                                          NullBy by) {
  IntegerMatrix rows(static_cast<Index>(split.others.size()), a.cols());
  if (split.others.empty()) return rows;
  const flint::IntMat principal = part_of(a, split.pivots, split.pivots);
  std::size_t digits = 2;
  // One column tells, at little cost, how long the entries are.
  if (!proved_null(a, principal, split, {split.others.front()}, most_digits, by, digits)) return std::nullopt;
  const auto found = proved_null(a, principal, split, split.others, most_digits, by, digits);
  if (!found) return std::nullopt;
  flint::Int content;
  for (Index j = 0; j < rows.rows(); ++j) {
    const fmpz* const denominator = found->denominators.at(0, j);
    fmpz_set(content.get(), denominator);
    for (std::size_t i = 0; i < split.pivots.size() && fmpz_is_one(content.get()) == 0; ++i)
      fmpz_gcd(content.get(), content.get(), found->numerators.at(static_cast<Index>(i), j));
    flint::Int entry;
    for (std::size_t i = 0; i < split.pivots.size(); ++i) {
      fmpz_divexact(entry.get(), found->numerators.at(static_cast<Index>(i), j), content.get());
      rows(j, split.pivots[i]) = flint::to_integer(entry.get());
    }
    fmpz_divexact(entry.get(), denominator, content.get());
    rows(j, split.others[static_cast<std::size_t>(j)]) = -flint::to_integer(entry.get());
  }
  return rows;
}

std::size_t primes_for_rank(const IntegerMatrix& a, Index rank) {
  if (rank >= std::min(a.rows(), a.cols())) return 0;
  std::vector<std::size_t> bits;  // of twice the logarithm of each row's norm
  bits.reserve(static_cast<std::size_t>(a.rows()));
  for (Index i = 0; i < a.rows(); ++i) {
    Integer square = 0;
    for (Index j = 0; j < a.cols(); ++j)
      square += a(i, j) * a(i, j);
    bits.push_back(square.is_zero() ? 0 : mpz_sizeinbase(square.backend().data(), 2));
  }
  std::sort(bits.begin(), bits.end(), std::greater<>());
  const std::size_t doubled = std::accumulate(bits.begin(), bits.begin() + rank + 1, std::size_t{0});
  return doubled / (2 * std::size_t{prime_bits - 1}) + 1;
}

bool has_at_most_rank(const IntegerMatrix& a, Index rank) {
  const std::size_t primes = primes_for_rank(a, rank);
  for (std::size_t k = 0; k < primes; ++k) {
    check_deadline();
    const PrimeField field(exact::prime(k));
    ModMat residues(a.rows(), a.cols(), field.prime());
    flint::assign(residues, a, field);
    if (nmod_mat_rank(residues.get()) > rank) return false;
  }
  return true;
}

}  // namespace rankscape::exact
