// Data off the hypotheses are what they promise, and the points built on them are critical; S read in every way.
#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <rankscape/check/evidence.hpp>
#include <rankscape/error.hpp>
#include <rankscape/exact/real_roots.hpp>
#include <set>

#include "native/recipes.hpp"

using namespace rankscape;
using namespace rankscape::deep_linear;

namespace {

const Landscape& model() {
  return test::landscape("deep-linear");
}

// Which of H1..H4 hold, from ranks and the characteristic polynomial of Sigma alone.
struct Hypotheses {
  bool H1, H2, H3, H4;
};

Hypotheses hypotheses(const RationalMatrix& X, const RationalMatrix& Y) {
  const RationalMatrix xx = multiply(X, X.transpose());
  const RationalMatrix xy = multiply(X, Y.transpose());
  const Index dx = X.rows();
  const Index dy = Y.rows();
  // Sigma = Z^T Sxy for any solution of Sxx Z = Sxy
  const RationalMatrix sigma = multiply(solve(xx, xy).value().transpose(), xy);
  const auto roots = real_eigenvalues(sigma);
  const bool distinct = std::adjacent_find(roots.begin(), roots.end()) == roots.end();
  return {dy <= dx && dx <= X.cols(), rank(xx) == dx, rank(xy) == dy, distinct};
}

const RationalMatrix& datum(const Point& point, const char* name) {
  return std::get<RationalMatrix>(point.data.at(name));
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("every kind of data gives up the hypotheses that its name says, and no other") {
    for (const auto& [defect, shape] : std::vector<std::pair<std::string, Widths>>{{"deficient", {3, 2, 3}},
                                                                                   {"deficient", {1, 1, 1}},
                                                                                   {"repeated", {3, 2, 3}},
                                                                                   {"repeated", {4, 2, 2}},
                                                                                   {"singular", {3, 2, 2}},
                                                                                   {"few-samples", {3, 2, 2}},
                                                                                   {"wide-output", {2, 2, 3}},
                                                                                   {"wide-output", {1, 1, 3}}}) {
      for (const std::string& base : data_kinds()) {
        const std::string kind = base + "+" + defect;
        CAPTURE(kind);
        Scope scope;
        scope.shapes = {Shape(shape)};
        scope.data = {kind};
        const auto recipes = model().cases(scope);
        REQUIRE(!recipes.empty());
        for (const auto& recipe : recipes) {
          CAPTURE(recipe->key());
          const Point point = recipe->build(17);
          const Hypotheses holds = hypotheses(datum(point, "X"), datum(point, "Y"));
          CHECK(holds.H1 == (defect != "wide-output" && defect != "few-samples"));
          CHECK(holds.H2 == (defect != "singular" && defect != "few-samples"));
          CHECK(holds.H3 == (defect != "deficient" && defect != "wide-output"));
          const bool two_zeros = defect == "wide-output" && shape.back() - shape.front() > 1;
          CHECK(holds.H4 == (defect != "repeated" && !two_zeros));
        }
      }
    }
  }

  TEST_CASE("off the hypotheses too, every case is critical and admits the S it was built with") {
    const auto scopes = model().excursions({});
    REQUIRE(!scopes.empty());
    for (const Scope& scope : scopes) {
      const auto recipes = model().cases(scope);
      REQUIRE(!recipes.empty());
      CHECK(recipes.size() == model().count_cases(scope));
      for (const auto& recipe : recipes) {
        CAPTURE(recipe->key());
        const auto instance = model().instance(recipe->build(20240901));
        CHECK(instance->critical());
        CHECK(recipe->mismatch(*instance, 20240901) == "");
      }
    }
  }

  TEST_CASE("shapes that do not have the data are refused in one line") {
    const auto refused = [](const Shape& shape, const std::string& kind) {
      Scope scope;
      scope.shapes = {shape};
      scope.data = {kind};
      CAPTURE(kind);
      CHECK_THROWS_AS(static_cast<void>(model().cases(scope)), InputError);
      CHECK_THROWS_AS(static_cast<void>(model().count_cases(scope)), InputError);
    };
    refused({2, 2, 1}, "canonical+repeated");
    refused({2, 2, 2}, "general+singular");
    refused({2, 2, 2}, "general+few-samples");
    refused({2, 2, 2}, "general+wide-output");
    refused({2, 2, 3}, "general");
    refused({2, 2, 3}, "general+deficient");
    refused({2, 2, 2}, "general+");
    refused({2, 2, 2}, "other+deficient");
    refused({2, 2, 2}, "general+other");
  }

  TEST_CASE("strata where M has a kernel, found by hand") {
    std::set<std::string> seen;
    for_each_stratum(
        {1, 1, 1}, [&](const Stratum& s) { seen.insert(to_string(s)); }, 1);
    // one dimension each, M = 0: Z_2 Z_1 = 0, so neither, the first, or the second arrow
    CHECK(seen == std::set<std::string>{"0:1*1 1:1*1 2:1*1", "0:2*1 2:1*1", "0:1*1 1:2*1"});
    seen.clear();
    for_each_stratum(
        {2, 1, 2}, [&](const Stratum& s) { seen.insert(to_string(s)); }, 1);
    // M : e_1 -> e_1, e_2 -> 0; Z_1 = (a, b), Z_2 = (c, d)^T. The cycle equations are M Z_2 = (c, 0)^T = 0 and Z_1 M =
    // (a, 0) = 0; the product does not exceed rank r, so Z_2 Z_1 = 0, that is, b d = 0: neither, b, or d is not zero
    CHECK(seen == std::set<std::string>{"0:1*1 1:1*1 2:1*1 2:2*1", "0:2*1 2:1*1 2:2*1", "0:1*1 1:2*1 2:2*1"});
  }

  TEST_CASE("where an eigenvalue is repeated across S, every admissible S is read") {
    Point point;
    point.model = "deep-linear";
    const RationalMatrix identity = RationalMatrix::Identity(3, 3);
    RationalMatrix first = RationalMatrix::Zero(3, 3);
    first(0, 0) = 1;
    point.data.emplace("X", identity);
    point.data.emplace("Y", identity);
    point.weights = {first, first};
    const auto instance = model().instance(point);
    const auto readings = instance->readings();
    REQUIRE(readings.size() == 3);
    const auto& features = model().vocabulary().features();
    std::size_t position = 0;
    while (features[position].name != "S")
      ++position;
    for (std::size_t k = 0; k < 3; ++k) {
      CHECK(readings[k].choice == "S = {" + std::to_string(k + 1) + "}");
      CHECK(std::get<IndexSet>(readings[k].features->feature(position, {})) == IndexSet{static_cast<long>(k) + 1});
    }
    CHECK_THROWS_AS(static_cast<void>(instance->feature("S")), Undefined);
    // nothing to choose: all of the eigenspace, or none of it
    point.weights = {identity, identity};
    CHECK(model().instance(point)->readings().empty());
    // not critical: nothing to read
    point.weights = {RationalMatrix(2 * first), first};
    CHECK(model().instance(point)->readings().empty());
  }

  TEST_CASE("descent where Sxx is singular or an eigenvalue repeated: certified as elsewhere") {
    std::size_t certified = 0;
    for (const Scope& scope : model().excursions({{3, 1, 2, 2}, {2, 2, 2, 2}})) {
      for (const auto& recipe : model().cases(scope)) {
        const auto& wanted = dynamic_cast<const DeepLinearRecipe&>(*recipe);
        if (parse_data_kind(wanted.plan().data).base != "canonical") continue;
        CAPTURE(recipe->key());
        const auto instance = model().instance(recipe->build(5));
        const Evidence evidence = examine(*instance, {.form_hessian = false, .eigenvalues = false});
        // positive semidefinite, above the infimum: a descent line must be there, whatever the data
        CHECK(evidence.verdict != Verdict::second_order);
        certified += evidence.verdict == Verdict::non_strict_saddle ? 1 : 0;
      }
    }
    CHECK(certified > 0);
  }
}
