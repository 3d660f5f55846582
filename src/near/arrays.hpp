#pragma once
// Named matrices from a file, exactly: NumPy's .npz and .npy (floats of 2, 4 and 8 bytes and integers are the binary
// fractions that they are) or JSON (an object from names to arrays of rows). What is no finite matrix is refused.

#include <rankscape/exact/matrix.hpp>

#include <string>
#include <utility>
#include <vector>

namespace rankscape::near {

struct NamedMatrix {
  std::string name;  ///< without the ending .npy
  RationalMatrix value;
};

/// In natural order of their names (`layer_2` before `layer_10`). A vector is a column.
/// \throws InputError  one line: file, array, what was expected
[[nodiscard]] std::vector<NamedMatrix> read_arrays(const std::string& path);

/// Is a before b when runs of digits are compared as numbers?
[[nodiscard]] bool natural_less(const std::string& a, const std::string& b);

}  // namespace rankscape::near
