// Entries are decoded from their bytes, so that nothing depends on the machine's own floats.
#include "text/npy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <rankscape/error.hpp>
#include <string>
#include <vector>

namespace rankscape::text {

namespace {

struct Header {
  std::size_t body = 0;  // where the entries begin
  char kind = 'f';       // 'f', 'i', 'u'
  std::size_t size = 8;  // of an entry, in bytes
  bool big_endian = false;
  bool by_column = false;
  std::vector<std::uint64_t> shape;
};

// What stands behind 'key': in the header, a Python dictionary.
std::string value_of(const std::string& header, const std::string& key) {
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
    } else if (!digits.empty()) {
      if (digits.size() > 9) throw InputError("its shape is too large");
      shape.push_back(std::stoull(digits));
      digits.clear();
    } else if (c == '-') {
      throw InputError("its shape has a negative number");
    }
  }
  return shape;
}

Header read_header(std::string_view bytes, const NpyLimits& limits) {
  if (bytes.size() < 12 || bytes.substr(0, 6) != "\x93NUMPY") throw InputError("not a file of NumPy's format .npy");
  const bool first_version = bytes[6] == 1;
  const std::size_t start = first_version ? 10 : 12;
  const std::size_t length = unsigned_at(bytes, 8, first_version ? 2 : 4);
  if (length > bytes.size() - start) throw InputError("its header ends too early");
  const std::string text(bytes.substr(start, length));
  const std::string type = value_of(text, "descr");  // '<f8'
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
  header.kind = type[2];
  header.size = static_cast<std::size_t>(type[3] - '0');
  header.big_endian = type[1] == '>';
  const std::string order = value_of(text, "fortran_order");
  if (order != "True" && order != "False") throw InputError("its header's 'fortran_order' is neither True nor False");
  header.by_column = order == "True";
  header.shape = shape_of(value_of(text, "shape"));
  if (limits.vectors && header.shape.size() == 1) header.shape.push_back(1);
  if (header.shape.size() != 2)
    throw InputError(fmt::format("it has {} dimensions, expected a matrix", header.shape.size()));
  const auto [rows, cols] = std::pair(header.shape[0], header.shape[1]);
  if (rows > limits.rows || cols > limits.rows) throw InputError(fmt::format("more than {} rows", limits.rows));
  if (rows * cols > limits.entries) throw InputError("its shape is too large");
  if (bytes.size() - header.body != rows * cols * header.size)
    throw InputError("it has not as many bytes as its shape needs");
  return header;
}

// A binary float from its bits: sign, exponent, fraction.
Rational of_float(std::uint64_t bits, std::size_t size, Index i, Index j) {
  const unsigned exponent_bits = size == 2 ? 5 : size == 4 ? 8 : 11;
  const unsigned fraction_bits = static_cast<unsigned>(8 * size) - 1 - exponent_bits;
  const std::uint64_t fraction = bits & ((std::uint64_t{1} << fraction_bits) - 1);
  const std::uint64_t all_ones = (std::uint64_t{1} << exponent_bits) - 1;
  const std::uint64_t exponent = bits >> fraction_bits & all_ones;
  if (exponent == all_ones) {
    throw InputError(
        fmt::format("entry ({}, {}) is {}, expected a number", i + 1, j + 1, fraction == 0 ? "infinite" : "NaN"));
  }
  const std::uint64_t mantissa = exponent == 0 ? fraction : fraction | std::uint64_t{1} << fraction_bits;
  const long power = static_cast<long>(std::max<std::uint64_t>(exponent, 1)) - static_cast<long>(all_ones >> 1U) -
                     static_cast<long>(fraction_bits);
  const bool negative = (bits >> (8 * size - 1) & 1U) != 0;
  const Integer whole = negative ? Integer(-Integer(mantissa)) : Integer(mantissa);
  const Integer scale = Integer(1) << static_cast<unsigned>(std::abs(power));
  return power >= 0 ? Rational(Integer(whole * scale)) : Rational(whole, scale);
}

Rational of_integer(std::uint64_t bits, std::size_t size, bool is_signed) {
  Integer value(bits);
  if (is_signed && (bits >> (8 * size - 1) & 1U) != 0) value -= Integer(1) << static_cast<unsigned>(8 * size);
  return Rational(value);
}

}  // namespace

std::uint64_t unsigned_at(std::string_view bytes, std::size_t at, std::size_t size) {
  if (at > bytes.size() || size > bytes.size() - at) throw InputError("it ends too early");
  std::uint64_t value = 0;
  for (std::size_t k = size; k-- > 0;)
    value = value << 8U | static_cast<unsigned char>(bytes[at + k]);
  return value;
}

RationalMatrix matrix_of_npy(std::string_view bytes, const NpyLimits& limits) {
  const Header header = read_header(bytes, limits);
  RationalMatrix a(static_cast<Index>(header.shape[0]), static_cast<Index>(header.shape[1]));
  std::string entry;
  for (Index i = 0; i < a.rows(); ++i) {
    for (Index j = 0; j < a.cols(); ++j) {
      const auto k = static_cast<std::size_t>(header.by_column ? i + j * a.rows() : i * a.cols() + j);
      entry = bytes.substr(header.body + k * header.size, header.size);
      if (header.big_endian) std::reverse(entry.begin(), entry.end());
      const std::uint64_t bits = unsigned_at(entry, 0, header.size);
      a(i, j) =
          header.kind == 'f' ? of_float(bits, header.size, i, j) : of_integer(bits, header.size, header.kind == 'i');
    }
  }
  return a;
}

}  // namespace rankscape::text
