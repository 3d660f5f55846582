#pragma once
// SHA-256 as in FIPS 180-4, section 6.2. The constants are the first 32 bits of the fractional parts of the square
// roots and cube roots of the first primes, computed here exactly instead of being copied.

#include <gmpxx.h>

#include <array>
#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

namespace verifier {

/// 64 lower-case hexadecimal digits.
inline std::string sha256(std::string_view bytes) {
  using Word = std::uint32_t;
  struct Constants {
    std::array<Word, 8> initial{};
    std::array<Word, 64> round{};
    Constants() {
      std::size_t count = 0;
      for (unsigned p = 2; count < 64; ++p) {
        if (mpz_probab_prime_p(mpz_class(p).get_mpz_t(), 25) == 0) continue;
        mpz_class root;  // floor(2^32 p^(1/k)); the low 32 bits are the fraction's
        if (count < 8) initial[count] = static_cast<Word>(mpz_class(sqrt(mpz_class(mpz_class(p) << 64))).get_ui());
        mpz_root(root.get_mpz_t(), mpz_class(mpz_class(p) << 96).get_mpz_t(), 3);
        round[count++] = static_cast<Word>(root.get_ui());
      }
    }
  };
  static const Constants constants;

  std::string padded(bytes);
  padded += '\x80';
  while (padded.size() % 64 != 56) padded += '\0';
  for (unsigned shift = 64; shift > 0; shift -= 8)
    padded += static_cast<char>((std::uint64_t{bytes.size()} * 8 >> (shift - 8)) & 0xffU);

  std::array<Word, 8> state = constants.initial;
  for (std::size_t block = 0; block < padded.size(); block += 64) {
    std::array<Word, 64> w{};
    for (std::size_t k = 0; k < 64; ++k) w[k / 4] = (w[k / 4] << 8U) | static_cast<unsigned char>(padded[block + k]);
    for (std::size_t k = 16; k < 64; ++k)
      w[k] = w[k - 16] + w[k - 7] + (std::rotr(w[k - 15], 7) ^ std::rotr(w[k - 15], 18) ^ (w[k - 15] >> 3U)) +
             (std::rotr(w[k - 2], 17) ^ std::rotr(w[k - 2], 19) ^ (w[k - 2] >> 10U));
    auto [a, b, c, d, e, f, g, h] = state;
    for (std::size_t k = 0; k < 64; ++k) {
      const Word t1 = h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) + ((e & f) ^ (~e & g)) +
                      constants.round[k] + w[k];
      const Word t2 = (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
    }
    const std::array<Word, 8> result = {a, b, c, d, e, f, g, h};
    for (std::size_t k = 0; k < 8; ++k) state[k] += result[k];
  }
  std::string text;
  for (const Word word : state)
    for (unsigned shift = 32; shift > 0; shift -= 4) text += "0123456789abcdef"[(word >> (shift - 4)) & 0xfU];
  return text;
}

}  // namespace verifier
