// Features of one point against values computed by hand or by another route.
#include "native/deep_linear/advice.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <rankscape/check/evidence.hpp>
#include <rankscape/error.hpp>

#include "native/recipes.hpp"

using namespace rankscape;
using namespace rankscape::deep_linear;

namespace {

RationalMatrix matrix(std::initializer_list<std::initializer_list<int>> rows) {
  RationalMatrix a(static_cast<Index>(rows.size()), static_cast<Index>(rows.begin()->size()));
  Index i = 0;
  for (const auto& row : rows) {
    Index j = 0;
    for (const int entry : row)
      a(i, j++) = entry;
    ++i;
  }
  return a;
}

// A point and what is known of it.
struct Known {
  std::unique_ptr<Instance> instance;

  [[nodiscard]] const DeepLinearAdvice* operator->() const { return &test::advice(*instance); }
};

Known at(RationalMatrix x, RationalMatrix y, Weights weights) {
  return {test::network(std::move(x), std::move(y), std::move(weights))};
}

const RationalMatrix identity2 = matrix({{1, 0}, {0, 1}});
const RationalMatrix zero2 = matrix({{0, 0}, {0, 0}});

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("a hand-made critical point: W_2 W_1 = diag(2, 0), Y = diag(2, 1)") {
    const auto p = at(identity2, matrix({{2, 0}, {0, 1}}), {matrix({{2, 0}, {0, 0}}), matrix({{1, 0}, {0, 0}})});
    CHECK(p.instance->critical());
    CHECK(p->r() == 1);
    CHECK(p->rmax() == 2);
    CHECK(p->S() == IndexSet{1});
    CHECK(p->lambda()[0].rational() == Rational(4));
    CHECK(p->lambda()[1].rational() == Rational(1));
    CHECK(p.instance->value() == 1);
    CHECK_FALSE(p->tightened());  // H = 2: never below rmax
    CHECK(p->global_comparison().is_minimum == Truth::no);
    // r = 1, node dimensions 1, 1, 1: the string 2 -> 0 through M and the lone node 1
    CHECK(to_string(p->stratum()) == "1:1*1 2:2*1");
  }

  TEST_CASE("the derivative of the product map and the tangent space of the rank") {
    const auto feature = [&](const Known& p, const std::string& name) {
      return std::get<RationalMatrix>(p.instance->feature(name));
    };
    // widths 3, 2, 2; nothing critical about it
    const RationalMatrix w1 = matrix({{1, 2, -1}, {0, 3, 1}});
    const RationalMatrix w2 = matrix({{2, -1}, {4, 5}});
    const auto p = at(RationalMatrix::Identity(3, 3), matrix({{1, 0, 0}, {0, 1, 0}}), {w1, w2});
    const RationalMatrix differential = feature(p, "differential");
    const RationalMatrix v1 = matrix({{1, -1, 2}, {3, 0, 5}});
    const RationalMatrix v2 = matrix({{0, 7}, {-2, 1}});
    RationalVector v(10);
    v << v1.reshaped(), v2.reshaped();
    // (W_2 + V_2)(W_1 + V_1) = W_2 W_1 + derivative + V_2 V_1
    const RationalMatrix linear = multiply(w2 + v2, w1 + v1) - multiply(w2, w1) - multiply(v2, v1);
    CHECK(multiply(differential, v) == RationalMatrix(linear.reshaped()));
    CHECK(rank(differential) == 6);
    CHECK(rank(feature(p, "tangent")) == 6);  // r = 2: r (dx + dy - r)
    const auto low = at(RationalMatrix::Identity(3, 3), matrix({{1, 0, 0}, {0, 1, 0}}), {w1, matrix({{1, 1}, {2, 2}})});
    CHECK(rank(feature(low, "tangent")) == 4);  // r = 1
    const RationalMatrix product = low->products().product();
    RationalMatrix moved = multiply(matrix({{1, 2}, {3, 4}}), product) + multiply(product, RationalMatrix::Ones(3, 3));
    CHECK(solve(feature(low, "tangent"), RationalMatrix(moved.reshaped())).has_value());
    moved(0, 0) += 1;
    CHECK_FALSE(solve(feature(low, "tangent"), RationalMatrix(moved.reshaped())).has_value());
  }

  TEST_CASE("irrational eigenvalues: S is found without any tolerance") {
    // Sigma = [[3, 1], [1, 1]] has eigenvalues 2 +- sqrt 2; X = I, Y Y^T = Sigma has no rational root that is needed:
    // take the full product, and zero
    const RationalMatrix y = matrix({{1, 1, 1}, {0, 0, 1}});
    RationalMatrix x = RationalMatrix::Identity(3, 3);
    const RationalMatrix w1 = y;
    const auto full = at(x, y, {w1, identity2});
    CHECK(full.instance->critical());
    CHECK(full->sigma() == matrix({{3, 1}, {1, 1}}));
    CHECK(full->S() == IndexSet{1, 2});
    CHECK(full->global_comparison().is_minimum == Truth::yes);
    const auto zero = at(x, y, {RationalMatrix::Zero(2, 3), zero2});
    CHECK(zero->S().empty());
    CHECK(zero->global_comparison().is_minimum == Truth::no);
    REQUIRE(zero->global_comparison().infimum.has_value());
    CHECK(zero->global_comparison().infimum->enclose(Rational(1, 1000)).contains(0));
  }

  TEST_CASE("an irrational block is selected as a whole: S = {1, 3} of three") {
    // Sigma = [[3, 1], [1, 1]] (2 +- sqrt 2, that is 3.41 and 0.58) together with 2
    const RationalMatrix y = matrix({{1, 1, 1, 0}, {0, 0, 1, 0}, {0, 0, 0, 0}});
    RationalMatrix with_two(3, 6);
    with_two << y, RationalMatrix::Zero(3, 2);
    with_two(2, 4) = 1;
    with_two(2, 5) = 1;
    const RationalMatrix x = RationalMatrix::Identity(6, 6);
    RationalMatrix upper = with_two;
    upper.row(2).setZero();
    const RationalMatrix pick = matrix({{1, 0, 0}, {0, 1, 0}, {0, 0, 0}});
    const auto p = at(x, with_two, {upper, pick});
    REQUIRE(p.instance->critical());
    CHECK(p->S() == IndexSet{1, 3});
    CHECK(p->r() == 2);
  }

  TEST_CASE("repeated eigenvalues: S is not unique, and that is said") {
    const auto p = at(identity2, identity2, {matrix({{1, 0}, {0, 0}}), matrix({{1, 0}, {0, 0}})});
    CHECK(p.instance->critical());
    CHECK_THROWS_AS(static_cast<void>(p->S()), Undefined);
    CHECK(find_label(p->labels(), "S").empty());
    CHECK(p->readings().size() == 2);
    // all of the eigenspace is unique again
    const auto all = at(identity2, identity2, {identity2, identity2});
    CHECK(all->S() == IndexSet{1, 2});
    CHECK(all->global_comparison().is_minimum == Truth::yes);
  }

  TEST_CASE("one of two equal leading eigenvalues is a global minimizer when rmax = 1") {
    const auto p = at(identity2, identity2, {matrix({{0, 1}}), RationalMatrix(matrix({{0, 1}}).transpose())});
    CHECK(p.instance->critical());
    CHECK(p->rmax() == 1);
    CHECK(p->global_comparison().is_minimum == Truth::yes);
  }

  TEST_CASE("without H3 a global minimizer may have r < rmax") {
    const auto p = at(identity2, matrix({{2, 0}, {0, 0}}), {matrix({{2, 0}, {0, 0}}), matrix({{1, 0}, {0, 0}})});
    CHECK(p.instance->critical());
    CHECK(p->r() == 1);
    CHECK(p->rmax() == 2);
    CHECK(p->global_comparison().is_minimum == Truth::yes);
    CHECK_THROWS_AS(static_cast<void>(p->stratum()), Undefined);
  }

  TEST_CASE("singular Sxx: Sigma through the row space of X") {
    const auto p = at(matrix({{1, 0}, {0, 0}}), matrix({{3, 4}}), {zero2, matrix({{0, 0}})});
    CHECK(p->sigma() == matrix({{9}}));  // the second sample has input zero and cannot be fitted
    REQUIRE(p->global_comparison().infimum.has_value());
    CHECK(*p->global_comparison().infimum->exact() == 16);
  }

  TEST_CASE("verdicts of the origin: order of escape H, in the labels of the theory") {
    for (int layers = 2; layers <= 5; ++layers) {
      const auto p = at(identity2, matrix({{2, 0}, {0, 1}}), Weights(static_cast<std::size_t>(layers), zero2));
      const Evidence evidence = examine(*p.instance);
      CAPTURE(layers);
      CHECK(evidence.verdict == (layers == 2 ? Verdict::strict_saddle : Verdict::non_strict_saddle));
      CHECK(escape_order(evidence) == layers);
      CHECK(p->tightened() == (layers > 2));
    }
  }

  TEST_CASE("strings found by linear algebra are those counted by ranks, everywhere") {
    Scope scope;
    scope.shapes = {{2, 2, 2, 2}, {3, 1, 2, 2}};
    scope.positions = {"generic", "zero-pattern"};
    scope.data = {"general"};
    const Landscape& networks = test::landscape("deep-linear");
    const auto recipes = networks.cases(scope);
    REQUIRE(!recipes.empty());
    for (const auto& recipe : recipes) {
      CAPTURE(recipe->key());
      const auto instance = networks.instance(recipe->build(17));
      const DeepLinearAdvice& p = test::advice(*instance);
      const StringBasis basis = string_basis(p.products(), column_basis(p.products().product()));
      CHECK(basis.stratum() == p.stratum());
    }
  }
}

TEST_SUITE("standard") {
  TEST_CASE("at every second-order point that is no global minimizer a line descends at the order read off the ranks") {
    Scope scope;
    scope.shapes = {{3, 3, 3, 3}, {2, 2, 2, 2, 2}, {2, 1, 2, 2, 2, 2}};
    const Landscape& networks = test::landscape("deep-linear");
    int lines = 0;
    for (const auto& recipe : networks.cases(scope)) {
      CAPTURE(recipe->key());
      const auto instance = networks.instance(recipe->build(23));
      const Evidence evidence = examine(*instance, {.form_hessian = false, .eigenvalues = false});
      const DeepLinearAdvice& p = test::advice(*instance);
      CHECK(evidence.verdict != Verdict::second_order);
      if (evidence.verdict != Verdict::non_strict_saddle) continue;
      ++lines;
      const auto chain = shortest_chain(p.stratum());
      REQUIRE(chain.has_value());
      CHECK(evidence.descent->order == static_cast<int>(chain->size()));
      CHECK(evidence.descent->coefficients[chain->size()] < 0);
      CHECK(p.tightened());
    }
    CHECK(lines > 50);
  }
}
