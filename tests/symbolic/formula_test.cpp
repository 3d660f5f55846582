// Formulas: derivation against hand-computed derivatives, conversions, series cut off after t^2.

#include <doctest/doctest.h>
#include <symbolic/formula.hpp>
#include <symbolic/jet.hpp>

using namespace rankscape;

TEST_SUITE("quick") {
  TEST_CASE("derivatives of a formula in two variables and a parameter") {
    const GiNaC::symbol x("x");
    const GiNaC::symbol y("y");
    const GiNaC::symbol p("p");
    const symbolic::Formula formula{GiNaC::pow(x * y - p, 2), {x, y}, {p}};
    const symbolic::ExpressionVector gradient = symbolic::gradient(formula);
    const symbolic::ExpressionMatrix hessian = symbolic::hessian(formula);
    CHECK(symbolic::is_identically_zero(gradient(0) - (2 * x * y * y - 2 * p * y)));
    CHECK(symbolic::is_identically_zero(gradient(1) - (2 * x * x * y - 2 * p * x)));
    CHECK(symbolic::is_identically_zero(hessian(0, 0) - 2 * y * y));
    CHECK(symbolic::is_identically_zero(hessian(1, 1) - 2 * x * x));
    CHECK(symbolic::is_identically_zero(hessian(0, 1) - (4 * x * y - 2 * p)));
    CHECK(symbolic::is_identically_zero(hessian(1, 0) - (4 * x * y - 2 * p)));
    CHECK_FALSE(symbolic::is_identically_zero(hessian(1, 0) - (4 * x * y - p)));
    CHECK(symbolic::is_identically_zero_rational((x * x - y * y) / (x - y) - x - y));
    CHECK_FALSE(symbolic::is_identically_zero_rational((x * x - y * y) / (x - y) - x + y));
  }

  TEST_CASE("polynomials as text do not depend on the order in which symbols were made") {
    for (const bool reversed : {false, true}) {
      const GiNaC::symbol first(reversed ? "b" : "a");
      const GiNaC::symbol second(reversed ? "a" : "b");
      const GiNaC::symbol& a = reversed ? second : first;
      const GiNaC::symbol& b = reversed ? first : second;
      const auto [text, negated] = symbolic::text_of((b - a) * (b + 3 * a) / 2 + a - 1);
      CHECK(text == "3/2*a^2-a*b-1/2*b^2-a+1");
      CHECK(negated);
      CHECK(symbolic::text_of(a * (a + b * b * b)).text == "a*b^3+a^2");
      CHECK_FALSE(symbolic::text_of(a * (a + b * b * b)).negated);
    }
    CHECK(symbolic::text_of(symbolic::to_expression(Rational(-7, 2))).text == "7/2");
  }

  TEST_CASE("symbols come column by column") {
    std::vector<GiNaC::symbol> symbols;
    const symbolic::ExpressionMatrix a = symbolic::symbol_matrix("A", 2, 3, symbols);
    REQUIRE(symbols.size() == 6);
    CHECK(a(0, 0).is_equal(symbols[0]));
    CHECK(a(1, 0).is_equal(symbols[1]));
    CHECK(a(0, 2).is_equal(symbols[4]));
    CHECK(symbols[5].get_name() == "A_2_3");
  }

  TEST_CASE("rationals survive the way to expressions and back") {
    for (const char* text : {"0", "-7/3", "123456789012345678901234567890/7", "-1"}) {
      CHECK(symbolic::to_rational(symbolic::to_expression(Rational(text))) == Rational(text));
    }
    CHECK_THROWS_AS(static_cast<void>(symbolic::to_rational(GiNaC::symbol("x"))), std::invalid_argument);
    CHECK_THROWS_AS(static_cast<void>(symbolic::to_rational(GiNaC::numeric(0.5))), std::invalid_argument);
  }

  TEST_CASE("jets multiply as polynomials in t, cut off after t^2") {
    const GiNaC::symbol x("x");
    const GiNaC::symbol y("y");
    const GiNaC::symbol v("v");
    const symbolic::Jet along_x{{x, v, 0}};
    const symbolic::Jet along_y{{y, 2, 0}};
    const symbolic::Jet jet =
        along_x * along_x * along_x * along_y + symbolic::Jet{{5, 0, 0}};  // (x + t v)^3 (y + 2 t) + 5
    CHECK(symbolic::is_identically_zero(jet.value[0] - (x * x * x * y + 5)));
    CHECK(symbolic::is_identically_zero(jet.value[1] - (3 * x * x * v * y + 2 * x * x * x)));
    CHECK(symbolic::is_identically_zero(jet.value[2] - (3 * x * v * v * y + 6 * x * x * v)));
  }
}
