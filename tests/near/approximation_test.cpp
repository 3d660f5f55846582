// near: what wide networks are approximated by, against exact arithmetic.
#include <doctest/doctest.h>

#include <random>
#include <rankscape/error.hpp>

#include "near/bounds.hpp"
#include "near/fit.hpp"
#include "near/reduction.hpp"

using namespace rankscape;
using namespace rankscape::near;

namespace {

constexpr unsigned first_seed = 11;

RationalMatrix random_matrix(std::mt19937& engine, Index rows, Index cols) {
  std::uniform_int_distribution<int> entry(-512, 512);
  RationalMatrix a(rows, cols);
  for (Index k = 0; k < a.size(); ++k)
    a.data()[k] = Rational(entry(engine), 256);
  return a;
}

bool within(const RationalMatrix& a, const RationalMatrix& b, const Rational& error) {
  return square_norm(a - b) <= error * error;
}

RationalMatrix diagonal_of(const std::vector<Rational>& values) {
  const auto n = static_cast<Index>(values.size());
  RationalMatrix a = RationalMatrix::Zero(n, n);
  for (Index i = 0; i < n; ++i)
    a(i, i) = values[static_cast<std::size_t>(i)];
  return a;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("approximate inverses and products are off by no more than they say, and by little") {
    INFO("seed ", first_seed);
    std::mt19937 engine(first_seed);
    constexpr Index n = exact_width + 2;
    const Rational little = Rational(1) / Rational(Integer(1) << 120U);
    const RationalMatrix a = random_matrix(engine, n, n);
    const auto approximate = inverse_near(a);
    REQUIRE(approximate);
    CHECK(approximate->error > 0);
    CHECK(approximate->error < little);
    CHECK(within(*inverse(a), approximate->value, approximate->error));
    const Approximation product = *approximate * *approximate;
    CHECK(product.error < little);
    CHECK(within(multiply(*inverse(a), *inverse(a)), product.value, product.error));
    const RationalMatrix narrow = a.topLeftCorner(3, 3);
    CHECK(inverse_near(narrow)->error == 0);
    RationalMatrix singular = a;
    singular.col(0) = singular.col(1) * Rational(3);
    CHECK_FALSE(inverse_near(singular));
    // doubles see a singular matrix, elimination does not
    singular(0, 0) += Rational(1) / Rational(Integer(1) << 90U);
    const auto nearly = inverse_near(singular);
    REQUIRE(nearly);
    CHECK(within(*inverse(singular), nearly->value, nearly->error));
  }

  TEST_CASE("spectra of wide matrices: known eigenvalues, also those that doubles cannot tell apart") {
    INFO("seed ", first_seed);
    std::mt19937 engine(first_seed);
    constexpr Index n = exact_width + 2;
    // (I - K)(I + K)^-1 is orthogonal for skew K
    const RationalMatrix half = random_matrix(engine, n, n);
    const RationalMatrix skew = (half - RationalMatrix(half.transpose())) / Rational(8);
    const RationalMatrix one = RationalMatrix::Identity(n, n);
    const RationalMatrix q = multiply(RationalMatrix(one - skew), *inverse(RationalMatrix(one + skew)));
    std::vector<Rational> values;
    for (Index i = 0; i < n; ++i)
      values.emplace_back(static_cast<long>(n - i));
    values[3] = values[2] - Rational(1) / Rational(Integer(1) << 60U);
    values[n - 1] = Rational(1) / Rational(Integer(1) << 70U);
    values[n - 2] = Rational(1) / Rational(Integer(1) << 62U);
    const RationalMatrix a = multiply({q, diagonal_of(values), RationalMatrix(q.transpose())});
    const Spectrum sharp = enclose_spectrum(a, 0, true);
    CHECK(sharp.f < Rational(1) / Rational(Integer(1) << 80U));
    for (std::size_t i = 0; i < values.size(); ++i)
      CHECK(abs(sharp.d[i] - values[i]) <= sharp.f);
    const Rational doubt(1, 1000);
    const Spectrum doubted = enclose_spectrum(a, doubt);
    CHECK(doubted.f >= doubt);
    CHECK(doubted.f < 2 * doubt);
  }

  TEST_CASE("a critical point of a wide network is located within the errors stated") {
    INFO("seed ", first_seed);
    std::mt19937 engine(first_seed);
    constexpr Index d = exact_width + 2;
    constexpr Index dy = 3;
    const RationalMatrix x = RationalMatrix::Identity(d, d);
    RationalMatrix sxy = RationalMatrix::Zero(d, dy);  // U_S, U_Q are unit vectors
    for (Index i = 0; i < dy; ++i)
      sxy(i, i) = Rational(static_cast<long>(3 - i));
    const RationalMatrix w1 = random_matrix(engine, 4, d);
    const RationalMatrix w2 = random_matrix(engine, dy, 4);
    const Network network = make_network({w1, w2}, x, sxy);
    REQUIRE(network.null_rows.value.rows() == d - dy);
    const Proposer proposer(network);
    const Selection S{0};
    const Proposer::Fit fit = proposer.fit(S, proposer.strata(S).back());
    REQUIRE(!fit.point.G.empty());
    const auto located = locate(network, fit.point);
    REQUIRE(located);
    // the product is the projection of P_* and both gradients vanish, up to what the errors allow
    const RationalMatrix product = multiply(located->W[1], located->W[0]);
    RationalMatrix expected = RationalMatrix::Zero(dy, d);
    expected(0, 0) = 3;
    const Rational loose = Rational(1) / Rational(Integer(1) << 60U);
    CHECK(within(product, expected, loose));
    const RationalMatrix residual = product - RationalMatrix(sxy.transpose());
    CHECK(square_norm(multiply(RationalMatrix(located->W[1].transpose()), residual)) < loose);
    CHECK(square_norm(multiply(residual, RationalMatrix(located->W[0].transpose()))) < loose);
    for (const Rational& error : located->errors)
      CHECK(error < loose);
    CHECK(located->errors.front() > 0);
  }
}

TEST_SUITE("extreme") {
  TEST_CASE("inverses of very wide matrices, in words: orthogonal ones are known") {
    INFO("seed ", first_seed);
    std::mt19937 engine(first_seed);
    constexpr Index n = 260;
    REQUIRE(working_bits(n) < 64);
    const RationalMatrix v = random_matrix(engine, n, 1);
    const RationalMatrix vt = v.transpose();
    // a reflection with columns of several sizes
    RationalMatrix a = RationalMatrix::Identity(n, n) - Rational(2) / square_norm(v) * multiply(v, vt);
    RationalMatrix inverted = a;
    for (Index i = 0; i < n; ++i) {
      const Rational size(1 + (i % 5));
      a.col(i) *= size;
      inverted.row(i) /= size;
    }
    const auto near = inverse_near(a);
    REQUIRE(near);
    CHECK(within(inverted, near->value, near->error));
    CHECK(near->error < Rational(1) / Rational(Integer(1) << 25U));
    CHECK(shortened(near->value, 60) == near->value);
  }
}
