#pragma once
// Numbers of binary files, exactly: floats are the binary fractions that they are, from their bits or in C's
// hexadecimal spelling, which Python's float.hex() writes.

#include <rankscape/exact/rational.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace rankscape::text {

/// How an entry of an array is stored.
struct BinaryNumber {
  enum class Kind { unsigned_integer, signed_integer, floating } kind;
  std::size_t size;            ///< in bytes: 1, 2, 4 or 8
  unsigned exponent_bits = 0;  ///< of a float
};

inline constexpr BinaryNumber float16{BinaryNumber::Kind::floating, 2, 5};
inline constexpr BinaryNumber bfloat16{BinaryNumber::Kind::floating, 2, 8};
inline constexpr BinaryNumber float32{BinaryNumber::Kind::floating, 4, 8};
inline constexpr BinaryNumber float64{BinaryNumber::Kind::floating, 8, 11};

/// The value of the bits. \throws InputError  "NaN" or "infinite", for the caller to say where
[[nodiscard]] Rational value_of(const BinaryNumber& type, std::uint64_t bits);

/// `0x1.8p+1`, `-0x.4p-3`, `0x10`: the exponent counts in powers of two. Nothing where the text does not begin as one.
/// \throws InputError  malformed, more than 100 characters, or an exponent beyond 20,000
[[nodiscard]] std::optional<Rational> parse_hexadecimal(std::string_view text);

/// The unsigned number of `size` little-endian bytes at `at`. \throws InputError  beyond the end
[[nodiscard]] std::uint64_t unsigned_at(std::string_view bytes, std::size_t at, std::size_t size);

}  // namespace rankscape::text
