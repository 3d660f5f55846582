#pragma once
// Closed forms for real phase retrieval with Gaussian measurements, population loss:
//
//     f(x) = 1/4 E[ ((a^T x)^2 - (a^T u)^2)^2 ] = (3 |x|^4 + 3 |u|^4 - 2 |x|^2 |u|^2 - 4 (x^T u)^2) / 4
//
// over any scalar; x and u are columns.
//
//     gradient  (3 |x|^2 - |u|^2) x - 2 (x^T u) u
//     Hessian   (3 |x|^2 - |u|^2) I + 6 x x^T - 2 u u^T

#include <vector>

#include "models/symmetry.hpp"

namespace rankscape::phase_retrieval {

template <class S>
[[nodiscard]] S inner(const Matrix<S>& a, const Matrix<S>& b) {
  S sum(0);
  for (Index i = 0; i < a.size(); ++i)
    sum += a(i) * b(i);
  return sum;
}

template <class S>
[[nodiscard]] S loss(const Matrix<S>& x, const Matrix<S>& u) {
  const S xx = inner(x, x);
  const S uu = inner(u, u);
  const S xu = inner(x, u);
  return (S(3) * xx * xx + S(3) * uu * uu - S(2) * xx * uu - S(4) * xu * xu) / S(4);
}

template <class S>
[[nodiscard]] Vector<S> gradient(const Matrix<S>& x, const Matrix<S>& u) {
  const S radial = S(3) * inner(x, x) - inner(u, u);
  const S along = S(2) * inner(x, u);
  Vector<S> g(x.size());
  for (Index i = 0; i < x.size(); ++i)
    g(i) = radial * x(i) - along * u(i);
  return g;
}

/// n x n.
template <class S>
[[nodiscard]] Matrix<S> hessian(const Matrix<S>& x, const Matrix<S>& u) {
  const S radial = S(3) * inner(x, x) - inner(u, u);
  Matrix<S> h(x.size(), x.size());
  for (Index j = 0; j < x.size(); ++j) {
    for (Index i = 0; i < x.size(); ++i) {
      S entry = S(6) * x(i) * x(j) - S(2) * u(i) * u(j);
      if (i == j) entry += radial;
      h(i, j) = entry;
    }
  }
  return h;
}

/// Lie algebra of the rotations that fix u: P B P for B = E_ij - E_ji and P = |u|^2 I - u u^T, which spans it for u !=
/// 0; all of the B for u = 0 over the rationals.
template <class S>
[[nodiscard]] std::vector<Generator<S>> generators(const Matrix<S>& u, bool zero) {
  const Index n = u.size();
  Matrix<S> projection = zeros<S>(n, n);
  for (Index j = 0; j < n; ++j) {
    for (Index i = 0; i < n; ++i) {
      projection(i, j) = -u(i) * u(j);
      if (i == j) projection(i, j) += inner(u, u);
    }
  }
  std::vector<Generator<S>> all;
  for (Index j = 0; j < n; ++j) {
    for (Index i = 0; i < j; ++i) {
      const Matrix<S> skew = unit<S>(n, i, j, true);
      all.push_back({{zero ? skew : Matrix<S>(projection * skew * projection)}, {zeros<S>(1, 1)}});
    }
  }
  return all;
}

}  // namespace rankscape::phase_retrieval
