// Krawczyk's test: proves zeros that are there, and nothing else.
#include <doctest/doctest.h>

#include "numeric/krawczyk.hpp"

using namespace rankscape;

namespace {

// x^2 + y^2 = 4, x y = 1
const SquareSystem circle_and_hyperbola{[](const std::vector<Rational>& x) {
                                          return std::vector<Rational>{x[0] * x[0] + x[1] * x[1] - 4, x[0] * x[1] - 1};
                                        },
                                        [](const Box& x) {
                                          EnclosedMatrix j(2, 2);
                                          const Enclosure two{Rational(2)};
                                          j(0, 0) = two * x[0];
                                          j(0, 1) = two * x[1];
                                          j(1, 0) = x[1];
                                          j(1, 1) = x[0];
                                          return j;
                                        }};

SquareSystem square_minus(const Rational& c) {
  return {[c](const std::vector<Rational>& x) { return std::vector<Rational>{x[0] * x[0] - c}; },
          [](const Box& x) {
            EnclosedMatrix j(1, 1);
            j(0, 0) = Enclosure(Rational(2)) * x[0];
            return j;
          }};
}

const Rational tiny(1, 1'000'000'000);

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("an irrational zero is enclosed") {
    // x + y = sqrt 6, x - y = sqrt 2
    const Rational x = parse_rational("1.93185165");
    const Rational y = parse_rational("0.51763809");
    const auto box = krawczyk(circle_and_hyperbola, {x, y}, {tiny, Rational(1, 1000000)});
    REQUIRE(box.has_value());
    const Enclosure sum = (*box)[0] + (*box)[1];
    const Enclosure difference = (*box)[0] - (*box)[1];
    CHECK((sum * sum).contains(6));
    CHECK((difference * difference).contains(2));
    CHECK((*box)[0].width() < Rational(1, 100000));
  }

  TEST_CASE("no zero, a double zero, or one too far away: nothing is claimed") {
    CHECK_FALSE(krawczyk(square_minus(-1), {Rational(1, 10)}, {Rational(1, 100), Rational(1)}).has_value());
    CHECK_FALSE(krawczyk(square_minus(0), {Rational(0)}, {tiny, Rational(1)}).has_value());
    CHECK_FALSE(krawczyk(square_minus(0), {Rational(1, 1000)}, {tiny, Rational(1, 100)}).has_value());
    CHECK_FALSE(krawczyk(square_minus(2), {Rational(3, 2)}, {tiny}).has_value());
    CHECK(krawczyk(square_minus(2), {Rational(3, 2)}, {tiny, Rational(1, 2)}).has_value());
    // x^2 = 2^-80: two zeros in the box that is tried, so it must not pass
    CHECK_FALSE(
        krawczyk(square_minus(Rational(Integer(1), Integer(Integer(1) << 80))), {tiny}, {Rational(1)}).has_value());
  }

  TEST_CASE("rounding is downwards, also of negative numbers") {
    CHECK(rounded_down(Rational(1, 3), 2) == Rational(1, 4));
    CHECK(rounded_down(Rational(-1, 3), 2) == Rational(-1, 2));
    CHECK(rounded_down(Rational(-1, 2), 2) == Rational(-1, 2));
  }

  TEST_CASE("the least eigenvalue of all symmetric matrices inside") {
    EnclosedMatrix a(2, 2);  // [[1, x], [x, 1]], x in [1/2, 3/4]: 1 - x
    a(0, 0) = a(1, 1) = Enclosure(Rational(1));
    a(0, 1) = a(1, 0) = Enclosure(Rational(1, 2), Rational(3, 4));
    const Enclosure least = least_eigenvalue(a, tiny);
    CHECK(least.lo <= Rational(1, 4));
    CHECK(least.hi >= Rational(1, 2));
    CHECK(least.lo > Rational(1, 5));
    CHECK(least.hi < Rational(11, 20));
  }
}
