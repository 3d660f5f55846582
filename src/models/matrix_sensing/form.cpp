#include "models/matrix_sensing/form.hpp"

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

// Two squares by search, three by the largest possible first one downwards, and so on: the rest shrinks to a root.
bool sum_of_squares(const Integer& n, std::size_t count, std::array<Integer, 4>& parts) {
  const Integer root = floor_sqrt(n);
  if (count == 1) {
    parts[3] = root;
    return root * root == n;
  }
  // The largest part is at least sqrt(n / count).
  for (Integer part = root; part * part * Integer(count) >= n; --part) {
    parts[4 - count] = part;
    if (sum_of_squares(n - part * part, count - 1, parts)) return true;
    if (part == 0) break;
  }
  return false;
}

}  // namespace

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
  // p/q = p q / q^2; a factor 4^k is taken out, for 4^k and 2 * 4^k have few decompositions
  const Integer q = denominator(value);
  Integer n = numerator(value) * q;
  Rational scale(Integer(1), q);
  while (n > 0 && n % 4 == 0) {
    n /= 4;
    scale *= 2;
  }
  std::array<Integer, 4> parts;
  if (!sum_of_squares(n, 4, parts)) throw std::logic_error("four_squares: Lagrange's theorem failed");
  std::array<Rational, 4> result;
  for (std::size_t k = 0; k < 4; ++k)
    result[k] = scale * Rational(parts[k]);
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
