#include "near/arrays.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <fstream>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <rankscape/exact_json.hpp>

namespace rankscape::near {

namespace {

constexpr std::size_t most_file_bytes = std::size_t{256} << 20U;
constexpr std::uint64_t most_entries = std::uint64_t{1} << 24U;

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes;
  std::vector<char> part(1U << 16U);
  while (in.read(part.data(), static_cast<std::streamsize>(part.size())) || in.gcount() > 0) {
    bytes.append(part.data(), static_cast<std::size_t>(in.gcount()));
    if (bytes.size() > most_file_bytes) throw InputError("more than 256 MiB");
  }
  if (!in.is_open() || in.bad()) throw InputError("cannot be read");
  return bytes;
}

// The unsigned number of `size` little-endian bytes at `at`. \throws InputError  beyond the end
std::uint64_t unsigned_at(std::string_view bytes, std::size_t at, std::size_t size) {
  if (at > bytes.size() || size > bytes.size() - at) throw InputError("it ends too early");
  std::uint64_t value = 0;
  for (std::size_t k = size; k-- > 0;)
    value = value << 8U | static_cast<unsigned char>(bytes[at + k]);
  return value;
}

// A binary float from its bits: sign, exponent, fraction.
Rational from_float_bits(std::uint64_t bits, unsigned exponent_bits, unsigned fraction_bits) {
  const std::uint64_t fraction = bits & ((std::uint64_t{1} << fraction_bits) - 1);
  const std::uint64_t all_ones = (std::uint64_t{1} << exponent_bits) - 1;
  const std::uint64_t exponent = bits >> fraction_bits & all_ones;
  const bool negative = (bits >> (fraction_bits + exponent_bits) & 1U) != 0;
  if (exponent == all_ones) throw InputError(fraction == 0 ? "an entry is infinite" : "an entry is NaN");
  const std::uint64_t mantissa = exponent == 0 ? fraction : fraction | std::uint64_t{1} << fraction_bits;
  const long power = static_cast<long>(std::max<std::uint64_t>(exponent, 1)) - static_cast<long>(all_ones >> 1U) -
                     static_cast<long>(fraction_bits);
  const Integer whole = negative ? Integer(-Integer(mantissa)) : Integer(mantissa);
  const Integer scale = Integer(1) << static_cast<unsigned>(std::abs(power));
  return power >= 0 ? Rational(Integer(whole * scale)) : Rational(whole, scale);
}

Rational from_integer_bits(std::uint64_t bits, std::size_t size, bool is_signed) {
  Integer value(bits);
  if (is_signed && (bits >> (8 * size - 1) & 1U) != 0) value -= Integer(1) << static_cast<unsigned>(8 * size);
  return Rational(value);
}

// What stands behind 'key': in the header, a Python dictionary.
std::string header_value(const std::string& header, const std::string& key) {
  const std::size_t at = header.find("'" + key + "':");
  if (at == std::string::npos) throw InputError("its header has no '" + key + "'");
  const std::size_t start = header.find_first_not_of(' ', at + key.size() + 3);
  if (start == std::string::npos) throw InputError("its header ends too early");
  const std::size_t end = header.find_first_of(header[start] == '(' ? ")" : ",}", start);
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

RationalMatrix from_npy(std::string_view bytes) {
  if (bytes.size() < 12 || bytes.substr(0, 6) != "\x93NUMPY") throw InputError("not an array of NumPy's format .npy");
  const bool first_version = bytes[6] == 1;
  const std::size_t start = first_version ? 10 : 12;
  const std::size_t length = unsigned_at(bytes, 8, first_version ? 2 : 4);
  if (length > bytes.size() - start) throw InputError("its header ends too early");
  const std::string header(bytes.substr(start, length));
  const std::string descr = header_value(header, "descr");  // '<f4'
  if (descr.find('O') != std::string::npos)
    throw InputError("it holds pickled objects; write plain arrays: numpy.savez(file, W1, W2, ...)");
  const bool known = descr.size() == 5 && std::string("<>|=").find(descr[1]) != std::string::npos &&
                     std::string("fiu").find(descr[2]) != std::string::npos &&
                     std::string("1248").find(descr[3]) != std::string::npos && descr.substr(2, 2) != "f1";
  if (!known)
    throw InputError("it has entries of type " + descr.substr(0, 20) + ", expected floats of 2, 4, 8 bytes, integers");
  const auto size = static_cast<std::size_t>(descr[3] - '0');
  const bool big_endian = descr[1] == '>';
  const std::string order = header_value(header, "fortran_order");
  if (order != "True" && order != "False") throw InputError("its header's 'fortran_order' is neither True nor False");
  std::vector<std::uint64_t> shape = shape_of(header_value(header, "shape"));
  if (shape.size() == 1) shape.push_back(1);
  if (shape.size() != 2) throw InputError(fmt::format("it has {} dimensions, expected a matrix", shape.size()));
  if (shape[0] * shape[1] > most_entries) throw InputError("its shape is too large");
  const std::string_view body = bytes.substr(start + length);
  if (body.size() != shape[0] * shape[1] * size) throw InputError("it has not as many bytes as its shape needs");
  RationalMatrix a(static_cast<Index>(shape[0]), static_cast<Index>(shape[1]));
  std::string entry;
  for (Index i = 0; i < a.rows(); ++i)
    for (Index j = 0; j < a.cols(); ++j) {
      const auto k = static_cast<std::size_t>(order == "True" ? i + j * a.rows() : i * a.cols() + j);
      entry = body.substr(k * size, size);
      if (big_endian) std::reverse(entry.begin(), entry.end());
      const std::uint64_t bits = unsigned_at(entry, 0, size);
      a(i, j) = descr[2] == 'f' ? from_float_bits(bits,
                                                  size == 2   ? 5
                                                  : size == 4 ? 8
                                                              : 11,
                                                  size == 2   ? 10
                                                  : size == 4 ? 23
                                                              : 52)
                                : from_integer_bits(bits, size, descr[2] == 'i');
    }
  return a;
}

// The members of a zip archive by its central directory, whose end record closes the file.
std::vector<NamedMatrix> from_npz(std::string_view bytes) {
  const std::size_t end = bytes.rfind("PK\x05\x06");
  if (end == std::string_view::npos) throw InputError("not a zip archive, as .npz files are");
  const std::uint64_t count = unsigned_at(bytes, end + 10, 2);
  std::size_t at = unsigned_at(bytes, end + 16, 4);
  std::vector<NamedMatrix> arrays;
  for (std::uint64_t k = 0; k < count; ++k) {
    if (unsigned_at(bytes, at, 4) != 0x02014b50) throw InputError("the directory of the archive is damaged");
    const std::uint64_t method = unsigned_at(bytes, at + 10, 2);
    const std::size_t size = unsigned_at(bytes, at + 24, 4);
    const std::size_t name_length = unsigned_at(bytes, at + 28, 2);
    const std::size_t further = unsigned_at(bytes, at + 30, 2) + unsigned_at(bytes, at + 32, 2);
    const std::size_t local = unsigned_at(bytes, at + 42, 4);
    if (at + 46 + name_length > bytes.size()) throw InputError("the directory of the archive is damaged");
    std::string name(bytes.substr(at + 46, name_length));
    at += 46 + name_length + further;
    try {
      if (method != 0) throw InputError("it is compressed; write it with numpy.savez, not savez_compressed");
      if (unsigned_at(bytes, local, 4) != 0x04034b50) throw InputError("the archive is damaged");
      const std::size_t body = local + 30 + unsigned_at(bytes, local + 26, 2) + unsigned_at(bytes, local + 28, 2);
      if (body > bytes.size() || size > bytes.size() - body) throw InputError("it ends too early");
      if (name.ends_with(".npy")) name.resize(name.size() - 4);
      arrays.push_back({name, from_npy(bytes.substr(body, size))});
    } catch (const InputError& error) {
      throw InputError(name + ": " + error.what());
    }
  }
  return arrays;
}

RationalMatrix from_rows(const Json& rows) {
  if (!rows.is_array() || rows.empty()) throw InputError("expected an array of rows");
  const std::size_t cols = rows[0].is_array() ? rows[0].size() : 1;
  RationalMatrix a(static_cast<Index>(rows.size()), static_cast<Index>(cols));
  for (Index i = 0; i < a.rows(); ++i) {
    const Json& given = rows[static_cast<std::size_t>(i)];
    const Json row = given.is_array() ? given : Json::array({given});
    if (row.size() != cols)
      throw InputError(fmt::format("row {} has {} entries, expected {}", i + 1, row.size(), cols));
    for (Index j = 0; j < a.cols(); ++j) {
      const Json& item = row[static_cast<std::size_t>(j)];
      if (!item.is_string() && !item.is_number_integer())
        throw InputError(fmt::format("entry ({}, {}) is no number", i + 1, j + 1));
      a(i, j) = parse_rational(item.is_string() ? item.get<std::string>() : item.dump());
    }
  }
  return a;
}

std::vector<NamedMatrix> from_json(const Json& json) {
  if (!json.is_object()) throw InputError("expected an object from names to arrays of rows");
  std::vector<NamedMatrix> arrays;
  for (const auto& item : json.items()) {
    try {
      arrays.push_back({item.key(), from_rows(item.value())});
    } catch (const InputError& error) {
      throw InputError(item.key() + ": " + error.what());
    }
  }
  return arrays;
}

}  // namespace

bool natural_less(const std::string& a, const std::string& b) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    if (digit(a[i]) && digit(b[j])) {
      const auto run = [&](const std::string& text, std::size_t& at) {
        while (at + 1 < text.size() && text[at] == '0' && digit(text[at + 1]))
          ++at;
        const std::size_t from = at;
        while (at < text.size() && digit(text[at]))
          ++at;
        return text.substr(from, at - from);
      };
      const std::string of_a = run(a, i);
      const std::string of_b = run(b, j);
      if (of_a.size() != of_b.size()) return of_a.size() < of_b.size();
      if (of_a != of_b) return of_a < of_b;
    } else {
      if (a[i] != b[j]) return a[i] < b[j];
      ++i;
      ++j;
    }
  }
  return a.size() - i < b.size() - j;
}

std::vector<NamedMatrix> read_arrays(const std::string& path) {
  std::vector<NamedMatrix> arrays;
  try {
    if (path.ends_with(".json")) {
      arrays = from_json(read_exact_json(path));
    } else if (path.ends_with(".npz")) {
      arrays = from_npz(bytes_of(path));
    } else if (path.ends_with(".npy")) {
      arrays.push_back({"", from_npy(bytes_of(path))});
    } else if (path.ends_with(".pt") || path.ends_with(".pth")) {
      throw InputError("pickled; write plain arrays: numpy.savez(file, *[w.numpy() for w in state.values()])");
    } else {
      throw InputError("expected a name that ends in .npz, .npy or .json");
    }
  } catch (const InputError& error) {
    const std::string message = error.what();
    throw InputError(message.starts_with(path) ? message : path + ": " + message);
  }
  std::sort(arrays.begin(), arrays.end(),
            [](const NamedMatrix& a, const NamedMatrix& b) { return natural_less(a.name, b.name); });
  return arrays;
}

}  // namespace rankscape::near
