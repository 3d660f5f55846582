// Reading and printing exact numbers. GMP's own readers are used only on runs of decimal digits: they would take white
// space and, through Boost, octal and hexadecimal prefixes, and they leave fractions unreduced.

#include <rankscape/error.hpp>
#include <rankscape/exact/rational.hpp>

#include <algorithm>
#include <optional>

#include "exact/power_of_ten.hpp"

namespace rankscape {
namespace {

constexpr std::size_t max_characters = 100'000;
constexpr long max_exponent = 400;

// One printable line, however long or dirty the text is.
std::string quoted(std::string_view text) {
  constexpr std::size_t shown = 40;
  std::string out = "\"";
  for (const char c : text.substr(0, shown)) {
    const bool printable = c >= ' ' && c <= '~' && c != '"' && c != '\\';
    if (printable) {
      out += c;
    } else {
      constexpr const char* hex = "0123456789abcdef";
      const auto byte = static_cast<unsigned char>(c);
      out += {'\\', 'x', hex[byte / 16], hex[byte % 16]};
    }
  }
  out += '"';
  if (text.size() > shown) out += "... (" + std::to_string(text.size()) + " characters)";
  return out;
}

[[noreturn]] void reject(std::string_view text, const char* reason) {
  throw InputError("not a number: " + quoted(text) + ": " + reason);
}

// Takes the decimal digits in front of `rest`.
std::string_view take_digits(std::string_view& rest) {
  const auto end = std::find_if(rest.begin(), rest.end(), [](char c) { return c < '0' || c > '9'; });
  const auto length = static_cast<std::size_t>(end - rest.begin());
  const std::string_view digits = rest.substr(0, length);
  rest.remove_prefix(length);
  return digits;
}

bool take(std::string_view& rest, std::string_view any_of) {
  if (rest.empty() || any_of.find(rest.front()) == std::string_view::npos) return false;
  rest.remove_prefix(1);
  return true;
}

Integer integer_from_digits(const std::string& digits) {
  Integer value;
  mpz_set_str(value.backend().data(), digits.c_str(), 10);
  return value;
}

// Nothing when there are no digits or the value is beyond max_exponent.
std::optional<long> exponent_from_digits(std::string_view digits) {
  if (digits.empty()) return std::nullopt;
  long value = 0;
  for (const char c : digits) {
    value = 10 * value + (c - '0');
    if (value > max_exponent) return std::nullopt;
  }
  return value;
}

}  // namespace

Rational parse_rational(std::string_view text) {
  if (text.size() > max_characters) reject(text, "more than 100,000 characters");
  std::string_view rest = text;
  const bool negative = take(rest, "-");
  const std::string_view whole = take_digits(rest);
  if (whole.empty()) reject(text, "expected a digit");

  Integer numerator;
  Integer denominator = 1;
  if (take(rest, "/")) {
    const std::string_view below = take_digits(rest);
    if (below.empty()) reject(text, "expected a digit after /");
    numerator = integer_from_digits(std::string(whole));
    denominator = integer_from_digits(std::string(below));
    if (denominator == 0) reject(text, "the denominator is zero");
  } else {
    std::string_view fraction;
    if (take(rest, ".")) {
      fraction = take_digits(rest);  // or none: NumPy prints 1.
    }
    numerator = integer_from_digits(std::string(whole) + std::string(fraction));
    denominator = power_of_ten(fraction.size());
    if (take(rest, "eE")) {
      const bool negative_exponent = take(rest, "-");
      if (!negative_exponent) take(rest, "+");
      const std::string_view digits = take_digits(rest);
      if (digits.empty()) reject(text, "expected a digit in the exponent");
      const auto exponent = exponent_from_digits(digits);
      if (!exponent) reject(text, "the decimal exponent is beyond 400");
      (negative_exponent ? denominator : numerator) *= power_of_ten(static_cast<unsigned long>(*exponent));
    }
  }
  if (!rest.empty()) reject(text, "unexpected character");

  Rational value;  // Boost's two-argument constructor would copy both; this moves the limbs and reduces once
  mpz_swap(mpq_numref(value.backend().data()), numerator.backend().data());
  mpz_swap(mpq_denref(value.backend().data()), denominator.backend().data());
  mpq_canonicalize(value.backend().data());
  return negative ? Rational(-value) : value;
}

std::string to_string(const Integer& value) {
  return value.str();
}

std::string to_string(const Rational& value) {
  return value.str();
}

std::string to_latex(const Rational& value) {
  const Integer denominator = boost::multiprecision::denominator(value);
  if (denominator == 1) return to_string(value);
  const Integer numerator = boost::multiprecision::numerator(value);
  std::string out = numerator < 0 ? "-" : "";
  out += "\\frac{" + to_string(Integer(abs(numerator))) + "}{" + to_string(denominator) + "}";
  return out;
}

}  // namespace rankscape
