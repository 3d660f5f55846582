// The least trace of the Hessian over all factorizations of a matrix (theorems/gatmiry2023-flatness.toml) is attained:
// at W_1 = a D V^T, W_2 = ... = b I, W_H = a U D, where M = U D^2 V^T and the scales make all terms of the trace equal.
#include <doctest/doctest.h>

#include <rankscape/check/run.hpp>

#include "native/recipes.hpp"

using namespace rankscape;

namespace {

class Claims final : public RunListener {
 public:
  void row(std::size_t, const Row& row) override {
    for (const auto& [name, holds] : row.claims) {
      if (name == "least trace where the data are fitted" && holds == Truth::yes && row.value == 0) ++fitted;
      if (holds == Truth::no) ++refuted;
    }
  }
  int fitted = 0;
  int refuted = 0;
};

Rational trace_of_hessian(const Weights& weights) {
  RationalMatrix product = weights.front();
  for (std::size_t h = 1; h < weights.size(); ++h)
    product = multiply(weights[h], product);
  const auto at = test::network(RationalMatrix::Identity(product.cols(), product.cols()), product, weights);
  CHECK(at->value() == 0);
  return trace(at->hessian());
}

Rational power(const Rational& base, int exponent) {
  Rational value = 1;
  for (int k = 0; k < exponent; ++k)
    value *= base;
  return value;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("factors that attain the bound exactly, and neighbours that do not") {
    // d_0 = d_L = d, ||M||_* = s, terms d b^{2(H-2)} a^2 s (outer layers) and a^4 b^{2(H-3)} s^2 (inner ones), with
    // a^2 b^{H-2} = 1: equal when a^2 s = d b^2
    struct Known {
      int layers;
      Rational a;
      Rational b;
      RationalVector roots;  // of the singular values of M; the sum of their squares is s
    };
    RationalVector equal(2);
    equal << 1, 1;
    RationalVector uneven(2);
    uneven << 1, 7;
    const auto check = [](const Known& known) {
      const Index d = known.roots.size();
      const RationalMatrix root = known.roots.asDiagonal();
      RationalMatrix turn(2, 2);
      turn << Rational(3, 5), Rational(4, 5), Rational(-4, 5), Rational(3, 5);
      Weights weights{known.a * root * turn};
      for (int h = 2; h < known.layers; ++h)
        weights.push_back(known.b * RationalMatrix::Identity(d, d));
      weights.push_back(known.a * turn * root);
      const Rational s = known.roots.squaredNorm();
      REQUIRE((known.layers == 2 || known.a * known.a * s == Rational(d) * known.b * known.b));
      const int H = known.layers;
      const Rational bound =
          power(Rational(H), H) * Rational(d * d) * power(power(known.a, 2) * power(known.b, H - 2) * s, 2 * (H - 1));
      CHECK(power(trace_of_hessian(weights) / 2, H) == bound);
      Weights other = weights;  // the same product, less balanced
      other.front() *= Rational(11, 10);
      other.back() *= Rational(10, 11);
      CHECK(power(trace_of_hessian(other) / 2, H) > bound);
    };
    check({2, 1, 1, equal});
    check({3, 1, 1, equal});
    check({4, 3, 3, equal});
    check({2, 2, 1, uneven});
    check({3, 1, 5, uneven});
    check({5, Rational(1, 5), 1, uneven});
  }
}

TEST_SUITE("standard") {
  TEST_CASE("the statement is checked where the data are fitted, not only elsewhere") {
    Claims claims;
    RunOptions options;
    options.library = &test::library();
    static_cast<void>(run({test::theorem("gatmiry2023-flatness.toml")}, options, {&claims}));
    CHECK(claims.refuted == 0);
    CHECK(claims.fitted > 5);
  }
}
