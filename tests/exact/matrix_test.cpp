// Linear algebra against definitions and against a plain elimination over the rationals.

#include "exact/columns.hpp"
#include "exact/random_matrices.hpp"

#include <rankscape/exact/matrix.hpp>

#include <doctest/doctest.h>

using namespace rankscape;
using testing::Random;

namespace {

// Textbook Gauss-Jordan with Boost's rationals: shares nothing with the code under test.
struct Elimination {
  RationalMatrix rows;
  std::vector<Index> pivots;
  Rational determinant = 1;

  explicit Elimination(RationalMatrix a) : rows(std::move(a)) {
    for (Index j = 0, i = 0; j < rows.cols(); ++j) {
      Index p = i;
      while (p < rows.rows() && rows(p, j) == 0)
        ++p;
      if (p == rows.rows()) {
        determinant = 0;
        continue;
      }
      if (p != i) determinant = -determinant;
      rows.row(p).swap(rows.row(i));
      determinant *= rows(i, j);
      rows.row(i) /= Rational(rows(i, j));
      for (Index k = 0; k < rows.rows(); ++k) {
        if (k != i && rows(k, j) != 0) rows.row(k) -= Rational(rows(k, j)) * RationalMatrix(rows.row(i));
      }
      pivots.push_back(j);
      ++i;
    }
  }
};

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("common denominators") {
    RationalMatrix a(1, 3);
    a << Rational(1, 6), Rational(-3, 4), Rational(2);
    const CommonDenominator c = with_common_denominator(a);
    CHECK(c.denominator == 12);
    CHECK(c.numerators(0, 0) == 2);
    CHECK(c.numerators(0, 1) == -9);
    CHECK(c.numerators(0, 2) == 24);
    CHECK(to_rational(c) == a);
  }

  TEST_CASE("products, at sizes on both sides of the switch between methods") {
    constexpr std::uint64_t seed = 11;
    CAPTURE(seed);
    Random random(seed);
    for (int turn = 0; turn < 40; ++turn) {
      const Index n = random.between(0, 14);
      const RationalMatrix a = random.matrix(random.between(0, 9), n, 9, 5, 0.7);
      const RationalMatrix b = random.matrix(n, random.between(0, 9), 1'000'000'000'000, 7, 0.7);
      CHECK(multiply(a, b) == RationalMatrix(a * b));
    }
    CHECK_THROWS_AS((void)multiply(RationalMatrix(2, 3), RationalMatrix(2, 3)), std::invalid_argument);
    const RationalMatrix a = random.matrix(2, 3, 9);
    const RationalMatrix b = random.matrix(3, 4, 9);
    const RationalMatrix c = random.matrix(4, 1, 9);
    CHECK(multiply({a, b, c}) == RationalMatrix(a * b * c));
    CHECK(multiply({a}) == a);
    CHECK_THROWS_AS((void)multiply(std::vector<RationalMatrix>{}), std::invalid_argument);
  }

  TEST_CASE("rank, null space, column basis, solutions, determinants agree with plain elimination") {
    constexpr std::uint64_t seed = 12;
    CAPTURE(seed);
    Random random(seed);
    for (int turn = 0; turn < 150; ++turn) {
      CAPTURE(turn);
      const Index m = random.between(0, 6);
      const Index n = random.between(0, 6);
      RationalMatrix a = random.matrix(m, n, 3, 3, 0.6);
      if (random.chance(0.5)) {
        const Index r = random.between(0, 3);
        a = random.matrix(m, r, 4, 3) * random.matrix(r, n, 4, 2);
      }
      const Elimination plain(a);
      const auto r = static_cast<Index>(plain.pivots.size());
      CHECK(rank(a) == r);

      const RationalMatrix kernel = null_space(a);
      CHECK(kernel.rows() == n);
      CHECK(kernel.cols() == n - r);
      CHECK(is_zero(RationalMatrix(a * kernel)));
      CHECK(Elimination(kernel).pivots.size() == static_cast<std::size_t>(n - r));
      for (Index j = 0; j < kernel.cols(); ++j) {
        Integer content = 0;
        for (Index i = 0; i < n; ++i) {
          CHECK(denominator(kernel(i, j)) == 1);
          content = gcd(content, Integer(numerator(kernel(i, j))));
        }
        CHECK(content == 1);
      }

      CHECK(independent_columns(a) == plain.pivots);
      const RationalMatrix basis = column_basis(a);
      REQUIRE(basis.cols() == r);
      for (Index k = 0; k < r; ++k)
        CHECK(basis.col(k) == a.col(plain.pivots[static_cast<std::size_t>(k)]));

      const RationalMatrix x = random.matrix(n, 2, 5, 3);
      const RationalMatrix b = a * x;
      const auto solution = solve(a, b);
      REQUIRE(solution.has_value());
      CHECK(RationalMatrix(a * *solution) == b);

      const RationalMatrix other = random.matrix(m, 1, 2);
      RationalMatrix augmented(m, n + 1);
      augmented << a, other;
      const bool solvable = static_cast<Index>(Elimination(augmented).pivots.size()) == r;
      CHECK(solve(a, other).has_value() == solvable);

      if (m == n) {
        CHECK(determinant(a) == plain.determinant);
        const auto inverted = inverse(a);
        REQUIRE(inverted.has_value() == (r == n));
        if (inverted) CHECK(RationalMatrix(a * *inverted) == RationalMatrix(RationalMatrix::Identity(n, n)));
      }
    }
    CHECK_THROWS_AS((void)inverse(RationalMatrix(1, 2)), std::invalid_argument);
    CHECK_THROWS_AS((void)determinant(RationalMatrix(1, 2)), std::invalid_argument);
    CHECK_THROWS_AS((void)solve(RationalMatrix(1, 2), RationalMatrix(2, 1)), std::invalid_argument);
  }

  TEST_CASE("a rank that only vanishes modulo a prime is seen, and a near miss is not a loss of rank") {
    RationalMatrix a = RationalMatrix::Ones(3, 3);
    CHECK(rank(a) == 1);
    a(2, 2) += parse_rational("1e-300");
    CHECK(rank(a) == 2);
    CHECK(null_space(a).cols() == 1);
    RationalMatrix p(2, 2);  // the prime that the modular shortcut uses divides the determinant
    p << Rational("576460752303423433"), 1, Rational("576460752303423433"), 2;
    CHECK(rank(p) == 2);
    CHECK(null_space(p).cols() == 0);
  }

  TEST_CASE("characteristic polynomials") {
    constexpr std::uint64_t seed = 13;
    CAPTURE(seed);
    Random random(seed);
    for (Index n = 0; n <= 6; ++n) {
      const RationalMatrix a = random.matrix(n, n, 5, 4);
      const std::vector<Rational> c = characteristic_polynomial(a);
      REQUIRE(c.size() == static_cast<std::size_t>(n) + 1);
      CHECK(c.back() == 1);
      for (const Rational& t : {Rational(0), Rational(1), Rational(-7, 3)}) {
        Rational value = 0;
        for (std::size_t k = c.size(); k-- > 0;)
          value = value * t + c[k];
        CHECK(value == Elimination(RationalMatrix(RationalMatrix::Identity(n, n) * t - a)).determinant);
      }
      if (n > 0) CHECK(c[static_cast<std::size_t>(n) - 1] == -trace(a));
    }
    CHECK_THROWS_AS((void)characteristic_polynomial(RationalMatrix(1, 2)), std::invalid_argument);
  }

  TEST_CASE("Kronecker products mix with products") {
    Random random(14);
    const RationalMatrix a = random.matrix(2, 3, 5, 3, 0.8);
    const RationalMatrix b = random.matrix(3, 2, 5, 3, 0.8);
    const RationalMatrix c = random.matrix(3, 2, 5, 3);
    const RationalMatrix d = random.matrix(2, 4, 5, 3);
    CHECK(RationalMatrix(kronecker(a, b) * kronecker(c, d)) == kronecker(a * c, b * d));
    CHECK(kronecker(a, b)(1 * 3 + 2, 2 * 2 + 1) == a(1, 2) * b(2, 1));
    CHECK(kronecker(RationalMatrix(0, 2), b).rows() == 0);
  }

  TEST_CASE("zero, symmetry and connected components") {
    CHECK(is_zero(RationalMatrix(0, 3)));
    CHECK(is_symmetric(RationalMatrix(0, 0)));
    CHECK_FALSE(is_symmetric(RationalMatrix::Zero(1, 2)));
    RationalMatrix a = RationalMatrix::Zero(4, 4);
    a(0, 2) = a(2, 0) = 1;
    a(3, 3) = 5;
    CHECK(is_symmetric(a));
    CHECK_FALSE(is_zero(a));
    CHECK(connected_components(a) == std::vector<std::vector<Index>>{{0, 2}, {1}, {3}});
    a(0, 1) = parse_rational("1e-50");
    CHECK_FALSE(is_symmetric(a));
  }
}
