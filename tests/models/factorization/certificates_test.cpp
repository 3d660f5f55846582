// What the factorization models and phase retrieval write, the verifier verifies; and it rejects global minimality that
// the evidence does not show.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <rankscape/model.hpp>

#include "check/certificate.hpp"
#include "verifier/verify.hpp"

using namespace rankscape;

namespace {

Json certificate_of(const Model& model, const CaseRecipe& recipe) {
  const auto instance = model.instance(recipe.build(1));
  return certificate(*instance, examine(*instance), recipe.key, {});
}

void all_verify(const std::string& name, const std::vector<Shape>& shapes) {
  const Model& model = *find_model(name);
  for (const auto& recipe : model.cases({shapes, {}, {}, 1})) {
    CAPTURE(recipe->key);
    const auto instance = model.instance(recipe->build(1));
    const auto evidence = examine(*instance);
    const auto report = verifier::verify_certificate(certificate(*instance, evidence, recipe->key, {}).dump());
    CHECK(report.reason == "");
    CHECK(report.outcome == verifier::Outcome::verified);
    CHECK(report.verdict == to_string(evidence.verdict));
  }
}

// The first case whose certificate claims global minimality by trace_bound with a separator that is (not) zero.
Json sample(const std::string& name, const Shape& shape, bool zero_separator) {
  const Model& model = *find_model(name);
  for (const auto& recipe : model.cases({{shape}, {"generic"}, {"distinct", "singular"}, 1})) {
    Json json = certificate_of(model, *recipe);
    const Json& claims = json["claims"];
    if (!claims.contains("global") || claims["value"] == 0) continue;
    if ((claims["global"]["separator"] == 0) == zero_separator) return json;
  }
  FAIL("no such sample");
  return {};
}

void expect_rejected(const Json& json, const std::string& phrase) {
  const auto report = verifier::verify_certificate(json.dump());
  CAPTURE(report.reason);
  CHECK(report.outcome == verifier::Outcome::rejected);
  CHECK(report.reason.find(phrase) != std::string::npos);
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("certificates of all cases of small shapes verify") {
    all_verify("symmetric-factorization", {{1, 1}, {2, 1}, {2, 2}, {2, 3}, {3, 2}});
    all_verify("asymmetric-factorization", {{1, 1, 1}, {2, 1, 2}, {2, 2, 1}, {2, 3, 2}});
    all_verify("phase-retrieval", {{1}, {2}, {3}, {4}});
  }

  TEST_CASE("forged global minimality is rejected, each forgery for its own reason") {
    for (const auto& known : {std::pair<std::string, Shape>{"symmetric-factorization", {3, 1}},
                              std::pair<std::string, Shape>{"asymmetric-factorization", {3, 3, 1}}}) {
      CAPTURE(known.first);
      const Json good = sample(known.first, known.second, false);
      CHECK(verifier::verify_certificate(good.dump()).outcome == verifier::Outcome::verified);
      Json json = good;
      json["claims"]["global"]["separator"] = -1;
      expect_rejected(json, "is negative");
      json = good;
      json["claims"]["global"]["separator"] = 0;
      expect_rejected(json, "T - A + c I is not positive semidefinite");
      json = good;
      json["claims"]["global"]["separator"] = 1000;
      expect_rejected(json, "the bound is not the value");
      json = good;
      Json& cover = json["claims"]["global"]["cover"];
      cover = {{1000, 0, 0}, {0, 1000, 0}, {0, 0, 1000}};
      expect_rejected(json, "the bound is not the value");
      cover = {{-1, 0, 0}, {0, 0, 0}, {0, 0, 0}};
      expect_rejected(json, "not positive semidefinite");
      cover = {{1, 1, 0}, {0, 1, 0}, {0, 0, 1}};
      expect_rejected(json, "has to be symmetric");
      json = good;
      json["claims"].erase("global");
      expect_rejected(json, "the evidence gives");
    }
  }

  TEST_CASE("the bound is no evidence for models it is not proved for") {
    const Model& model = *find_model("phase-retrieval");
    const auto recipes = model.cases({{{2}}, {"aligned"}, {"signal"}, 1});
    Json json = certificate_of(model, *recipes.front());
    json["claims"]["global"] = {
        {"minimizer", true}, {"by", "trace_bound"}, {"separator", 0}, {"cover", {{0, 0}, {0, 0}}}};
    expect_rejected(json, "unknown kind of evidence");
  }
}

TEST_SUITE("standard") {
  TEST_CASE("certificates of larger shapes verify") {
    all_verify("symmetric-factorization", {{4, 2}, {4, 4}, {5, 2}});
    all_verify("asymmetric-factorization", {{3, 3, 2}, {3, 2, 3}});
    all_verify("phase-retrieval", {{9}});
  }
}
