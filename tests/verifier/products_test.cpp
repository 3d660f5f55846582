// Dense products by words are those by long multiplication, at the edges of a digit too; and where they are used,
// forged evidence is rejected as elsewhere.
#include <doctest/doctest.h>

#include <random>

#include "verifier/forgery.hpp"
#include "verifier/symmetric.hpp"

using namespace samples;
using verifier::Outcome;
using verifier::Z;
using Integers = verifier::Matrix<Z>;

namespace {

Z power(unsigned exponent) {
  return Z(1) << exponent;
}

// Numbers where a digit begins or ends, or zero, of either sign.
Integers at_edges(std::size_t rows, std::size_t cols, unsigned digits, std::mt19937_64& random) {
  Integers a(rows, cols);
  for (Z& x : a.entries) {
    const unsigned exponent = static_cast<unsigned>(random() % digits) * 56;
    switch (random() % 6) {
      case 0:
        x = 0;
        break;
      case 1:
        x = power(exponent + 56) - 1;
        break;
      case 2:
        x = power(exponent);
        break;
      case 3:
        x = power(exponent + 55) + 1;
        break;
      default:
        x = power(exponent) * Z(static_cast<unsigned long>(random() >> 8U));
    }
    if (random() % 2 == 0) x = -x;
  }
  return a;
}

Z entry(const Integers& a, const Integers& b, std::size_t i, std::size_t j) {
  Z sum = 0;
  for (std::size_t k = 0; k < a.cols; ++k)
    sum += a(i, k) * b(k, j);
  return sum;
}

void expect_products(const Integers& a, const Integers& b) {
  const Integers c = a * b;
  const Integers lower = verifier::products(a, transposed(b));
  bool same = c.rows == a.rows && c.cols == b.cols;
  for (std::size_t i = 0; i < a.rows; ++i) {
    for (std::size_t j = 0; j < b.cols; ++j) {
      const Z expected = entry(a, b, i, j);
      same = same && c(i, j) == expected;
      if (a.rows == b.cols) same = same && lower(i, j) == (j <= i ? expected : Z(0));
    }
  }
  CHECK(same);
}

// The Hadamard matrix of order 2^k: symmetric, rows orthogonal, entries +-1.
int hadamard_entry(unsigned i, unsigned j) {
  int sign = 1;
  for (unsigned both = i & j; both != 0; both &= both - 1)
    sign = -sign;
  return sign;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("dense products by words") {
    const std::uint64_t seed = 56;
    CAPTURE(seed);
    std::mt19937_64 random(seed);
    for (unsigned left = 1; left <= 5; ++left) {  // of five digits: by long multiplication
      for (unsigned right = 1; right <= 4; ++right) {
        CAPTURE(left);
        CAPTURE(right);
        verifier::budget = verifier::Budget();
        expect_products(at_edges(35, 32, left, random), at_edges(32, 35, right, random));
      }
    }
    // few rows, few columns, few numbers that are not zero
    expect_products(at_edges(31, 40, 2, random), at_edges(40, 33, 2, random));
    expect_products(at_edges(40, 3, 2, random), at_edges(3, 40, 2, random));
    Integers sparse(40, 40);
    sparse(7, 9) = power(100);
    expect_products(sparse, at_edges(40, 40, 1, random));
  }

  TEST_CASE("sums of as many products of digits as fit, and one more column") {
    verifier::budget = verifier::Budget();
    const Z largest = power(4 * 56) - 1;
    for (const std::size_t cols : {verifier::Words::most_products / 4, verifier::Words::most_products / 4 + 1}) {
      Integers a(32, cols);
      for (std::size_t k = 0; k < a.entries.size(); ++k)
        a.entries[k] = k / cols == 1 ? Z(-largest) : largest;
      const Integers forms = verifier::products(a, a);
      const Z square = largest * largest * Z(static_cast<unsigned long>(cols));
      CHECK(forms(0, 0) == square);
      CHECK(forms(1, 0) == Z(-square));
      CHECK(forms(1, 1) == square);
      CHECK(forms(31, 1) == Z(-square));
    }
  }

  TEST_CASE("dense products are paid for") {
    std::mt19937_64 random(57);
    verifier::budget = verifier::Budget();
    const Integers a = at_edges(64, 64, 2, random);
    const std::size_t before = verifier::budget.spent;
    static_cast<void>(a * a);
    CHECK(verifier::budget.spent - before >= 64 * 64 * 64 * 4 / verifier::words_for_a_step);
    verifier::budget.spent = verifier::most_steps - 1000;
    CHECK_THROWS_AS(static_cast<void>(a * a), verifier::Unreadable);
    verifier::budget = verifier::Budget();
  }

  TEST_CASE("the inertia of a dense matrix, and forgeries") {
    // A = W diag(d) W has the eigenvectors W and the eigenvalues 64 d
    constexpr unsigned n = 64;
    const auto value = [](unsigned k) { return k < 5 ? -1 - static_cast<int>(k) : static_cast<int>(k); };
    Json rows = Json::array();
    Json frame = Json::array();
    for (unsigned i = 0; i < n; ++i) {
      rows.push_back(Json::array());
      frame.push_back(Json::array());
      for (unsigned j = 0; j < n; ++j) {
        int sum = 0;
        for (unsigned k = 0; k < n; ++k)
          sum += hadamard_entry(i, k) * value(k) * hadamard_entry(k, j);
        rows.back().push_back(sum);
        frame.back().push_back(hadamard_entry(i, j));
      }
    }
    const Json good = {
        {"format", "rankscape-inertia/1"},
        {"matrix", matrix(rows)},
        {"inertia", {{"neg", 5}, {"zero", 0}, {"pos", 59}, {"frame", frame}, {"null", none}, {"null_columns", none}}},
        {"lambda_min", {{"lo", -321}, {"hi", -320}}},
        {"lambda_max", {{"lo", 4032}, {"hi", 4033}}}};
    const auto report = verifier::verify_certificate(good.dump());
    CHECK(report.reason == "");
    CHECK(report.verified == std::vector<std::string>{"inertia", "lambda_min", "lambda_max"});
    Json swapped = good;  // the last negative direction and the first positive one
    std::swap(swapped["inertia"]["frame"][4], swapped["inertia"]["frame"][5]);
    Json doubled = good;  // not independent
    doubled["inertia"]["frame"][9] = doubled["inertia"]["frame"][8];
    Json other = good;  // one entry of one vector
    other["inertia"]["frame"][60][7] = 1000;
    Json indefinite = good;  // as many more positive directions as there were negative ones
    for (unsigned i = 0; i < n; ++i)
      indefinite["matrix"]["entries"][i][i] = rows[i][i].get<int>() + 321;
    for (const auto& [forged, phrase] : {std::pair<Json, const char*>{swapped, "negative definite"},
                                         {doubled, "positive definite"},
                                         {other, "positive definite"},
                                         {indefinite, "negative definite"},
                                         {with(good, {{"/lambda_min/lo", -320}}), "/lambda_min: the outer bound"},
                                         {with(good, {{"/lambda_min/hi", -321}}), "/lambda_min: the inner bound"},
                                         {with(good, {{"/lambda_max/hi", 4032}}), "/lambda_max: the outer bound"},
                                         {with(good, {{"/lambda_max/lo", 4033}}), "/lambda_max: the inner bound"}}) {
      const std::string expected = phrase;
      CAPTURE(expected);
      const auto rejected = verifier::verify_certificate(forged.dump());
      CAPTURE(rejected.reason);
      CHECK(rejected.outcome == Outcome::rejected);
      CHECK(rejected.reason.find(expected) != std::string::npos);
    }
  }
}
