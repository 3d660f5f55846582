// Polynomials as text, division, and zeros in number fields, against evaluation at points and against known zeros.
#include "solve/polynomials.hpp"

#include <doctest/doctest.h>

#include "exact/random.hpp"
#include "solve/field.hpp"

using namespace rankscape;
using namespace rankscape::critical_set;

namespace {

Polynomial random_polynomial(Random& random, std::size_t variables) {
  Polynomial result;
  for (long k = random.integer(0, 5); k > 0; --k) {
    Monomial monomial;
    for (long j = random.integer(0, 4); j > 0; --j)
      monomial.push_back(static_cast<char16_t>(random.integer(0, static_cast<long>(variables) - 1)));
    std::sort(monomial.begin(), monomial.end());
    result.add(monomial, Rational(random.integer(-9, 9), random.integer(1, 5)));
  }
  return result;
}

Polynomial read(const std::string& text) {
  return parse_polynomial(text, 3).value();
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("a polynomial reads back from both of its texts; what is none is refused") {
    Random random(7);
    for (int k = 0; k < 50; ++k) {
      const Polynomial f = random_polynomial(random, 3);
      CAPTURE(to_text(f));
      CHECK(parse_polynomial(to_text(f), 3) == f);
      CHECK(parse_polynomial(to_plain_text(f), 3) == f);
    }
    CHECK(to_text(read("x1^2*x3-(1/4)*x2+1")) == "x1^2*x3-(1/4)*x2+1");
    CHECK(to_plain_text(read("-x1")) == "-x1");
    for (const char* wrong :
         {"", "x", "x0", "x4", "x1+", "1/0", "x1**x2", "2x1", "x1^", "x1^2000", "x1 + x2", "(1/4", "y"})
      CHECK_MESSAGE(!parse_polynomial(wrong, 3), wrong);
  }

  TEST_CASE("division: the dividend is the quotients times the divisors and the remainder, at random points") {
    Random random(11);
    for (int k = 0; k < 30; ++k) {
      const Polynomial f = random_polynomial(random, 3);
      Polynomials by;
      for (int j = 0; j < 3; ++j)
        by.push_back(random_polynomial(random, 3));
      PolynomialRing ring(100000);
      const Division found = divide(f, by, ring);
      const std::vector<Rational> at{Rational(random.integer(-5, 5), 3), Rational(random.integer(-5, 5)),
                                     Rational(random.integer(-5, 5), 7)};
      Rational sum = evaluate(found.remainder, at);
      for (std::size_t j = 0; j < by.size(); ++j)
        sum += evaluate(found.quotients[j], at) * evaluate(by[j], at);
      CHECK(sum == evaluate(f, at));
      CHECK(remainder(f, by, ring) == found.remainder);
    }
    PolynomialRing small(2);
    CHECK_THROWS_AS(static_cast<void>(divide(read("x3^9"), {read("x3-x2-x1")}, small)), symmetry::TooLarge);
  }

  TEST_CASE("real zeros: x^2 = 2, y = x^3, z = 1 has two, with coordinates in Q(sqrt 2)") {
    PolynomialRing ring(100000);
    const auto zeros = real_zeros({read("x1^2-2"), read("x2-2*x1"), read("x3-1")}, 3, 10, ring);
    REQUIRE(zeros);
    REQUIRE(zeros->points.size() == 1);
    REQUIRE(zeros->roots.front().size() == 2);
    const FieldPoint& point = zeros->points.front();
    CHECK(point.field.degree() == 2);
    CHECK(value_at(read("x1*x2-4"), point).empty());
    CHECK(value_at(read("x1-1"), point) != Univariate{});
    int signs = 0;
    for (const RealRoot& root : zeros->roots.front()) {
      signs += sign_at(value_at(read("x1"), point), root);
      CHECK(sign_at(value_at(read("x1^2*x3-3"), point), root) == -1);
      // [[x, 1], [1, 0]] is indefinite; [[x^2, x], [x, 1]] has rank 1
      const NumberField& field = point.field;
      const auto x = value_at(read("x1"), point);
      const Univariate one{Rational(1)};
      CHECK(inertia_at(characteristic_polynomial({{x, one}, {one, {}}}, field), root) == Inertia{1, 0, 1});
      CHECK(inertia_at(characteristic_polynomial({{value_at(read("x1^2"), point), x}, {x, one}}, field), root) ==
            Inertia{0, 1, 1});
    }
    CHECK(signs == 0);
    CHECK(!real_zeros({read("x1^2-2")}, 3, 10, ring));                                         // a surface
    CHECK(!real_zeros({read("x1^2"), read("x1*x2"), read("x2^2"), read("x3")}, 3, 10, ring));  // not radical
    const auto none = real_zeros({read("x1^2+1"), read("x2"), read("x3")}, 3, 10, ring);
    REQUIRE(none);
    CHECK(none->points.empty());
  }
}
