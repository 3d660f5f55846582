#pragma once
// Signs of symmetric matrices from evidence that is multiplied out: inertia by a frame, extreme eigenvalues by the same
// frame, semidefiniteness by S = M^T diag(e) M.

#include <functional>

#include "verifier/reader.hpp"

namespace verifier {

/// A symmetric matrix H, known by the rows H v for the rows v of a matrix.
using Symmetric = std::function<Matrix<Z>(const Matrix<Z>&)>;
inline Symmetric symmetric(const Matrix<Z>& a) {
  return [&a](const Matrix<Z>& v) { return v * a; };
}

struct Spectrum {
  std::size_t neg = 0;
  std::size_t zero = 0;
  std::size_t pos = 0;
  Matrix<Z> frame;
  Matrix<Z> forms;  // v_i^T H v_j for i >= j, times scale
  Z scale = 1;
};

/// forms(i, j) = left_i^T right_j for i >= j
inline Matrix<Z> products(const Matrix<Z>& left, const Matrix<Z>& right) {
  Matrix<Z> forms(left.rows, left.rows);
  const auto number = [](const Matrix<Z>& a) {
    return [&a](std::size_t i, std::size_t k) -> const Z& { return a(i, k); };
  };
  const auto store = [&](std::size_t i, std::size_t j, const Z& sum) { forms(i, j) = sum; };
  if (dense_product(left.rows, right.rows, left.cols, number(left), number(right), true, store)) return forms;
  for (std::size_t i = 0; i < left.rows; ++i)
    for (std::size_t j = 0; j <= i; ++j)
      for (std::size_t k = 0; k < left.cols; ++k) add_product(forms(i, j), left(i, k), right(j, k));
  return forms;
}

/// Is the block a[first..last), times `sign`, positive definite? Sufficient: with m rows, the diagonal is positive and
/// (m a_ij)^2 <= a_ii a_jj for i != j; for then the block, scaled to unit diagonal, is strictly diagonally dominant.
inline bool dominant(const Matrix<Z>& a, std::size_t first, std::size_t last, int sign) {
  for (std::size_t i = first; i < last; ++i) {
    if (sgn(a(i, i)) != sign) return false;
    for (std::size_t j = first; j < i; ++j) {
      budget.spend(3 + 2 * mpz_size(a(i, i).get_mpz_t()) * mpz_size(a(j, j).get_mpz_t()));
      const Z larger = Z(last - first) * a(i, j);
      if (larger * larger > a(i, i) * a(j, j)) return false;
    }
  }
  return true;
}

/// A frame of integer vectors, first `neg` on whose span the form is negative definite, then `pos` on whose span it is
/// positive definite, and `zero` independent null vectors: so there are at least as many eigenvalues of each sign, and
/// the three numbers add up to n.
inline Spectrum read_inertia(const Field& field, std::size_t n, const Symmetric& h,
                             const std::function<bool()>& is_flat = nullptr) {
  Object claim(field);
  Spectrum s;
  s.neg = claim.take("neg").count(0, n);
  s.zero = claim.take("zero").count(0, n);
  s.pos = claim.take("pos").count(0, n);
  field.require(s.neg + s.zero + s.pos == n, "does not add up to the size of the matrix");
  s.frame = Matrix<Z>(0, n);
  if (const auto flat = is_flat ? claim.find("flat") : std::nullopt) {
    flat->require(flat->boolean() && s.zero == n && is_flat(), "not evidently flat to second order");
    return s;
  }
  s.frame = claim.take("frame").vectors(n, n);
  field.require(s.frame.rows >= s.neg + s.pos, "the frame has too few vectors");
  const Matrix<Z> images = h(s.frame);
  s.scale = images.denominator;
  s.forms = products(s.frame, images);
  field.require(dominant(s.forms, 0, s.neg, -1), "the first vectors are not shown to span a negative definite space");
  field.require(dominant(s.forms, s.neg, s.neg + s.pos, 1), "the next are not shown to span a positive definite space");
  const Field null = claim.take("null");
  const Matrix<Z> kernel = null.vectors(n, n);
  null.require(kernel.rows == s.zero, "not as many vectors as zero eigenvalues");
  null.require(h(kernel).is_zero(), "a vector is not in the null space");
  const auto columns = claim.take("null_columns").positions(s.zero, n);
  for (std::size_t i = 0; i < s.zero; ++i)
    for (std::size_t k = 0; k < s.zero; ++k)
      null.require((kernel(i, columns[k]) != 0) == (i == k), "the vectors are not shown to be independent");
  return s;
}

/// side -1: the least eigenvalue, 1: the greatest. The outer bound b: side (b I - H) is positive definite, by dominance
/// in a frame of n vectors (or the inertia says it). The inner bound: a Rayleigh quotient in the frame (or the
/// inertia).
inline void check_extreme(const Field& field, int side, const Spectrum& s) {
  Object claim(field);
  const Q lo = claim.take("lo").number();
  const Q hi = claim.take("hi").number();
  const Q& outer = side < 0 ? lo : hi;
  const Q& inner = side < 0 ? hi : lo;
  const std::size_t n = s.frame.cols;
  const auto shifted = [&](const Q& b, std::size_t i, std::size_t j, const Matrix<Z>& lengths) {
    Z x = 0;  // side (b I - H) in the frame, times a positive number
    add_product(x, side * s.scale * b.get_num(), lengths(i, j));
    add_product(x, -side * b.get_den(), s.forms(i, j));
    return x;
  };
  const Matrix<Z> lengths = products(s.frame, s.frame);
  if (side * outer < 0 || (side < 0 ? s.neg : s.pos) > 0) {
    field.require(s.frame.rows == n, "the frame does not span the space");
    Matrix<Z> a(n, n);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j <= i; ++j) a(i, j) = shifted(outer, i, j, lengths);
    field.require(dominant(a, 0, n, 1), "the outer bound is not shown");
  }
  bool reached = side * inner <= 0 && (side < 0 ? s.pos : s.neg) < n;
  for (std::size_t i = 0; i < s.frame.rows; ++i)
    reached = reached || (lengths(i, i) > 0 && shifted(inner, i, i, lengths) <= 0);
  field.require(reached, "the inner bound is not shown");
}

/// S = M^T diag(e) M with e >= 0.
inline void check_semidefinite(const Field& field, const Matrix<Z>& s) {
  Object claim(field);
  const Matrix<Z> factor = read_matrix(claim.take("factor"));
  const Field diagonal = claim.take("diagonal");
  const Matrix<Z> e = read_numbers(diagonal);
  field.require(e.cols == factor.rows, "not as many numbers as the factor has rows");
  Matrix<Z> weighted(factor.rows, factor.cols, e.denominator * factor.denominator);
  for (std::size_t i = 0; i < factor.rows; ++i) {
    diagonal.require(e(0, i) >= 0, "is negative");
    for (std::size_t j = 0; j < factor.cols; ++j) add_product(weighted(i, j), factor(i, j), e(0, i));
  }
  field.require(equal(transposed(factor) * weighted, s), "the matrix is not M^T diag(e) M");
}

}  // namespace verifier
