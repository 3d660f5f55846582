// What the library writes, the verifier verifies, with all claims that belong to the case.
#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <rankscape/model.hpp>

#include "check/certificate.hpp"
#include "verifier/verify.hpp"

namespace {

bool has(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

void all_verify(const rankscape::Shape& shape, std::size_t stride) {
  const rankscape::Model* model = rankscape::find_model("deep-linear");
  rankscape::Scope scope;
  scope.shapes = {shape};
  const auto cases = model->cases(scope);
  REQUIRE(!cases.empty());
  for (std::size_t k = 0; k < cases.size(); k += stride) {
    CAPTURE(cases[k]->key);
    const auto instance = model->instance(cases[k]->build(1));
    const auto evidence = examine(*instance);
    const rankscape::Json json = certificate(*instance, evidence, cases[k]->key, {});
    const auto report = verifier::verify_certificate(json.dump());
    CHECK(report.reason == "");
    CHECK(report.outcome == verifier::Outcome::verified);
    CHECK(report.verdict == to_string(evidence.verdict));
    CHECK(report.key == cases[k]->key);
    for (const char* claim :
         {"critical", "value", "inertia", "lambda_min", "lambda_max", "r", "rmax", "S", "tightened"}) {
      CAPTURE(claim);
      CHECK(has(report.verified, claim));
    }
  }
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("all cases of (2,2,2) verify") {
    all_verify({2, 2, 2}, 1);
  }
  TEST_CASE("some cases of (3,3,3,3) verify") {
    all_verify({3, 3, 3, 3}, 37);
  }
}

TEST_SUITE("standard") {
  TEST_CASE("all cases of (3,3,3,3) verify") {
    all_verify({3, 3, 3, 3}, 1);
  }
  TEST_CASE("cases of (4,3,3), (3,2,3,2) and (3,3,3,3,3) verify") {
    all_verify({4, 3, 3}, 1);
    all_verify({3, 2, 3, 2}, 1);
    all_verify({3, 3, 3, 3, 3}, 97);
  }
}
