#include "answers/arguments.hpp"

#include <fmt/format.h>
#include <charconv>
#include <rankscape/error.hpp>

namespace rankscape {

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

std::vector<std::string> parse_words(const std::string& text) {
  if (text.empty()) return {};
  return parse_list<std::string>(text, [](const std::string& part) { return part; });
}

std::vector<Shape> parse_shapes(const std::vector<std::string>& texts, const std::string& option) {
  std::vector<Shape> shapes;
  for (const std::string& text : texts) {
    try {
      shapes.push_back(Shape::parse(text));
    } catch (const InputError& error) {
      throw InputError(fmt::format("{} {}: {}", option, text, error.what()));
    }
  }
  return shapes;
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

}  // namespace rankscape
