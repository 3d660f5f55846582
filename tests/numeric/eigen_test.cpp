// Enclosures of spectra that are known by construction (rational orthogonal similarity, congruence) or as exact
// algebraic numbers; ill-conditioned, clustered and badly scaled matrices; disagreement with a wrong inertia.

#include "exact/random_matrices.hpp"

#include <rankscape/error.hpp>
#include <rankscape/exact/real_roots.hpp>
#include <rankscape/numeric/eigen.hpp>

#include <doctest/doctest.h>

#include <algorithm>

using namespace rankscape;
using testing::congruent;
using testing::diagonal;
using testing::Random;

namespace {

RationalMatrix hilbert(Index n) {
  RationalMatrix out(n, n);
  for (Index j = 0; j < n; ++j) {
    for (Index i = 0; i < n; ++i)
      out(i, j) = Rational(1, i + j + 1);
  }
  return out;
}

// Every enclosure contains its member of the spectrum and is narrow enough.
void check(const EigenEnclosures& found, std::vector<Rational> spectrum, const Rational& width) {
  std::sort(spectrum.begin(), spectrum.end());
  REQUIRE(found.values.size() == spectrum.size());
  for (std::size_t k = 0; k < spectrum.size(); ++k) {
    CAPTURE(k);
    CHECK(found.values[k].contains(spectrum[k]));
    CHECK(found.values[k].width() <= width);
  }
}

void check_against_roots(const RationalMatrix& a, const Rational& width) {
  std::vector<RealRoot> roots = real_eigenvalues(a);
  std::reverse(roots.begin(), roots.end());
  EigenOptions options;
  options.width = width;
  const EigenEnclosures found = enclose_eigenvalues(a, options);
  REQUIRE(found.values.size() == roots.size());
  for (std::size_t k = 0; k < roots.size(); ++k) {
    CAPTURE(k);
    CHECK(RealRoot(found.values[k].lo) <= roots[k]);
    CHECK(RealRoot(found.values[k].hi) >= roots[k]);
    CHECK(found.values[k].width() <= width);
  }
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("empty, one by one, diagonal") {
    CHECK(enclose_eigenvalues(RationalMatrix(0, 0)).values.empty());
    const EigenEnclosures one = enclose_eigenvalues(diagonal({Rational(1, 3)}));
    REQUIRE(one.values.size() == 1);
    CHECK(one.values[0].is_exact());
    const std::vector<Rational> spectrum = {3, parse_rational("-1e40"), parse_rational("1e-40"), 0, 3};
    check(enclose_eigenvalues(diagonal(spectrum)), spectrum, parse_rational("1e-300"));
  }

  TEST_CASE("rational spectra behind rational rotations, simple and multiple") {
    constexpr std::uint64_t seed = 41;
    CAPTURE(seed);
    Random random(seed);
    for (int turn = 0; turn < 20; ++turn) {
      CAPTURE(turn);
      const Index n = random.between(2, 7);
      std::vector<Rational> spectrum;
      for (Index k = 0; k < n; ++k)
        spectrum.push_back(random.rational(3, 2));
      const RationalMatrix a = congruent(diagonal(spectrum), random.orthogonal(n, 2));
      for (const char* width : {"1e-9", "1e-40"}) {
        EigenOptions options;
        options.width = parse_rational(width);
        check(enclose_eigenvalues(a, options), spectrum, options.width);
        const EigenEnclosures sharpened = enclose_eigenvalues(a, inertia(a), options);
        check(sharpened, spectrum, options.width);
        for (const Enclosure& value : sharpened.values)
          CHECK((value.is_exact() || !value.contains(0)));
      }
    }
  }

  TEST_CASE("irrational spectra, against exact algebraic eigenvalues") {
    constexpr std::uint64_t seed = 42;
    CAPTURE(seed);
    Random random(seed);
    for (int turn = 0; turn < 12; ++turn) {
      CAPTURE(turn);
      const Index n = random.between(2, 6);
      const RationalMatrix a = random.symmetric(n, 50, 3, turn % 2 == 0 ? 1 : 0.4);
      check_against_roots(a, parse_rational(turn % 3 == 0 ? "1e-9" : "1e-50"));
    }
    check_against_roots(hilbert(6), parse_rational("1e-30"));
  }

  TEST_CASE("entries of very different size") {
    RationalMatrix a = RationalMatrix::Ones(3, 3);
    a(0, 0) = parse_rational("1e40");
    a(2, 2) = parse_rational("1e-40");
    check_against_roots(a, parse_rational("1e-9"));
    check_against_roots(RationalMatrix(a * parse_rational("1e390")), parse_rational("1e300"));
    check_against_roots(RationalMatrix(a * parse_rational("1e-390")), parse_rational("1e-400"));
  }

  TEST_CASE("clusters that no double resolves") {
    const Rational tiny = parse_rational("1e-25");
    const std::vector<Rational> spectrum = {1, 1 + tiny, 1 + 2 * tiny, 1, 2};
    const RationalMatrix a = congruent(diagonal(spectrum), Random(43).orthogonal(5, 2));
    EigenOptions options;
    for (const char* width : {"1e-9", "1e-30", "1e-60"}) {
      options.width = parse_rational(width);
      check(enclose_eigenvalues(a, options), spectrum, options.width);
    }
  }

  TEST_CASE("the inertia separates eigenvalues from zero far below the width") {
    const std::vector<Rational> spectrum = {parse_rational("-1e-45"), 0, parse_rational("1e-30"), 1, 0};
    const RationalMatrix a = congruent(diagonal(spectrum), Random(44).orthogonal(5, 2));
    const EigenEnclosures found = enclose_eigenvalues(a, Inertia{1, 2, 2});
    check(found, spectrum, parse_rational("1e-9"));
    CHECK(found.values[0].hi < 0);
    CHECK(found.values[1].is_exact());
    CHECK(found.values[2].is_exact());
    CHECK(found.values[3].lo > 0);
  }

  TEST_CASE("a wrong inertia is an internal disagreement that names both sides") {
    const RationalMatrix a = congruent(diagonal({-1, 0, 2, 3}), Random(45).orthogonal(4, 2));
    for (const Inertia& wrong : {Inertia{0, 1, 3}, Inertia{2, 1, 1}, Inertia{0, 2, 2}, Inertia{1, 2, 1}}) {
      try {
        (void)enclose_eigenvalues(a, wrong);
        FAIL("accepted");
      } catch (const InternalDisagreement& error) {
        const std::string message = error.what();
        CHECK(message.find(std::to_string(wrong.positive) + " positive") != std::string::npos);
        CHECK(message.find("lies in [") != std::string::npos);
      }
    }
    CHECK_THROWS_AS((void)enclose_eigenvalues(a, Inertia{1, 1, 1}), std::invalid_argument);
  }

  TEST_CASE("what cannot be reached or is not allowed is said") {
    RationalMatrix a = RationalMatrix::Ones(2, 2);
    a(0, 0) = 2;
    EigenOptions options;
    options.width = parse_rational("1e-200");
    options.max_digits = 50;
    CHECK_THROWS_AS((void)enclose_eigenvalues(a, options), std::runtime_error);
    options.max_digits = 400;
    CHECK(enclose_eigenvalues(a, options).values[0].width() <= options.width);
    options.width = 0;
    CHECK_THROWS_AS((void)enclose_eigenvalues(a, options), std::invalid_argument);
    a(0, 1) = 5;
    CHECK_THROWS_AS((void)enclose_eigenvalues(a), std::invalid_argument);
  }

  TEST_CASE("a zero eigenvalue claimed for a nonsingular matrix, or the reverse, is never silently accepted") {
    const Rational tiny = parse_rational("1e-12");
    const RationalMatrix nearly = congruent(diagonal({-1, tiny, 2}), Random(46).orthogonal(3, 2));
    EigenOptions options;
    options.width = parse_rational("1e-15");
    CHECK_THROWS_AS((void)enclose_eigenvalues(nearly, Inertia{1, 1, 1}, options), InternalDisagreement);
    const RationalMatrix singular = congruent(diagonal({-1, 0, 2}), Random(46).orthogonal(3, 2));
    options.max_digits = 50;
    CHECK_THROWS_AS((void)enclose_eigenvalues(singular, Inertia{1, 0, 2}, options), std::runtime_error);
  }
}

TEST_SUITE("standard") {
  TEST_CASE("larger matrices with multiple eigenvalues") {
    constexpr std::uint64_t seed = 47;
    CAPTURE(seed);
    Random random(seed);
    std::vector<Rational> spectrum;
    for (Index k = 0; k < 24; ++k)
      spectrum.push_back(Rational(random.between(-3, 3)));
    const RationalMatrix a = congruent(diagonal(spectrum), random.orthogonal(24, 1));
    check(enclose_eigenvalues(a, inertia(a)), spectrum, parse_rational("1e-9"));
    check_against_roots(hilbert(14), parse_rational("1e-60"));
  }
}
