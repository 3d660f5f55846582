#include "text/npy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <rankscape/error.hpp>
#include <string>
#include <vector>

#include "text/binary_number.hpp"

namespace rankscape::text {

namespace {

struct Header {
  std::size_t body = 0;  // where the entries begin
  BinaryNumber type = float64;
  bool big_endian = false;
  bool by_column = false;
  bool vector = false;
  bool scalar = false;
  std::vector<std::uint64_t> shape;
};

// What stands behind 'key': in the header, a Python dictionary.
std::string header_value(const std::string& header, const std::string& key) {
  const std::size_t at = header.find("'" + key + "':");
  if (at == std::string::npos) throw InputError("its header has no '" + key + "'");
  const std::size_t start = header.find_first_not_of(' ', at + key.size() + 3);
  const std::size_t end =
      start == std::string::npos ? start : header.find_first_of(header[start] == '(' ? ")" : ",}", start);
  if (end == std::string::npos) throw InputError("its header ends too early");
  return header.substr(start, end - start);
}

std::vector<std::uint64_t> shape_of(const std::string& text) {
  std::vector<std::uint64_t> shape;
  std::string digits;
  for (const char c : text + ",") {
    if (c >= '0' && c <= '9') {
      digits += c;
      continue;
    }
    if (c == '-') throw InputError("its shape has a negative number");
    if (std::string_view("(), ").find(c) == std::string_view::npos) throw InputError("its shape is damaged");
    if (digits.empty()) continue;
    if (digits.size() > 9) throw InputError("its shape is too large");
    shape.push_back(std::stoull(digits));
    digits.clear();
  }
  return shape;
}

Header read_header(std::string_view bytes, const NpyLimits& limits) {
  if (bytes.size() < 12 || bytes.substr(0, 6) != "\x93NUMPY") throw InputError("not a file of NumPy's format .npy");
  const bool first_version = bytes[6] == 1;
  if (bytes[6] < 1 || bytes[6] > 3) throw InputError("a version of the format .npy that is not known");
  const std::size_t start = first_version ? 10 : 12;
  const std::size_t length = unsigned_at(bytes, 8, first_version ? 2 : 4);
  if (length > bytes.size() - start) throw InputError("its header ends too early");
  const std::string text(bytes.substr(start, length));
  const std::string type = header_value(text, "descr");  // '<f8'
  if (type.find('O') != std::string::npos)
    throw InputError("it holds pickled objects; write plain arrays: numpy.savez(file, W1, W2, ...)");
  const auto among = [&](std::size_t k, std::string_view choices) {
    return choices.find(type[k]) != std::string_view::npos;
  };
  const bool known = type.size() == 5 && among(1, "<>|=") && among(2, "fiu") && among(3, "1248");
  const std::string_view least = limits.halves ? "248" : "48";  // bytes of a float
  if (!known || (type[2] == 'f' && !among(3, least))) {
    throw InputError(fmt::format("it has entries of type {}, expected integers or floats of {}4 or 8 bytes",
                                 type.substr(0, 20), limits.halves ? "2, " : ""));
  }
  Header header;
  header.body = start + length;
  const auto size = static_cast<std::size_t>(type[3] - '0');
  header.type = type[2] == 'i'   ? BinaryNumber{BinaryNumber::Kind::signed_integer, size}
                : type[2] == 'u' ? BinaryNumber{BinaryNumber::Kind::unsigned_integer, size}
                : size == 2      ? float16
                : size == 4      ? float32
                                 : float64;
  header.big_endian = type[1] == '>';
  const std::string order = header_value(text, "fortran_order");
  if (order != "True" && order != "False") throw InputError("its header's 'fortran_order' is neither True nor False");
  header.by_column = order == "True";
  header.shape = shape_of(header_value(text, "shape"));
  header.vector = header.shape.size() == 1;
  header.scalar = header.shape.empty();
  if (limits.vectors && header.shape.size() < 2) header.shape.resize(2, 1);
  if (header.shape.size() != 2)
    throw InputError(fmt::format("it has {} dimensions, expected a matrix", header.shape.size()));
  const auto [rows, cols] = std::pair(header.shape[0], header.shape[1]);
  if (rows > limits.rows || cols > limits.rows) throw InputError(fmt::format("more than {} rows", limits.rows));
  if (rows * cols > limits.entries) throw InputError("its shape is too large");
  if (bytes.size() - header.body != rows * cols * header.type.size)
    throw InputError("it has not as many bytes as its shape needs");
  return header;
}

}  // namespace

NpyArray array_of_npy(std::string_view bytes, const NpyLimits& limits) {
  const Header header = read_header(bytes, limits);
  NpyArray array;
  array.vector = header.vector;
  array.scalar = header.scalar;
  RationalMatrix& a = array.value;
  a.resize(static_cast<Index>(header.shape[0]), static_cast<Index>(header.shape[1]));
  std::string entry;
  for (Index i = 0; i < a.rows(); ++i) {
    for (Index j = 0; j < a.cols(); ++j) {
      const auto k = static_cast<std::size_t>(header.by_column ? i + j * a.rows() : i * a.cols() + j);
      entry = bytes.substr(header.body + k * header.type.size, header.type.size);
      if (header.big_endian) std::reverse(entry.begin(), entry.end());
      try {
        a(i, j) = value_of(header.type, unsigned_at(entry, 0, header.type.size));
      } catch (const InputError& error) {
        throw InputError(fmt::format("entry ({}, {}) is {}, expected a number", i + 1, j + 1, error.what()));
      }
    }
  }
  return array;
}

}  // namespace rankscape::text
