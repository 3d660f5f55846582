#pragma once
// The primes of the modular algorithms of this room, and arithmetic modulo one of them. They are the largest ones below
// 2^59, in decreasing order. Below 2^59 a dot product of 1,024 residues fits two limbs, so it is reduced once.

#include <rankscape/exact/matrix.hpp>

#include <flint/ulong_extras.h>

#include <cstddef>
#include <cstdint>

namespace rankscape::exact {

inline constexpr unsigned prime_bits = 59;
inline constexpr std::size_t unreduced_products = 1024;

/// The (k+1)-th largest prime below 2^59, computed once and kept. Safe to call from several threads.
/// \throws std::length_error  k >= 1,000,000: the algorithms rely on 2^59 - prime(k) < 2^26
[[nodiscard]] std::uint64_t prime(std::size_t k);

/// Arithmetic modulo one prime p = 2^59 - c; residues are in [0, p). As c is small, a long number is reduced by
/// folding, 2^59 = c (mod p).
class PrimeField {
 public:
  using Word = std::uint64_t;
  __extension__ using DoubleWord = unsigned __int128;

  explicit PrimeField(Word prime) : prime_(prime), fold_((Word{1} << prime_bits) - prime) {}
  [[nodiscard]] Word prime() const { return prime_; }
  [[nodiscard]] Word reduce(DoubleWord a) const {
    a = (a >> prime_bits) * fold_ + low(static_cast<Word>(a));                        // below 2^96, for c < 2^26
    Word b = static_cast<Word>(a >> prime_bits) * fold_ + low(static_cast<Word>(a));  // below 2^64
    b = (b >> prime_bits) * fold_ + low(b);                                           // below 2^59 + 2^31
    return b >= prime_ ? b - prime_ : b;
  }
  [[nodiscard]] Word multiply(Word a, Word b) const { return reduce(static_cast<DoubleWord>(a) * b); }
  [[nodiscard]] Word subtract(Word a, Word b) const { return a >= b ? a - b : a + prime_ - b; }
  /// \param a  not 0
  [[nodiscard]] Word invert(Word a) const { return n_invmod(a, prime_); }
  [[nodiscard]] Word reduce(const Integer& a) const {
    const mp_size_t size = static_cast<mp_size_t>(mpz_size(a.backend().data()));
    const mp_limb_t* const limbs = mpz_limbs_read(a.backend().data());
    Word remainder = 0;
    for (mp_size_t k = size; k-- > 0;)
      remainder = reduce(static_cast<DoubleWord>(remainder) << 64U | limbs[k]);
    return a.sign() < 0 && remainder != 0 ? prime_ - remainder : remainder;
  }
  /// sum of a[k] b[k], for any length
  [[nodiscard]] Word dot(const Word* a, const Word* b, Index length) const {
    DoubleWord sum = 0;
    for (constexpr Index chunk = unreduced_products - 1; length > chunk; a += chunk, b += chunk, length -= chunk) {
      sum = reduce(plus_products(sum, a, b, chunk));
    }
    return reduce(plus_products(sum, a, b, length));
  }

 private:
  static DoubleWord plus_products(DoubleWord sum, const Word* a, const Word* b, Index length) {
    for (Index k = 0; k < length; ++k)
      sum += static_cast<DoubleWord>(a[k]) * b[k];
    return sum;
  }
  static Word low(Word a) { return a & ((Word{1} << prime_bits) - 1); }
  Word prime_;
  Word fold_;
};

}  // namespace rankscape::exact
