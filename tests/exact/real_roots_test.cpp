// Roots known by construction, comparisons across polynomials, refinement, spectra.

#include "exact/random_matrices.hpp"

#include <rankscape/error.hpp>
#include <rankscape/exact/real_roots.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <thread>

using namespace rankscape;

namespace {

using Polynomial = std::vector<Rational>;

Polynomial operator*(const Polynomial& a, const Polynomial& b) {
  Polynomial out(a.size() + b.size() - 1);
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size(); ++j)
      out[i + j] += a[i] * b[j];
  }
  return out;
}

Rational at(const Polynomial& p, const Rational& x) {
  Rational value = 0;
  for (std::size_t k = p.size(); k-- > 0;)
    value = value * x + p[k];
  return value;
}

// t - root
Polynomial linear(const Rational& root) {
  return {-root, 1};
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("rational roots with multiplicities") {
    const Polynomial p = linear(Rational(1, 3)) * linear(Rational(1, 3)) * linear(-2) * linear(0) * Polynomial{5, 0, 1};
    const std::vector<RealRoot> roots = real_roots(p);
    REQUIRE(roots.size() == 3);
    CHECK(roots[0].rational() == Rational(1, 3));
    CHECK(roots[0].multiplicity() == 2);
    CHECK(roots[1].rational() == Rational(0));
    CHECK(roots[2].rational() == Rational(-2));
    CHECK(roots[0].enclose(Rational(1)).is_exact());
  }

  TEST_CASE("degenerate polynomials") {
    CHECK(real_roots({Rational(3)}).empty());
    CHECK(real_roots({Rational(1), Rational(0), Rational(1), Rational(0)}).empty());
    CHECK_THROWS_AS((void)real_roots({}), std::invalid_argument);
    CHECK_THROWS_AS((void)real_roots({Rational(0), Rational(0)}), std::invalid_argument);
  }

  TEST_CASE("irrational roots are enclosed as narrowly as asked") {
    const Polynomial p = Polynomial{-2, 0, 1} * Polynomial{-2, 0, 1} * Polynomial{-1, -1, 0, 1};
    const std::vector<RealRoot> roots = real_roots(p);
    REQUIRE(roots.size() == 3);
    CHECK(roots[0].multiplicity() == 2);  // sqrt 2
    CHECK(roots[1].multiplicity() == 1);  // 1.3247..
    CHECK(roots[2].multiplicity() == 2);
    CHECK(roots[0] != roots[2]);  // conjugates
    CHECK(roots[0] > roots[2]);
    for (const RealRoot& root : roots)
      CHECK_FALSE(root.rational().has_value());
    for (const char* width : {"1", "1e-5", "1e-60", "1e-300"}) {
      const Enclosure e = roots[0].enclose(parse_rational(width));
      CHECK(e.width() <= parse_rational(width));
      CHECK(e.lo > 0);
      CHECK(e.lo * e.lo < 2);
      CHECK(e.hi * e.hi > 2);
      const Polynomial cubic = {-1, -1, 0, 1};
      const Enclosure f = roots[1].enclose(parse_rational(width));
      CHECK(at(cubic, f.lo) < 0);
      CHECK(at(cubic, f.hi) > 0);
    }
    CHECK_THROWS_AS((void)roots[0].enclose(0), std::invalid_argument);
  }

  TEST_CASE("roots closer than any tolerance are told apart, equal ones of different polynomials recognized") {
    const Rational tiny = parse_rational("1e-90");
    const RealRoot root = real_roots({-2, 0, 1}).front();                                    // sqrt 2
    const RealRoot same = real_roots(Polynomial{-2, 0, 1} * Polynomial{-3, 0, 0, 1}).at(1);  // 3^(1/3) is larger
    const RealRoot larger = real_roots({-2 - tiny, 0, 1}).front();
    CHECK(root == same);
    CHECK((root <=> same) == std::strong_ordering::equal);
    CHECK(root < larger);
    CHECK(larger > same);
    CHECK(root != larger);
    CHECK(RealRoot(Rational(1)) < root);
    CHECK(RealRoot(Rational(2)) == RealRoot(Rational(4, 2)));
    CHECK(RealRoot(Rational(2)) != RealRoot(2 + tiny));
    const std::vector<RealRoot> close = real_roots(Polynomial{-2, 0, 1} * Polynomial{-2 - tiny, 0, 1});
    REQUIRE(close.size() == 4);
    CHECK(close[0] == larger);
    CHECK(close[1] == root);
  }

  TEST_CASE("roots of random products of linear factors") {
    constexpr std::uint64_t seed = 31;
    CAPTURE(seed);
    testing::Random random(seed);
    for (int turn = 0; turn < 30; ++turn) {
      std::vector<Rational> expected;
      Polynomial p = {random.rational(5, 3) + 6};
      for (Index k = random.between(0, 6); k > 0; --k) {
        expected.push_back(random.rational(4, 3));
        p = p * linear(expected.back());
      }
      std::sort(expected.rbegin(), expected.rend());
      std::vector<Rational> found;
      for (const RealRoot& root : real_roots(p)) {
        for (int k = 0; k < root.multiplicity(); ++k)
          found.push_back(root.rational().value());
      }
      CHECK(found == expected);
    }
  }

  TEST_CASE("spectra of symmetric matrices, known by construction") {
    testing::Random random(32);
    const RationalMatrix u = random.orthogonal(5, 2);
    const std::vector<Rational> spectrum = {7, Rational(1, 2), Rational(1, 2), 0, -3};
    const std::vector<RealRoot> found = real_eigenvalues(testing::congruent(testing::diagonal(spectrum), u));
    REQUIRE(found.size() == 5);
    for (std::size_t k = 0; k < 5; ++k)
      CHECK(found[k].rational() == spectrum[k]);
    CHECK(real_eigenvalues(RationalMatrix(0, 0)).empty());
  }

  TEST_CASE("complex eigenvalues are a disagreement, not an answer") {
    RationalMatrix rotation(2, 2);
    rotation << 0, 1, -1, 0;
    CHECK_THROWS_AS((void)real_eigenvalues(rotation), InternalDisagreement);
  }

  TEST_CASE("one root serves several threads") {
    const RealRoot root = real_roots({-1, -1, 0, 0, 0, 1}).front();
    std::vector<Enclosure> found(4);
    std::vector<std::thread> threads;
    for (Enclosure& mine : found)
      threads.emplace_back([&mine, root] {
        mine = root.enclose(parse_rational("1e-200"));
        release_thread_caches();
      });
    for (std::thread& thread : threads)
      thread.join();
    for (const Enclosure& e : found) {
      CHECK(e.lo == found[0].lo);
      CHECK(e.width() <= parse_rational("1e-200"));
    }
  }
}
