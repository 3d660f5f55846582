#pragma once
// Closed forms for the symmetric factorization loss
//
//     f(X) = 1/4 || X X^T - M ||_F^2,    X n x k, M symmetric n x n,
//
// over any scalar. With R = X X^T - M and x_{ap} the entries of X:
//
//     gradient  R X
//     d^2 f / dx_{ap} dx_{bq}  =  [a = b] (X^T X)_{pq} + x_{aq} x_{bp} + [p = q] R_{ab}
//
// Coordinates: X column by column. Source: theory of [LLA+19], Section III.

#include <vector>

#include "models/symmetry.hpp"

namespace rankscape::symmetric_factorization {

template <class S>
[[nodiscard]] Matrix<S> residual(const Matrix<S>& X, const Matrix<S>& M) {
  return X * X.transpose() - M;
}

template <class S>
[[nodiscard]] S loss(const Matrix<S>& X, const Matrix<S>& M) {
  const Matrix<S> r = residual(X, M);
  S sum(0);
  for (Index i = 0; i < r.size(); ++i)
    sum += r(i) * r(i);
  return sum / S(4);
}

template <class S>
[[nodiscard]] Vector<S> gradient(const Matrix<S>& X, const Matrix<S>& M) {
  const Matrix<S> g = residual(X, M) * X;
  return stacked(std::vector<Matrix<S>>{g});
}

/// nk x nk.
template <class S>
[[nodiscard]] Matrix<S> hessian(const Matrix<S>& X, const Matrix<S>& M) {
  const Index n = X.rows();
  const Index k = X.cols();
  const Matrix<S> r = residual(X, M);
  const Matrix<S> gram = X.transpose() * X;
  Matrix<S> result(n * k, n * k);
  for (Index q = 0; q < k; ++q) {
    for (Index b = 0; b < n; ++b) {
      for (Index p = 0; p < k; ++p) {
        for (Index a = 0; a < n; ++a) {
          S entry = X(a, q) * X(b, p);
          if (a == b) entry += gram(p, q);
          if (p == q) entry += r(a, b);
          result(p * n + a, q * n + b) = entry;
        }
      }
    }
  }
  return result;
}

/// The Lie algebra of O(k), X -> X A with A skew: k(k-1)/2 generators.
template <class S>
[[nodiscard]] std::vector<Generator<S>> generators(Index n, Index k) {
  std::vector<Generator<S>> all;
  for (Index j = 0; j < k; ++j) {
    for (Index i = 0; i < j; ++i)
      all.push_back({{zeros<S>(n, n)}, {unit<S>(k, i, j, true)}});
  }
  return all;
}

}  // namespace rankscape::symmetric_factorization
