#pragma once
// Gradient and Hessian of f(U) = sum_l ( <A_l, U U^T> - b_l )^2 in closed form, for any ring of scalars: rationals at a
// point, GiNaC expressions in a proof (tests/symbolic/matrix_sensing_calculus_test.cpp holds them against the
// derivatives of the loss). With B_l = A_l + A_l^T and residuals e_l:
//
//   grad f = 2 sum_l e_l B_l U,     Hess f = 2 sum_l vec(B_l U) vec(B_l U)^T + 2 I_k (x) sum_l e_l B_l.

#include <rankscape/exact/matrix.hpp>

#include <vector>

namespace rankscape::matrix_sensing {

/// Measurement matrices n x n (not necessarily symmetric) and what was measured; as many of the one as of the other.
template <class S>
struct Measurements {
  std::vector<Matrix<S>> A;
  std::vector<S> b;
};

template <class S>
[[nodiscard]] S inner_product(const Matrix<S>& a, const Matrix<S>& b) {
  S sum(0);
  for (Index j = 0; j < a.cols(); ++j) {
    for (Index i = 0; i < a.rows(); ++i)
      sum += a(i, j) * b(i, j);
  }
  return sum;
}

template <class S>
[[nodiscard]] Matrix<S> product(const Matrix<S>& a, const Matrix<S>& b) {
  return (a * b).eval();
}
inline RationalMatrix product(const RationalMatrix& a, const RationalMatrix& b) {
  return multiply(a, b);
}

/// e_l = <A_l, U U^T> - b_l
template <class S>
[[nodiscard]] std::vector<S> residuals(const Measurements<S>& data, const Matrix<S>& u) {
  const Matrix<S> gram = product(u, Matrix<S>(u.transpose()));
  std::vector<S> e;
  for (std::size_t l = 0; l < data.A.size(); ++l)
    e.push_back(inner_product(data.A[l], gram) - data.b[l]);
  return e;
}

/// sum_l e_l (A_l + A_l^T): twice A*(A(U U^T) - b).
template <class S>
[[nodiscard]] Matrix<S> twice_adjoint(const Measurements<S>& data, const std::vector<S>& e, Index n) {
  Matrix<S> sum(n, n);
  for (Index j = 0; j < n; ++j) {
    for (Index i = 0; i < n; ++i) {
      sum(i, j) = S(0);
      for (std::size_t l = 0; l < e.size(); ++l)
        sum(i, j) += e[l] * (data.A[l](i, j) + data.A[l](j, i));
    }
  }
  return sum;
}

/// Length n k, U column by column.
template <class S>
[[nodiscard]] Vector<S> gradient(const Measurements<S>& data, const Matrix<S>& u) {
  const Matrix<S> slope = product(twice_adjoint(data, residuals(data, u), u.rows()), u);
  Vector<S> result(u.size());
  for (Index i = 0; i < u.size(); ++i)
    result(i) = S(2) * slope(i % u.rows(), i / u.rows());
  return result;
}

/// n k x n k, in the order of the gradient; symmetric entry by entry.
template <class S>
[[nodiscard]] Matrix<S> hessian(const Measurements<S>& data, const Matrix<S>& u) {
  const Index n = u.rows();
  std::vector<Matrix<S>> images;  // B_l U
  for (const Matrix<S>& a : data.A)
    images.push_back(product(Matrix<S>(a + a.transpose()), u));
  const Matrix<S> curvature = twice_adjoint(data, residuals(data, u), n);
  Matrix<S> result(u.size(), u.size());
  for (Index q = 0; q < u.size(); ++q) {
    for (Index p = 0; p <= q; ++p) {
      S sum(0);
      for (const Matrix<S>& image : images)
        sum += image(p % n, p / n) * image(q % n, q / n);
      if (p / n == q / n) sum += curvature(p % n, q % n);
      result(p, q) = S(2) * sum;
      result(q, p) = result(p, q);
    }
  }
  return result;
}

}  // namespace rankscape::matrix_sensing
