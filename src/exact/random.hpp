#pragma once
// Reproducible random exact objects. The generator is the same on every platform and for every number of threads: each
// point draws from its own stream, seeded by the run's seed and the point's key.

#include <rankscape/exact/matrix.hpp>

#include <cstdint>
#include <string_view>

namespace rankscape {

/// SplitMix64 (Steele, Lea, Flood 2014).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  /// The stream that belongs to a key (FNV-1a hash of the key, mixed with the seed).
  Random(std::uint64_t seed, std::string_view key);

  [[nodiscard]] std::uint64_t bits();
  /// Uniform in [low, high]. \throws std::invalid_argument  low > high
  [[nodiscard]] long integer(long low, long high);

 private:
  std::uint64_t state_;
};

/// Rational orthogonal: the Cayley transform (I - K)(I + K)^{-1} of a skew integer matrix K with entries in {-1, 0, 1}.
[[nodiscard]] RationalMatrix random_orthogonal(Index n, Random& random);

/// Integer matrix with determinant +-1 and small entries: a product of unit lower and unit upper triangular matrices
/// with entries in {-1, 0, 1} and a permutation, so that its inverse is an integer matrix too.
[[nodiscard]] RationalMatrix random_unimodular(Index n, Random& random);

/// Entries uniform in [-bound, bound].
[[nodiscard]] RationalMatrix random_integers(Index rows, Index cols, long bound, Random& random);

/// A permutation matrix.
[[nodiscard]] RationalMatrix random_permutation(Index n, Random& random);

}  // namespace rankscape
