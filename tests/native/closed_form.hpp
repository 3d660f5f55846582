#pragma once
// Closed forms of loss, gradient and Hessian of the deep linear network, written by hand: an oracle for what is derived
// from the landscape's file, and the loss over scalars that no program runs on (100 digits).
//
//     L(W) = || W_H ... W_1 X - Y ||_F^2,    W_h of shape d_h x d_{h-1}
//
// over any scalar: exact rationals, symbolic expressions, floating point for proposals. Only the moments X X^T, X Y^T
// and Y Y^T of the data enter. Coordinates: weights in order, each column by column.
//
// Second order: with chain(a, b) = W_b ... W_{a+1}, L_i = chain(i, H), R_j = chain(0, j-1) and
// E = X (W_H...W_1 X - Y)^T, the block of the Hessian for (W_i, W_j), i >= j, is, from vec(A V B) = (B^T kron A) vec V,
//
//     2 [ R_i Sxx R_j^T  kron  L_i^T L_j ]  +  [i > j]  2 [ chain(j, i-1)[k, l] * (R_j E L_i)[m, p] ]_{(p,k),(l,m)}
//
// Every chain is multiplied out once, and L_i^T L_j = (L_i^T L_i) chain(j, i), R_i Sxx R_j^T = chain(j-1, i-1) (R_j Sxx
// R_j^T). Source: [AMG24], Sections 3 and 4.

#include <rankscape/exact/matrix.hpp>

#include <concepts>
#include <stdexcept>
#include <vector>

namespace rankscape::test {

/// What the loss needs of the data.
template <class S>
struct Moments {
  Matrix<S> xx;  ///< X X^T, dx x dx
  Matrix<S> xy;  ///< X Y^T, dx x dy
  Matrix<S> yy;  ///< Y Y^T, dy x dy
};

template <class S>
struct Network {
  std::vector<Matrix<S>> weights;  ///< W_1 .. W_H
  Matrix<S> X;                     ///< dx x m
  Matrix<S> Y;                     ///< dy x m
};

/// Known to be zero without computing; "no" is always safe.
template <class S>
[[nodiscard]] bool is_known_zero(const S& value) {
  if constexpr (requires { value.is_zero(); }) {
    return static_cast<bool>(value.is_zero());
  } else if constexpr (requires {
                         { value == 0 } -> std::same_as<bool>;
                       }) {
    return value == 0;
  } else {
    return false;
  }
}

/// a * b, skipping zeros: the weights of structured critical points are sparse, and an exact product is not cheap.
template <class S>
[[nodiscard]] Matrix<S> product(const Matrix<S>& a, const Matrix<S>& b) {
  if (a.cols() != b.rows()) throw std::invalid_argument("deep linear network: widths of factors do not match");
  Matrix<S> result = Matrix<S>::Constant(a.rows(), b.cols(), S(0));
  for (Index col = 0; col < b.cols(); ++col) {
    for (Index k = 0; k < b.rows(); ++k) {
      if (is_known_zero(b(k, col))) continue;
      for (Index row = 0; row < a.rows(); ++row) {
        if (!is_known_zero(a(row, k))) result(row, col) += a(row, k) * b(k, col);
      }
    }
  }
  return result;
}

/// \pre x and y have as many columns
template <class S>
[[nodiscard]] Moments<S> moments(const Matrix<S>& x, const Matrix<S>& y) {
  const Matrix<S> x_transposed = x.transpose();
  const Matrix<S> y_transposed = y.transpose();
  return {product(x, x_transposed), product(x, y_transposed), product(y, y_transposed)};
}

/// All partial products of the weights, each multiplied out once: H (H - 1) / 2 products.
template <class S>
class LayerProducts {
 public:
  /// \throws std::invalid_argument  no weights, or widths that do not match
  explicit LayerProducts(const std::vector<Matrix<S>>& weights) : layers_(static_cast<Index>(weights.size())) {
    if (weights.empty()) throw std::invalid_argument("deep linear network: no weights");
    table_.resize(static_cast<std::size_t>((layers_ + 1) * (layers_ + 1)));
    for (Index from = 0; from <= layers_; ++from) {
      const Index width = from == 0 ? weights.front().cols() : weights[static_cast<std::size_t>(from - 1)].rows();
      Matrix<S> identity = Matrix<S>::Constant(width, width, S(0));
      for (Index i = 0; i < width; ++i)
        identity(i, i) = S(1);
      at(from, from) = std::move(identity);
      for (Index to = from + 1; to <= layers_; ++to) {
        const Matrix<S>& last = weights[static_cast<std::size_t>(to - 1)];
        at(from, to) = to == from + 1 ? last : product(last, at(from, to - 1));
        if (last.cols() != at(from, to - 1).rows()) {
          throw std::invalid_argument("deep linear network: widths of weights do not match");
        }
      }
    }
  }
  [[nodiscard]] Index layers() const { return layers_; }
  [[nodiscard]] Index width(Index node) const { return (*this)(node, node).rows(); }
  /// W_to ... W_{from+1}, of shape d_to x d_from; the identity when from = to. \pre 0 <= from <= to <= layers()
  [[nodiscard]] const Matrix<S>& operator()(Index from, Index to) const {
    return table_[static_cast<std::size_t>(from * (layers_ + 1) + to)];
  }
  /// Where the coordinates of W_h begin. \pre 1 <= h <= layers() + 1; the last is the number of parameters
  [[nodiscard]] Index offset(Index h) const {
    Index sum = 0;
    for (Index i = 1; i < h; ++i)
      sum += width(i) * width(i - 1);
    return sum;
  }

 private:
  [[nodiscard]] Matrix<S>& at(Index from, Index to) {
    return table_[static_cast<std::size_t>(from * (layers_ + 1) + to)];
  }
  Index layers_;
  std::vector<Matrix<S>> table_;
};

namespace detail {

/// What gradient and Hessian are made of.
template <class S>
struct Parts {
  LayerProducts<S> chain;
  Matrix<S> xx;
  Matrix<S> residual;  ///< E = Sxx (W_H...W_1)^T - scale Sxy, dx x dy

  Parts(const std::vector<Matrix<S>>& weights, const Matrix<S>& sxx, const Matrix<S>& sxy, const S& scale)
      : chain(weights), xx(sxx) {
    const Matrix<S> transposed = chain(0, chain.layers()).transpose();
    residual = product(xx, transposed);
    if (residual.rows() != sxy.rows() || residual.cols() != sxy.cols()) {
      throw std::invalid_argument("deep linear network: data do not match the widths");
    }
    for (Index col = 0; col < sxy.cols(); ++col) {
      for (Index row = 0; row < sxy.rows(); ++row) {
        if (!is_known_zero(sxy(row, col))) residual(row, col) -= scale * sxy(row, col);
      }
    }
  }
  /// chain(0, from) E chain(to, H), of shape d_from x d_to.
  [[nodiscard]] Matrix<S> around(Index from, Index to) const {
    return product(product(chain(0, from), residual), chain(to, chain.layers()));
  }
};

/// Calls put(position, h, entry) for every nonzero half derivative.
template <class S, class Put>
void half_gradient(const Parts<S>& parts, Put&& put) {
  for (Index h = 1; h <= parts.chain.layers(); ++h) {
    const Matrix<S> block = parts.around(h - 1, h);  // transposed: d_{h-1} x d_h
    const Index offset = parts.chain.offset(h);
    for (Index col = 0; col < block.rows(); ++col) {
      for (Index row = 0; row < block.cols(); ++row) {
        if (!is_known_zero(block(col, row))) put(offset + col * block.cols() + row, h, block(col, row));
      }
    }
  }
}

/// Calls put(row, col, i, j, entry) for every nonzero half second derivative with row >= col, in W_i and W_j.
template <class S, class Put>
void half_hessian(const Parts<S>& parts, Put&& put) {
  const LayerProducts<S>& chain = parts.chain;
  const Index layers = chain.layers();
  for (Index j = 1; j <= layers; ++j) {
    const Matrix<S> right_transposed = chain(0, j - 1).transpose();
    const Matrix<S> input = product(product(chain(0, j - 1), parts.xx), right_transposed);  // R_j Sxx R_j^T
    for (Index i = j; i <= layers; ++i) {
      const Matrix<S> left_transposed = chain(i, layers).transpose();
      const Matrix<S> outer = product(chain(j - 1, i - 1), input);                // R_i Sxx R_j^T: d_{i-1} x d_{j-1}
      const Matrix<S> inner = product(left_transposed, chain(j, layers));         // L_i^T L_j: d_i x d_j
      const Matrix<S> around = i > j ? parts.around(j - 1, i) : Matrix<S>(0, 0);  // R_j E L_i: d_{j-1} x d_i
      const Index row_offset = chain.offset(i);
      const Index col_offset = chain.offset(j);
      for (Index m = 0; m < chain.width(j - 1); ++m) {
        for (Index l = 0; l < chain.width(j); ++l) {
          const Index col = col_offset + m * chain.width(j) + l;
          for (Index k = 0; k < chain.width(i - 1); ++k) {
            const bool square = !is_known_zero(outer(k, m));
            const bool cross = i > j && !is_known_zero(chain(j, i - 1)(k, l));
            if (!square && !cross) continue;
            for (Index p = 0; p < chain.width(i); ++p) {
              const Index row = row_offset + k * chain.width(i) + p;
              const bool has_square = square && !is_known_zero(inner(p, l));
              const bool has_cross = cross && !is_known_zero(around(m, p));
              if (row < col || (!has_square && !has_cross)) continue;
              if (has_square && has_cross) {
                put(row, col, i, j, S(outer(k, m) * inner(p, l) + chain(j, i - 1)(k, l) * around(m, p)));
              } else if (has_square) {
                put(row, col, i, j, S(outer(k, m) * inner(p, l)));
              } else {
                put(row, col, i, j, S(chain(j, i - 1)(k, l) * around(m, p)));
              }
            }
          }
        }
      }
    }
  }
}

}  // namespace detail

/// tr(W Sxx W^T) - 2 tr(W Sxy) + tr(Syy), W the product of the weights.
template <class S>
[[nodiscard]] S loss(const std::vector<Matrix<S>>& weights, const Moments<S>& data) {
  Matrix<S> map = weights.at(0);
  for (std::size_t h = 1; h < weights.size(); ++h)
    map = product(weights[h], map);
  const Matrix<S> transposed = map.transpose();
  const Matrix<S> image = product(data.xx, transposed);
  S result(0);
  for (Index i = 0; i < data.yy.rows(); ++i)
    result += data.yy(i, i);
  for (Index row = 0; row < map.rows(); ++row) {
    for (Index k = 0; k < map.cols(); ++k) {
      if (!is_known_zero(map(row, k))) result += map(row, k) * (image(k, row) - S(2) * data.xy(k, row));
    }
  }
  return result;
}

/// All partial derivatives: length n.
template <class S>
[[nodiscard]] Vector<S> gradient(const std::vector<Matrix<S>>& weights, const Moments<S>& data) {
  const detail::Parts<S> parts(weights, data.xx, data.xy, S(1));
  Vector<S> result = Vector<S>::Constant(parts.chain.offset(parts.chain.layers() + 1), S(0));
  detail::half_gradient(parts, [&](Index i, Index, const S& half) { result(i) = S(2) * half; });
  return result;
}

/// The matrix of second partial derivatives, n x n: V^T hessian V = 2 q(V).
template <class S>
[[nodiscard]] Matrix<S> hessian(const std::vector<Matrix<S>>& weights, const Moments<S>& data) {
  const detail::Parts<S> parts(weights, data.xx, data.xy, S(1));
  const Index n = parts.chain.offset(parts.chain.layers() + 1);
  Matrix<S> result = Matrix<S>::Constant(n, n, S(0));
  detail::half_hessian(parts, [&](Index row, Index col, Index, Index, const S& half) {
    result(row, col) = S(2) * half;
    result(col, row) = result(row, col);
  });
  return result;
}

template <class S>
[[nodiscard]] S loss(const Network<S>& network) {
  return loss(network.weights, moments(network.X, network.Y));
}
template <class S>
[[nodiscard]] Vector<S> gradient(const Network<S>& network) {
  return gradient(network.weights, moments(network.X, network.Y));
}
template <class S>
[[nodiscard]] Matrix<S> hessian(const Network<S>& network) {
  return hessian(network.weights, moments(network.X, network.Y));
}

}  // namespace rankscape::test
