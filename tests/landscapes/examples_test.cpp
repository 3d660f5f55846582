// The example landscapes, as they stand: every point that their families build is critical, and its labels are
// recovered.
#include <doctest/doctest.h>
#include <rankscape/error.hpp>

#include "landscapes/example_files.hpp"

#include <nlohmann/json.hpp>

using namespace rankscape;

TEST_SUITE("standard") {
  TEST_CASE("points of families are critical, recovered, and come back from JSON") {
    std::size_t total = 0;
    std::size_t descents = 0;
    for (const auto& path : examples::files()) {
      const auto landscape = Landscape::read(path, examples::adviser);
      CAPTURE(landscape->id());
      CHECK(landscape->id() + ".toml" == path.filename().string());
      const auto recipes = landscape->cases({});
      CHECK(recipes.size() == landscape->count_cases({}));
      CHECK(!recipes.empty());
      for (const auto& recipe : recipes) {
        CAPTURE(recipe->key());
        const auto at = landscape->instance(recipe->build(1));
        CHECK(recipe->mismatch(*at, 1).empty());
        CHECK(at->shape() == recipe->shape());
        // sizes are inferred back
        const Json json = landscape->to_json(at->point());
        const auto again = landscape->instance(landscape->point(json));
        CHECK(again->shape() == recipe->shape());
        CHECK(landscape->to_json(again->point()) == json);
        for (const Curve& curve : recipe->descents(1)) {
          std::vector<Weights> parts{curve.direction};
          if (!curve.bend.empty()) parts.push_back(curve.bend);
          const std::vector<Rational> along = at->along(parts, 6);
          CHECK(along.size() == 7);
          CHECK(along[1] == 0);
          ++descents;
        }
      }
      total += recipes.size();
    }
    CHECK(total > 1100);
    CHECK(descents > 10);
  }
}

TEST_SUITE("quick") {
  TEST_CASE("constraints are known, and what does not support them says so") {
    for (const char* name : {"brockett.toml", "burer-monteiro.toml"}) {
      const auto landscape = Landscape::read(examples::folder() / name);
      CHECK(landscape->constrained());
      CHECK_THROWS_AS(landscape->check_unconstrained(), InputError);
    }
    CHECK_THROWS_AS(static_cast<void>(Landscape::read(examples::folder() / "deep-linear.toml")), InputError);
  }

  TEST_CASE("the same key and seed give the same point") {
    const auto landscape = Landscape::read(examples::folder() / "symmetric-factorization.toml");
    const Scope scope{{{2, 2}}, {}, {"distinct"}, 2};
    const auto recipes = landscape->cases(scope);
    REQUIRE(recipes.size() == 16);
    std::size_t different = 0;
    for (const auto& recipe : recipes) {
      const Json once = landscape->to_json(recipe->build(5));
      CHECK(once == landscape->to_json(recipe->build(5)));
      different += once != landscape->to_json(recipe->build(6)) ? 1 : 0;
    }
    CHECK(different > 10);
    CHECK(recipes[0]->key() == "2,2 spectral[tied=0,zero=0,negative=0,S={}]/aligned/1");
  }
}
