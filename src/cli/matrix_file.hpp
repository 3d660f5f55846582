#pragma once
// A matrix from a file, exactly: JSON (rows of numbers, or a certificate's {"denominator", "entries"}), CSV, or NumPy's
// .npy, whose floating point numbers are the binary fractions that they are.

#include <rankscape/exact/matrix.hpp>

#include <string>

namespace rankscape::cli {

inline constexpr Index most_rows = 4000;

/// By the ending of the name: .json, .csv, .npy. \throws InputError  one line: file, place, what was expected
[[nodiscard]] RationalMatrix read_matrix(const std::string& path);

}  // namespace rankscape::cli
