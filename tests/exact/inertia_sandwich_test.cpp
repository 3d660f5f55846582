// The sandwich agrees with elimination, a proposal that lies proves nothing, and neither do near misses of its parts.

#include "exact/inertia_sandwich.hpp"

#include "exact/prime_field.hpp"
#include "exact/random_matrices.hpp"
#include "exact/symmetric_minors.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace rankscape;
using testing::congruent;
using testing::diagonal;
using testing::Random;

namespace {

// f^T d f, d = diag(-1, 1, 1, -1, ..), f random of rank `rank`; half of the time some rows and columns are scaled.
IntegerMatrix degenerate(Index n, Index rank, Random& random) {
  RationalMatrix factor = random.matrix(rank, n, 4);
  if (random.chance(0.5)) {
    for (Index j = 0; j < n; j += 3)
      factor.col(j) *= Rational(1000);
  }
  std::vector<Rational> signs;
  for (Index k = 0; k < rank; ++k)
    signs.emplace_back(k % 3 == 0 ? -1 : 1);
  return with_common_denominator(congruent(diagonal(signs), factor)).numerators;
}

// Null vectors with short entries, as the symmetries of networks make them; the inertia is that of the core.
struct Congruent {
  IntegerMatrix core;
  IntegerMatrix all;
};

Congruent with_short_null_vectors(Index n, Index rank, Random& random) {
  const RationalMatrix core = random.symmetric(rank, 50);
  RationalMatrix wide(rank, n);
  wide << RationalMatrix::Identity(rank, rank), random.matrix(rank, n - rank, 3);
  return {with_common_denominator(core).numerators,
          with_common_denominator(multiply({wide.transpose(), core, wide})).numerators};
}

Inertia by_elimination(const IntegerMatrix& a) {
  return witnessed_inertia(RationalMatrix(a.cast<Rational>())).inertia;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("the sandwich agrees with elimination") {
    constexpr std::uint64_t seed = 1313;
    CAPTURE(seed);
    Random random(seed);
    int found = 0;
    for (int turn = 0; turn < 30; ++turn) {
      CAPTURE(turn);
      const Index n = random.between(1, 14);
      const Index rank = random.between(1, n);
      const IntegerMatrix a =
          turn % 2 == 0 ? degenerate(n, rank, random) : with_short_null_vectors(n, rank, random).all;
      const auto sandwiched = exact::sandwiched_inertia(a);
      if (!sandwiched) continue;
      CHECK(*sandwiched == by_elimination(a));
      ++found;
    }
    CHECK(found > 25);  // a zero matrix is left to elimination
  }

  TEST_CASE("a wrong factorization never yields a wrong inertia") {
    Random random(77);
    const IntegerMatrix a = degenerate(10, 7, random);
    const Inertia truth = by_elimination(a);
    using Reals = Matrix<double>;
    const std::vector<exact::Proposer> liars = {
        [](const Reals& m, Index rank) { return Reals::Zero(m.rows(), rank); },
        [](const Reals& m, Index rank) { return Reals::Constant(m.rows(), rank, std::nan("")); },
        [](const Reals& m, Index rank) { return Reals::Identity(m.rows() - 1, rank); },
        [](const Reals& m, Index rank) { return Reals::Constant(m.rows(), rank, 1e308); },
        [](const Reals& m, Index rank) { return Reals::Identity(m.rows(), rank); },
        // one direction instead of every other: too many of its sign
        [](const Reals& m, Index rank) { return Reals(exact::scaled_eigenvectors(m, rank).col(0).replicate(1, rank)); },
        // those of another matrix
        [](const Reals& m, Index rank) {
          return exact::scaled_eigenvectors(-m + Reals::Ones(m.rows(), m.cols()), rank);
        },
        // one more than there are (of the pivots there are no more, and it is none), and one less
        [](const Reals& m, Index rank) { return exact::scaled_eigenvectors(m, rank + 1); },
        [](const Reals& m, Index rank) { return exact::scaled_eigenvectors(m, rank - 1); }};
    const std::size_t one_more = liars.size() - 2;
    for (std::size_t k = 0; k < liars.size(); ++k) {
      CAPTURE(k);
      const auto found = exact::sandwiched_inertia(a, liars[k], liars[k]);
      CHECK(found.has_value() == (k == one_more));
      if (found) CHECK(*found == truth);
    }
    // one of the two may be right
    for (std::size_t k = 0; k < liars.size(); ++k) {
      CAPTURE(k);
      CHECK(exact::sandwiched_inertia(a, liars[k]) == truth);
      CHECK(exact::sandwiched_inertia(a, exact::scaled_eigenvectors, liars[k]) == truth);
    }
    // factors where a pivot on the diagonal is zero
    IntegerMatrix plane(3, 3);
    plane << 0, 1, 0, 1, 0, 0, 0, 0, 2;
    CHECK(exact::sandwiched_inertia(plane) == Inertia{1, 0, 2});
    const auto none = [](const Reals& m, Index rank) { return Reals::Zero(m.rows(), rank); };
    CHECK_FALSE(exact::sandwiched_inertia(plane, none).has_value());
    // a scaling by any factors is no lie
    const auto rescaled = [](const Reals& m, Index rank) {
      Reals s = exact::scaled_eigenvectors(m, rank);
      for (Index k = 0; k < rank; ++k)
        s.col(k) *= k % 2 == 0 ? -3 : 1;
      return s;
    };
    CHECK(exact::sandwiched_inertia(a, rescaled, rescaled) == truth);
  }

  TEST_CASE("eigenvalues that rounding hides are not certain") {
    Random random(78);
    for (const char* tiny : {"1e-30", "-1e-30", "1e-14", "-1e-14", "1e-6"}) {
      CAPTURE(tiny);
      const Rational least = parse_rational(tiny);
      const IntegerMatrix a =
          with_common_denominator(congruent(diagonal({1, -1, 2, least, 3, -5}), random.orthogonal(6, 3))).numerators;
      const auto found = exact::sandwiched_inertia(a);
      if (abs(least) < parse_rational("1e-20")) CHECK_FALSE(found.has_value());
      if (least > parse_rational("1e-8")) CHECK(found.has_value());
      if (found) CHECK(*found == by_elimination(a));
    }
    // the bound of rounding: doubles cannot tell these two from a singular matrix
    Matrix<double> a(2, 2);
    a << 1, 1, 1, 1 + std::ldexp(1.0, -51);
    Matrix<double> s(2, 2);
    s << 1, -std::ldexp(1.0, 26), 0, std::ldexp(1.0, 26);
    CHECK_FALSE(exact::certain_signs(a, s).has_value());
    a(1, 1) = 1 + std::ldexp(1.0, -20);
    s << 1, -std::ldexp(1.0, 10), 0, std::ldexp(1.0, 10);
    CHECK(exact::certain_signs(a, s) == Inertia{0, 0, 2});
  }

  TEST_CASE("rounded entries, of any size") {
    RationalMatrix a(2, 2);
    a << parse_rational("1e-400"), Rational(1, 3), -Rational(Integer(7) << 1600), parse_rational("3e300") / 7;
    const exact::RoundedMatrix found = exact::rounded(a);
    CHECK(found.entries.cwiseAbs().maxCoeff() <= 1);
    CHECK(found.entries(1, 0) < -0.2);
    CHECK(found.entries(0, 0) == 0);
    const auto power = [](long exponent) {
      return exponent < 0 ? Rational(1) / Rational(Integer(1) << -exponent) : Rational(Integer(1) << exponent);
    };
    for (Index k = 0; k < a.size(); ++k) {
      const Rational exactly = a(k) / power(found.exponent);
      CHECK(abs(Rational(found.entries(k)) - exactly) <= abs(exactly) * power(-50) + power(-1000));
    }
  }

  TEST_CASE("entries that differ by 10^200 and more") {
    constexpr std::uint64_t seed = 1314;
    CAPTURE(seed);
    Random random(seed);
    const auto power = [](long exponent) {
      return exponent < 0 ? Rational(1) / Rational(Integer(1) << -exponent) : Rational(Integer(1) << exponent);
    };
    for (int turn = 0; turn < 6; ++turn) {
      CAPTURE(turn);
      const Index n = random.between(4, 12);
      const RationalMatrix core(degenerate(n, random.between(2, n), random).cast<Rational>());
      std::vector<Rational> scales;
      for (Index k = 0; k < n; ++k)
        scales.push_back(power(random.between(0, turn < 3 ? 350 : 1500)) * Rational(1 + k));
      const IntegerMatrix a = with_common_denominator(congruent(core, diagonal(scales))).numerators;
      const exact::EquilibratedMatrix found = exact::equilibrated(a);
      CHECK(found.entries.cwiseAbs().maxCoeff() <= 1);
      CHECK(found.entries.cwiseAbs().rowwise().maxCoeff().minCoeff() >= 0.01);
      for (Index i = 0; i < n; ++i) {
        for (Index j = 0; j < n; ++j) {
          const long exponent =
              found.exponents[static_cast<std::size_t>(i)] + found.exponents[static_cast<std::size_t>(j)];
          const Rational exactly = Rational(a(i, j)) * power(exponent);
          CHECK(abs(Rational(found.entries(i, j)) - exactly) <= abs(exactly) * power(-50) + power(-1000));
        }
      }
      const auto sandwiched = exact::sandwiched_inertia(a);
      REQUIRE(sandwiched.has_value());
      CHECK(*sandwiched == by_elimination(with_common_denominator(core).numerators));
    }
    const exact::EquilibratedMatrix nothing = exact::equilibrated(IntegerMatrix(IntegerMatrix::Zero(3, 3)));
    CHECK(nothing.entries.isZero(0));
  }

  TEST_CASE("a prime that divides the pivots, and null vectors that are none") {
    const Rational p(exact::prime(0));
    RationalMatrix a(3, 3);
    a << 1, 1, 0, 1, 1 + p, 0, 0, 0, 5;  // rank 2 modulo p
    const IntegerMatrix integers = with_common_denominator(a).numerators;
    const exact::PivotSplit split = exact::pivot_split(integers);
    CHECK(split.others.size() == 1);
    CHECK_FALSE(exact::null_vectors(integers, split, 1000).has_value());
    CHECK_FALSE(exact::has_at_most_rank(integers, 2));
    CHECK(exact::has_at_most_rank(integers, 3));
    CHECK_FALSE(exact::sandwiched_inertia(integers).has_value());
    CHECK(inertia(a) == Inertia{0, 0, 3});

    Random random(79);
    const IntegerMatrix b = degenerate(9, 6, random);
    const exact::PivotSplit of_b = exact::pivot_split(b);
    const auto null = exact::null_vectors(b, of_b, 1000);
    REQUIRE(null.has_value());
    CHECK(null->rows() == 3);
    CHECK((*null * b).isZero());
    for (std::size_t i = 0; i < 3; ++i) {
      for (std::size_t j = 0; j < 3; ++j)
        CHECK(((*null)(static_cast<Index>(i), of_b.others[j]) != 0) == (i == j));
    }
    CHECK_FALSE(exact::null_vectors(b, of_b, 0).has_value());
    CHECK(exact::has_at_most_rank(b, 6));
    CHECK_FALSE(exact::has_at_most_rank(b, 5));
  }

  TEST_CASE("null vectors by lifting and by residues modulo many primes are the same, and are such") {
    constexpr std::uint64_t seed = 1315;
    CAPTURE(seed);
    Random random(seed);
    for (int turn = 0; turn < 12; ++turn) {
      CAPTURE(turn);
      const Index n = random.between(4, 12);
      const Index rank = random.between(1, n - 1);
      IntegerMatrix a = degenerate(n, rank, random);
      if (turn % 3 == 0) {  // long entries
        Integer factor = 1;
        for (Index i = 0; i < n; ++i) {
          factor *= Integer(1000003 + i) * Integer(998244353);
          a.row(i) *= factor;
          a.col(i) *= factor;
        }
      }
      const exact::PivotSplit split = exact::pivot_split(a);
      REQUIRE(static_cast<Index>(split.pivots.size()) == rank);
      constexpr std::size_t digits = 10000;
      const auto lifted = exact::null_vectors(a, split, digits, exact::NullBy::lifting);
      const auto by_primes = exact::null_vectors(a, split, digits, exact::NullBy::primes);
      REQUIRE(lifted.has_value());
      REQUIRE(by_primes.has_value());
      CHECK(by_primes->rows() == n - rank);
      CHECK((*by_primes * a).isZero());
      for (std::size_t i = 0; i < split.others.size(); ++i) {
        for (std::size_t j = 0; j < split.others.size(); ++j)
          CHECK(((*by_primes)(static_cast<Index>(i), split.others[j]) != 0) == (i == j));
      }
      CHECK(*by_primes == *lifted);
      CHECK(exact::null_vectors(a, split, digits) == lifted);
      CHECK_FALSE(exact::null_vectors(a, split, 1, exact::NullBy::primes).has_value());
    }
  }

  TEST_CASE("residues pass over primes that divide the pivots, and end where too many do") {
    // [x 7; 7 49/x ..]: the pivot is a product of the k primes that are tried after the one of the split
    for (const std::size_t count : {std::size_t{1}, std::size_t{2}, std::size_t{3}}) {
      CAPTURE(count);
      Integer pivot = 1;
      for (std::size_t k = 1; k <= count; ++k)
        pivot *= Integer(exact::prime(k));
      IntegerMatrix a(2, 2);
      a << pivot * pivot, 7 * pivot, 7 * pivot, Integer(49);
      const exact::PivotSplit split = exact::pivot_split(a);
      REQUIRE(split.pivots == std::vector<Index>{0});
      const auto found = exact::null_vectors(a, split, 10000, exact::NullBy::primes);
      CHECK(found.has_value() == (count < 3));
      if (!found) continue;
      IntegerMatrix expected(1, 2);
      expected << Integer(7), -pivot;
      CHECK(*found == expected);
    }
    // a matrix of rank 2 that has rank 1 modulo the prime of the split
    const Integer p(exact::prime(0));
    IntegerMatrix b(2, 2);
    b << Integer(1), Integer(1), Integer(1), 1 + p;
    CHECK_FALSE(exact::null_vectors(b, exact::pivot_split(b), 10000, exact::NullBy::primes).has_value());
  }

  TEST_CASE("the size at which the sandwich starts") {
    Random random(80);
    const auto [core, all] = with_short_null_vectors(exact::sandwich_size, 20, random);
    const auto sandwiched = exact::sandwiched_inertia(all);
    REQUIRE(sandwiched.has_value());
    Inertia expected = by_elimination(core);
    expected.zero += all.rows() - core.rows();
    CHECK(*sandwiched == expected);
    CHECK(inertia(RationalMatrix(all.cast<Rational>())) == expected);
  }
}

namespace {

// Elimination without its witness, whose rows cost far more than the signs.
Inertia by_principal_minors(const IntegerMatrix& a) {
  for (std::uint64_t prime = exact::prime(0);;) {
    const exact::EliminationOrder order = exact::elimination_order(a, prime);
    const auto minors = exact::symmetric_minors(order.c, order.rank, exact::Wanted::principal_minors, prime);
    if (!minors) continue;
    Inertia out;
    out.zero = a.rows() - order.rank;
    int last = 1;
    for (const auto& row : minors->rows) {
      ++(row.front().sign() == last ? out.positive : out.negative);
      last = row.front().sign();
    }
    return out;
  }
}

// Twenty of the 200: each has its own seed, so that any of them can be run alone.
void check_twenty(int part) {
  int found = 0;
  for (int turn = 20 * part; turn < 20 * part + 20; ++turn) {
    CAPTURE(turn);
    Random random(1200 + static_cast<std::uint64_t>(turn));
    const bool large = turn % 20 >= 18;
    const Index n = large ? random.between(600, 1200) : random.between(130, 260);
    const Index rank = large ? random.between(10, 120) : random.between(n / 4, n);
    Inertia expected;
    IntegerMatrix a;
    if (turn % 2 == 0) {
      Congruent made = with_short_null_vectors(n, rank, random);
      expected = by_principal_minors(made.core);
      expected.zero += n - rank;
      a = std::move(made.all);
    } else {
      a = degenerate(n, rank, random);
      expected = by_principal_minors(a);
    }
    const auto sandwiched = exact::sandwiched_inertia(a);
    if (!sandwiched) continue;
    CHECK(*sandwiched == expected);
    ++found;
  }
  CHECK(found >= 19);
}

}  // namespace

TEST_SUITE("extreme") {
  TEST_CASE("200 degenerate matrices of up to 1200 rows: 1 to 20") {
    check_twenty(0);
  }
  TEST_CASE("200 degenerate matrices of up to 1200 rows: 21 to 40") {
    check_twenty(1);
  }
  TEST_CASE("200 degenerate matrices of up to 1200 rows: 41 to 60") {
    check_twenty(2);
  }
  TEST_CASE("200 degenerate matrices of up to 1200 rows: 61 to 80") {
    check_twenty(3);
  }
  TEST_CASE("200 degenerate matrices of up to 1200 rows: 81 to 100") {
    check_twenty(4);
  }
  TEST_CASE("200 degenerate matrices of up to 1200 rows: 101 to 120") {
    check_twenty(5);
  }
  TEST_CASE("200 degenerate matrices of up to 1200 rows: 121 to 140") {
    check_twenty(6);
  }
  TEST_CASE("200 degenerate matrices of up to 1200 rows: 141 to 160") {
    check_twenty(7);
  }
  TEST_CASE("200 degenerate matrices of up to 1200 rows: 161 to 180") {
    check_twenty(8);
  }
  TEST_CASE("200 degenerate matrices of up to 1200 rows: 181 to 200") {
    check_twenty(9);
  }
}
