#include "text/matrix_file.hpp"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <rankscape/exact_json.hpp>
#include <sstream>
#include <vector>

#include "text/binary_number.hpp"
#include "text/npy.hpp"
#include "text/read_file.hpp"

namespace rankscape::text {

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
    const auto hexadecimal = parse_hexadecimal(text);
    return hexadecimal ? *hexadecimal : parse_rational(text);
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

}  // namespace

RationalMatrix matrix_of_csv(const std::string& text) {
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
  const std::string bytes = read_file(path, most_bytes);
  try {
    if (path.ends_with(".npy") || bytes.starts_with("\x93NUMPY"))
      return array_of_npy(bytes, {.rows = most_rows, .entries = most_rows * most_rows}).value;
    // a stream has no name to go by: JSON begins with a bracket, which no row of numbers does
    const std::size_t first = bytes.find_first_not_of(" \t\r\n");
    const bool bracket = first != std::string::npos && (bytes[first] == '[' || bytes[first] == '{');
    if (!json && (path != "-" || !bracket)) return matrix_of_csv(bytes);
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

}  // namespace rankscape::text
