#pragma once
// Named matrices from a file, exactly: floats are the binary fractions that they are. NumPy's .npz and .npy,
// .safetensors, JSON (an object from names to arrays of rows), CSV (one matrix), or a folder with a .npy or .csv for
// each matrix. What is no finite matrix is refused, and what would have to be unpickled.

#include <rankscape/exact/matrix.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace rankscape::near {

struct NamedMatrix {
  std::string name;      ///< without the ending of the file it comes from; empty for a .npy or .csv alone
  RationalMatrix value;  ///< a vector is a column
  bool vector = false;   ///< it has one dimension
  bool scalar = false;   ///< it has none: one entry
};

/// In natural order of their names (`layer_2` before `layer_10`); no name twice.
/// \throws InputError  one line: file, array, what was expected
[[nodiscard]] std::vector<NamedMatrix> read_arrays(const std::string& path);

/// The same of bytes, by the ending of the name that stands for them.
[[nodiscard]] std::vector<NamedMatrix> arrays_of(std::string_view bytes, const std::string& name);

/// Is a before b when runs of digits are compared as numbers? A total order: where only zeros in front of numbers
/// differ (`w1`, `w01`), the characters decide.
[[nodiscard]] bool natural_less(const std::string& a, const std::string& b);

}  // namespace rankscape::near
