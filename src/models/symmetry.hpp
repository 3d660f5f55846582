#pragma once
// Continuous symmetries of a loss: a matrix group acts linearly on the weights, W_h -> g_h W_h k_h, and leaves the loss
// invariant. What follows from invariance alone, for an element A of the Lie algebra as a linear map of all weights:
//
//     <grad(W), A W> = 0   and   Hess(W) A W = -A^T grad(W)        (= A grad(W) for an orthogonal group)
//
// at every W, so at critical points the tangent space {A W} of the orbit lies in the null space of the Hessian. The
// second identity is the derivative of the first.

#include <rankscape/exact/matrix.hpp>

#include <vector>

namespace rankscape {

/// An element of the Lie algebra: (A W)_h = left_h W_h + W_h right_h.
template <class S>
struct Generator {
  std::vector<Matrix<S>> left;
  std::vector<Matrix<S>> right;

  [[nodiscard]] std::vector<Matrix<S>> operator()(const std::vector<Matrix<S>>& weights) const {
    std::vector<Matrix<S>> image;
    for (std::size_t h = 0; h < weights.size(); ++h)
      image.push_back((left[h] * weights[h] + weights[h] * right[h]).eval());
    return image;
  }
  /// The transpose as a linear map, for the inner product sum_h tr(V_h^T W_h).
  [[nodiscard]] Generator transposed() const {
    Generator result;
    for (const Matrix<S>& a : left)
      result.left.push_back(a.transpose().eval());
    for (const Matrix<S>& a : right)
      result.right.push_back(a.transpose().eval());
    return result;
  }
};

/// All weights as one vector, each column by column.
template <class S>
[[nodiscard]] Vector<S> stacked(const std::vector<Matrix<S>>& weights) {
  Index n = 0;
  for (const Matrix<S>& w : weights)
    n += w.size();
  Vector<S> result(n);
  Index at = 0;
  for (const Matrix<S>& w : weights) {
    for (Index k = 0; k < w.size(); ++k)
      result(at++) = w(k);
  }
  return result;
}

template <class S>
[[nodiscard]] Matrix<S> zeros(Index rows, Index cols) {
  return Matrix<S>::Constant(rows, cols, S(0));
}

/// E_ij, or E_ij - E_ji when skew.
template <class S>
[[nodiscard]] Matrix<S> unit(Index size, Index i, Index j, bool skew) {
  Matrix<S> e = zeros<S>(size, size);
  e(i, j) = S(1);
  if (skew) e(j, i) = S(-1);
  return e;
}

/// Dimension of the orbit through a point: the rank of the span of all A W.
[[nodiscard]] inline Index orbit_dimension(const std::vector<Generator<Rational>>& generators,
                                           const std::vector<RationalMatrix>& weights) {
  if (generators.empty()) return 0;
  const Index n = stacked(weights).size();
  RationalMatrix tangent(n, static_cast<Index>(generators.size()));
  for (std::size_t g = 0; g < generators.size(); ++g)
    tangent.col(static_cast<Index>(g)) = stacked(generators[g](weights));
  return rank(tangent);
}

}  // namespace rankscape
