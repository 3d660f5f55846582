#pragma once
// NumPy's format .npy, exactly: floating point numbers are the binary fractions that they are.

#include <rankscape/exact/matrix.hpp>

#include <cstdint>
#include <string_view>

namespace rankscape::text {

/// What a reader takes; the rest is refused before any entry is read.
struct NpyLimits {
  std::uint64_t rows;     ///< most of them, and of columns
  std::uint64_t entries;  ///< most of them
  bool vectors = false;   ///< a vector is a column, a number without dimensions a matrix of one entry
  bool halves = false;    ///< floats of two bytes
};

struct NpyArray {
  RationalMatrix value;
  bool vector = false;  ///< it has one dimension
  bool scalar = false;  ///< it has none
};

/// A matrix of integers, or of floats of 4 or 8 bytes. \throws InputError  damaged, of another type, beyond the limits,
/// with an entry that is not finite (which it names)
[[nodiscard]] NpyArray array_of_npy(std::string_view bytes, const NpyLimits& limits);

}  // namespace rankscape::text
