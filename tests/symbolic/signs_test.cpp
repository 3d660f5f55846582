// Inertia under sign conditions: known forms, and random ones against the exact inertia at random values that satisfy
// the conditions.
#include <doctest/doctest.h>

#include <symbolic/matrix.hpp>
#include <symbolic/signs.hpp>

#include "exact/random.hpp"

using namespace rankscape;
using namespace rankscape::symbolic;

namespace {

ExpressionMatrix matrix(Index n, const std::vector<Expression>& entries) {
  ExpressionMatrix a(n, n);
  for (Index k = 0; k < a.size(); ++k)
    a(k) = entries[static_cast<std::size_t>(k)];
  return a;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("signs that follow from conditions, and none that do not") {
    const GiNaC::symbol a("a");
    const GiNaC::symbol b("b");
    const GiNaC::symbol x("x");
    const GiNaC::symbol y("y");
    const GiNaC::symbol t("t");
    const GiNaC::symbol z("z");
    SignConditions conditions;
    conditions.decreasing({a, b}, Expression(0), std::nullopt);
    conditions.decreasing({x, y}, std::nullopt, std::nullopt);
    conditions.between(t, 0, Expression(1) / 2);
    conditions.nonzero(z);
    CHECK(conditions.sign(a - b) == Sign::positive);
    CHECK(conditions.sign(b * b - a * a) == Sign::negative);
    CHECK(conditions.sign(a + b) == Sign::positive);
    CHECK_FALSE(conditions.sign(a - 2 * b));
    CHECK(conditions.sign(y - x) == Sign::negative);
    CHECK_FALSE(conditions.sign(x + y));
    CHECK_FALSE(conditions.sign(x));
    CHECK(conditions.sign(1 - 2 * t) == Sign::positive);
    CHECK_FALSE(conditions.sign(1 - 3 * t));
    CHECK(conditions.sign(t / (t - 1)) == Sign::negative);
    CHECK(conditions.sign(z * z) == Sign::positive);
    CHECK(conditions.sign(-1 / (z * z)) == Sign::negative);
    CHECK_FALSE(conditions.sign(z));
    CHECK_FALSE(conditions.sign(x * x));  // may vanish
    CHECK_FALSE(conditions.sign((x - a) * (x - a)));
    const GiNaC::symbol s("s");  // of which nothing is said
    CHECK(conditions.sign(s * s + t) == Sign::positive);
    CHECK(conditions.sign((a - b) * (y - x) * (1 + s * s)) == Sign::negative);
    CHECK_FALSE(conditions.sign(Expression(0)));
    CHECK(conditions.sign(Expression(-2) / 3) == Sign::negative);
  }

  TEST_CASE("inertia for all values: blocks that decide, and one that does not") {
    const GiNaC::symbol a("a");
    const GiNaC::symbol b("b");
    const GiNaC::symbol x("x");
    SignConditions conditions;
    conditions.decreasing({a, b}, Expression(0), std::nullopt);
    CHECK(inertia(matrix(2, {a, b, b, a}), conditions) == Inertia{0, 0, 2});
    CHECK(inertia(matrix(2, {b, a, a, b}), conditions) == Inertia{1, 0, 1});
    CHECK(inertia(matrix(2, {a, a, a, a}), conditions) == Inertia{0, 1, 1});
    CHECK(inertia(matrix(2, {0, a, a, 0}), conditions) == Inertia{1, 0, 1});
    CHECK(inertia(matrix(2, {x, a, a, -x}), conditions) == Inertia{1, 0, 1});  // whatever the sign of x
    CHECK(inertia(matrix(3, {x, 0, a, 0, -b, 0, a, 0, 0}), conditions) == Inertia{2, 0, 1});
    CHECK(inertia(symbolic::zero_matrix(2, 2), conditions) == Inertia{0, 2, 0});
    CHECK(inertia(symbolic::zero_matrix(0, 0), conditions) == Inertia{0, 0, 0});
    CHECK_FALSE(inertia(matrix(1, {x}), conditions));
    CHECK_FALSE(inertia(matrix(2, {a, 2 * b, 2 * b, a}), conditions));
  }

  TEST_CASE("where the inertia depends on signs, it is said on which") {
    const GiNaC::symbol a("a");
    const GiNaC::symbol x("x");
    const GiNaC::symbol y("y");
    SignConditions conditions;
    conditions.positive(a);
    const auto found = inertia_by_signs(matrix(3, {a, x, 0, x, a, 0, 0, 0, y * y * a}), conditions);
    REQUIRE(found);
    CHECK(found->certain == Inertia{0, 0, 1});
    CHECK(found->pivots.size() == 2);
    CHECK(found->factors.size() == 3);  // a - x, a + x, and y, which may vanish
    const auto at = [&](long of_a, long of_x, long of_y) { return found->at({{a, of_a}, {x, of_x}, {y, of_y}}); };
    CHECK(at(2, 1, -1) == Inertia{0, 0, 3});
    CHECK(at(1, 2, 1) == Inertia{1, 0, 2});
    CHECK_FALSE(at(1, 1, 1));
    CHECK_FALSE(at(2, 1, 0));
    CHECK_FALSE(inertia_by_signs(matrix(2, {0, x, x, 0}), conditions));
  }

  TEST_CASE("what is said of all values is so at random ones") {
    constexpr std::uint64_t seed = 7;
    CAPTURE(seed);
    Random random(seed);
    int decided = 0;
    for (int round = 0; round < 60; ++round) {
      std::vector<GiNaC::symbol> x{GiNaC::symbol("a"), GiNaC::symbol("b"), GiNaC::symbol("c")};
      SignConditions conditions;
      conditions.decreasing(x, Expression(0), std::nullopt);
      const Index n = random.integer(1, 4);
      ExpressionMatrix a = zero_matrix(n, n);
      for (Index j = 0; j < n; ++j) {
        for (Index i = 0; i <= j; ++i) {
          if (random.integer(0, 2) == 0) continue;
          const auto pick = [&] { return x[static_cast<std::size_t>(random.integer(0, 2))]; };
          a(i, j) = a(j, i) = Expression(random.integer(-2, 2)) * pick() + Expression(random.integer(0, 1)) * pick();
        }
      }
      const auto proved = inertia(a, conditions);
      if (!proved) continue;
      ++decided;
      for (int sample = 0; sample < 4; ++sample) {
        const Rational c(random.integer(1, 9), random.integer(1, 4));
        const Rational b = c + Rational(random.integer(1, 9), random.integer(1, 4));
        const GiNaC::exmap at{{x[2], to_expression(c)},
                              {x[1], to_expression(b)},
                              {x[0], to_expression(Rational(b + Rational(random.integer(1, 9), 5)))}};
        RationalMatrix here(n, n);
        for (Index k = 0; k < here.size(); ++k)
          here(k) = to_rational(a(k).subs(at));
        CHECK(rankscape::inertia(here) == *proved);
      }
    }
    CHECK(decided > 10);
  }
}
