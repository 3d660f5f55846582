#include "cli/arguments.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <ostream>
#include <rankscape/error.hpp>
#include <rankscape/report/output.hpp>

namespace rankscape::cli {

namespace {

template <class T, class Parse>
std::vector<T> parse_list(const std::string& text, const Parse& parse) {
  std::vector<T> items;
  std::size_t at = 0;
  while (true) {
    const std::size_t comma = text.find(',', at);
    items.push_back(parse(text.substr(at, comma - at)));
    if (comma == std::string::npos) return items;
    at = comma + 1;
  }
}

bool one_line(const Json& json) {
  return std::none_of(json.begin(), json.end(), [](const Json& item) { return item.is_structured(); });
}

// A matrix is a line a row, a list of numbers one line; objects are indented as usual.
void print(std::ostream& out, const Json& json, const std::string& indent) {
  if (!json.is_structured() || json.empty() || (json.is_array() && one_line(json))) {
    out << json.dump();
    return;
  }
  const std::string inner = indent + "  ";
  bool first = true;
  out << (json.is_object() ? "{" : "[");
  for (const auto& [key, value] : json.items()) {
    out << (first ? "\n" : ",\n") << inner;
    if (json.is_object()) out << Json(key).dump() << ": ";
    print(out, value, inner);
    first = false;
  }
  out << "\n" << indent << (json.is_object() ? "}" : "]");
}

}  // namespace

std::vector<long> parse_integers(const std::string& text, const std::string& option) {
  return parse_list<long>(text, [&](const std::string& part) {
    long value = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
    if (error != std::errc() || end != part.data() + part.size() || value < 0 || value > 1000000) {
      throw InputError(option + " " + text + ": expected integers from 0 to 1000000, separated by commas");
    }
    return value;
  });
}

std::vector<Rational> parse_rationals(const std::string& text, const std::string& option) {
  return parse_list<Rational>(text, [&](const std::string& part) {
    try {
      return parse_rational(part);
    } catch (const InputError& error) {
      throw InputError(option + " " + text + ": " + error.what());
    }
  });
}

double parse_seconds(const std::string& text, const std::string& option) {
  double seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || end != text.data() + text.size() || !(seconds > 0) || seconds > 1e9) {
    throw InputError(option + " " + text + ": expected a number of seconds, above 0 and at most 1e9");
  }
  return seconds;
}

void write_json(const std::string& path, const Json& json) {
  write_file(path, [&](std::ostream& out) {
    print(out, json, "");
    out << '\n';
  });
}

}  // namespace rankscape::cli
