#include "native/matrix_sensing/form.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace rankscape::matrix_sensing {

namespace {

// The functional X -> <A, X> in coordinates.
RationalVector functional(const RationalMatrix& a) {
  RationalVector y(symmetric_dimension(a.rows()));
  Index at = 0;
  for (Index j = 0; j < a.cols(); ++j) {
    for (Index i = 0; i < j; ++i)
      y(at++) = a(i, j) + a(j, i);
    y(at++) = a(j, j);
  }
  return y;
}

// alpha ||X||^2 - theta (tr X)^2
struct Isotropic {
  Rational alpha;
  Rational theta;
};

std::optional<Isotropic> isotropic(const RationalMatrix& form, Index n) {
  if (n < 2) return std::nullopt;
  const Isotropic found{form(1, 1) / 2, -form(0, 2)};  // coordinates 0, 1, 2 are x_11, x_12, x_22
  const RationalVector weights = coordinate_weights(n);
  for (Index q = 0; q < form.cols(); ++q) {
    for (Index p = 0; p < form.rows(); ++p) {
      Rational expected = p == q ? Rational(found.alpha * weights(p)) : Rational(0);
      if (weights(p) == 1 && weights(q) == 1) expected -= found.theta;
      if (form(p, q) != expected) return std::nullopt;
    }
  }
  return found;
}

Integer floor_sqrt(const Integer& n) {
  return boost::multiprecision::sqrt(n);
}

using Pair = std::pair<Integer, Integer>;

// p as a sum of two squares, for small p whenever there is one, for large p when p is a prime 1 modulo 4 (Hermite and
// Serret: the Euclidean algorithm on p and a root of -1). What is returned is checked, so a probable prime will do.
std::optional<Pair> two_squares(const Integer& p) {
  constexpr long searched = 1'000'000;
  if (p <= searched) {
    for (Integer c = floor_sqrt(p); 2 * c * c >= p; --c) {
      const Integer d = floor_sqrt(p - c * c);
      if (c * c + d * d == p) return Pair(c, d);
    }
    return std::nullopt;
  }
  if (p % 4 != 1 || mpz_probab_prime_p(p.backend().data(), 20) == 0) return std::nullopt;
  for (long base = 2; base < 200; ++base) {
    const Integer root = boost::multiprecision::powm(Integer(base), Integer((p - 1) / 4), p);
    if ((root * root + 1) % p != 0) continue;  // base is a square modulo p
    Integer large = p;
    Integer small = root;
    while (small * small > p) {
      const Integer next = large % small;
      large = small;
      small = next;
    }
    const Integer other = floor_sqrt(p - small * small);
    if (small * small + other * other == p) return Pair(small, other);
  }
  return std::nullopt;
}

// Rabin and Shallit (1986), without chance: two squares close to the largest possible ones, until the rest, of the size
// of n^(1/4), is a sum of two. For small n this is a complete search.
std::optional<std::array<Integer, 4>> integer_squares(const Integer& n) {
  constexpr int near = 2000;
  Integer a = floor_sqrt(n);
  for (int i = 0; i < near && a >= 0; ++i, --a) {
    const Integer rest = n - a * a;
    Integer b = floor_sqrt(rest);
    for (int j = 0; j < near && b >= 0; ++j, --b) {
      if (const auto two = two_squares(rest - b * b)) return std::array<Integer, 4>{a, b, two->first, two->second};
    }
  }
  return std::nullopt;
}

}  // namespace

Rational inner_product(const RationalMatrix& a, const RationalMatrix& b) {
  Rational sum = 0;
  for (Index k = 0; k < a.size(); ++k)
    sum += a(k) * b(k);
  return sum;
}

Index symmetric_dimension(Index n) {
  return n * (n + 1) / 2;
}

RationalVector coordinates(const RationalMatrix& symmetric) {
  RationalVector x(symmetric_dimension(symmetric.rows()));
  Index at = 0;
  for (Index j = 0; j < symmetric.cols(); ++j) {
    for (Index i = 0; i <= j; ++i)
      x(at++) = symmetric(i, j);
  }
  return x;
}

RationalMatrix from_coordinates(const RationalVector& x, Index n) {
  RationalMatrix a(n, n);
  Index at = 0;
  for (Index j = 0; j < n; ++j) {
    for (Index i = 0; i <= j; ++i) {
      a(i, j) = x(at++);
      a(j, i) = a(i, j);
    }
  }
  return a;
}

RationalVector coordinate_weights(Index n) {
  return functional(RationalMatrix::Constant(n, n, Rational(1)));
}

RationalMatrix form_of(const std::vector<RationalMatrix>& A, Index n) {
  RationalMatrix rows(static_cast<Index>(A.size()), symmetric_dimension(n));
  for (std::size_t l = 0; l < A.size(); ++l)
    rows.row(static_cast<Index>(l)) = functional(A[l]).transpose();
  return multiply(rows.transpose(), rows);
}

RationalVector moments_of(const std::vector<RationalMatrix>& A, const std::vector<Rational>& b, Index n) {
  RationalVector sum = RationalVector::Zero(symmetric_dimension(n));
  for (std::size_t l = 0; l < A.size(); ++l)
    sum += b[l] * functional(A[l]);
  return sum;
}

std::array<Rational, 4> four_squares(const Rational& value) {
  if (value < 0) throw std::invalid_argument("four_squares: a negative number");
  // p/q = p q / q^2; factors 4 are taken out, for numbers that are divisible by 8 have few decompositions
  const Integer q = denominator(value);
  Integer n = numerator(value) * q;
  Rational scale(Integer(1), q);
  while (n > 0 && n % 4 == 0) {
    n /= 4;
    scale *= 2;
  }
  const auto parts = integer_squares(n);
  if (!parts) throw std::logic_error("four_squares: none found near the largest ones");
  std::array<Rational, 4> result;
  std::transform(parts->begin(), parts->end(), result.begin(),
                 [&](const Integer& part) { return scale * Rational(part); });
  return result;
}

std::vector<RationalMatrix> measurements_of(const RationalMatrix& form, Index n) {
  const RationalVector weights = coordinate_weights(n);
  RationalMatrix rest = form;
  std::vector<RationalMatrix> A;
  for (Index k = 0; k < rest.rows(); ++k) {
    const Rational pivot = rest(k, k);
    const RationalVector column = rest.col(k);
    if (pivot < 0 || (pivot == 0 && !is_zero(column))) {
      throw std::invalid_argument("measurements_of: the form is not positive semidefinite");
    }
    if (pivot == 0) continue;
    // rest -= column column^T / pivot, and column column^T / pivot = sum of s^2 row row^T with row = column / pivot
    const RationalVector row = column / pivot;
    rest -= multiply(column, row.transpose());
    for (const Rational& s : four_squares(pivot)) {
      if (s != 0) A.push_back(from_coordinates(RationalVector(s * row.cwiseQuotient(weights)), n));
    }
  }
  return A;
}

RestrictedBounds restricted_bounds(const RationalMatrix& form, Index n, Index rank) {
  const Index bounded = std::min(rank, n);
  if (const auto found = isotropic(form, n); found && bounded >= 2) {
    // (tr X)^2 / ||X||^2 takes all values from 0 (rank 2) to `bounded` (a projection)
    const Rational other = found->alpha - Rational(bounded) * found->theta;
    return {Real(std::min(found->alpha, other)), Real(std::max(found->alpha, other)), true};
  }
  // eigenvalues of the form against the inner product: those of D^{-1} Q, which is similar to a symmetric matrix
  RationalMatrix relative = form;
  const RationalVector weights = coordinate_weights(n);
  for (Index p = 0; p < relative.rows(); ++p)
    relative.row(p) /= weights(p);
  const std::vector<RealRoot> values = real_eigenvalues(relative);
  return {Real(values.back()), Real(values.front()), bounded == n};
}

}  // namespace rankscape::matrix_sensing
