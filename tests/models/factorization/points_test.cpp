// Built critical points against the loss itself; hand-made points; the same points by two models; bad input.

#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <rankscape/statements/statement.hpp>

#include "check/evidence_features.hpp"
#include "models/asymmetric_factorization/instance.hpp"
#include "models/deep_linear/instance.hpp"
#include "models/factorization/helpers.hpp"
#include "models/phase_retrieval/instance.hpp"
#include "models/symmetric_factorization/instance.hpp"
#include "symbolic/formula.hpp"

using namespace rankscape;

namespace {

// Gradient and Hessian diagonal from the exact loss along coordinate lines: shares nothing with the closed forms.
void check_critical_by_loss(const Instance& instance) {
  const Weights& at = instance.point().weights;
  const RationalMatrix hessian = instance.hessian();
  Index parameter = 0;
  for (std::size_t h = 0; h < at.size(); ++h) {
    for (Index k = 0; k < at[h].size(); ++k, ++parameter) {
      Weights direction = at;
      for (RationalMatrix& d : direction)
        d.setZero();
      direction[h](k) = 1;
      CHECK(test::slope(instance, direction) == 0);
      CHECK(test::curvature(instance, direction) == hessian(parameter, parameter));
    }
  }
}

void check_all(const std::string& name, const Scope& scope, std::uint64_t seed) {
  CAPTURE(name);
  CAPTURE(seed);
  const Model& model = *find_model(name);
  const auto recipes = model.cases(scope);
  REQUIRE(recipes.size() == model.count_cases(scope));
  REQUIRE_FALSE(recipes.empty());
  for (const auto& recipe : recipes) {
    CAPTURE(recipe->key);
    const auto instance = model.instance(recipe->build(seed));
    CHECK(recipe->mismatch(*instance) == "");
    check_critical_by_loss(*instance);
  }
}

std::unique_ptr<Instance> instance_of(const char* text) {
  Point point = point_from_json(Json::parse(text));
  const Model* model = find_model(point.model);
  REQUIRE(model != nullptr);
  return model->instance(std::move(point));
}

Verdict verdict_of(const char* text) {
  return examine(*instance_of(text)).verdict;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("built points are critical and what was promised") {
    check_all("symmetric-factorization", {{{1, 1}, {2, 1}, {3, 2}, {2, 3}}, {}, {}, 2}, 7);
    check_all("asymmetric-factorization", {{{1, 1, 1}, {2, 3, 2}, {3, 2, 1}, {2, 2, 3}}, {}, {}, 1}, 8);
    check_all("phase-retrieval", {{{1}, {2}, {3}, {4}, {7}}, {}, {}, 3}, 9);
  }

  TEST_CASE("keys are unique") {
    for (const auto& [name, shapes] : test::small_shapes()) {
      std::vector<std::string> keys;
      for (const auto& recipe : find_model(name)->cases({shapes, {}, {}, 2}))
        keys.push_back(recipe->key);
      std::sort(keys.begin(), keys.end());
      CHECK(std::adjacent_find(keys.begin(), keys.end()) == keys.end());
    }
  }

  TEST_CASE("cases are counted without listing, and the count does not overflow") {
    // subsets of {1..60} with at most 30 elements, two positions; the count of each size is capped
    const Scope large{{{60, 30}}, {}, {"distinct"}, 1};
    CHECK(find_model("symmetric-factorization")->count_cases(large) > 1'000'000'000'000);
    // pairs of equal eigenvalues: 3^2 choices of how many of each, all with at most 4; two positions
    CHECK(find_model("symmetric-factorization")->count_cases({{{4, 4}}, {}, {"repeated"}, 1}) == 18);
    // one block of two and two blocks of one, at most two columns: {}, {b}, {1}, {2}, {1, 2}
    CHECK(find_model("symmetric-factorization")->count_cases({{{4, 2}}, {"generic"}, {"irrational"}, 1}) == 5);
  }

  TEST_CASE("symmetric factorization by hand: M = diag(4, 1), X = (2, 0)^T") {
    const auto point = instance_of(
        R"({"format": "rankscape-point/1", "model": "symmetric-factorization", "data": {"M": [[4, 0], [0, 1]]},
            "weights": [[[2], [0]]]})");
    const auto& at = dynamic_cast<const symmetric_factorization::SymmetricInstance&>(*point);
    CHECK(at.loss(at.point().weights) == Rational(1, 4));
    RationalMatrix expected(2, 2);
    expected << 8, 0, 0, 3;  // 2 lambda_1 and lambda_1 - lambda_2
    CHECK(at.hessian() == expected);
    CHECK(at.S() == IndexSet{1});
    CHECK(at.orbit() == 0);
    CHECK(examine(at).verdict == Verdict::global_minimizer);
  }

  TEST_CASE("symmetric factorization with irrational eigenvalues: a golden block is selected whole") {
    // M = [[1, 1], [1, 2]] + (1): eigenvalues (3 +- sqrt 5)/2 = 2.61.., 0.38.., and 1 between them
    const auto point = instance_of(
        R"({"format": "rankscape-point/1", "model": "symmetric-factorization",
            "data": {"M": [[1, 1, 0], [1, 2, 0], [0, 0, 1]]}, "weights": [[[1, 0], [1, 1], [0, 0]]]})");
    const auto& at = dynamic_cast<const symmetric_factorization::SymmetricInstance&>(*point);
    CHECK(at.S() == IndexSet{1, 3});
    REQUIRE(at.selection().unselected.size() == 1);
    CHECK(at.selection().unselected.front().rational() == Rational(1));
    const Evidence evidence = examine(at);
    CHECK(evidence.verdict == Verdict::strict_saddle);
    // one negative eigenvalue, 0.38.. - 1 = (1 - sqrt 5)/2
    CHECK(evidence.hessian->inertia == Inertia{1, 1, 4});
    REQUIRE(evidence.lambda_min);
    CHECK(evidence.lambda_min->lo > Rational(-6181, 10000));
    CHECK(evidence.lambda_min->hi < Rational(-6180, 10000));
  }

  TEST_CASE("where the origin is what, symmetric") {
    const auto at_origin = [](const char* m) {
      const std::string text = std::string(R"({"format": "rankscape-point/1", "model": "symmetric-factorization", )") +
                               R"("data": {"M": )" + m + R"(}, "weights": [[[0], [0]]]})";
      return verdict_of(text.c_str());
    };
    CHECK(at_origin("[[2, 0], [0, 1]]") == Verdict::local_maximizer);
    CHECK(at_origin("[[2, 0], [0, 0]]") == Verdict::strict_saddle);
    CHECK(at_origin("[[0, 0], [0, 0]]") == Verdict::global_minimizer);
    CHECK(at_origin("[[-2, 0], [0, 0]]") == Verdict::global_minimizer);
    CHECK(at_origin("[[-2, 0], [0, 1]]") == Verdict::strict_saddle);
  }

  TEST_CASE("a repeated eigenvalue selected in part leaves S open, not the multiset") {
    const auto point = instance_of(
        R"({"format": "rankscape-point/1", "model": "symmetric-factorization", "data": {"M": [[4, 0], [0, 4]]},
            "weights": [[["6/5"], ["8/5"]]]})");
    const auto& at = dynamic_cast<const symmetric_factorization::SymmetricInstance&>(*point);
    CHECK_THROWS_AS(static_cast<void>(at.S()), Undefined);
    CHECK(at.selection().selected.size() == 1);
    CHECK(at.selection().leading());
    CHECK(examine(at).verdict == Verdict::global_minimizer);
    CHECK(find_label(at.labels(), "S").empty());
  }

  TEST_CASE("asymmetric factorization by hand: M = 1, one column") {
    // (1, 1) minimizes; with mu = 0 so does (2, 1/2), with mu > 0 that is not even critical; the origin is a saddle
    const auto at = [](const char* balance, const char* x, const char* y) {
      const std::string text =
          std::string(R"({"format": "rankscape-point/1", "model": "asymmetric-factorization", "data": )") +
          R"({"M": [[1]], "balance": )" + balance + R"(}, "weights": [[[)" + x + "]], [[" + y + "]]]}";
      return verdict_of(text.c_str());
    };
    CHECK(at("1", "1", "1") == Verdict::global_minimizer);
    CHECK(at("1", "-1", "-1") == Verdict::global_minimizer);
    CHECK(at("0", "2", "\"1/2\"") == Verdict::global_minimizer);
    CHECK(at("1", "2", "\"1/2\"") == Verdict::not_critical);
    CHECK(at("1", "0", "0") == Verdict::strict_saddle);
    CHECK(at("0", "0", "0") == Verdict::strict_saddle);
  }

  TEST_CASE("phase retrieval by hand, n = 3") {
    const auto point = instance_of(
        R"({"format": "rankscape-point/1", "model": "phase-retrieval", "data": {"u": [[1], [1], [0]]},
            "weights": [[["1/3"], ["-1/3"], ["2/3"]]]})");
    const Evidence evidence = examine(*point);
    CHECK(evidence.verdict == Verdict::strict_saddle);
    CHECK(evidence.value == Rational(8, 3));  // 2/3 |u|^4
    CHECK(evidence.hessian->inertia == Inertia{1, 1, 1});
    CHECK(verdict_of(R"({"format": "rankscape-point/1", "model": "phase-retrieval", "data": {"u": [[0], [0]]},
                         "weights": [[[0], [0]]]})") == Verdict::global_minimizer);
  }

  TEST_CASE("without balance, asymmetric factorization is a linear network with one hidden layer") {
    const Model& model = *find_model("asymmetric-factorization");
    const Statement classification = Statement::read(RANKSCAPE_SOURCE_DIR "/theorems/achour2024-classification.toml");
    const Statement index_formula = Statement::read(RANKSCAPE_SOURCE_DIR "/theorems/index-formula.toml");
    int inside = 0;
    for (const auto& recipe :
         model.cases({{{1, 2, 2}, {2, 2, 1}, {2, 3, 2}, {2, 2, 3}, {3, 2, 1}, {3, 3, 2}}, {"unbalanced"}, {}, 1})) {
      CAPTURE(recipe->key);
      const auto instance = model.instance(recipe->build(3));
      const auto& at = dynamic_cast<const asymmetric_factorization::AsymmetricInstance&>(*instance);
      const Index m = at.Y().rows();
      Point network;
      network.model = "deep-linear";
      network.data.emplace("X", RationalMatrix(RationalMatrix::Identity(m, m)));
      network.data.emplace("Y", at.M());
      network.weights = {at.Y().transpose(), at.X()};  // W_1 = Y^T, W_2 = X
      const deep_linear::DeepLinearInstance other(network);
      // the network's loss has no factor 1/2, and its parameters come in another order: W_1 (p, b) is Y (b, p)
      CHECK(other.loss(network.weights) == 2 * at.loss(at.point().weights));
      std::vector<Index> place;
      for (Index b = 0; b < m; ++b) {
        for (Index p = 0; p < at.k(); ++p)
          place.push_back(at.X().size() + p * m + b);
      }
      for (Index k = 0; k < at.X().size(); ++k)
        place.push_back(k);
      const RationalMatrix hessian = at.hessian();
      const RationalMatrix of_network = other.hessian();
      REQUIRE(of_network.rows() == hessian.rows());
      bool same = true;
      for (std::size_t i = 0; i < place.size(); ++i) {
        for (std::size_t j = 0; j < place.size(); ++j)
          same = same && of_network(static_cast<Index>(i), static_cast<Index>(j)) == 2 * hessian(place[i], place[j]);
      }
      CHECK(same);
      const Evidence evidence = examine(at);
      const Evidence of_other = examine(other);
      CHECK(evidence.verdict == of_other.verdict);
      CHECK(evidence.hessian->inertia == of_other.hessian->inertia);
      CHECK(at.q() == other.r());
      if (at.selection().set && at.M().rows() <= m) CHECK(at.S() == other.S());
      // what section 1 of docs/mathematics.md says of the network holds for the factorization
      const EvidenceFeatures features(other, of_other, find_model("deep-linear")->features().size());
      for (const Statement* statement : {&classification, &index_formula}) {
        PointCache cache;
        const Judgement judgement = statement->judge(features, of_other.possible, cache);
        if (judgement.inside == Truth::yes) {
          ++inside;
          CHECK(judgement.overall == Truth::yes);
        }
      }
    }
    CHECK(inside > 50);
  }

  TEST_CASE("excursions have cases, and simpler points are smaller") {
    for (const auto& known : test::small_shapes()) {
      CAPTURE(known.model);
      for (const auto& wanted : {std::vector<Shape>{}, known.shapes}) {
        for (const Scope& scope : find_model(known.model)->excursions(wanted))
          CHECK_FALSE(find_model(known.model)->cases(scope).empty());
      }
    }
    Random random(5);
    const Point point = test::random_point("symmetric-factorization", {3, 2}, random);
    const auto simpler = find_model("symmetric-factorization")->simplifications(point);
    CHECK(simpler.size() == 5);  // two columns, three coordinates
    for (const Point& other : simpler)
      CHECK(find_model("symmetric-factorization")->instance(other)->hessian().rows() < 6);
  }

  TEST_CASE("what cannot be used is refused with its place") {
    const auto refused = [](const char* model, const char* data, const char* weights, const char* place) {
      const std::string text = std::string(R"({"format": "rankscape-point/1", "model": ")") + model + R"(", "data": )" +
                               data + R"(, "weights": )" + weights + "}";
      CAPTURE(text);
      try {
        const Point point = point_from_json(Json::parse(text));
        static_cast<void>(find_model(point.model)->instance(point));
        FAIL_CHECK("accepted");
      } catch (const InputError& error) {
        CHECK(std::string(error.what()).starts_with(place));
      }
    };
    refused("symmetric-factorization", R"({"M": [[1, 2], [3, 4]]})", "[[[1], [1]]]", "/data/M: not symmetric");
    refused("symmetric-factorization", R"({"M": [[1, 2]]})", "[[[1]]]", "/data/M: is 1 x 2");
    refused("symmetric-factorization", R"({"M": [[1]], "b": 1})", "[[[1]]]", "/data/b: unknown");
    refused("symmetric-factorization", R"({"M": 1})", "[[[1]]]", "/data/M: expected a matrix");
    refused("symmetric-factorization", R"({"M": [[1]]})", "[[[1]], [[1]]]", "/weights: 2 matrices");
    refused("symmetric-factorization", R"({"M": [[1]]})", "[]", "/weights: 0 matrices");
    refused("asymmetric-factorization", R"({"M": [[1]]})", "[[[1]], [[1]]]", "/data/balance: missing");
    refused("asymmetric-factorization", R"({"M": [[1]], "balance": -1})", "[[[1]], [[1]]]",
            "/data/balance: is negative");
    refused("asymmetric-factorization", R"({"M": [[1]], "balance": 1})", "[[[1]], [[1, 2]]]", "/weights/1: is 1 x 2");
    refused("asymmetric-factorization", R"({"M": [[1, 2]], "balance": 1})", "[[[1]], [[1]]]", "/data/M: is 1 x 2");
    refused("phase-retrieval", R"({"u": [[1, 2]]})", "[[[1, 2]]]", "/weights/0: is 1 x 2");
    refused("phase-retrieval", R"({"u": [[1]]})", "[[[1], [2]]]", "/data/u: is 1 x 1");
    for (const auto& [name, shapes] : test::small_shapes()) {
      const Model& model = *find_model(name);
      for (const Shape& shape : {Shape{}, Shape{0}, Shape{2, 0}, Shape{2, 2, 0}, Shape{1, 1, 1, 1}, Shape{100000}}) {
        CHECK_THROWS_AS(static_cast<void>(model.cases({{shape}, {}, {}, 1})), InputError);
        CHECK_THROWS_AS(static_cast<void>(model.count_cases({{shape}, {}, {}, 1})), InputError);
        CHECK_THROWS_AS(static_cast<void>(model.formula(shape)), InputError);
      }
      CHECK_THROWS_AS(static_cast<void>(model.cases({{shapes[0]}, {"sideways"}, {}, 1})), InputError);
      CHECK_THROWS_AS(static_cast<void>(model.cases({{shapes[0]}, {}, {"nonsense"}, 1})), InputError);
      CHECK_THROWS_AS(static_cast<void>(model.cases({{shapes[0]}, {}, {}, 0})), InputError);
    }
  }
}

TEST_SUITE("standard") {
  TEST_CASE("built points of larger shapes") {
    check_all("symmetric-factorization", {{{5, 3}, {4, 4}, {6, 2}, {3, 5}}, {}, {}, 1}, 17);
    check_all("asymmetric-factorization", {{{4, 3, 2}, {3, 4, 4}, {5, 2, 2}}, {}, {}, 1}, 18);
    check_all("phase-retrieval", {{{12}, {20}}, {}, {}, 2}, 19);
  }
}
