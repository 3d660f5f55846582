#pragma once
// Closed forms for the asymmetric factorization loss
//
//     f(X, Y) = 1/2 || X Y^T - M ||_F^2 + mu/4 || X^T X - Y^T Y ||_F^2,    X n x k, Y m x k, M n x m,
//
// over any scalar. With R = X Y^T - M, D = X^T X - Y^T Y:
//
//     gradient      R Y + mu X D,   R^T X - mu Y D
//     x_ap, x_bq    [a = b] (Y^T Y + mu D)_{pq} + mu x_aq x_bp + [p = q] mu (X X^T)_ab
//     y_ap, y_bq    [a = b] (X^T X - mu D)_{pq} + mu y_aq y_bp + [p = q] mu (Y Y^T)_ab
//     x_ap, y_bq    (1 - mu) x_aq y_bp + [p = q] (R - mu X Y^T)_ab
//
// Coordinates: X, then Y, each column by column.

#include <vector>

#include "models/symmetry.hpp"

namespace rankscape::asymmetric_factorization {

template <class S>
struct Point {
  Matrix<S> X;
  Matrix<S> Y;
  Matrix<S> M;
  S mu;

  [[nodiscard]] Matrix<S> residual() const { return X * Y.transpose() - M; }
  [[nodiscard]] Matrix<S> imbalance() const { return X.transpose() * X - Y.transpose() * Y; }
};

template <class S>
[[nodiscard]] S squared(const Matrix<S>& a) {
  S sum(0);
  for (Index i = 0; i < a.size(); ++i)
    sum += a(i) * a(i);
  return sum;
}

template <class S>
[[nodiscard]] S loss(const Point<S>& at) {
  return squared(at.residual()) / S(2) + at.mu * squared(at.imbalance()) / S(4);
}

template <class S>
[[nodiscard]] Vector<S> gradient(const Point<S>& at) {
  const Matrix<S> r = at.residual();
  const Matrix<S> d = at.imbalance();
  return stacked(std::vector<Matrix<S>>{r * at.Y + at.mu * (at.X * d), r.transpose() * at.X - at.mu * (at.Y * d)});
}

namespace detail {

// The block of one factor with itself: `other` = Y^T Y + mu D or X^T X - mu D.
template <class S>
void put_diagonal(const Matrix<S>& factor, const Matrix<S>& other, const S& mu, Index offset, Matrix<S>& result) {
  const Index n = factor.rows();
  const Matrix<S> gram = factor * factor.transpose();
  for (Index q = 0; q < factor.cols(); ++q) {
    for (Index b = 0; b < n; ++b) {
      for (Index p = 0; p < factor.cols(); ++p) {
        for (Index a = 0; a < n; ++a) {
          S entry = mu * factor(a, q) * factor(b, p);
          if (a == b) entry += other(p, q);
          if (p == q) entry += mu * gram(a, b);
          result(offset + p * n + a, offset + q * n + b) = entry;
        }
      }
    }
  }
}

}  // namespace detail

/// (n + m) k square.
template <class S>
[[nodiscard]] Matrix<S> hessian(const Point<S>& at) {
  const Index n = at.X.rows();
  const Index m = at.Y.rows();
  const Index k = at.X.cols();
  const Matrix<S> d = at.mu * at.imbalance();
  Matrix<S> result((n + m) * k, (n + m) * k);
  detail::put_diagonal<S>(at.X, at.Y.transpose() * at.Y + d, at.mu, 0, result);
  detail::put_diagonal<S>(at.Y, at.X.transpose() * at.X - d, at.mu, n * k, result);
  const Matrix<S> mixed = at.residual() - at.mu * (at.X * at.Y.transpose());
  for (Index q = 0; q < k; ++q) {
    for (Index b = 0; b < m; ++b) {
      for (Index p = 0; p < k; ++p) {
        for (Index a = 0; a < n; ++a) {
          S entry = (S(1) - at.mu) * at.X(a, q) * at.Y(b, p);
          if (p == q) entry += mixed(a, b);
          result(p * n + a, n * k + q * m + b) = entry;
          result(n * k + q * m + b, p * n + a) = entry;
        }
      }
    }
  }
  return result;
}

/// The Lie algebra of the symmetry group: O(k), (X A, Y A) with A skew, or without balance GL(k), (X A, -Y A^T) for any
/// A.
template <class S>
[[nodiscard]] std::vector<Generator<S>> generators(Index n, Index m, Index k, bool balanced) {
  std::vector<Generator<S>> all;
  for (Index j = 0; j < k; ++j) {
    for (Index i = 0; i < (balanced ? j : k); ++i) {
      const Matrix<S> a = unit<S>(k, i, j, balanced);
      const Matrix<S> contragredient = -a.transpose();
      all.push_back({{zeros<S>(n, n), zeros<S>(m, m)}, {a, contragredient}});
    }
  }
  return all;
}

}  // namespace rankscape::asymmetric_factorization
