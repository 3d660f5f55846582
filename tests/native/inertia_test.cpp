// The inertia by the normal form against the exact Hessian, inside and outside every hypothesis; ranks that are proved
// from residues against ranks known by construction.
#include "native/deep_linear/inertia.hpp"

#include <doctest/doctest.h>

#include <rankscape/check/evidence.hpp>

#include <map>
#include <numeric>

#include "exact/prime_field.hpp"
#include "exact/random.hpp"
#include "native/deep_linear/proved_rank.hpp"
#include "native/recipes.hpp"

using namespace rankscape;
using namespace rankscape::deep_linear;

namespace {

// Every `step`-th case of the scope; how many.
int compare_with_hessian(const Scope& scope, std::uint64_t seed, std::size_t step) {
  int points = 0;
  const Landscape& networks = test::landscape("deep-linear");
  const auto recipes = networks.cases(scope);
  REQUIRE_FALSE(recipes.empty());
  for (std::size_t k = seed % step; k < recipes.size(); k += step) {
    CAPTURE(recipes[k]->key());
    CAPTURE(seed);
    const auto instance = networks.instance(recipes[k]->build(seed));
    const std::optional<Inertia> known = instance->advice()->known_inertia();
    REQUIRE(known.has_value());
    const Inertia real = inertia(instance->hessian());
    CHECK(known->negative == real.negative);
    CHECK(known->zero == real.zero);
    CHECK(known->positive == real.positive);
    ++points;
  }
  return points;
}

Scope scope_of(std::vector<Shape> shapes, std::vector<std::string> data) {
  Scope scope;
  scope.shapes = std::move(shapes);
  scope.positions = {"aligned", "generic"};
  scope.data = std::move(data);
  return scope;
}

// D E with D and E of full rank k, entries up to `bound`.
RationalMatrix of_rank(Index rows, Index cols, Index k, long bound, Random& random) {
  RationalMatrix left = random_integers(rows, k, bound, random);
  RationalMatrix right = random_integers(k, cols, bound, random);
  left.topRows(k) += RationalMatrix::Identity(k, k) * Rational(1000 * bound);  // diagonally dominant
  right.leftCols(k) += RationalMatrix::Identity(k, k) * Rational(1000 * bound);
  return multiply(left, right);
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("by the normal form and by elimination: the same inertia under the hypotheses") {
    CHECK(compare_with_hessian(scope_of({{2, 2, 2}, {3, 2, 2}, {3, 1, 2}}, {"canonical", "general"}), 1, 1) > 20);
    CHECK(compare_with_hessian(scope_of({{2, 2, 2, 2}, {3, 2, 3, 2}}, {"square"}), 2, 5) > 10);
  }

  TEST_CASE("by the normal form and by elimination: the same inertia outside the hypotheses") {
    CHECK(compare_with_hessian(scope_of({{2, 2, 2}, {3, 2, 2}}, {"general+deficient", "general+repeated"}), 3, 1) > 20);
    CHECK(compare_with_hessian(scope_of({{3, 2, 2}}, {"general+singular", "square+few-samples"}), 4, 1) > 10);
    CHECK(compare_with_hessian(scope_of({{2, 2, 3}, {2, 2, 2, 3}}, {"canonical+wide-output"}), 5, 3) > 5);
    CHECK(compare_with_hessian(scope_of({{2, 2, 2, 2}}, {"canonical+deficient", "canonical+repeated"}), 6, 3) > 10);
  }

  TEST_CASE("an irrational spectrum, selected as a whole and in part") {
    // Sigma = [[3, 1], [1, 1]] and 2: S = {}, {2}, {1, 3}, {1, 2, 3} of 3.41, 2, 0.58
    RationalMatrix y = RationalMatrix::Zero(3, 6);
    y(0, 0) = y(0, 1) = y(0, 2) = y(1, 2) = y(2, 4) = y(2, 5) = 1;
    const RationalMatrix x = RationalMatrix::Identity(6, 6);
    for (unsigned chosen = 0; chosen < 4; ++chosen) {
      RationalMatrix pick = RationalMatrix::Zero(3, 3);
      pick(0, 0) = pick(1, 1) = static_cast<long>(chosen & 1U);
      pick(2, 2) = static_cast<long>(chosen >> 1U);
      const auto instance = test::network(x, y, {multiply(pick, y), pick});
      REQUIRE(instance->critical());
      const auto known = instance->advice()->known_inertia();
      REQUIRE(known.has_value());
      CHECK(*known == inertia(instance->hessian()));
    }
  }

  TEST_CASE("no inertia where the point is not critical") {
    const RationalMatrix one = RationalMatrix::Identity(2, 2);
    CHECK_FALSE(test::network(one, one, {one, RationalMatrix(2 * one)})->advice()->known_inertia().has_value());
  }

  TEST_CASE("spectral order: inversions and ties") {
    const auto roots = [](const std::vector<long>& values) {
      std::vector<RealRoot> out;
      out.reserve(values.size());
      for (const long value : values)
        out.emplace_back(Rational(value));
      return out;
    };
    const SpectralOrder order = spectral_order(roots({9, 5, 5, 1}), roots({7, 5, 1, 1}));
    CHECK(order.inversions == 0 + 1 + 1 + 2);
    CHECK(order.ties == 0 + 1 + 1 + 2);
  }

  TEST_CASE("ranks proved from residues") {
    Random random(20);
    for (const Index k : {0, 1, 17, 45, 60}) {
      CHECK(proved_rank(of_rank(70, 60, k, 3, random)) == k);  // long combinations: many primes
      CHECK(proved_rank(of_rank(60, 70, k, 3, random)) == k);
    }
    // short combinations: copies of columns and sums of two
    RationalMatrix copies = of_rank(64, 64, 64, 5, random);
    for (Index j = 30; j < 64; ++j)
      copies.col(j) = j % 2 == 0 ? RationalVector(copies.col(j - 30) / Rational(7))
                                 : RationalVector(copies.col(j - 30) - copies.col(0) * Rational(2, 3));
    CHECK(proved_rank(copies) == 30);
    // partial permutations, with fractions
    RationalMatrix sparse = RationalMatrix::Zero(80, 50);
    sparse.topLeftCorner(44, 44) = random_permutation(44, random) * Rational(1, 3);
    CHECK(proved_rank(sparse) == 44);
    sparse.row(60) = sparse.row(3);
    sparse(60, 47) = 1;
    CHECK(proved_rank(sparse) == 45);
  }

  TEST_CASE("a prime that divides minors does not deceive") {
    Random random(21);
    const Rational prime(exact::prime(0));
    RationalMatrix a = of_rank(50, 50, 50, 2, random);
    a.row(7) *= prime;
    a.col(9) = a.col(10) + a.col(9) * prime;
    CHECK(proved_rank(a) == 50);
  }
}

TEST_SUITE("standard") {
  TEST_CASE("by the normal form and by elimination: deeper, wider, all kinds of data") {
    const std::uint64_t seed = 77;
    const std::vector<std::string> regular{"canonical", "square", "general", "general+deficient", "general+repeated"};
    CHECK(compare_with_hessian(scope_of({{3, 3, 2, 2}, {4, 3, 3}, {3, 2, 3, 2}}, regular), seed, 7) > 100);
    CHECK(compare_with_hessian(scope_of({{2, 2, 2, 2, 2}}, regular), seed, 13) > 50);
    CHECK(compare_with_hessian(scope_of({{3, 2, 2, 2}, {4, 2, 3}}, {"general+singular", "general+few-samples"}), seed,
                               5) > 20);
    CHECK(compare_with_hessian(scope_of({{2, 3, 2, 3}, {1, 2, 3}, {2, 3, 4}}, {"general+wide-output"}), seed, 5) > 10);
  }

  TEST_CASE("examined by the normal form where the Hessian is large") {
    struct Case {
      Widths widths;
      std::vector<int> S;
      std::map<String, long> strings;
      Verdict verdict;
    };
    std::vector<int> all(24);
    std::iota(all.begin(), all.end(), 1);
    const std::vector<Case> cases{
        {{32, 32, 32}, {1, 2, 4}, {{{2, 2}, 29}, {{1, 1}, 29}}, Verdict::strict_saddle},
        {{24, 24, 24, 24}, {1}, {{{3, 2}, 23}, {{1, 1}, 23}, {{2, 1}, 23}}, Verdict::non_strict_saddle},
        {{24, 24, 24, 24}, {1}, {{{3, 2}, 23}, {{1, 2}, 23}}, Verdict::strict_saddle},
        {{24, 24, 24, 24}, {1}, {{{3, 3}, 20}, {{3, 2}, 3}, {{1, 2}, 3}, {{2, 1}, 20}}, Verdict::strict_saddle},
        {{24, 24, 24, 24}, all, {}, Verdict::global_minimizer},
    };
    for (const Case& c : cases) {
      const Stratum stratum{static_cast<int>(c.widths.size()) - 1, c.strings};
      const Point point = test::recipe(c.widths, c.S, stratum, Position::aligned, "canonical")->build(5);
      const auto instance = test::landscape("deep-linear").instance(point);
      const Evidence evidence = examine(*instance, {.form_hessian = false});
      CHECK(evidence.by_normal_form);
      CHECK(evidence.verdict == c.verdict);
      CHECK(evidence.reason.find("by the normal form") != std::string::npos);
      REQUIRE(evidence.hessian.has_value());
      CHECK(*evidence.hessian == inertia(instance->hessian()));
    }
  }
}
