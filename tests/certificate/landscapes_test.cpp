// Losses of the literature at exact critical points that are made in one line each: what certificates claim there, and
// that the verifier agrees. The bounds of global minimizers are found from the program alone.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <random>

#include "certificate/bounds.hpp"
#include "certificate/evidence.hpp"
#include "certificate/write.hpp"
#include "program/compiled_loss.hpp"
#include "verifier/verify.hpp"

using namespace rankscape;
using namespace rankscape::certificate;
using program::Builder;
using verifier::Outcome;

namespace {

RationalMatrix rows(std::initializer_list<std::initializer_list<const char*>> list) {
  RationalMatrix a(static_cast<Index>(list.size()), static_cast<Index>(list.begin()->size()));
  Index i = 0;
  for (const auto& row : list) {
    Index j = 0;
    for (const char* text : row)
      a(i, j++) = parse_rational(text);
    ++i;
  }
  return a;
}

RationalMatrix diagonal(std::initializer_list<long> list) {
  RationalMatrix a = RationalMatrix::Zero(static_cast<Index>(list.size()), static_cast<Index>(list.size()));
  Index i = 0;
  for (const long x : list) {
    a(i, i) = x;
    ++i;
  }
  return a;
}

Claims claims_of(const program::Program& loss, const std::vector<RationalMatrix>& inputs) {
  const program::CompiledLoss compiled(loss);
  Claims claims(Workspace(loss, inputs));
  claims.value = compiled.value(inputs);
  claims.critical = is_zero(compiled.gradient(inputs));
  REQUIRE(claims.critical);
  claims.inertia = inertia_claim(compiled.hessian(inputs));
  claims.global = prove_global(claims.workspace);
  return claims;
}

verifier::Report checked(const Claims& claims) {
  const std::string text = to_text(to_json(claims));
  CHECK(!beyond_limits(text));
  auto report = verifier::verify_certificate(text);
  CHECK(report.reason == "");
  CHECK(report.outcome == Outcome::verified);
  return report;
}

// The verdict of the loss at these inputs, verified.
std::string verdict(const program::Program& loss, const std::vector<RationalMatrix>& inputs) {
  const Claims claims = claims_of(loss, inputs);
  const auto report = checked(claims);
  CHECK(report.verdict == to_string(proved(claims).verdict));
  return report.verdict;
}

// || W_H .. W_1 X - Y ||^2
program::Program deep_linear(const std::vector<Index>& widths, Index samples) {
  Builder b;
  const auto x = b.input("X", widths.front(), samples, false);
  const auto y = b.input("Y", widths.back(), samples, false);
  std::vector<program::Node> w;
  for (std::size_t h = 1; h < widths.size(); ++h)
    w.push_back(b.input("W(" + std::to_string(h) + ")", widths[h], widths[h - 1], true));
  auto product = w.back();
  for (std::size_t h = w.size() - 1; h-- > 0;)
    product = b.multiply(product, w[h]);
  return b.finish({{"loss", b.norm2(b.subtract(b.multiply(product, x), y))}});
}

// 1/4 || U U^T - M ||^2
program::Program symmetric_factorization(Index n, Index k) {
  Builder b;
  const auto m = b.input("M", n, n, false);
  const auto u = b.input("U", n, k, true);
  return b.finish({{"loss", b.scale(Rational(1, 4), b.norm2(b.subtract(b.multiply(u, b.transpose(u)), m)))}});
}

// 1/2 || U V^T - M ||^2 + 1/4 || U^T U - V^T V ||^2
program::Program asymmetric_factorization(Index n, Index m, Index k) {
  Builder b;
  const auto data = b.input("M", n, m, false);
  const auto u = b.input("U", n, k, true);
  const auto v = b.input("V", m, k, true);
  const auto fit = b.norm2(b.subtract(b.multiply(u, b.transpose(v)), data));
  const auto balance = b.norm2(b.subtract(b.multiply(b.transpose(u), u), b.multiply(b.transpose(v), v)));
  return b.finish({{"loss", b.add(b.scale(Rational(1, 2), fit), b.scale(Rational(1, 4), balance))}});
}

// || W_2 W_1 - Y ||^2 + || W_1 ||^2 + || W_2 ||^2
program::Program weight_decay(Index n, Index k) {
  Builder b;
  const auto y = b.input("Y", n, n, false);
  const auto w1 = b.input("W(1)", k, n, true);
  const auto w2 = b.input("W(2)", n, k, true);
  const auto fit = b.norm2(b.subtract(b.multiply(w2, w1), y));
  return b.finish({{"loss", b.add(b.add(fit, b.norm2(w1)), b.norm2(w2))}});
}

// || X - W^T W X ||^2 + 6 || W ||^2
program::Program tied_autoencoder() {
  Builder b;
  const auto x = b.input("X", 2, 2, false);
  const auto w = b.input("W", 1, 2, true);
  const auto fit = b.norm2(b.subtract(x, b.multiply(b.multiply(b.transpose(w), w), x)));
  return b.finish({{"loss", b.add(fit, b.scale(Rational(6), b.norm2(w)))}});
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("bounded rank beside constants: || (W + s U V^T) X - Y ||^2") {
    const auto adapted = [](const Rational& s, bool data) {
      Builder b;
      const auto w = b.input("W", 2, 2, false);
      const auto y = b.input("Y", 2, 2, false);
      const auto x = data ? b.input("X", 2, 2, false) : w;
      const auto u = b.input("U", 2, 1, true);
      const auto v = b.input("V", 2, 1, true);
      const auto layer = b.subtract(w, b.scale(-s, b.multiply(u, b.transpose(v))));
      return b.finish({{"loss", b.norm2(b.subtract(y, data ? b.multiply(layer, x) : layer))}});
    };
    const RationalMatrix one = diagonal({1, 1});
    const RationalMatrix x = diagonal({2, 1});
    // Y - W X = diag(6, 1), P X = diag(6, 0) or diag(0, 1)
    for (const Rational& s : {Rational(1), Rational(-3, 2)}) {
      const RationalMatrix u = rows({{"3"}, {"0"}}) / s;
      CHECK(verdict(adapted(s, true), {one, diagonal({8, 2}), x, u, rows({{"1"}, {"0"}})}) == "global_minimizer");
      const RationalMatrix other = rows({{"0"}, {"1"}}) / s;
      CHECK(verdict(adapted(s, true), {one, diagonal({8, 2}), x, other, rows({{"0"}, {"1"}})}) == "strict_saddle");
    }
    CHECK(verdict(adapted(2, false), {one, diagonal({4, 2}), rows({{"3/2"}, {"0"}}), rows({{"1"}, {"0"}})}) ==
          "global_minimizer");
  }

  TEST_CASE("deep linear networks: global minimizers by the rank of the product") {
    const RationalMatrix one = diagonal({1, 1, 1});
    const RationalMatrix y = diagonal({3, 2, 1});
    // one neuron on {1} is optimal, on {2} a saddle; three neurons that use {1, 2} leave 1 to be gained
    CHECK(verdict(deep_linear({3, 1, 3}, 3), {one, y, rows({{"3", "0", "0"}}), rows({{"1"}, {"0"}, {"0"}})}) ==
          "global_minimizer");
    CHECK(verdict(deep_linear({3, 1, 3}, 3), {one, y, rows({{"0", "1", "0"}}), rows({{"0"}, {"2"}, {"0"}})}) ==
          "strict_saddle");
    CHECK(verdict(deep_linear({3, 3, 3}, 3), {one, y, diagonal({3, 2, 0}), diagonal({1, 1, 0})}) == "strict_saddle");
    CHECK(verdict(deep_linear({3, 3, 3, 3}, 3), {one, y, y, one, one}) == "global_minimizer");
    // a tie between what is kept and what is not
    CHECK(verdict(deep_linear({2, 1, 2}, 2), {diagonal({1, 1}), diagonal({2, 2}), rows({{"2", "0"}}),
                                              rows({{"1"}, {"0"}})}) == "global_minimizer");
    // rank-deficient data: X has a zero row
    CHECK(verdict(deep_linear({2, 2}, 2), {diagonal({2, 0}), rows({{"2", "3"}, {"0", "0"}}),
                                           rows({{"1", "7"}, {"0", "5"}})}) == "global_minimizer");
  }

  TEST_CASE("zero weights: what is claimed does not depend on what is proved") {
    CHECK(verdict(deep_linear({2, 2, 2}, 2),
                  {diagonal({1, 1}), diagonal({2, 1}), diagonal({0, 0}), diagonal({0, 0})}) == "strict_saddle");
    CHECK(verdict(deep_linear({2, 2, 2, 2}, 2), {diagonal({1, 1}), diagonal({2, 1}), diagonal({0, 0}), diagonal({0, 0}),
                                                 diagonal({0, 0})}) == "second_order");
    CHECK(verdict(deep_linear({2, 2, 2, 2}, 2), {diagonal({1, 1}), diagonal({0, 0}), diagonal({0, 0}), diagonal({0, 0}),
                                                 diagonal({0, 0})}) == "global_minimizer");
  }

  TEST_CASE("symmetric factorization, with negative eigenvalues and an antisymmetric part") {
    const auto loss = symmetric_factorization(2, 1);
    CHECK(verdict(loss, {diagonal({4, 1}), rows({{"2"}, {"0"}})}) == "global_minimizer");
    CHECK(verdict(loss, {diagonal({4, 1}), rows({{"0"}, {"1"}})}) == "strict_saddle");
    CHECK(verdict(loss, {rows({{"4", "1"}, {"-1", "1"}}), rows({{"2"}, {"0"}})}) == "global_minimizer");
    CHECK(verdict(loss, {diagonal({-4, -1}), rows({{"0"}, {"0"}})}) == "global_minimizer");
    CHECK(verdict(symmetric_factorization(3, 2), {diagonal({9, 4, -1}), rows({{"3", "0"}, {"0", "2"}, {"0", "0"}})}) ==
          "global_minimizer");
    // fewer positive eigenvalues than columns
    CHECK(verdict(symmetric_factorization(2, 2), {diagonal({9, -1}), rows({{"3", "0"}, {"0", "0"}})}) ==
          "global_minimizer");
  }

  TEST_CASE("asymmetric factorization: the balance is a square beside a best approximation") {
    const auto loss = asymmetric_factorization(2, 2, 1);
    CHECK(verdict(loss, {diagonal({4, 1}), rows({{"2"}, {"0"}}), rows({{"2"}, {"0"}})}) == "global_minimizer");
    CHECK(verdict(loss, {diagonal({4, 1}), rows({{"0"}, {"1"}}), rows({{"0"}, {"1"}})}) == "strict_saddle");
  }

  TEST_CASE("data on the left of a product of bounded rank, and a difference of two products") {
    const auto adapted = [](bool flipped) {
      Builder b;
      const auto z = b.input("Z", 2, 2, false);
      const auto y = b.input("Y", 2, 2, false);
      const auto u = b.input("U", 2, 1, true);
      const auto v = b.input("V", 2, 1, true);
      const auto r = b.subtract(b.multiply(z, b.multiply(u, b.transpose(v))), y);
      return b.finish({{"loss", b.norm2(flipped ? b.transpose(r) : r)}});
    };
    const RationalMatrix e1 = rows({{"1"}, {"0"}});
    const RationalMatrix e2 = rows({{"0"}, {"1"}});
    for (const bool flipped : {false, true}) {
      // Z P is compared with diag(6, 4): the weight decides, not P, which is diag(2, 0) or diag(0, 4)
      const std::vector<RationalMatrix> data{diagonal({3, 1}), diagonal({6, 4})};
      CHECK(verdict(adapted(flipped), {data[0], data[1], 2 * e1, e1}) == "global_minimizer");
      CHECK(verdict(adapted(flipped), {data[0], data[1], 4 * e2, e2}) == "strict_saddle");
      // a tie
      CHECK(verdict(adapted(flipped), {data[0], diagonal({6, 6}), 2 * e1, e1}) == "global_minimizer");
    }
    Builder b;
    const auto y = b.input("Y", 3, 3, false);
    std::vector<program::Node> factors;
    for (const char* name : {"U", "V", "S", "T"})
      factors.push_back(b.input(name, 3, 1, true));
    const auto product = [&](std::size_t k) { return b.multiply(factors[k], b.transpose(factors[k + 1])); };
    const auto loss = b.finish({{"loss", b.norm2(b.subtract(b.subtract(product(0), product(2)), y))}});
    const RationalMatrix f1 = rows({{"1"}, {"0"}, {"0"}});
    const RationalMatrix f2 = rows({{"0"}, {"1"}, {"0"}});
    CHECK(verdict(loss, {diagonal({3, 2, 1}), 3 * f1, f1, -2 * f2, f2}) == "global_minimizer");
    CHECK(verdict(loss, {diagonal({3, 2, 4}), 3 * f1, f1, -2 * f2, f2}) == "strict_saddle");
  }

  TEST_CASE("a form of bounded signature, beside the square of its trace") {
    const auto form = [](Index neurons) {
      Builder b;
      const auto t = b.input("T", 3, 3, false);
      const auto d = b.input("D", neurons, neurons, false);
      const auto c = b.input("c", 1, 1, false);
      const auto u = b.input("U", 3, neurons, true);
      const auto r = b.subtract(b.multiply(b.multiply(u, d), b.transpose(u)), t);
      const auto trace = b.trace(r);
      return b.finish({{"loss", b.add(b.norm2(r), b.multiply(c, b.multiply(trace, trace)))}});
    };
    const RationalMatrix u = rows({{"2", "0"}, {"0", "1"}, {"0", "0"}});  // U D U^T = diag(4, -1, 0)
    const RationalMatrix d = diagonal({1, -1});
    const auto at = [&](std::initializer_list<const char*> teacher, long c) {
      RationalMatrix t = RationalMatrix::Zero(3, 3);
      Index i = 0;
      for (const char* x : teacher) {
        t(i, i) = parse_rational(x);
        ++i;
      }
      return verdict(form(2), {t, d, diagonal({c}), u});
    };
    CHECK(at({"4", "-1", "7/2"}, 0) == "global_minimizer");
    CHECK(at({"4", "-1", "4"}, 0) == "global_minimizer");  // a tie
    CHECK(at({"4", "-1", "-1/2"}, 0) == "global_minimizer");
    CHECK(at({"4", "-1", "5"}, 0) == "strict_saddle");
    CHECK(at({"4", "-1", "-2"}, 0) == "strict_saddle");
    // the trace that is left shifts the teacher by 2 t/5: 7/2 and 7 are left out
    CHECK(at({"3", "-2", "5/2"}, 2) == "global_minimizer");
    CHECK(at({"2", "-3", "5"}, 2) == "strict_saddle");
    // one sign alone: zero is best for a teacher of the other, or of none
    const RationalMatrix zero = RationalMatrix::Zero(3, 1);
    CHECK(verdict(form(1), {diagonal({-1, -3, 0}), diagonal({2}), diagonal({1}), zero}) == "global_minimizer");
    CHECK(verdict(form(1), {diagonal({1, 3, 0}), diagonal({-2}), diagonal({1}), zero}) == "global_minimizer");
    CHECK(verdict(form(1), {diagonal({5, -3, -1}), diagonal({2}), diagonal({1}), zero}) == "strict_saddle");
  }

  TEST_CASE("numbers in the place of matrices: c x^2 of one sign, however it is written") {
    const auto form = [](bool scaled, bool first) {
      Builder b;
      const auto t = b.input("t", 1, 1, false);
      const auto c = b.input("c", 1, 1, false);
      const auto x = b.input("x", 1, 1, true);
      const auto cx = scaled ? b.scale(Rational(-2), x) : b.multiply(c, x);
      return b.finish({{"loss", b.norm2(b.subtract(first ? b.multiply(cx, x) : b.multiply(x, cx), t))}});
    };
    const RationalMatrix zero = diagonal({0});
    for (const bool first : {false, true}) {
      // zero is best for a target of the other sign
      CHECK(verdict(form(false, first), {diagonal({3}), diagonal({-2}), zero}) == "global_minimizer");
      CHECK(verdict(form(false, first), {diagonal({-3}), diagonal({2}), zero}) == "global_minimizer");
      CHECK(verdict(form(false, first), {diagonal({3}), diagonal({2}), zero}) == "local_maximizer");
      CHECK(verdict(form(true, first), {diagonal({3}), diagonal({5}), zero}) == "global_minimizer");
      CHECK(verdict(form(true, first), {diagonal({-3}), diagonal({5}), zero}) == "local_maximizer");
    }
  }

  TEST_CASE("tied weights of one input and two neurons: a Gram matrix that is a number, beside its trace") {
    Builder b;
    const auto x = b.input("x", 1, 1, false);
    const auto w = b.input("W", 2, 1, true);
    const auto fit = b.norm2(b.subtract(x, b.multiply(b.multiply(b.transpose(w), w), x)));
    const auto loss = b.finish({{"loss", b.add(fit, b.scale(Rational(6), b.norm2(w)))}});
    const RationalMatrix zero = rows({{"0"}, {"0"}});
    // an eigenvalue x^2 is selected if it exceeds half the decay
    CHECK(verdict(loss, {diagonal({1}), zero}) == "global_minimizer");
    CHECK(verdict(loss, {diagonal({2}), zero}) == "local_maximizer");
    CHECK(verdict(loss, {diagonal({2}), rows({{"1/2"}, {"0"}})}) == "global_minimizer");
  }

  TEST_CASE("weight decay at depth 2: nuclear norms") {
    const auto loss = weight_decay(2, 2);
    // singular values are shrunk by 1: Y = diag(5, 2) -> diag(4, 1)
    CHECK(verdict(loss, {diagonal({5, 2}), diagonal({2, 1}), diagonal({2, 1})}) == "global_minimizer");
    CHECK(verdict(loss, {diagonal({5, 2}), diagonal({2, 0}), diagonal({2, 0})}) == "strict_saddle");
    CHECK(verdict(loss, {rows({{"1", "0"}, {"0", "1/2"}}), diagonal({0, 0}), diagonal({0, 0})}) == "global_minimizer");
  }

  TEST_CASE("weight decay at depth 2: more values above the threshold than neurons, numbers, any weights") {
    const auto narrow = weight_decay(2, 1);
    const RationalMatrix row = rows({{"2", "0"}});
    const RationalMatrix column = rows({{"2"}, {"0"}});
    CHECK(verdict(narrow, {diagonal({5, 2}), row, column}) == "global_minimizer");
    CHECK(verdict(narrow, {diagonal({5, 5}), row, column}) == "global_minimizer");  // a tie
    CHECK(verdict(narrow, {diagonal({5, 6}), row, column}) == "strict_saddle");
    CHECK(verdict(narrow, {diagonal({5, 0}), row, column}) == "global_minimizer");
    // 3 (w u - y)^2 + 1/2 u^2 + 6 w^2: the threshold is 1
    const auto numbers = [] {
      Builder b;
      const auto y = b.input("y", 1, 1, false);
      const auto u = b.input("u", 1, 1, true);
      const auto w = b.input("w", 1, 1, true);
      const auto fit = b.scale(Rational(3), b.norm2(b.subtract(b.multiply(w, u), y)));
      const auto first = b.scale(Rational(3, 2), b.norm2(u));
      return b.finish({{"loss", b.add(b.add(fit, first), b.scale(Rational(6), b.norm2(w)))}});
    }();
    CHECK(verdict(numbers, {diagonal({3}), diagonal({2}), diagonal({1})}) == "global_minimizer");
    CHECK(verdict(numbers, {diagonal({1}), diagonal({0}), diagonal({0})}) == "global_minimizer");
    CHECK(verdict(numbers, {diagonal({3}), diagonal({0}), diagonal({0})}) == "strict_saddle");
  }

  TEST_CASE("tied weights with decay: a Gram matrix and its trace") {
    // by P = W^T W the slope is 2 (P - I) X X^T, and 6 I by the trace
    CHECK(verdict(tied_autoencoder(), {diagonal({2, 1}), rows({{"1/2", "0"}})}) == "global_minimizer");
    CHECK(verdict(tied_autoencoder(), {diagonal({2, 1}), rows({{"0", "0"}})}) == "strict_saddle");
    CHECK(verdict(tied_autoencoder(), {rows({{"3/2", "0"}, {"0", "1"}}), rows({{"0", "0"}})}) == "global_minimizer");
  }

  TEST_CASE("functions of a few scalars") {
    const auto of_two = [](const auto& formula) {
      Builder b;
      const auto x = b.input("x", 1, 1, true);
      const auto y = b.input("y", 1, 1, true);
      return b.finish({{"loss", formula(b, x, y)}});
    };
    const std::vector<RationalMatrix> origin(2, RationalMatrix::Zero(1, 1));
    CHECK(verdict(of_two([](Builder& b, auto x, auto y) { return b.add(b.power(x, 4), b.power(y, 4)); }), origin) ==
          "global_minimizer");
    CHECK(verdict(of_two([](Builder& b, auto x, auto y) {
                    return b.subtract(b.power(x, 3), b.scale(Rational(3), b.multiply(x, b.power(y, 2))));
                  }),
                  origin) == "second_order");
    // x^2 + 1/(1 + y^2) has no minimum: nothing is proved where there is nothing
    CHECK(verdict(of_two([](Builder& b, auto x, auto y) {
                    return b.add(b.power(x, 2), b.reciprocal(b.add(b.scalar(Rational(1)), b.power(y, 2))));
                  }),
                  origin) == "strict_saddle");
  }

  TEST_CASE("ranks, selections and lists of a deep linear network") {
    // X = I, Y = diag(3, 2, 1), one neuron on {2}
    Claims claims = claims_of(deep_linear({3, 1, 3}, 3), {diagonal({1, 1, 1}), diagonal({3, 2, 1}),
                                                          rows({{"0", "1", "0"}}), rows({{"0"}, {"2"}, {"0"}})});
    Workspace& at = claims.workspace;
    const Node product = at.multiply(at.input("W(2)"), at.input("W(1)"));
    const Node x = at.input("X");
    const Node sxy = at.multiply(x, at.transpose(at.input("Y")));
    const Node z = at.constant(diagonal({3, 2, 1}));
    at.equate(at.multiply(at.multiply(x, at.transpose(x)), z), sxy);
    const Node sigma = at.multiply(at.transpose(z), sxy);
    claims.ranks.push_back(rank_claim("r", at, product));
    claims.ranks.push_back(rank_claim("mid", at, at.identity(1)));
    claims.ranks.push_back(rank_claim("out", at, sxy));
    claims.selections.push_back(
        selection_claim("S", at, sigma, claims.ranks[0], real_eigenvalues(at.value(sigma)), {2}));
    claims.lists.push_back({"tightened", "r", {{"mid", "out"}, {"out", "mid"}}, true});
    const auto report = checked(claims);
    for (const char* claim : {"rank r", "rank out", "selection S", "list tightened"}) {
      CAPTURE(claim);
      CHECK(std::count(report.verified.begin(), report.verified.end(), claim) == 1);
    }
    CHECK(claims.selections[0].separators.size() == 2);
    CHECK_THROWS_AS(at.equate(product, sigma), std::invalid_argument);
    const Json json = to_json(claims);
    for (const std::vector<int>& wrong : {std::vector<int>{1}, {3}, {1, 2}, {}}) {
      Json changed = json;
      changed["claims"]["features"]["selections"][0]["indices"] = wrong;
      CHECK(verifier::verify_certificate(changed.dump()).outcome == Outcome::rejected);
    }
  }

  TEST_CASE("the inertia of a bare matrix, bounds of its spectrum included") {
    std::mt19937 random(7);
    for (Index n = 0; n <= 9; ++n) {
      CAPTURE(n);
      RationalMatrix half(n, std::max<Index>(n - 1, 0));
      for (Index k = 0; k < half.size(); ++k)
        half(k) = Rational(static_cast<long>(random() % 13) - 6, 3);
      RationalMatrix signs = RationalMatrix::Identity(half.cols(), half.cols());
      for (Index k = 0; k < half.cols(); k += 2)
        signs(k, k) = -1;
      const RationalMatrix a = n == 0 ? RationalMatrix(0, 0) : multiply({half, signs, half.transpose()});
      const auto report = verifier::verify_certificate(to_text(to_json(a, inertia_claim(a))));
      CHECK(report.reason == "");
      CHECK(report.outcome == Outcome::verified);
    }
  }
}

TEST_SUITE("standard") {
  TEST_CASE("n = 300 and more parameters verify") {
    for (const Index d : {10, 15}) {
      CAPTURE(d);
      const std::vector<Index> widths(4, d);
      RationalMatrix y = RationalMatrix::Zero(d, d);
      RationalMatrix one = RationalMatrix::Identity(d, d);
      for (Index k = 0; k < d; ++k)
        y(k, k) = Rational(k + 1);
      RationalMatrix last = one;
      last(0, 0) = 0;  // the least direction is not learnt
      RationalMatrix middle = one;
      middle(0, 0) = 0;
      CHECK(verdict(deep_linear(widths, d), {one, y, y * middle, one, last}) == "strict_saddle");
    }
  }
}
