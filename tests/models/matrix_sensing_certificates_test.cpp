// What matrix sensing writes, the verifier verifies; the instances that the documentation names are classified as it
// says.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <rankscape/exact_json.hpp>
#include <rankscape/model.hpp>

#include <set>

#include "check/certificate.hpp"
#include "models/matrix_sensing/families.hpp"
#include "verifier/verify.hpp"

using namespace rankscape;

namespace {

Evidence example(const std::string& name) {
  const Point point = point_from_json(read_exact_json(RANKSCAPE_SOURCE_DIR "/docs/examples/" + name));
  const auto instance = find_model(point.model)->instance(point);
  Evidence evidence = examine(*instance);
  const auto report = verifier::verify_certificate(certificate(*instance, evidence, "", {}).dump());
  CHECK(report.reason == "");
  CHECK(report.verdict == to_string(evidence.verdict));
  return evidence;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("certificates of all kinds of data verify, with the verdict that was found") {
    const Model& model = *find_model("matrix-sensing");
    Scope scope;
    scope.shapes = {{2, 1}, {3, 1}, {3, 2}};
    scope.data = matrix_sensing::data_kinds();
    const auto recipes = model.cases(scope);
    std::set<std::string> verdicts;
    for (std::size_t c = 0; c < recipes.size(); c += 3) {
      CAPTURE(recipes[c]->key);
      const auto instance = model.instance(recipes[c]->build(5));
      const Evidence evidence = examine(*instance);
      const auto report = verifier::verify_certificate(certificate(*instance, evidence, recipes[c]->key, {}).dump());
      CHECK(report.reason == "");
      CHECK(report.outcome == verifier::Outcome::verified);
      CHECK(report.verdict == to_string(evidence.verdict));
      verdicts.insert(report.verdict);
    }
    for (const char* verdict :
         {"global_minimizer", "strict_saddle", "local_maximizer", "local_minimizer", "second_order"})
      CHECK(verdicts.contains(verdict));
  }

  TEST_CASE("the two instances in docs/examples") {
    CHECK(example("sensing-second-order.json").verdict == Verdict::non_strict_saddle);
    CHECK(example("sensing-spurious.json").verdict == Verdict::local_minimizer);
  }
}
