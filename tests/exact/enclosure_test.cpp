// Enclosures keep what they enclose, and their decimals are rounded outward.

#include "exact/random_matrices.hpp"

#include <rankscape/error.hpp>
#include <rankscape/exact/enclosure.hpp>

#include <doctest/doctest.h>

#include <algorithm>

using namespace rankscape;

namespace {

Enclosure random_enclosure(testing::Random& random) {
  const Rational a = random.rational(20, 9);
  return {a, a + abs(random.rational(5, 9))};
}

Rational inside(const Enclosure& e, testing::Random& random) {
  return e.lo + e.width() * Rational(random.between(0, 8), 8);
}

std::size_t significant_digits(std::string text) {
  text = text.substr(0, text.find('e'));
  std::erase_if(text, [](char c) { return c == '-' || c == '.'; });
  const auto first = text.find_first_not_of('0');
  return first == std::string::npos ? 1 : text.find_last_not_of('0') - first + 1;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("arithmetic contains the results of all members") {
    constexpr std::uint64_t seed = 7;
    CAPTURE(seed);
    testing::Random random(seed);
    for (int turn = 0; turn < 300; ++turn) {
      const Enclosure a = random_enclosure(random);
      const Enclosure b = random_enclosure(random);
      const Rational x = inside(a, random);
      const Rational y = inside(b, random);
      CHECK((a + b).contains(x + y));
      CHECK((a - b).contains(x - y));
      CHECK((a * b).contains(x * y));
      CHECK((-a).contains(-x));
      CHECK(min(a, b).contains(std::min(x, y)));
      CHECK(max(a, b).contains(std::max(x, y)));
      if (b.contains(0)) {
        CHECK_THROWS_AS((void)(a / b), std::domain_error);
      } else {
        CHECK((a / b).contains(x / y));
      }
      if (less(a, b) != Truth::unknown) CHECK(less(a, b) == truth(x < y));
      if (less_equal(a, b) != Truth::unknown) CHECK(less_equal(a, b) == truth(x <= y));
      if (equal(a, b) != Truth::unknown) CHECK(equal(a, b) == truth(x == y));
    }
  }

  TEST_CASE("comparison decides exactly when the intervals do") {
    const Enclosure low(0, 1);
    const Enclosure touching(1, 2);
    const Enclosure high(3, 4);
    CHECK(less(low, high) == Truth::yes);
    CHECK(less(high, low) == Truth::no);
    CHECK(less(low, touching) == Truth::unknown);
    CHECK(less(touching, low) == Truth::no);
    CHECK(less_equal(low, touching) == Truth::yes);
    CHECK(equal(low, touching) == Truth::unknown);
    CHECK(equal(low, high) == Truth::no);
    CHECK(equal(Enclosure(Rational(2)), Enclosure(Rational(2))) == Truth::yes);
    CHECK_THROWS_AS(Enclosure(1, 0), std::invalid_argument);
  }

  TEST_CASE("square roots") {
    CHECK(sqrt(Enclosure(Rational(9, 4))).is_exact());
    CHECK(sqrt(Enclosure(Rational(9, 4))).lo == Rational(3, 2));
    CHECK(sqrt(Enclosure(0, 4)).lo == 0);
    CHECK_THROWS_AS((void)sqrt(Enclosure(-1, 4)), std::domain_error);
    for (const std::string text : {"2", "3/7", "1e-301", "1e301", "123456789/1000", "0.001"}) {
      CAPTURE(text);
      const Rational x = parse_rational(text);
      const Enclosure root = sqrt(Enclosure(x), 100);
      CHECK(root.lo * root.lo < x);
      CHECK(root.hi * root.hi > x);
      CHECK(root.width() * (Integer(1) << 100U) <= 2 * root.lo);
    }
  }

  TEST_CASE("decimals of exact ends") {
    const auto both = [](const char* text) {
      const DecimalEnclosure shown = to_decimal(Enclosure(parse_rational(text)));
      CHECK(shown.lo == shown.hi);
      return shown.lo;
    };
    CHECK(both("0") == "0");
    CHECK(both("1/2") == "0.5");
    CHECK(both("-1/8") == "-0.125");
    CHECK(both("100") == "100");
    CHECK(both("123.25") == "123.25");
    CHECK(both("1e30") == "1e30");
    CHECK(both("-1.5e-30") == "-1.5e-30");
  }

  TEST_CASE("decimals are rounded outward") {
    const DecimalEnclosure third = to_decimal(Enclosure(Rational(1, 3)), 4);
    CHECK(third.lo == "0.3333");
    CHECK(third.hi == "0.3334");
    const DecimalEnclosure negative = to_decimal(Enclosure(Rational(-2, 3)), 4);
    CHECK(negative.lo == "-0.6667");
    CHECK(negative.hi == "-0.6666");
    const DecimalEnclosure carried = to_decimal(Enclosure(Rational(99999, 100000)), 3);
    CHECK(carried.lo == "0.999");
    CHECK(carried.hi == "1");
    CHECK_THROWS_AS((void)to_decimal(Enclosure(Rational(1)), 0), std::invalid_argument);

    constexpr std::uint64_t seed = 8;
    CAPTURE(seed);
    testing::Random random(seed);
    for (int turn = 0; turn < 300; ++turn) {
      const auto digits = static_cast<unsigned>(random.between(1, 20));
      const Rational scale = parse_rational("1e" + std::to_string(random.between(-390, 390)));
      const Rational value = random.rational(1'000'000, 999) * scale;
      CAPTURE(to_string(value));
      CAPTURE(digits);
      const DecimalEnclosure shown = to_decimal(Enclosure(value), digits);
      const Rational lo = parse_rational(shown.lo);
      const Rational hi = parse_rational(shown.hi);
      CHECK(lo <= value);
      CHECK(value <= hi);
      CHECK(significant_digits(shown.lo) <= digits);
      CHECK(significant_digits(shown.hi) <= digits);
      // one unit of the last place apart at most
      CHECK((hi - lo) * pow(Integer(10), digits - 1) <= std::max(Rational(abs(lo)), Rational(abs(hi))));
    }
  }

  TEST_CASE("ends beyond the exponents that parse_rational reads are still spelled so that it reads them") {
    const Rational tiny = 1 / (3 * parse_rational("1e400") * parse_rational("1e200"));
    for (const Rational& value : {tiny, Rational(1 / tiny), Rational(-tiny)}) {
      const DecimalEnclosure shown = to_decimal(Enclosure(value), 5);
      CHECK(parse_rational(shown.lo) <= value);
      CHECK(parse_rational(shown.hi) >= value);
      CHECK(parse_rational(shown.lo).sign() == value.sign());
    }
    // more digits than zeros: 1.0000000000000001 * 10^exponent around the limit, upwards and downwards
    for (unsigned exponent = 380; exponent <= 440; ++exponent) {
      CAPTURE(exponent);
      for (const Rational& value :
           {Rational(pow(Integer(10), exponent) + 7), Rational(1, pow(Integer(10), exponent) + 7)}) {
        const DecimalEnclosure shown = to_decimal(Enclosure(value));
        const Rational lo = parse_rational(shown.lo);
        const Rational hi = parse_rational(shown.hi);
        CHECK(lo < value);
        CHECK(value < hi);
        CHECK((hi - lo) * pow(Integer(10), 15) < value);
      }
    }
  }
}
