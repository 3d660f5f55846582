// The deep linear network's derivatives, as the landscape's file gives them, against the closed forms written by hand:
// gradient and Hessian at random rational points. (Against GiNaC every landscape is checked, tests/landscapes.)
#include <doctest/doctest.h>
#include <fmt/ranges.h>

#include "exact/random.hpp"
#include "native/closed_form.hpp"
#include "native/recipes.hpp"

using namespace rankscape;

namespace {

RationalMatrix random_rationals(Index rows, Index cols, Random& random) {
  RationalMatrix a(rows, cols);
  for (Index k = 0; k < a.size(); ++k)
    a(k) = random.integer(0, 2) == 0 ? Rational(0) : Rational(random.integer(-6, 6), random.integer(1, 7));
  return a;
}

void check_at_random_points(const std::vector<long>& widths, long samples, int points, std::uint64_t seed) {
  CAPTURE(fmt::format("{}", fmt::join(widths, ",")));
  CAPTURE(seed);
  Random random(seed);
  for (int point = 0; point < points; ++point) {
    CAPTURE(point);
    Weights weights;
    for (std::size_t h = 1; h < widths.size(); ++h)
      weights.push_back(random_rationals(widths[h], widths[h - 1], random));
    const RationalMatrix x = random_rationals(widths.front(), samples, random);
    const RationalMatrix y = random_rationals(widths.back(), samples, random);
    const auto at = test::network(x, y, weights);
    const auto data = test::moments<Rational>(x, y);
    CHECK(at->value() == test::loss<Rational>(weights, data));
    CHECK(at->gradient() == test::gradient<Rational>(weights, data));
    CHECK(at->hessian() == test::hessian<Rational>(weights, data));
    // and the template does notice: another sign of one weight
    Weights other = weights;
    other.front()(0, 0) += 1;
    CHECK(test::network(x, y, other)->gradient() == test::gradient<Rational>(other, data));
    CHECK(at->loss_at(other) == test::loss<Rational>(other, data));
  }
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("value, gradient and Hessian at random rational points") {
    check_at_random_points({2, 3, 2}, 3, 6, 11);
    check_at_random_points({3, 2, 1, 2}, 2, 6, 12);
  }
}

TEST_SUITE("standard") {
  TEST_CASE("the same at larger shapes") {
    check_at_random_points({4, 3, 3}, 5, 4, 21);
    check_at_random_points({3, 3, 3, 3}, 4, 4, 22);
    check_at_random_points({3, 2, 2, 2, 2, 2}, 3, 4, 23);
  }
}
