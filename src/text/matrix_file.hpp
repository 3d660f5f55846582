#pragma once
// A matrix from a file, exactly: JSON (rows of numbers, or a certificate's {"denominator", "entries"}), CSV, or NumPy's
// .npy, whose floating point numbers are the binary fractions that they are.

#include <rankscape/exact/matrix.hpp>
#include <rankscape/exact_json.hpp>

#include <string>

namespace rankscape::text {

inline constexpr Index most_rows = 4000;

/// Rows of numbers, or {"denominator", "entries"}. \throws InputError  which entry
[[nodiscard]] RationalMatrix matrix_of(const Json& json);

/// A line for each row, entries separated by commas, semicolons or white space; decimals, fractions or hexadecimal
/// floats. \throws InputError  which entry
[[nodiscard]] RationalMatrix matrix_of_csv(const std::string& text);

/// By the ending of the name: .json, .csv, .npy; "-" is the standard input, of any of them. \throws InputError  one
/// line: file, place, what was expected
[[nodiscard]] RationalMatrix read_matrix(const std::string& path);

}  // namespace rankscape::text
