// Critical points of general measurements, found numerically and proved by enclosures: against the explicit ones, and
// against the theorems' bounds at every point found.
#include <doctest/doctest.h>

#include <exact/random.hpp>
#include <native/matrix_sensing/form.hpp>
#include <native/matrix_sensing/search.hpp>
#include <rankscape/exact/inertia.hpp>
#include <rankscape/exact/real_roots.hpp>

#include <algorithm>

using namespace rankscape;
using namespace rankscape::matrix_sensing;

namespace {

RationalMatrix identity_form(Index n) {
  return coordinate_weights(n).asDiagonal();
}

// The identity plus a random symmetric form with entries up to 2 / scale: measurements of no special kind.
RationalMatrix general_form(Index n, long scale, Random& random) {
  RationalMatrix form = identity_form(n);
  const RationalMatrix noise = random_integers(form.rows(), form.rows(), 1, random);
  return form + (noise + noise.transpose()) / Rational(scale);
}

RationalMatrix random_factor(Index n, Index k, Random& random) {
  while (true) {
    RationalMatrix v = random_integers(n, k, 2, random);
    if (rank(v) == k) return v;
  }
}

// lambda_min <= -(1 - 5 delta) 4 (sqrt 2 - 1) sigma_r
Truth strict_saddle_bound(const EnclosedPoint& point, const Enclosure& delta, const Enclosure& sigma) {
  const auto number = [](long x) { return Enclosure(Rational(x)); };
  const Enclosure bound = number(-4) * (number(1) - number(5) * delta) * (sqrt(number(2)) - number(1)) * sigma;
  return less_equal(point.lambda_min, bound);
}

struct Tally {
  int points = 0;
  int solutions = 0;
  int hold = 0;
  int fail = 0;
  int unknown = 0;
};

// At every critical point found that is not the solution.
void tally_bound(Index n, Index k, long scale, std::uint64_t seed, bool inside, Tally& tally) {
  CAPTURE(n);
  CAPTURE(k);
  CAPTURE(scale);
  CAPTURE(seed);
  Random random(seed);
  const RationalMatrix form = general_form(n, scale, random);
  if (inertia(form).positive != form.rows()) return;
  const RestrictedBounds bounds = restricted_bounds(form, n, 2 * k);
  const Rational fine(1, 1'000'000'000);
  const Enclosure one{Rational(1)};
  const Enclosure delta = max(bounds.upper.enclose(fine) - one, one - bounds.lower.enclose(fine));
  if ((less(delta, Enclosure(Rational(1, 5))) == Truth::yes) != inside) return;
  const RationalMatrix V = random_factor(n, k, random);
  const Enclosure sigma = real_eigenvalues(multiply(V, V.transpose()))[static_cast<std::size_t>(k) - 1].enclose(fine);
  const SearchResult result = find_critical_points(measurements_of(form, n), V, {.starts = 15, .seed = seed});
  CHECK(result.points.size() >= 2);
  for (const EnclosedPoint& point : result.points) {
    ++tally.points;
    if (point.solution) {
      ++tally.solutions;
      CHECK(point.value.contains(0));
      continue;
    }
    const Truth holds = strict_saddle_bound(point, delta, sigma);
    ++(holds == Truth::yes ? tally.hold : holds == Truth::no ? tally.fail : tally.unknown);
  }
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("with the identity form the critical points are the partial eigenvector sums, all found") {
    // M = diag(9, 4, 0): values 16 + 81 - (81 for 9 taken) - ..., lambda_min from the explicit spectrum
    RationalMatrix V = RationalMatrix::Zero(3, 2);
    V(0, 0) = 3;
    V(1, 1) = 2;
    const SearchResult result = find_critical_points(measurements_of(identity_form(3), 3), V, {.starts = 30});
    CHECK(result.unproved == 0);
    REQUIRE(result.points.size() == 4);
    std::vector<Rational> expected{0, 97, 16, 81};
    for (const EnclosedPoint& point : result.points) {
      const auto value =
          std::find_if(expected.begin(), expected.end(), [&](const Rational& v) { return point.value.contains(v); });
      REQUIRE(value != expected.end());
      CHECK(point.error2.contains(*value));
      // 4 G = 4 (U U^T - M) has least eigenvalue -4 times the largest eigenvalue left out
      if (*value == 0) CHECK(point.lambda_min.contains(0));
      if (*value == 97 || *value == 81) CHECK(point.lambda_min.contains(-36));
      if (*value == 16) CHECK(point.lambda_min.contains(-16));
      CHECK(point.lambda_min.width() < Rational(1, 100000));
      expected.erase(value);
    }
    CHECK(result.points.front().solution);
  }

  // The equations are cubic, so the derivative along a line at t = 0 follows from four values.
  TEST_CASE("the Jacobian that the proofs rest on is the derivative of the equations") {
    Random random(9);
    const Index n = 3;
    const Index q = 3;
    const RationalMatrix form = general_form(n, 7, random);
    const RationalMatrix V = random_factor(n, 2, random);
    const SquareSystem system = gauge_fixed_system(measurements_of(multiply(form, form), n), multiply(V, V.transpose()),
                                                   random_integers(n, q, 3, random));
    std::vector<Rational> x(static_cast<std::size_t>(n * q + q * (q - 1) / 2));
    Box box;
    for (Rational& entry : x) {
      entry = Rational(random.integer(-5, 5), 3);
      box.emplace_back(entry);
    }
    const EnclosedMatrix jacobian = system.jacobian(box);
    REQUIRE(jacobian.cols == static_cast<Index>(x.size()));
    for (std::size_t k = 0; k < x.size(); ++k) {
      std::vector<std::vector<Rational>> values;
      for (int t = 0; t <= 3; ++t) {
        std::vector<Rational> moved = x;
        moved[k] += t;
        values.push_back(system.value(moved));
      }
      for (std::size_t i = 0; i < x.size(); ++i) {
        const Rational derivative =
            Rational(-11, 6) * values[0][i] + 3 * values[1][i] - Rational(3, 2) * values[2][i] + values[3][i] / 3;
        const Enclosure& entry = jacobian(static_cast<Index>(i), static_cast<Index>(k));
        CHECK(entry.contains(derivative));
        CHECK(entry.width() < Rational(1, 1'000'000'000));
      }
    }
  }

  TEST_CASE("the spurious local minimizer at delta = 161/289 is found and its least eigenvalue is positive") {
    RationalMatrix form = RationalMatrix::Zero(3, 3);
    form(0, 0) = form(2, 2) = 1;
    form(0, 2) = form(2, 0) = Rational(161, 289);
    form(1, 1) = Rational(900, 289);
    RationalMatrix V = RationalMatrix::Zero(2, 1);
    V(0) = 17;
    const SearchResult result = find_critical_points(measurements_of(form, 2), V, {.starts = 40});
    CHECK(std::any_of(result.points.begin(), result.points.end(), [](const EnclosedPoint& point) {
      return !point.solution && point.lambda_min.lo > 0 && point.value.lo > 0;
    }));
  }

  TEST_CASE("the bound for strict saddles at points of general measurements, delta below 1/5") {
    Tally tally;
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
      tally_bound(2, 1, 40, seed, true, tally);
      tally_bound(3, 1, 60, seed, true, tally);
    }
    CHECK(tally.solutions >= 6);
    CHECK(tally.hold >= 10);
    CHECK(tally.fail == 0);
    CHECK(tally.unknown == 0);
  }
}

TEST_SUITE("standard") {
  TEST_CASE("the bound for strict saddles at points of general measurements, more columns") {
    Tally tally;
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
      tally_bound(2, 2, 40, seed, true, tally);
      tally_bound(3, 2, 60, seed, true, tally);
      tally_bound(4, 2, 100, seed, true, tally);
    }
    MESSAGE(tally.points << " points, " << tally.solutions << " solutions, the bound holds at " << tally.hold);
    CHECK(tally.solutions >= 15);
    CHECK(tally.hold >= 40);
    CHECK(tally.fail == 0);
    CHECK(tally.unknown == 0);
  }

  TEST_CASE("beyond the hypothesis nothing is promised, and the enclosures still decide") {
    Tally tally;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      tally_bound(2, 1, 3, seed, false, tally);
      tally_bound(3, 1, 5, seed, false, tally);
    }
    CHECK(tally.points > 20);
    CHECK(tally.unknown <= tally.points / 10);
  }
}
