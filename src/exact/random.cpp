#include "exact/random.hpp"

#include <stdexcept>

namespace rankscape {

Random::Random(std::uint64_t seed, std::string_view key) : state_(seed) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : key) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3ULL;
  }
  state_ = bits() ^ hash;
}

std::uint64_t Random::bits() {
  state_ += 0x9e3779b97f4a7c15ULL;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31U);
}

long Random::integer(long low, long high) {
  if (low > high) throw std::invalid_argument("Random::integer: empty range");
  const auto span = static_cast<std::uint64_t>(high - low) + 1;
  // NOTE: the bias of a modulus is below 2^-32 for the spans used here; points need variety, not uniformity
  return low + static_cast<long>(bits() % span);
}

RationalMatrix random_orthogonal(Index n, Random& random) {
  RationalMatrix skew = RationalMatrix::Zero(n, n);
  for (Index j = 0; j < n; ++j) {
    for (Index i = 0; i < j; ++i) {
      skew(i, j) = random.integer(-1, 1);
      skew(j, i) = -skew(i, j);
    }
  }
  const RationalMatrix identity = RationalMatrix::Identity(n, n);
  // I + K is always invertible: the eigenvalues of K are imaginary
  return multiply(identity - skew, inverse(identity + skew).value());
}

RationalMatrix random_permutation(Index n, Random& random) {
  RationalMatrix permuted = RationalMatrix::Identity(n, n);
  for (Index i = n - 1; i > 0; --i) {
    const Index other = random.integer(0, i);
    if (other != i) permuted.col(i).swap(permuted.col(other));
  }
  return permuted;
}

RationalMatrix random_unimodular(Index n, Random& random) {
  RationalMatrix lower = RationalMatrix::Identity(n, n);
  RationalMatrix upper = RationalMatrix::Identity(n, n);
  for (Index j = 0; j < n; ++j) {
    for (Index i = 0; i < j; ++i) {
      upper(i, j) = random.integer(-1, 1);
      lower(j, i) = random.integer(-1, 1);
    }
  }
  return multiply({lower, random_permutation(n, random), upper});
}

RationalMatrix random_integers(Index rows, Index cols, long bound, Random& random) {
  RationalMatrix a(rows, cols);
  for (Index j = 0; j < cols; ++j) {
    for (Index i = 0; i < rows; ++i)
      a(i, j) = random.integer(-bound, bound);
  }
  return a;
}

}  // namespace rankscape
