// The verification believes nothing of the basis: a wrong basis gives wide enclosures or none, never wrong ones.

#include "numeric/verified_spectrum.hpp"
#include "exact/random_matrices.hpp"
#include "numeric/eigenbasis.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace rankscape;
using testing::Random;

namespace {

numeric::BallMatrix exact_basis(const Matrix<double>& q) {
  numeric::BallMatrix out(q.rows(), q.cols());
  for (Index j = 0; j < q.cols(); ++j) {
    for (Index i = 0; i < q.rows(); ++i)
      arb_set_d(out.at(i, j), q(i, j));
  }
  return out;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("whatever the basis, the enclosures are true") {
    constexpr std::uint64_t seed = 51;
    CAPTURE(seed);
    Random random(seed);
    int verified = 0;
    for (int turn = 0; turn < 100; ++turn) {
      const Index n = 4;
      std::vector<Rational> spectrum;
      for (Index k = 0; k < n; ++k)
        spectrum.push_back(random.rational(9, 4));
      const RationalMatrix u = random.orthogonal(n, 2);
      const RationalMatrix a = testing::congruent(testing::diagonal(spectrum), u);
      std::sort(spectrum.begin(), spectrum.end());
      // the true basis, disturbed by anything from nothing to all of it
      const double size = 0.25 * static_cast<double>(turn % 10) / 9;
      Matrix<double> q(n, n);
      for (Index j = 0; j < n; ++j) {
        for (Index i = 0; i < n; ++i) {
          q(i, j) = u(j, i).convert_to<double>() + size * (static_cast<double>(random.between(-10, 10)) / 10);
        }
      }
      const numeric::VerifiedSpectrum found = numeric::verify_spectrum(a, exact_basis(q), 100);
      if (found.values.empty()) continue;
      ++verified;
      REQUIRE(found.values.size() == spectrum.size());
      for (std::size_t k = 0; k < spectrum.size(); ++k)
        CHECK(found.values[k].contains(spectrum[k]));
    }
    CHECK(verified > 20);
  }

  TEST_CASE("a basis that is none proves nothing") {
    const RationalMatrix a = RationalMatrix::Ones(2, 2);
    CHECK(numeric::verify_spectrum(a, exact_basis(Matrix<double>::Zero(2, 2)), 100).values.empty());
    CHECK(numeric::verify_spectrum(a, exact_basis(Matrix<double>::Ones(2, 2)), 100).values.empty());
    Matrix<double> broken = Matrix<double>::Identity(2, 2);
    broken(0, 1) = std::numeric_limits<double>::quiet_NaN();
    CHECK(numeric::verify_spectrum(a, exact_basis(broken), 100).values.empty());
    broken(0, 1) = std::numeric_limits<double>::infinity();
    CHECK(numeric::verify_spectrum(a, exact_basis(broken), 100).values.empty());
  }

  TEST_CASE("refinement about squares the error") {
    const RationalMatrix a = Random(52).symmetric(5, 9, 4) / Rational(9);
    numeric::BallMatrix basis = numeric::approximate_eigenbasis(a, 16);
    const double first = numeric::verify_spectrum(a, basis, 400).residual;
    basis = numeric::improved_basis(basis, numeric::verify_spectrum(a, basis, 400), 400);
    const double second = numeric::verify_spectrum(a, basis, 400).residual;
    basis = numeric::improved_basis(basis, numeric::verify_spectrum(a, basis, 400), 400);
    const double third = numeric::verify_spectrum(a, basis, 400).residual;
    CHECK(first < 1e-13);
    CHECK(second < 1e-26);
    CHECK(third < 1e-52);
  }

  TEST_CASE("every arithmetic of the solver delivers its digits") {
    const RationalMatrix a = Random(53).symmetric(4, 9, 4) / Rational(9);
    for (const unsigned digits : numeric::solver_digits) {
      CAPTURE(digits);
      const long bits = static_cast<long>(4 * digits) + 64;
      const Rational width = numeric::verify_spectrum(a, numeric::approximate_eigenbasis(a, digits), bits).width;
      CHECK(width < parse_rational("1e-" + std::to_string(std::min(digits - 3, 390U))));
    }
  }
}
