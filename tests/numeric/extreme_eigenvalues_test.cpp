// Extremes without the rest of the spectrum: known spectra, the enclosures of all eigenvalues, and a wrong inertia.

#include "numeric/extreme_eigenvalues.hpp"

#include "exact/random_matrices.hpp"

#include <rankscape/error.hpp>

#include <doctest/doctest.h>

#include <algorithm>

using namespace rankscape;
using testing::congruent;
using testing::diagonal;
using testing::Random;

namespace {

Inertia inertia_of_spectrum(const std::vector<Rational>& spectrum) {
  Inertia out;
  for (const Rational& value : spectrum)
    ++(value < 0 ? out.negative : value > 0 ? out.positive : out.zero);
  return out;
}

void check_extremes(const RationalMatrix& a, const std::vector<Rational>& spectrum, const Rational& width) {
  const auto found = numeric::extremes_by_residuals(a, inertia_of_spectrum(spectrum), width);
  REQUIRE(found.has_value());
  const auto [least, greatest] = std::minmax_element(spectrum.begin(), spectrum.end());
  CHECK(found->least.contains(*least));
  CHECK(found->greatest.contains(*greatest));
  CHECK(found->least.width() <= width);
  CHECK(found->greatest.width() <= width);
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("extremes of known spectra") {
    constexpr std::uint64_t seed = 61;
    CAPTURE(seed);
    Random random(seed);
    const Rational width = parse_rational("1e-9");
    for (int turn = 0; turn < 20; ++turn) {
      CAPTURE(turn);
      const RationalMatrix u = random.orthogonal(6, 2);
      for (const std::vector<Rational>& spectrum : std::vector<std::vector<Rational>>{
               {-3, -1, 0, 0, 2, 5},
               {-3, -3, -3, 2, 2, 2},
               {1, 2, 3, 4, 5, 6},
               {0, 0, 0, 0, 1, 7},
               {-7, -1, 0, 0, 0, 0},
               {-1, 0, 0, 2, 3, parse_rational("1e14")},
               {Rational(-1, 3), parse_rational("-0.3333333"), 0, 5, parse_rational("5.0000000001"), 1}}) {
        CAPTURE(to_string(spectrum.back()));
        check_extremes(congruent(diagonal(spectrum), u), spectrum, width);
      }
    }
  }

  TEST_CASE("many negative eigenvalues that are all small beside the largest") {
    // more of them than vectors are taken, and no gap of more than 2e-9 of the largest
    std::vector<Rational> spectrum{-60, 0, 0, parse_rational("1e10")};
    for (int k = 1; k <= 40; ++k)
      spectrum.emplace_back(-k);
    const auto n = static_cast<Index>(spectrum.size());
    RationalMatrix reflection = RationalMatrix::Identity(n, n);
    for (Index i = 0; i < n; ++i) {
      for (Index j = 0; j < n; ++j)
        reflection(i, j) -= Rational(2, n);
    }
    check_extremes(congruent(diagonal(spectrum), reflection), spectrum, parse_rational("1e-9"));
  }

  TEST_CASE("extremes of any matrix lie in the enclosures of the whole spectrum") {
    constexpr std::uint64_t seed = 62;
    CAPTURE(seed);
    Random random(seed);
    for (int turn = 0; turn < 20; ++turn) {
      CAPTURE(turn);
      const RationalMatrix a = random.symmetric(random.between(2, 9), 20, 3);
      const Inertia signs = inertia(a);
      const auto all = enclose_eigenvalues(a, signs).values;
      const auto found = numeric::extremes_by_residuals(a, signs, parse_rational("1e-9"));
      REQUIRE(found.has_value());
      CHECK(equal(found->least, all.front()) != Truth::no);
      CHECK(equal(found->greatest, all.back()) != Truth::no);
      CHECK(found->least.width() <= parse_rational("1e-9"));
    }
  }

  TEST_CASE("a wrong inertia is not believed") {
    Random random(63);
    const RationalMatrix u = random.orthogonal(5, 2);
    const RationalMatrix positive = congruent(diagonal({1, 2, 3, 4, 5}), u);
    const Rational width = parse_rational("1e-9");
    CHECK_FALSE(numeric::extremes_by_residuals(positive, {1, 0, 4}, width).has_value());
    CHECK_THROWS_AS(static_cast<void>(extreme_eigenvalues({1, 0, 4}, positive)), InternalDisagreement);
    const RationalMatrix saddle = congruent(diagonal({-1, 2, 3, 4, 5}), u);
    CHECK_THROWS_AS(static_cast<void>(numeric::extremes_by_residuals(saddle, {0, 0, 5}, width)), InternalDisagreement);
  }

  TEST_CASE("at size, and on no space at all") {
    const Index n = 130;
    RationalMatrix a = RationalMatrix::Ones(n, n);  // eigenvalues n, 0 and, by the last entry, two others
    a(n - 1, n - 1) = -1;
    const auto found = extreme_eigenvalues({1, n - 2, 1}, a);
    REQUIRE(found.has_value());
    // on the span of (1, .., 1, 0) and the last unit vector: x^2 - (n - 2) x - 2 (n - 1) = 0
    const auto changes_sign = [&](const Enclosure& x) {
      const auto value = [&](const Rational& at) { return Rational(at * at - (n - 2) * at - 2 * (n - 1)); };
      return sign(value(x.lo)) * sign(value(x.hi)) <= 0;
    };
    CHECK(changes_sign(found->least));
    CHECK(changes_sign(found->greatest));
    CHECK(found->least.hi < 0);
    CHECK(found->greatest.lo > 0);
    CHECK(found->greatest.width() <= parse_rational("1e-9"));
    CHECK_FALSE(extreme_eigenvalues({0, 0, 0}, RationalMatrix(0, 0)).has_value());
  }
}
