// Derivatives of matrix programs against GiNaC's; and that a wrong one is noticed.

#include "symbolic/derivation.hpp"

#include <doctest/doctest.h>

#include "program/random_program.hpp"

using namespace rankscape;
using namespace rankscape::program;
using rankscape::program::test::RandomPrograms;
using rankscape::symbolic::check_derivation;
using rankscape::symbolic::Compared;

namespace {

Program deep_linear(const std::vector<Index>& widths, Index samples) {
  Builder b;
  const Node x = b.input("X", widths.front(), samples, false);
  const Node y = b.input("Y", widths.back(), samples, false);
  std::vector<Node> weights;
  for (std::size_t h = 1; h < widths.size(); ++h)
    weights.push_back(b.input("W(" + std::to_string(h) + ")", widths[h], widths[h - 1], true));
  Node map = weights.back();
  for (std::size_t h = weights.size() - 1; h-- > 0;)
    map = b.multiply(map, weights[h]);
  return b.finish({{"loss", b.norm2(b.subtract(b.multiply(map, x), y))}});
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("random programs, with and without what leaves the algebra of second differentials") {
    for (unsigned seed = 1; seed <= 12; ++seed) {
      CAPTURE(seed);
      RandomPrograms random(seed);
      const CompiledLoss loss(random.loss({.hadamard = seed % 2 == 0, .steps = 10}));
      CHECK(check_derivation(loss, Compared::random_lines, seed).mismatch == "");
    }
  }

  TEST_CASE("identities in weights and data") {
    const CompiledLoss loss(deep_linear({1, 2, 1}, 1));
    const auto check = check_derivation(loss);
    CHECK(check.compared == Compared::identities);
    CHECK(check.mismatch == "");
    CHECK(check_derivation(CompiledLoss(deep_linear({1, 2, 2, 1}, 2)), Compared::identities_at).mismatch == "");
    CHECK(check_derivation(CompiledLoss(deep_linear({3, 3, 3, 3}, 4))).compared == Compared::random_lines);
    CHECK(check_derivation(CompiledLoss(deep_linear({3, 3, 3, 3}, 4))).mismatch == "");
  }

  TEST_CASE("identities of rational functions") {
    Builder b;
    const Node x = b.input("x", 2, 1, true);
    const Node s = b.input("s", 1, 1, true);
    const Node denominator = b.add(b.norm2(x), b.scalar_multiply(s, s));
    const CompiledLoss loss(b.finish({{"loss", b.divide(b.add(s, b.entry(x, 1, 0)), denominator)}}));
    const auto check = check_derivation(loss);
    CHECK(check.compared == Compared::identities);
    CHECK(check.mismatch == "");
  }

  TEST_CASE("||A - UV||^2 + ||U||^2 by U, as an identity") {
    Builder b;
    const Node A = b.input("A", 2, 2, false);
    const Node U = b.input("U", 2, 1, true);
    const Node V = b.input("V", 1, 2, true);
    const CompiledLoss loss(b.finish({{"loss", b.add(b.norm2(b.subtract(A, b.multiply(U, V))), b.norm2(U))}}));
    CHECK(check_derivation(loss, Compared::identities).mismatch == "");
  }
}

TEST_SUITE("quick") {
  TEST_CASE("data that are promised to be symmetric") {
    Builder b;
    const Node M = b.input(Input{"M", 2, 2, false, true});
    const Node X = b.input("X", 2, 2, true);
    const CompiledLoss loss(b.finish({{"loss", b.norm2(b.subtract(b.multiply(X, b.transpose(X)), M))}}));
    CHECK(check_derivation(loss, Compared::identities).mismatch == "");
    CHECK(check_derivation(loss, Compared::random_lines).mismatch == "");
    const RationalMatrix skew = (RationalMatrix(2, 2) << 0, 1, -1, 0).finished();
    const std::vector<RationalMatrix> at{skew, skew};
    CHECK_THROWS_AS(static_cast<void>(loss.gradient(at)), std::invalid_argument);
  }
}

TEST_SUITE("standard") {
  TEST_CASE("random programs as identities") {
    for (unsigned seed = 1; seed <= 6; ++seed) {
      CAPTURE(seed);
      RandomPrograms random(seed);
      const CompiledLoss loss(random.loss({.hadamard = true, .reciprocal = false, .steps = 6}));
      CHECK(check_derivation(loss, Compared::identities_at, seed).mismatch == "");
    }
  }
}
