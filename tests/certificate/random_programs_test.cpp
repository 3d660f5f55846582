// Certificates of random programs at random points verify, claims that are changed do not: two implementations of the
// same semantics (src/program and verifier/) that share no line.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "certificate/evidence.hpp"
#include "certificate/write.hpp"
#include "program/compiled_loss.hpp"
#include "program/random_program.hpp"
#include "verifier/verify.hpp"

using namespace rankscape;
using namespace rankscape::certificate;
using verifier::Outcome;

namespace {

struct Case {
  Json json;
  bool claims_curve = false;
};

Case random_case(program::test::RandomPrograms& random, const program::test::RandomPrograms::Options& options) {
  const program::Program loss = random.loss(options);
  std::vector<RationalMatrix> inputs;
  for (const program::Input& input : loss.inputs)
    inputs.push_back(random.matrix(input.rows, input.cols));
  const program::CompiledLoss compiled(loss);
  Claims claims(Workspace(loss, inputs));
  claims.value = compiled.value(inputs);
  claims.critical = is_zero(compiled.gradient(inputs));
  claims.inertia = inertia_claim(compiled.hessian(inputs));
  const Index n = claims.workspace.parameters();
  CurveClaim curve;
  curve.directions = random.matrix(2, n);
  std::vector<std::vector<RationalMatrix>> parts(2);
  for (int k = 0; k < 2; ++k) {
    Index next = 0;
    for (const std::size_t weight : claims.workspace.program().weights()) {
      RationalMatrix part(inputs[weight].rows(), inputs[weight].cols());
      for (Index i = 0; i < part.size(); ++i)
        part(i) = curve.directions(k, next++);
      parts[static_cast<std::size_t>(k)].push_back(part);
    }
  }
  curve.coefficients = compiled.along(inputs, parts, 4);
  curve.coefficients.resize(5);
  curve.coefficients[0] = 0;
  while (curve.order < 5 && curve.coefficients[static_cast<std::size_t>(curve.order)] == 0)
    ++curve.order;
  Case result;
  if (curve.order < 5) {
    (curve.coefficients[static_cast<std::size_t>(curve.order)] < 0 ? claims.descent : claims.ascent) = curve;
    result.claims_curve = true;
  }
  result.json = to_json(claims);
  return result;
}

void all_verify(int count, const program::test::RandomPrograms::Options& options) {
  int curves = 0;
  for (unsigned seed = 1; seed <= static_cast<unsigned>(count); ++seed) {
    CAPTURE(seed);
    program::test::RandomPrograms random(seed);
    Case one;
    try {
      one = random_case(random, options);
    } catch (const std::domain_error&) {
      continue;  // the reciprocal of 0: no loss there
    }
    const auto report = verifier::verify_certificate(to_text(one.json));
    CHECK(report.reason == "");
    CHECK(report.outcome == Outcome::verified);
    CHECK(report.verdict == one.json["claims"]["verdict"].get<std::string>());
    curves += one.claims_curve ? 1 : 0;

    Json other = one.json;
    other["claims"]["value"] = "1/1000000007";
    CHECK(verifier::verify_certificate(other.dump()).outcome == Outcome::rejected);
    other = one.json;
    other["claims"]["critical"] = !one.json["claims"]["critical"].get<bool>();
    CHECK(verifier::verify_certificate(other.dump()).outcome == Outcome::rejected);
    for (const auto& [from, to] : {std::pair("neg", "zero"), std::pair("zero", "pos"), std::pair("pos", "neg")}) {
      other = one.json;
      Json& inertia = other["claims"]["inertia"];
      if (inertia[from] == 0) continue;
      inertia[from] = inertia[from].get<int>() - 1;
      inertia[to] = inertia[to].get<int>() + 1;
      CHECK(verifier::verify_certificate(other.dump()).outcome == Outcome::rejected);
    }
    for (const char* name : {"descent", "ascent"}) {
      if (!one.json["claims"].contains(name)) continue;
      other = one.json;
      other["claims"][name]["coefficients"][4] = "1/1000000007";
      CHECK(verifier::verify_certificate(other.dump()).outcome == Outcome::rejected);
    }
  }
  CHECK(curves > count / 2);
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("value, criticality, inertia, curves of random programs") {
    all_verify(25, {});
  }
}

TEST_SUITE("standard") {
  TEST_CASE("value, criticality, inertia, curves of many random programs") {
    all_verify(400, {});
    all_verify(100, {.hadamard = false, .reciprocal = false, .steps = 20});
  }
}
