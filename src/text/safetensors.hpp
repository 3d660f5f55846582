#pragma once
// The format safetensors: the length of a JSON header, the header (name -> dtype, shape, data_offsets), and the bytes
// of the tensors in C order, little-endian. Nothing in it can be executed; floats are the binary fractions that they
// are.

#include <rankscape/exact/matrix.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace rankscape::text {

struct NamedTensor {
  std::string name;
  RationalMatrix value;  ///< a vector is a column
  bool vector = false;
  bool scalar = false;  ///< without dimensions: a matrix of one entry
};

/// Matrices and vectors of integers, F64, F32, F16 and BF16, by their place in the file. Lengths are held against the
/// bytes that are there, which the tensors must fill without hole or overlap, before an entry is read.
/// \param name  stands for the bytes in messages \throws InputError  damaged, another type, other dimensions, an entry
/// that is not finite
[[nodiscard]] std::vector<NamedTensor> tensors_of_safetensors(std::string_view bytes, const std::string& name);

}  // namespace rankscape::text
