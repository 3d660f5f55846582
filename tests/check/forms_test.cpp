// Quadratic forms with a constant matrix, inner(u, B u): convex, so that a critical point of a sum with others is
// global.
#include <rankscape/check/evidence.hpp>

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "check/certificate.hpp"
#include "landscapes.hpp"
#include "verifier/verify.hpp"

using namespace rankscape;

namespace {

Verdict verified_verdict(const char* loss, const char* b, const char* x) {
  Json json;
  json["format"] = "rankscape-point/1";
  json["loss"] = loss;
  json["data"] = {{"B", Json::parse(b)}, {"c", Json::parse("[[1], [1]]")}};
  json["weights"] = {{"x", Json::parse(x)}};
  const auto located = test::library().point(json);
  const auto instance = located.landscape->instance(located.point);
  const Evidence evidence = examine(*instance);
  const verifier::Report report = verifier::verify_certificate(certificate_json(*instance, evidence, "", {}).dump());
  CHECK(report.reason == "");
  CHECK(report.verdict == to_string(evidence.verdict));
  return evidence.verdict;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("an affine function beside a quadratic form: global if the form is semidefinite") {
    const char* const loss = "inner(x, B * x) - 2 * inner(c, x)";
    CHECK(verified_verdict(loss, "[[2, 1], [1, 1]]", "[[0], [1]]") == Verdict::global_minimizer);
    CHECK(verified_verdict(loss, "[[2, 0], [2, 1]]", "[[0], [1]]") == Verdict::global_minimizer);  // its symmetric part
    CHECK(verified_verdict(loss, "[[1, 1], [1, 1]]", "[[3], [-2]]") == Verdict::global_minimizer);  // singular
    CHECK(verified_verdict(loss, "[[1, 0], [0, -1]]", "[[1], [-1]]") == Verdict::strict_saddle);
    CHECK(verified_verdict("inner(x - c, B * (x - c)) + norm2(x - c)", "[[2, 1], [1, 1]]", "[[1], [1]]") ==
          Verdict::global_minimizer);
    // a square of it is convex, too
    CHECK(verified_verdict("inner(x, B * x)^2 + norm2(x) - 2 * inner(c, x)", "[[0, 0], [0, 0]]", "[[1], [1]]") ==
          Verdict::global_minimizer);
  }
}
