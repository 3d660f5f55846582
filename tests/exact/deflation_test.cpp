// Null vectors that are handed over are used where they are such, and prove nothing where they are not.

#include "exact/deflation.hpp"

#include "exact/inertia_sandwich.hpp"
#include "exact/prime_field.hpp"
#include "exact/random_matrices.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace rankscape;
using testing::congruent;
using testing::Random;

namespace {

exact::SparseVector sparse(const RationalMatrix& column) {
  exact::SparseVector out;
  for (Index k = 0; k < column.rows(); ++k) {
    if (!column(k, 0).is_zero()) out.emplace_back(k, column(k, 0));
  }
  return out;
}

std::vector<exact::SparseVector> sparse_columns(const RationalMatrix& a) {
  std::vector<exact::SparseVector> out;
  for (Index k = 0; k < a.cols(); ++k)
    out.push_back(sparse(a.col(k)));
  return out;
}

// [1 b]^T core [1 b], whose null space [-b; 1] is known by construction, with the inertia of the core and zeros.
struct WithNullSpace {
  RationalMatrix matrix;
  RationalMatrix null;  // columns
  Inertia inertia;
};

WithNullSpace with_null_space(Index rank, Index nullity, Random& random) {
  RationalMatrix core = random.symmetric(rank, 9);
  while (rankscape::rank(core) < rank)
    core = random.symmetric(rank, 9);
  const RationalMatrix beside = random.matrix(rank, nullity, 3, 2);
  RationalMatrix wide(rank, rank + nullity);
  wide << RationalMatrix::Identity(rank, rank), beside;
  WithNullSpace out;
  out.matrix = multiply({wide.transpose(), core, wide});
  out.null = RationalMatrix(rank + nullity, nullity);
  out.null << -beside, RationalMatrix::Identity(nullity, nullity);
  out.inertia = witnessed_inertia(core).inertia;
  out.inertia.zero += nullity;
  return out;
}

Inertia beside(const RationalMatrix& a, const std::vector<exact::SparseVector>& vectors) {
  return exact::inertia_beside(
      a, [&] { return vectors; }, 1);
}

std::size_t used(const WithNullSpace& at, const std::vector<exact::SparseVector>& vectors) {
  return exact::rows_of_null_vectors(with_common_denominator(at.matrix).numerators, vectors).size();
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("null vectors that are known leave the inertia of the rest") {
    constexpr std::uint64_t seed = 1401;
    CAPTURE(seed);
    Random random(seed);
    for (int turn = 0; turn < 30; ++turn) {
      CAPTURE(turn);
      const Index rank = random.between(1, 9);
      const Index nullity = random.between(1, 6);
      const WithNullSpace at = with_null_space(rank, nullity, random);
      // combinations: as many as there are, fewer, and more, which depend on each other
      const Index count = random.between(0, 2 * nullity);
      const RationalMatrix mixed = multiply(at.null, random.matrix(nullity, count, 4, 5));
      const std::vector<exact::SparseVector> vectors = sparse_columns(mixed);
      CHECK(used(at, vectors) == static_cast<std::size_t>(rankscape::rank(mixed)));
      CHECK(beside(at.matrix, vectors) == at.inertia);
      CHECK(beside(at.matrix, sparse_columns(at.null)) == at.inertia);
    }
  }

  TEST_CASE("blocks take their parts of the vectors, and small matrices ask for none") {
    Random random(1405);
    const WithNullSpace one = with_null_space(5, 2, random);
    const WithNullSpace two = with_null_space(4, 3, random);
    const Index n = one.matrix.rows() + two.matrix.rows();
    RationalMatrix both = RationalMatrix::Zero(n, n);
    both.topLeftCorner(7, 7) = one.matrix;
    both.bottomRightCorner(7, 7) = two.matrix;
    RationalMatrix null = RationalMatrix::Zero(n, 3);
    null.topRows(7).leftCols(2) = one.null;
    null.bottomRows(7) = two.null;
    const Inertia expected{one.inertia.negative + two.inertia.negative, 5, one.inertia.positive + two.inertia.positive};
    CHECK(beside(both, sparse_columns(null)) == expected);
    bool asked = false;
    const auto ask = [&] {
      asked = true;
      return sparse_columns(null);
    };
    CHECK(exact::inertia_beside(both, ask, n) == expected);
    CHECK_FALSE(asked);
    CHECK(exact::inertia_beside(both, ask, 7) == expected);
    CHECK(asked);
  }

  TEST_CASE("what is no null vector is left out") {
    Random random(1402);
    const WithNullSpace at = with_null_space(6, 4, random);
    const Index n = at.matrix.rows();
    const RationalMatrix identity = RationalMatrix::Identity(n, n);
    const WithNullSpace another = with_null_space(6, 4, random);
    CHECK(used(at, sparse_columns(identity)) == 0);
    CHECK(beside(at.matrix, sparse_columns(identity)) == at.inertia);
    CHECK(used(at, sparse_columns(another.null)) == 0);
    CHECK(beside(at.matrix, sparse_columns(another.null)) == at.inertia);
    for (Index k = 0; k < 6; ++k) {
      CAPTURE(k);
      RationalMatrix missed = at.null;
      missed(k, 1) += Rational(1, 1000000);
      // as good as the first modulo the primes that are tried first
      missed.col(2) += Rational(exact::prime(0)) * identity.col(k);
      missed.col(3) += Rational(exact::prime(0)) * Rational(exact::prime(1)) * identity.col(k);
      CHECK(used(at, sparse_columns(missed)) == 1);
      CHECK(beside(at.matrix, sparse_columns(missed)) == at.inertia);
    }
    // a vector of zeros, and none
    CHECK(used(at, {exact::SparseVector{}}) == 0);
    CHECK(used(at, {exact::SparseVector{{0, Rational(0)}}}) == 0);
    CHECK(beside(at.matrix, {}) == at.inertia);
    const RationalMatrix nothing = RationalMatrix::Zero(3, 3);
    CHECK(beside(nothing, sparse_columns(RationalMatrix::Identity(3, 3))) == Inertia{0, 3, 0});
    CHECK_THROWS_AS(static_cast<void>(exact::rows_of_null_vectors(IntegerMatrix(2, 2), {{{2, Rational(1)}}})),
                    std::invalid_argument);
    RationalMatrix skew = nothing;
    skew(0, 1) = 1;
    CHECK_THROWS_AS(static_cast<void>(beside(skew, {})), std::invalid_argument);
  }

  TEST_CASE("many terms of many long entries") {
    // sums of more products of the largest residues than two words hold
    const Index n = static_cast<Index>(exact::unreduced_products) + 100;
    RationalMatrix a = RationalMatrix::Zero(n, n);
    a.row(0).setConstant(Rational(-1));
    a.col(0).setConstant(Rational(-1));
    // the sum of the null vectors e_1 - e_k, k > 1
    RationalMatrix vectors = RationalMatrix::Zero(n, 2);
    vectors.col(0).tail(n - 1).setConstant(Rational(-1));
    vectors(1, 0) = n - 2;
    vectors.col(1).tail(n - 1).setConstant(Rational(-1));
    vectors(1, 1) = n - 1;  // misses by one
    const auto rows = exact::rows_of_null_vectors(with_common_denominator(a).numerators, sparse_columns(vectors));
    CHECK(rows == std::vector<Index>{1});
  }

  TEST_CASE("a wrong factorization of what null vectors leave proves nothing") {
    Random random(1404);
    const WithNullSpace at = with_null_space(8, 3, random);
    const IntegerMatrix whole = with_common_denominator(at.matrix).numerators;
    const std::vector<Index> null = exact::rows_of_null_vectors(whole, sparse_columns(at.null));
    std::vector<Index> rest;
    for (Index k = 0; k < whole.rows(); ++k) {
      if (!std::binary_search(null.begin(), null.end(), k)) rest.push_back(k);
    }
    using Reals = Matrix<double>;
    const std::vector<exact::Proposer> liars = {
        [](const Reals& m, Index rank) { return Reals::Identity(m.rows(), rank); },
        [](const Reals& m, Index rank) { return Reals(exact::scaled_eigenvectors(m, rank).col(0).replicate(1, rank)); },
        [](const Reals& m, Index rank) { return exact::scaled_eigenvectors(m, rank - 1); },
        [](const Reals& m, Index rank) {
          return exact::scaled_eigenvectors(-m + Reals::Ones(m.rows(), m.cols()), rank);
        }};
    for (std::size_t k = 0; k < liars.size(); ++k) {
      CAPTURE(k);
      CHECK_FALSE(exact::sandwiched_inertia(whole, rest, liars[k], liars[k]).has_value());
    }
    CHECK(exact::sandwiched_inertia(whole, rest) == at.inertia);
    CHECK(exact::sandwiched_inertia(whole, rest, liars.front()) == at.inertia);
    CHECK(exact::sandwiched_inertia(whole, rest, exact::scaled_eigenvectors, liars.front()) == at.inertia);
  }
}
