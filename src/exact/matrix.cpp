// Exact linear algebra: denominators are cleared, FLINT works over the integers, the result is divided again.
// Modular shortcuts are used only where they prove something: a nonzero minor modulo a prime is a nonzero minor.

#include "exact/columns.hpp"
#include "exact/flint.hpp"
#include "exact/prime_field.hpp"

#include <rankscape/exact/matrix.hpp>

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace rankscape {
namespace {

mpz_srcptr numerator_of(const Rational& value) {
  return mpq_numref(value.backend().data());
}
mpz_srcptr denominator_of(const Rational& value) {
  return mpq_denref(value.backend().data());
}

Integer common_denominator(const RationalMatrix& a) {
  Integer lcm = 1;
  for (Index k = 0; k < a.size(); ++k) {
    const mpz_srcptr d = denominator_of(a.data()[k]);
    if (mpz_cmp_ui(d, 1) != 0) mpz_lcm(lcm.backend().data(), lcm.backend().data(), d);
  }
  return lcm;
}

// factor * a, for a multiple `factor` of its denominator.
void multiply_up(mpz_ptr to, const Rational& a, const Integer& factor, Integer& scratch) {
  if (a.is_zero()) {
    mpz_set_ui(to, 0);
    return;
  }
  mpz_divexact(scratch.backend().data(), factor.backend().data(), denominator_of(a));
  mpz_mul(to, numerator_of(a), scratch.backend().data());
}

struct Cleared {
  flint::IntMat numerators;
  Integer denominator;
};

Cleared cleared(const RationalMatrix& a) {
  Cleared out{flint::IntMat(a.rows(), a.cols()), common_denominator(a)};
  Integer scratch;
  Integer entry;
  const bool integral = out.denominator == 1;
  for (Index i = 0; i < a.rows(); ++i) {
    for (Index j = 0; j < a.cols(); ++j) {
      if (integral) {
        fmpz_set_mpz(out.numerators.at(i, j), numerator_of(a(i, j)));
      } else {
        multiply_up(entry.backend().data(), a(i, j), out.denominator, scratch);
        flint::assign(out.numerators.at(i, j), entry);
      }
    }
  }
  return out;
}

RationalMatrix divided(const flint::IntMat& numerators, const fmpz* denominator) {
  RationalMatrix out(fmpz_mat_nrows(numerators.get()), fmpz_mat_ncols(numerators.get()));
  const bool integral = fmpz_is_one(denominator) != 0;
  for (Index i = 0; i < out.rows(); ++i) {
    for (Index j = 0; j < out.cols(); ++j) {
      if (integral) {
        fmpz_get_mpz(mpq_numref(out(i, j).backend().data()), numerators.at(i, j));
      } else if (!fmpz_is_zero(numerators.at(i, j))) {
        out(i, j) = flint::to_rational(numerators.at(i, j), denominator);
      }
    }
  }
  return out;
}

// A lower bound of the rank, usually sharp.
Index rank_modulo_prime(const flint::IntMat& a) {
  flint::ModMat reduced(fmpz_mat_nrows(a.get()), fmpz_mat_ncols(a.get()), exact::prime(0));
  fmpz_mat_get_nmod_mat(reduced.get(), a.get());
  return nmod_mat_rank(reduced.get());
}

// Reduced row echelon form, denominator * rref(a), with the columns of the pivots.
struct Echelon {
  flint::IntMat rows;
  flint::Int denominator;
  std::vector<Index> pivots;
  explicit Echelon(const flint::IntMat& a) : rows(fmpz_mat_nrows(a.get()), fmpz_mat_ncols(a.get())) {
    const Index rank = fmpz_mat_rref(rows.get(), denominator.get(), a.get());
    for (Index i = 0, j = 0; i < rank; ++i, ++j) {
      while (fmpz_is_zero(rows.at(i, j)))
        ++j;
      pivots.push_back(j);
    }
    if (rank == 0) fmpz_one(denominator.get());
  }
};

void require_square(const RationalMatrix& a, const char* what) {
  if (a.rows() != a.cols()) throw std::invalid_argument(std::string(what) + ": the matrix is not square");
}

// Eigen's own product does not skip zeros, and our factors are full of them.
RationalMatrix multiply_entrywise(const RationalMatrix& a, const RationalMatrix& b) {
  RationalMatrix out = RationalMatrix::Zero(a.rows(), b.cols());
  Rational term;
  for (Index j = 0; j < b.cols(); ++j) {
    for (Index k = 0; k < b.rows(); ++k) {
      if (b(k, j).is_zero()) continue;
      for (Index i = 0; i < a.rows(); ++i) {
        if (a(i, k).is_zero()) continue;
        mpq_mul(term.backend().data(), a(i, k).backend().data(), b(k, j).backend().data());
        mpq_add(out(i, j).backend().data(), out(i, j).backend().data(), term.backend().data());
      }
    }
  }
  return out;
}

}  // namespace

CommonDenominator with_common_denominator(const RationalMatrix& a) {
  CommonDenominator out{IntegerMatrix(a.rows(), a.cols()), common_denominator(a)};
  Integer scratch;
  for (Index k = 0; k < a.size(); ++k) {
    multiply_up(out.numerators.data()[k].backend().data(), a.data()[k], out.denominator, scratch);
  }
  return out;
}

RationalMatrix to_rational(const CommonDenominator& a) {
  RationalMatrix out(a.numerators.rows(), a.numerators.cols());
  for (Index k = 0; k < out.size(); ++k)
    out.data()[k] = Rational(a.numerators.data()[k], a.denominator);
  return out;
}

RationalMatrix multiply(const RationalMatrix& a, const RationalMatrix& b) {
  if (a.cols() != b.rows()) throw std::invalid_argument("multiply: the inner dimensions differ");
  constexpr Index small = 8;  // clearing denominators pays from about this inner dimension on (bench/exact.cpp)
  if (a.cols() < small) return multiply_entrywise(a, b);
  const Cleared left = cleared(a);
  const Cleared right = cleared(b);
  flint::IntMat product(a.rows(), b.cols());
  fmpz_mat_mul(product.get(), left.numerators.get(), right.numerators.get());
  flint::Int denominator;
  flint::assign(denominator.get(), left.denominator * right.denominator);
  return divided(product, denominator.get());
}

RationalMatrix multiply(const std::vector<RationalMatrix>& factors) {
  if (factors.empty()) throw std::invalid_argument("multiply: an empty chain has no shape");
  RationalMatrix product = factors.front();
  for (std::size_t k = 1; k < factors.size(); ++k)
    product = multiply(product, factors[k]);
  return product;
}

Index rank(const RationalMatrix& a) {
  if (a.size() == 0) return 0;
  const Cleared c = cleared(a);
  const Index modular = rank_modulo_prime(c.numerators);
  return modular == std::min(a.rows(), a.cols()) ? modular : fmpz_mat_rank(c.numerators.get());
}

RationalMatrix null_space(const RationalMatrix& a) {
  if (a.rows() == 0) return RationalMatrix::Identity(a.cols(), a.cols());
  const Cleared c = cleared(a);
  if (a.cols() <= a.rows() && rank_modulo_prime(c.numerators) == a.cols()) return RationalMatrix(a.cols(), 0);
  const Echelon echelon(c.numerators);
  const auto rank = static_cast<Index>(echelon.pivots.size());
  RationalMatrix basis = RationalMatrix::Zero(a.cols(), a.cols() - rank);
  Integer content;
  for (Index free = 0, column = 0, passed = 0; free < a.cols(); ++free) {
    if (passed < rank && echelon.pivots[static_cast<std::size_t>(passed)] == free) {
      ++passed;
      continue;
    }
    // x_free = denominator, x_pivot = - entry of the pivot's row; then divided by the common factor
    content = flint::to_integer(echelon.denominator.get());
    std::vector<Integer> entries(static_cast<std::size_t>(passed));
    for (Index i = 0; i < passed; ++i) {
      Integer& entry = entries[static_cast<std::size_t>(i)];
      entry = flint::to_integer(echelon.rows.at(i, free));
      content = gcd(content, entry);
    }
    basis(free, column) = Integer(flint::to_integer(echelon.denominator.get()) / content);
    for (Index i = 0; i < passed; ++i) {
      const auto at = static_cast<std::size_t>(i);
      basis(echelon.pivots[at], column) = Integer(-entries[at] / content);
    }
    ++column;
  }
  return basis;
}

std::vector<Index> independent_columns(const RationalMatrix& a) {
  if (a.size() == 0) return {};
  const Cleared c = cleared(a);
  if (a.cols() <= a.rows() && rank_modulo_prime(c.numerators) == a.cols()) {
    std::vector<Index> all(static_cast<std::size_t>(a.cols()));
    std::iota(all.begin(), all.end(), Index{0});
    return all;
  }
  return Echelon(c.numerators).pivots;
}

RationalMatrix column_basis(const RationalMatrix& a) {
  return a(Eigen::all, independent_columns(a));
}

std::optional<RationalMatrix> inverse(const RationalMatrix& a) {
  require_square(a, "inverse");
  const Cleared c = cleared(a);
  flint::IntMat out(a.rows(), a.cols());
  flint::Int denominator;
  if (fmpz_mat_inv(out.get(), denominator.get(), c.numerators.get()) == 0) return std::nullopt;
  flint::Int scale;
  flint::assign(scale.get(), c.denominator);
  fmpz_mat_scalar_mul_fmpz(out.get(), out.get(), scale.get());
  return divided(out, denominator.get());
}

std::optional<RationalMatrix> solve(const RationalMatrix& a, const RationalMatrix& b) {
  if (a.rows() != b.rows()) throw std::invalid_argument("solve: the numbers of rows differ");
  if (a.rows() == 0) return RationalMatrix(RationalMatrix::Zero(a.cols(), b.cols()));
  // One denominator for both sides cancels.
  RationalMatrix augmented(a.rows(), a.cols() + b.cols());
  augmented << a, b;
  const Cleared c = cleared(augmented);
  if (a.rows() == a.cols()) {
    flint::IntMat left(a.rows(), a.cols());
    flint::IntMat right(b.rows(), b.cols());
    for (Index i = 0; i < a.rows(); ++i) {
      for (Index j = 0; j < a.cols(); ++j)
        fmpz_set(left.at(i, j), c.numerators.at(i, j));
      for (Index j = 0; j < b.cols(); ++j)
        fmpz_set(right.at(i, j), c.numerators.at(i, a.cols() + j));
    }
    flint::IntMat x(a.cols(), b.cols());
    flint::Int denominator;
    if (fmpz_mat_solve(x.get(), denominator.get(), left.get(), right.get()) != 0) return divided(x, denominator.get());
  }
  const Echelon echelon(c.numerators);
  RationalMatrix x = RationalMatrix::Zero(a.cols(), b.cols());
  for (std::size_t i = 0; i < echelon.pivots.size(); ++i) {
    if (echelon.pivots[i] >= a.cols()) return std::nullopt;
    for (Index j = 0; j < b.cols(); ++j) {
      x(echelon.pivots[i], j) =
          flint::to_rational(echelon.rows.at(static_cast<Index>(i), a.cols() + j), echelon.denominator.get());
    }
  }
  return x;
}

Rational determinant(const RationalMatrix& a) {
  require_square(a, "determinant");
  const Cleared c = cleared(a);
  flint::Int value;
  fmpz_mat_det(value.get(), c.numerators.get());
  return Rational(flint::to_integer(value.get()), Integer(pow(c.denominator, static_cast<unsigned>(a.rows()))));
}

std::vector<Rational> characteristic_polynomial(const RationalMatrix& a) {
  require_square(a, "characteristic_polynomial");
  const Cleared c = cleared(a);
  flint::IntPoly polynomial;
  fmpz_mat_charpoly(polynomial.get(), c.numerators.get());
  // det(t I - N/d) = d^-n det((d t) I - N): the coefficient of t^k is divided by d^(n-k).
  std::vector<Rational> coefficients(static_cast<std::size_t>(a.rows()) + 1);
  Integer power = 1;
  for (std::size_t k = coefficients.size(); k-- > 0;) {
    flint::Int coefficient;
    fmpz_poly_get_coeff_fmpz(coefficient.get(), polynomial.get(), static_cast<slong>(k));
    coefficients[k] = Rational(flint::to_integer(coefficient.get()), power);
    power *= c.denominator;
  }
  return coefficients;
}

Rational trace(const RationalMatrix& a) {
  require_square(a, "trace");
  Rational sum = 0;
  for (Index i = 0; i < a.rows(); ++i)
    sum += a(i, i);
  return sum;
}

bool is_zero(const RationalMatrix& a) {
  return std::all_of(a.data(), a.data() + a.size(), [](const Rational& entry) { return entry.is_zero(); });
}

bool is_symmetric(const RationalMatrix& a) {
  if (a.rows() != a.cols()) return false;
  for (Index j = 0; j < a.cols(); ++j) {
    for (Index i = 0; i < j; ++i) {
      if (a(i, j) != a(j, i)) return false;
    }
  }
  return true;
}

std::vector<std::vector<Index>> connected_components(const RationalMatrix& a) {
  const Index n = a.rows();
  std::vector<std::vector<Index>> components;
  std::vector<bool> seen(static_cast<std::size_t>(n), false);
  for (Index start = 0; start < n; ++start) {
    if (seen[static_cast<std::size_t>(start)]) continue;
    seen[static_cast<std::size_t>(start)] = true;
    std::vector<Index>& members = components.emplace_back(1, start);
    for (std::size_t next = 0; next < members.size(); ++next) {
      for (Index i = 0; i < n; ++i) {
        if (seen[static_cast<std::size_t>(i)] || a(i, members[next]).is_zero()) continue;
        seen[static_cast<std::size_t>(i)] = true;
        members.push_back(i);
      }
    }
    std::sort(members.begin(), members.end());
  }
  return components;
}

RationalMatrix kronecker(const RationalMatrix& a, const RationalMatrix& b) {
  RationalMatrix out = RationalMatrix::Zero(a.rows() * b.rows(), a.cols() * b.cols());
  for (Index j = 0; j < a.cols(); ++j) {
    for (Index i = 0; i < a.rows(); ++i) {
      if (a(i, j).is_zero()) continue;
      for (Index l = 0; l < b.cols(); ++l) {
        for (Index k = 0; k < b.rows(); ++k) {
          if (!b(k, l).is_zero()) out(i * b.rows() + k, j * b.cols() + l) = a(i, j) * b(k, l);
        }
      }
    }
  }
  return out;
}

void release_thread_caches() {
  flint_cleanup();
}

}  // namespace rankscape
