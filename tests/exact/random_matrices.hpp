#pragma once
// Random exact matrices, also with a rank, an inertia or a spectrum that is known by construction.

#include <rankscape/exact/inertia.hpp>

#include <cstdint>
#include <random>

namespace rankscape::testing {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  Index between(Index least, Index most) { return std::uniform_int_distribution<Index>(least, most)(engine_); }
  bool chance(double probability) { return std::bernoulli_distribution(probability)(engine_); }

  Rational rational(long height, long denominator = 1) {
    const auto below = between(1, denominator);  // in an order of its own: that of arguments differs between compilers
    return Rational(between(-height, height), below);
  }

  RationalMatrix matrix(Index rows, Index cols, long height, long denominator = 1, double density = 1) {
    RationalMatrix out = RationalMatrix::Zero(rows, cols);
    for (Index k = 0; k < out.size(); ++k) {
      if (chance(density)) out.data()[k] = rational(height, denominator);
    }
    return out;
  }

  RationalMatrix symmetric(Index n, long height, long denominator = 1, double density = 1) {
    RationalMatrix out = matrix(n, n, height, denominator, density);
    for (Index j = 0; j < n; ++j) {
      for (Index i = 0; i < j; ++i)
        out(j, i) = out(i, j);
    }
    return out;
  }

  /// Determinant 1: a product of a unit lower and a unit upper triangular matrix.
  RationalMatrix unimodular(Index n, long height) {
    RationalMatrix lower = RationalMatrix::Identity(n, n);
    RationalMatrix upper = RationalMatrix::Identity(n, n);
    for (Index j = 0; j < n; ++j) {
      for (Index i = 0; i < j; ++i) {
        upper(i, j) = rational(height);
        lower(j, i) = rational(height);
      }
    }
    return lower * upper;
  }

  /// Cayley transform (I - K)(I + K)^{-1} of a random skew matrix.
  RationalMatrix orthogonal(Index n, long height) {
    RationalMatrix skew = RationalMatrix::Zero(n, n);
    for (Index j = 0; j < n; ++j) {
      for (Index i = 0; i < j; ++i) {
        skew(i, j) = rational(height);
        skew(j, i) = -skew(i, j);
      }
    }
    const RationalMatrix identity = RationalMatrix::Identity(n, n);
    return RationalMatrix(identity - skew) * inverse(RationalMatrix(identity + skew)).value();
  }

 private:
  std::mt19937_64 engine_;
};

inline RationalMatrix diagonal(const std::vector<Rational>& entries) {
  const auto n = static_cast<Index>(entries.size());
  RationalMatrix out = RationalMatrix::Zero(n, n);
  for (Index k = 0; k < n; ++k)
    out(k, k) = entries[static_cast<std::size_t>(k)];
  return out;
}

/// t^T a t, by Eigen's own product.
inline RationalMatrix congruent(const RationalMatrix& a, const RationalMatrix& t) {
  return t.transpose() * a * t;
}

}  // namespace rankscape::testing
