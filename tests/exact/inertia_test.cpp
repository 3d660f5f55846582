// Inertia known by construction, by Descartes' rule on the characteristic polynomial (all roots are real, so the rule
// is exact), and by multiplying the witness out; near misses and corrupted witnesses.

#include "exact/prime_field.hpp"
#include "exact/random_matrices.hpp"

#include <rankscape/exact/deadline.hpp>
#include <rankscape/exact/inertia.hpp>

#include <doctest/doctest.h>

#include <chrono>

using namespace rankscape;
using testing::congruent;
using testing::diagonal;
using testing::Random;

namespace {

Inertia by_descartes(const RationalMatrix& a) {
  const std::vector<Rational> c = characteristic_polynomial(a);
  Inertia out;
  while (c[static_cast<std::size_t>(out.zero)] == 0)
    ++out.zero;
  int previous = 0;
  for (const Rational& coefficient : c) {
    if (coefficient == 0) continue;
    if (previous != 0 && sign(coefficient) != previous) ++out.positive;
    previous = sign(coefficient);
  }
  out.negative = a.rows() - out.zero - out.positive;
  return out;
}

// All that is promised about one matrix.
void check(const RationalMatrix& a, const Inertia& expected) {
  CHECK(inertia(a) == expected);
  const WitnessedInertia found = witnessed_inertia(a);
  CHECK(found.inertia == expected);
  const InertiaWitness& w = found.witness;
  CHECK(inertia_proved_by(w, a) == expected);
  // multiplied out once more, by Eigen alone
  CHECK(congruent(diagonal(w.diagonal), w.rows) == a);
  for (Index k = 0; k < w.rows.rows(); ++k) {
    Integer content = 0;
    for (Index j = 0; j < w.rows.cols(); ++j) {
      CHECK(denominator(w.rows(k, j)) == 1);
      content = gcd(content, Integer(numerator(w.rows(k, j))));
    }
    CHECK(content == 1);
  }
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("small matrices") {
    check(RationalMatrix(0, 0), {0, 0, 0});
    check(diagonal({0}), {0, 1, 0});
    check(diagonal({Rational(-3, 7)}), {1, 0, 0});
    check(diagonal({parse_rational("1e-200")}), {0, 0, 1});
    check(RationalMatrix::Zero(5, 5), {0, 5, 0});
    check(RationalMatrix::Ones(4, 4), {0, 3, 1});
    RationalMatrix hyperbolic = RationalMatrix::Zero(2, 2);
    hyperbolic(0, 1) = hyperbolic(1, 0) = Rational(-5, 3);
    check(hyperbolic, {1, 0, 1});
    CHECK_THROWS_AS((void)inertia(RationalMatrix(1, 2)), std::invalid_argument);
    hyperbolic(0, 1) += 1;
    CHECK_THROWS_AS((void)inertia(hyperbolic), std::invalid_argument);
    CHECK_THROWS_AS((void)witnessed_inertia(hyperbolic), std::invalid_argument);
  }

  TEST_CASE("congruences of known signs") {
    constexpr std::uint64_t seed = 21;
    CAPTURE(seed);
    Random random(seed);
    for (int turn = 0; turn < 60; ++turn) {
      CAPTURE(turn);
      const Index n = random.between(1, 9);
      Inertia expected;
      std::vector<Rational> signs;
      for (Index k = 0; k < n; ++k) {
        const Rational d = random.chance(0.3) ? Rational(0) : random.rational(5, 4);
        ++(d < 0 ? expected.negative : d > 0 ? expected.positive : expected.zero);
        signs.push_back(d);
      }
      check(congruent(diagonal(signs), random.unimodular(n, 3)), expected);
    }
  }

  TEST_CASE("arbitrary, sparse and zero-diagonal matrices agree with Descartes' rule") {
    constexpr std::uint64_t seed = 22;
    CAPTURE(seed);
    Random random(seed);
    for (int turn = 0; turn < 200; ++turn) {
      CAPTURE(turn);
      const Index n = random.between(1, 8);
      RationalMatrix a = random.symmetric(n, 3, 3, random.chance(0.5) ? 0.3 : 0.9);
      if (random.chance(0.5)) a.diagonal().setZero();
      check(a, by_descartes(a));
    }
  }

  TEST_CASE("a perturbation of 1e-30 of a singular matrix changes the inertia") {
    Random random(23);
    const RationalMatrix t = random.unimodular(6, 4);
    const Rational tiny = parse_rational("1e-30");
    check(congruent(diagonal({1, -1, 2, 0, 3, -5}), t), {2, 1, 3});
    check(congruent(diagonal({1, -1, 2, tiny, 3, -5}), t), {2, 0, 4});
    check(congruent(diagonal({1, -1, 2, -tiny, 3, -5}), t), {3, 0, 3});
  }

  TEST_CASE("primes that divide essential minors mislead nobody") {
    const Rational p(exact::prime(0));
    const Rational q(exact::prime(1));
    RationalMatrix a(2, 2);
    a << 1, 1, 1, 1 + p;  // rank 1 modulo p
    check(a, {0, 0, 2});
    a << 1, 1, 1, 1 - p * q;
    check(a, {1, 0, 1});
    a << p, 1, 1, 0;  // the diagonal vanishes modulo p only
    check(a, {1, 0, 1});
    a << p, p * q, p * q, q;  // content 1, but zero rows modulo either prime
    check(a, {1, 0, 1});
    check(congruent(diagonal({p, -q, p * q, 0}), Random(24).unimodular(4, 9)), {1, 1, 2});
  }

  TEST_CASE("witnesses that were tampered with are rejected") {
    Random random(25);
    const RationalMatrix a = congruent(diagonal({1, -2, 3, 0, -1}), random.unimodular(5, 3));
    const InertiaWitness good = witnessed_inertia(a).witness;
    REQUIRE(inertia_proved_by(good, a) == Inertia{2, 1, 2});
    const auto proves = [&](const InertiaWitness& w) { return inertia_proved_by(w, a).has_value(); };

    InertiaWitness w = good;
    w.rows(1, 2) += parse_rational("1e-40");
    CHECK_FALSE(proves(w));
    w = good;
    w.diagonal[0] = -w.diagonal[0];
    CHECK_FALSE(proves(w));
    w = good;
    w.diagonal[2] *= 1 + parse_rational("1e-40");
    CHECK_FALSE(proves(w));
    w = good;
    w.diagonal.pop_back();
    CHECK_FALSE(proves(w));
    w = good;
    w.rows.conservativeResize(3, Eigen::NoChange);
    w.diagonal.pop_back();
    CHECK_FALSE(proves(w));
    // a row twice with half the weight, or a pair that cancels: multiplies out, but the rows are dependent
    w = good;
    w.rows.conservativeResize(5, Eigen::NoChange);
    w.rows.row(4) = w.rows.row(0);
    w.diagonal[0] /= 2;
    w.diagonal.push_back(w.diagonal[0]);
    CHECK_FALSE(proves(w));
    // a zero weight would add a row for free
    w = good;
    w.rows.conservativeResize(5, Eigen::NoChange);
    w.rows.row(4) = RationalMatrix(random.matrix(1, 5, 9));
    w.diagonal.push_back(0);
    CHECK_FALSE(proves(w));
    w = good;
    w.rows.conservativeResize(5, Eigen::NoChange);
    w.rows.row(4).setZero();
    w.diagonal.push_back(1);
    CHECK_FALSE(proves(w));
    // the witness of another matrix
    CHECK_FALSE(inertia_proved_by(good, RationalMatrix(a + a)).has_value());
    CHECK_FALSE(inertia_proved_by(good, RationalMatrix::Zero(4, 4)).has_value());
    // scaled rows with matching weights are as good as ours
    w = good;
    w.rows.row(0) *= Rational(2, 3);
    w.diagonal[0] *= Rational(9, 4);
    CHECK(inertia_proved_by(w, a) == Inertia{2, 1, 2});
  }

  TEST_CASE("a witness whose rows join parts of a block diagonal matrix") {
    RationalMatrix rows(2, 2);
    rows << 1, 1, 1, -1;  // 1/2 (x+y)^2 + 1/2 (x-y)^2 = x^2 + y^2
    const RationalMatrix identity = RationalMatrix::Identity(2, 2);
    CHECK(inertia_proved_by({rows, {Rational(1, 2), Rational(1, 2)}}, identity) == Inertia{0, 0, 2});
    CHECK_FALSE(inertia_proved_by({rows, {Rational(1, 2), Rational(1, 3)}}, identity).has_value());
  }

  TEST_CASE("arithmetic modulo a prime, at its extremes") {
    for (const std::size_t which : {0U, 5U, 300U}) {
      const exact::PrimeField field(exact::prime(which));
      const Integer p(field.prime());
      const auto largest = field.prime() - 1;
      CHECK(field.multiply(largest, largest) == 1);
      CHECK(field.subtract(0, largest) == 1);
      CHECK(field.multiply(field.invert(12345), 12345) == 1);
      CHECK(field.reduce(~exact::PrimeField::DoubleWord{0}) == Integer(((Integer(1) << 128U) - 1) % p));
      const Integer long_number = pow(Integer(-7), 301);
      CHECK(field.reduce(long_number) == Integer((long_number % p + p) % p));
      CHECK(field.reduce(p) == 0);
      // more products than two limbs hold
      for (const std::size_t length : {1023U, 1024U, 1025U, 3333U}) {
        CAPTURE(length);
        std::vector<exact::PrimeField::Word> a(length, largest);
        std::vector<exact::PrimeField::Word> b(length);
        Integer expected = 0;
        for (std::size_t k = 0; k < length; ++k) {
          b[k] = largest - k;
          expected += Integer(a[k]) * Integer(b[k]);
        }
        CHECK(field.dot(a.data(), b.data(), static_cast<Index>(length)) == Integer(expected % p));
      }
    }
    CHECK(exact::prime(0) == 576460752303423433U);  // 2^59 - 55, from the published list of primes just below 2^n
  }

  TEST_CASE("long computations stop at the deadline") {
    Random random(26);
    const RationalMatrix a = random.symmetric(12, 1'000'000'000);
    const DeadlineScope passed(DeadlineScope::Clock::now() - std::chrono::seconds(1));
    CHECK_THROWS_AS((void)inertia(a), DeadlineExceeded);
  }
}

TEST_SUITE("standard") {
  TEST_CASE("dense matrices with long entries") {
    constexpr std::uint64_t seed = 27;
    CAPTURE(seed);
    Random random(seed);
    for (const Index n : {20, 33}) {
      for (const Index rank : {n, n / 2}) {
        const RationalMatrix factor = random.matrix(rank, n, 1L << 40U, 7);
        std::vector<Rational> signs;
        for (Index k = 0; k < rank; ++k)
          signs.push_back(k % 3 == 0 ? -1 : 1);
        const RationalMatrix a = congruent(diagonal(signs), factor);
        const Index negative = (rank + 2) / 3;
        check(a, {negative, n - rank, rank - negative});
      }
    }
  }
}
