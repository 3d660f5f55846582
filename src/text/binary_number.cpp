// Values are put together from sign, exponent and fraction, so that nothing depends on the machine's own floats.
#include "text/binary_number.hpp"

#include <algorithm>
#include <cstdlib>
#include <rankscape/error.hpp>
#include <string>

namespace rankscape::text {

namespace {

constexpr std::size_t most_hexadecimal = 100;
constexpr long most_binary_exponent = 20000;

Rational scaled(const Integer& whole, long power) {
  const Integer scale = Integer(1) << static_cast<unsigned>(std::abs(power));
  return power >= 0 ? Rational(Integer(whole * scale)) : Rational(whole, scale);
}

std::string_view take_while(std::string_view& rest, std::string_view among) {
  const std::size_t end = std::min(rest.find_first_not_of(among), rest.size());
  const std::string_view taken = rest.substr(0, end);
  rest.remove_prefix(end);
  return taken;
}

bool take_one(std::string_view& rest, std::string_view among) {
  if (rest.empty() || among.find(rest.front()) == std::string_view::npos) return false;
  rest.remove_prefix(1);
  return true;
}

}  // namespace

Rational value_of(const BinaryNumber& type, std::uint64_t bits) {
  const auto width = static_cast<unsigned>(8 * type.size);
  const bool signed_bit = (bits >> (width - 1) & 1U) != 0;
  if (type.kind != BinaryNumber::Kind::floating) {
    Integer value(bits);
    if (type.kind == BinaryNumber::Kind::signed_integer && signed_bit) value -= Integer(1) << width;
    return Rational(value);
  }
  const unsigned fraction_bits = width - 1 - type.exponent_bits;
  const std::uint64_t fraction = bits & ((std::uint64_t{1} << fraction_bits) - 1);
  const std::uint64_t all_ones = (std::uint64_t{1} << type.exponent_bits) - 1;
  const std::uint64_t exponent = bits >> fraction_bits & all_ones;
  if (exponent == all_ones) throw InputError(fraction == 0 ? "infinite" : "NaN");
  const std::uint64_t mantissa = exponent == 0 ? fraction : fraction | std::uint64_t{1} << fraction_bits;
  const long power = static_cast<long>(std::max<std::uint64_t>(exponent, 1)) - static_cast<long>(all_ones >> 1U) -
                     static_cast<long>(fraction_bits);
  return scaled(signed_bit ? Integer(-Integer(mantissa)) : Integer(mantissa), power);
}

std::optional<Rational> parse_hexadecimal(std::string_view text) {
  std::string_view rest = text;
  const bool negative = take_one(rest, "-");
  if (!take_one(rest, "0") || !take_one(rest, "xX")) return std::nullopt;
  const auto refuse = [&](const char* reason) {
    throw InputError("not a hexadecimal float: \"" + std::string(text.substr(0, 40)) + "\": " + reason);
  };
  if (text.size() > most_hexadecimal) refuse("more than 100 characters");
  constexpr std::string_view hexadecimal = "0123456789abcdefABCDEF";
  std::string digits(take_while(rest, hexadecimal));
  long power = 0;
  if (take_one(rest, ".")) {
    const std::string_view fraction = take_while(rest, hexadecimal);
    digits += fraction;
    power = -4 * static_cast<long>(fraction.size());
  }
  if (digits.empty()) refuse("expected a digit");
  if (take_one(rest, "pP")) {
    const bool below = take_one(rest, "-");
    if (!below) static_cast<void>(take_one(rest, "+"));
    const std::string_view spelled = take_while(rest, "0123456789");
    if (spelled.empty()) refuse("expected a digit in the exponent");
    long exponent = 0;
    for (const char c : spelled) {
      exponent = 10 * exponent + (c - '0');
      if (exponent > most_binary_exponent) refuse("the exponent is beyond 20,000");
    }
    power += below ? -exponent : exponent;
  }
  if (!rest.empty()) refuse("unexpected character");
  const Integer whole("0x" + digits);
  return scaled(negative ? Integer(-whole) : whole, power);
}

std::uint64_t unsigned_at(std::string_view bytes, std::size_t at, std::size_t size) {
  if (at > bytes.size() || size > bytes.size() - at) throw InputError("it ends too early");
  std::uint64_t value = 0;
  for (std::size_t k = size; k-- > 0;)
    value = value << 8U | static_cast<unsigned char>(bytes[at + k]);
  return value;
}

}  // namespace rankscape::text
