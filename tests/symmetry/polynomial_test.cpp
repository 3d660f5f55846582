// Polynomials against their values at points, forms against known positive and indefinite ones.
#include <doctest/doctest.h>

#include "exact/random.hpp"
#include "symmetry/form.hpp"
#include "symmetry/polynomial.hpp"

using namespace rankscape;
using namespace rankscape::symmetry;

namespace {

Polynomial random_polynomial(Random& random, Index variables, int terms) {
  Polynomial p;
  for (int k = 0; k < terms; ++k) {
    Monomial m;
    for (Index v = 0; v < variables; ++v)
      m.append(static_cast<std::size_t>(random.integer(0, 2)), static_cast<char16_t>(v));
    p.add(m, Rational(random.integer(-3, 3), 2));
  }
  return p;
}

Polynomial monomial(const std::vector<int>& exponents, const Rational& coefficient) {
  Monomial m;
  for (std::size_t v = 0; v < exponents.size(); ++v)
    m.append(static_cast<std::size_t>(exponents[v]), static_cast<char16_t>(v));
  return Polynomial::term(m, coefficient);
}

Polynomial sum(const std::vector<Polynomial>& terms) {
  Polynomial result;
  for (const Polynomial& p : terms)
    result.add(p);
  return result;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("products have the products of the values") {
    Random random(7);
    for (int turn = 0; turn < 20; ++turn) {
      const Polynomial a = random_polynomial(random, 3, 6);
      const Polynomial b = random_polynomial(random, 3, 6);
      PolynomialRing ring(10'000);
      const Polynomial c = ring.product(a, b);
      const std::vector<Rational> at{Rational(random.integer(-5, 5)), Rational(random.integer(-5, 5), 3), Rational(2)};
      CHECK(evaluate(c, at) == evaluate(a, at) * evaluate(b, at));
      Polynomial difference = c;
      difference.add(ring.product(b, a), -1);
      CHECK(difference.is_zero());
      PolynomialRing cut(10'000, 2);
      Polynomial low = cut.product(a, b);
      for (std::size_t degree = 0; degree <= 2; ++degree)
        CHECK(low.part(degree) == c.part(degree));
      CHECK(low.degree() <= 2);
    }
  }

  TEST_CASE("powers of one variable are taken apart and put together") {
    Random random(8);
    const Polynomial p = random_polynomial(random, 3, 9);
    PolynomialRing ring(1'000);
    Polynomial again;
    Polynomial power(Rational(1));
    for (const Polynomial& coefficient : p.by_powers_of(1)) {
      CHECK(coefficient.by_powers_of(1).size() == 1);
      ring.add_product(again, coefficient, power);
      power = ring.product(power, Polynomial::variable(1));
    }
    CHECK(again == p);
  }

  TEST_CASE("an expansion that grows too large stops") {
    Random random(9);
    const Polynomial p = random_polynomial(random, 4, 30);
    PolynomialRing ring(100);
    CHECK_THROWS_AS((void)ring.product(p, p), TooLarge);
  }

  TEST_CASE("definite forms have Gram matrices, indefinite ones a negative value") {
    // x^4 + y^4 + 6 x^2 y^2 needs no search; x^4 + y^4 - x^2 y^2 + x^3 y / 2 is definite too
    for (const Polynomial& form :
         {sum({monomial({4, 0}, 1), monomial({0, 4}, 1), monomial({2, 2}, 6)}),
          sum({monomial({4, 0}, 1), monomial({0, 4}, 1), monomial({2, 2}, -1), monomial({3, 1}, Rational(1, 2))}),
          sum({monomial({2, 0}, 2), monomial({0, 2}, 1), monomial({1, 1}, 2)})}) {
      const auto gram = positive_definite_gram(form, 2);
      REQUIRE(gram);
      CHECK(proves_positive_definite(*gram, form, 2));
      CHECK_FALSE(negative_value(form, 2));
      CHECK_FALSE(proves_positive_definite(*gram, sum({form, monomial({4, 0}, Rational(1, 1000000))}), 2));
    }
    for (const Polynomial& form : {sum({monomial({4, 0}, 1), monomial({0, 4}, 1), monomial({2, 2}, Rational(-21, 10))}),
                                   sum({monomial({3, 0}, 1), monomial({0, 3}, 1)})}) {
      const auto z = negative_value(form, 2);
      REQUIRE(z);
      CHECK(evaluate(form, {(*z)(0), (*z)(1)}) < 0);
      CHECK_FALSE(positive_definite_gram(form, 2));
    }
  }

  TEST_CASE("a form that vanishes somewhere is not definite") {
    const Polynomial square = sum({monomial({4, 0}, 1), monomial({0, 4}, 1), monomial({2, 2}, -2)});  // (x^2 - y^2)^2
    CHECK_FALSE(negative_value(square, 2));
    CHECK_FALSE(positive_definite_gram(square, 2));
    CHECK_FALSE(positive_definite_gram(monomial({4, 0}, 1), 2));
  }
}
