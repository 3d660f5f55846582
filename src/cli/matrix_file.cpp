#include "cli/matrix_file.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <rankscape/exact_json.hpp>
#include <sstream>
#include <vector>

#include "text/read_file.hpp"

namespace rankscape::cli {

namespace {

constexpr std::size_t most_bytes = std::size_t{256} << 20U;

std::string entry_name(Index i, Index j) {
  return "entry (" + std::to_string(i + 1) + ", " + std::to_string(j + 1) + ")";
}

Rational number(const std::string& text, Index i, Index j) {
  std::string lower = text;
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
  for (const char* word : {"nan", "inf"})
    if (lower.find(word) != std::string::npos)
      throw InputError(entry_name(i, j) + " is " + text + ", expected a number");
  try {
    return parse_rational(text);
  } catch (const InputError& error) {
    throw InputError(entry_name(i, j) + ": " + error.what());
  }
}

RationalMatrix from_rows(const std::vector<std::vector<Rational>>& rows) {
  const std::size_t cols = rows.empty() ? 0 : rows.front().size();
  RationalMatrix a(static_cast<Index>(rows.size()), static_cast<Index>(cols));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].size() != cols)
      throw InputError("row " + std::to_string(i + 1) + " has " + std::to_string(rows[i].size()) +
                       " entries, expected " + std::to_string(cols));
    for (std::size_t j = 0; j < cols; ++j)
      a(static_cast<Index>(i), static_cast<Index>(j)) = rows[i][j];
  }
  return a;
}

RationalMatrix from_csv(const std::string& text) {
  std::vector<std::vector<Rational>> rows;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const bool commas = line.find_first_of(",;") != std::string::npos;
    std::vector<Rational> numbers;
    std::string item;
    const auto take = [&] {
      const auto i = static_cast<Index>(rows.size());
      const auto j = static_cast<Index>(numbers.size());
      if (item.empty()) throw InputError(entry_name(i, j) + " is missing");
      numbers.push_back(number(item, i, j));
      item.clear();
    };
    for (const char c : line) {
      const bool space = c == ' ' || c == '\t' || c == '\r';
      if (c == ',' || c == ';' || (space && !commas && !item.empty())) {
        take();
      } else if (!space) {
        item += c;
      }
    }
    if (item.empty() && numbers.empty()) continue;  // an empty line
    if (!item.empty() || commas) take();
    rows.push_back(std::move(numbers));
  }
  return from_rows(rows);
}

// A float is a binary fraction.
Rational exactly(double value, Index i, Index j) {
  if (std::isnan(value)) throw InputError(entry_name(i, j) + " is NaN, expected a number");
  if (std::isinf(value)) throw InputError(entry_name(i, j) + " is infinite, expected a number");
  int exponent = 0;
  const double mantissa = std::frexp(value, &exponent);
  const auto whole = static_cast<std::int64_t>(std::ldexp(mantissa, 53));
  exponent -= 53;
  const Integer power = Integer(1) << static_cast<unsigned>(std::abs(exponent));
  return exponent >= 0 ? Rational(Integer(whole) * power) : Rational(Integer(whole), power);
}

template <class T>
Rational decoded(const char* bytes, bool swap, Index i, Index j) {
  char copy[sizeof(T)];
  std::copy(bytes, bytes + sizeof(T), copy);
  if (swap) std::reverse(copy, copy + sizeof(T));
  T value;
  std::memcpy(&value, copy, sizeof(T));
  if constexpr (std::is_floating_point_v<T>) {
    return exactly(static_cast<double>(value), i, j);
  } else {
    return Rational(value);
  }
}

using Decode = Rational (*)(const char*, bool, Index, Index);
struct Type {
  const char* name;  // as in the header, without the byte order
  std::size_t size;
  Decode decode;
};
constexpr Type types[] = {{"f8", 8, decoded<double>},        {"f4", 4, decoded<float>},
                          {"i8", 8, decoded<std::int64_t>},  {"i4", 4, decoded<std::int32_t>},
                          {"i2", 2, decoded<std::int16_t>},  {"i1", 1, decoded<std::int8_t>},
                          {"u8", 8, decoded<std::uint64_t>}, {"u4", 4, decoded<std::uint32_t>},
                          {"u2", 2, decoded<std::uint16_t>}, {"u1", 1, decoded<std::uint8_t>}};

// What stands behind 'key': in the header, a Python dictionary of three entries.
std::string header_value(const std::string& header, const std::string& key) {
  const std::size_t at = header.find("'" + key + "':");
  if (at == std::string::npos) throw InputError("its header has no '" + key + "'");
  const std::size_t start = header.find_first_not_of(' ', at + key.size() + 3);
  const std::size_t end =
      start == std::string::npos ? start : header.find_first_of(header[start] == '(' ? ")" : ",}", start);
  if (end == std::string::npos) throw InputError("its header ends too early");
  return header.substr(start, end - start);
}

RationalMatrix from_npy(const std::string& bytes) {
  if (bytes.size() < 12 || bytes.compare(0, 6, "\x93NUMPY") != 0) throw InputError("not a file of NumPy's format .npy");
  const auto byte = [&](std::size_t k) { return static_cast<std::size_t>(static_cast<unsigned char>(bytes[k])); };
  const bool first_version = byte(6) == 1;
  const std::size_t start = first_version ? 10 : 12;
  const std::size_t length = byte(8) + (byte(9) << 8U) + (first_version ? 0 : (byte(10) << 16U) + (byte(11) << 24U));
  if (length > bytes.size() - start) throw InputError("its header ends too early");
  const std::string header = bytes.substr(start, length);
  const std::string descr = header_value(header, "descr");  // '<f8'
  const auto* const type = std::find_if(std::begin(types), std::end(types), [&](const Type& t) {
    return descr.size() == 5 && descr.compare(2, 2, t.name) == 0;
  });
  if (type == std::end(types) || std::string("<>|=").find(descr[1]) == std::string::npos)
    throw InputError("it has entries of type " + descr + ", expected integers or floats of 4 or 8 bytes");
  const bool swap =
      (descr[1] == '>') != (std::endian::native == std::endian::big) && descr[1] != '|' && descr[1] != '=';
  const bool by_column = header_value(header, "fortran_order") == "True";
  std::vector<Index> shape;
  std::string digits;
  for (const char c : header_value(header, "shape") + ",") {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (!digits.empty()) {
      if (digits.size() > 9) throw InputError("its shape is too large");
      shape.push_back(std::stol(digits));
      digits.clear();
    }
  }
  if (shape.size() != 2) throw InputError("it has " + std::to_string(shape.size()) + " dimensions, expected a matrix");
  const Index rows = shape[0];
  const Index cols = shape[1];
  if (rows > most_rows || cols > most_rows) throw InputError("more than " + std::to_string(most_rows) + " rows");
  const char* data = bytes.data() + start + length;
  if (bytes.size() - start - length != static_cast<std::size_t>(rows * cols) * type->size)
    throw InputError("it has not as many bytes as its shape needs");
  RationalMatrix a(rows, cols);
  for (Index i = 0; i < rows; ++i)
    for (Index j = 0; j < cols; ++j)
      a(i, j) = type->decode(data + static_cast<std::size_t>(by_column ? i + j * rows : i * cols + j) * type->size,
                             swap, i, j);
  return a;
}

}  // namespace

RationalMatrix matrix_of(const Json& json) {
  const bool over_denominator = json.is_object() && json.contains("entries") && json.contains("denominator");
  const Json& list = over_denominator ? json.at("entries") : json;
  if (!list.is_array()) throw InputError("expected an array of rows");
  std::vector<std::vector<Rational>> rows;
  for (const Json& row : list) {
    if (!row.is_array()) throw InputError("row " + std::to_string(rows.size() + 1) + " is no array");
    std::vector<Rational> numbers;
    for (const Json& item : row) {
      const auto i = static_cast<Index>(rows.size());
      const auto j = static_cast<Index>(numbers.size());
      if (!item.is_string() && !item.is_number_integer())
        throw InputError(entry_name(i, j) + " is " + item.dump().substr(0, 40) + ", expected a number");
      numbers.push_back(number(item.is_string() ? item.get<std::string>() : item.dump(), i, j));
    }
    rows.push_back(std::move(numbers));
  }
  RationalMatrix a = from_rows(rows);
  if (!over_denominator) return a;
  const Json& below = json.at("denominator");
  const Rational d = below.is_string() ? parse_rational(below.get<std::string>()) : parse_rational(below.dump());
  if (d <= 0) throw InputError("the denominator is not positive");
  return a / d;
}

RationalMatrix read_matrix(const std::string& path) {
  const bool json = path.ends_with(".json");
  if (!json && path != "-" && !path.ends_with(".csv") && !path.ends_with(".npy"))
    throw InputError(path + ": expected a name that ends in .json, .csv or .npy");
  const std::string bytes = text::read_file(path, most_bytes);
  try {
    if (path.ends_with(".npy") || bytes.starts_with("\x93NUMPY")) return from_npy(bytes);
    // a stream has no name to go by: JSON begins with a bracket, which no row of numbers does
    const std::size_t first = bytes.find_first_not_of(" \t\r\n");
    const bool bracket = first != std::string::npos && (bytes[first] == '[' || bytes[first] == '{');
    if (!json && (path != "-" || !bracket)) return from_csv(bytes);
  } catch (const InputError& error) {
    throw InputError(path + ": " + error.what());
  }
  const Json parsed = parse_exact_json(bytes, path);  // whose messages name the file
  try {
    return matrix_of(parsed);
  } catch (const InputError& error) {
    throw InputError(path + ": " + error.what());
  }
}

}  // namespace rankscape::cli
