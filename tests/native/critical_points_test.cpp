// Built points against the exact gradient, and what is recovered from a point against what was built.
#include "native/deep_linear/critical_points.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <rankscape/check/evidence.hpp>
#include <rankscape/error.hpp>

#include "native/recipes.hpp"

using namespace rankscape;
using namespace rankscape::deep_linear;

namespace {

const Landscape& networks() {
  return test::landscape("deep-linear");
}

// The coefficient of t of the loss along a line, from its series: shares nothing with reverse differentiation.
Rational slope(const Instance& instance, const Weights& direction) {
  return instance.along({direction}, 1).at(1);
}

void check_all(const Scope& scope, std::uint64_t seed) {
  CAPTURE(seed);
  const auto recipes = networks().cases(scope);
  REQUIRE(recipes.size() == networks().count_cases(scope));
  REQUIRE_FALSE(recipes.empty());
  for (const auto& recipe : recipes) {
    CAPTURE(recipe->key());
    const Point point = recipe->build(seed);
    const auto instance = networks().instance(point);
    CHECK(is_zero(instance->gradient()));
    CHECK(recipe->mismatch(*instance, seed) == "");
  }
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("every stratum and every zero pattern gives a critical point, recovered from (X, Y, W) alone") {
    Scope scope;
    scope.positions = {"aligned", "generic", "zero-pattern"};
    scope.data = {"canonical", "square", "general"};
    for (const Shape& widths : std::vector<Shape>{{2, 2, 2}, {3, 1, 2}, {3, 2, 2}, {2, 1, 2, 2}, {2, 2, 2, 2}}) {
      scope.shapes = {widths};
      check_all(scope, 20240601);
    }
  }

  TEST_CASE("the gradient vanishes along random directions of the loss itself") {
    Scope scope;
    scope.shapes = {{3, 2, 2}};
    scope.positions = {"generic"};
    scope.data = {"general"};
    Random random(5);
    const auto recipes = networks().cases(scope);
    REQUIRE(!recipes.empty());
    for (const auto& recipe : recipes) {
      const auto instance = networks().instance(recipe->build(7));
      Weights direction;
      for (const RationalMatrix& w : instance->point().weights)
        direction.push_back(random_integers(w.rows(), w.cols(), 3, random));
      CHECK(slope(*instance, direction) == 0);
      // near miss: a point moved by 1e-30 in a general direction is not critical
      Point moved = instance->point();
      for (std::size_t h = 0; h < moved.weights.size(); ++h)
        moved.weights[h] += parse_rational("1e-30") * direction[h];
      const auto neighbour = networks().instance(moved);
      CHECK_FALSE(is_zero(neighbour->gradient()));
    }
  }

  TEST_CASE("a point that was not built as promised is noticed") {
    const Widths widths{2, 2, 2};
    const Stratum stratum = parse_stratum("1:1*1 2:2*1", 2);
    const auto first = test::recipe(widths, {1}, stratum, Position::generic, "general");
    const auto second = test::recipe(widths, {2}, stratum, Position::generic, "general");
    const auto instance = networks().instance(first->build(1));
    CHECK(first->mismatch(*instance, 1) == "");
    CHECK(second->mismatch(*instance, 1).find("recovered as {1}") != std::string::npos);
    // strings that do not fill the nodes are refused before anything is built
    CHECK_THROWS_AS(static_cast<void>(test::recipe(widths, {1, 2}, stratum, Position::generic, "general")), InputError);
  }

  TEST_CASE("points do not depend on anything but key and seed") {
    Scope scope;
    scope.shapes = {{2, 2, 2}};
    const auto once = networks().cases(scope);
    const auto again = networks().cases(scope);
    REQUIRE(once.size() == again.size());
    for (std::size_t k = 0; k < once.size(); ++k) {
      CHECK(once[k]->key() == again[k]->key());
      CHECK(networks().to_json(once[k]->build(3)) == networks().to_json(again[k]->build(3)));
    }
    // canonical data at aligned positions leave nothing to chance in this shape; generic ones do
    CHECK(networks().to_json(once.back()->build(3)) != networks().to_json(once.back()->build(4)));
  }

  TEST_CASE("exact data have the promised moments") {
    for (const std::string& kind : data_kinds()) {
      CAPTURE(kind);
      Random random(11);
      const ExactData data = make_data(kind, 3, 2, random);
      const RationalMatrix sxx = multiply(data.X, data.X.transpose());
      const RationalMatrix sxy = multiply(data.X, data.Y.transpose());
      const auto inverse_sxx = inverse(sxx);
      REQUIRE(inverse_sxx.has_value());
      const RationalMatrix sigma = multiply({sxy.transpose(), *inverse_sxx, sxy});
      RationalMatrix squares = RationalMatrix::Zero(2, 2);
      for (Index i = 0; i < 2; ++i)
        squares(i, i) = data.sigma[static_cast<std::size_t>(i)] * data.sigma[static_cast<std::size_t>(i)];
      CHECK(sigma == multiply({data.output_rotation, squares, data.output_rotation.transpose()}));
      CHECK(data.sigma[0] > data.sigma[1]);
      CHECK(data.sigma[1] > 0);
      if (kind == "general") {
        CHECK(data.X.cols() == 5);
        // Y has a component outside the row space of X
        const RationalMatrix projector = multiply({data.X.transpose(), *inverse_sxx, data.X});
        CHECK_FALSE(is_zero(RationalMatrix(data.Y - multiply(data.Y, projector))));
      }
    }
  }
}

TEST_SUITE("standard") {
  TEST_CASE("larger shapes, several samples") {
    Scope scope;
    scope.positions = {"aligned", "generic", "zero-pattern"};
    scope.samples = 2;
    for (const Shape& widths : std::vector<Shape>{{4, 3, 3}, {3, 3, 3, 3}, {2, 2, 2, 2, 2}, {3, 2, 3, 2, 2}}) {
      scope.shapes = {widths};
      check_all(scope, 99);
    }
  }
}
