// Points of losses under constraints, made by hand, and one forgery for each check of constraints.
#include <doctest/doctest.h>

#include "verifier/forgery.hpp"

using namespace samples;
using verifier::Outcome;

namespace {

// x^T A x - mu (x^T x - 1), A = diag(1, 2). The Hessian in (x_1, x_2, mu) is [2 (A - mu I), -2 x; -2 x^T, 0].
Json on_the_circle(const Json& x, const Json& mu, const char* claims) {
  Json json;
  json["format"] = "rankscape-certificate/3";
  json["data"] = list({{{"name", "A"}, {"value", matrix({{1, 0}, {0, 2}})}}});
  json["weights"] =
      list({{{"name", "x"}, {"value", matrix({{x[0]}, {x[1]}})}}, {{"name", "mu"}, {"value", matrix({{mu}})}}});
  json["constants"] = list({one});
  json["program"] = Json::parse(R"json([["input", 0], ["input", 1], ["multiply", 0, 1], ["dot", 1, 2], ["dot", 1, 1],
    ["constant", 0], ["subtract", 4, 5], ["input", 2], ["dot", 7, 6], ["subtract", 3, 8]])json");
  json["claims"] = Json::parse(claims);
  return json;
}

// At (1, 0), mu = 1: [[0, 0, -2], [0, 2, 0], [-2, 0, 0]], and f - <mu, c> = x_2^2 + 1.
Json minimum() {
  Json json = on_the_circle({1, 0}, 1, R"json({"critical": true, "value": 1,
    "inertia": {"neg": 1, "zero": 0, "pos": 2, "frame": [[1, 0, 1], [1, 0, -1], [0, 1, 0]], "null": [],
                "null_columns": []},
    "verdict": "global_minimizer"})json");
  json["claims"]["constraints"] = {{"columns", {0}}, {"inverse", matrix({{"1/2"}})}};
  json["claims"]["global"] = {{"quadratic", {{"diagonal", {2}}, {"factor", matrix({{0, 1}})}}}};
  return json;
}

// At (0, 1), mu = 2: [[-2, 0, 0], [0, 0, -2], [0, -2, 0]]. Along (t, 1 - t^2/2) the Lagrangian is 2 - t^2.
Json maximum() {
  Json json = on_the_circle({0, 1}, 2, R"json({"critical": true, "value": 2,
    "inertia": {"neg": 2, "zero": 0, "pos": 1, "frame": [[1, 0, 0], [0, 1, 1], [0, 1, -1]], "null": [],
                "null_columns": []},
    "descent": {"order": 2, "coefficients": [0, 0, -1]},
    "verdict": "local_maximizer"})json");
  json["claims"]["constraints"] = {{"columns", {1}}, {"inverse", matrix({{"1/2"}})}};
  json["claims"]["descent"]["curve"] = matrix({{1, 0, 0}, {0, "-1/2", 0}});
  json["claims"]["better"] = matrix({{1, 0, 7}});
  return json;
}

// At (3/5, 4/5) the loss changes along the circle.
Json slope() {
  Json json = on_the_circle({"3/5", "4/5"}, 0, R"json({"critical": false, "value": "41/25", "slope": [[4, -3]],
    "verdict": "not_critical"})json");
  json["claims"]["constraints"] = {{"columns", {0}}, {"inverse", matrix({{"5/6"}})}};
  return json;
}

// x^2 + 3 x under x^3 = x, at 0 with mu = -3: a strict minimum on the three feasible points in its neighbourhood alone,
// -2 at -1. The Lagrangian is x^2 + 3 x^3, convex at 0.
const char* const cubic_constraint = R"json([["input", 0], ["input", 1], ["multiply", 0, 0], ["scale", 3, 0],
  ["add", 2, 3], ["multiply", 2, 0], ["subtract", 5, 0], ["dot", 1, 6], ["subtract", 4, 7]])json";
// x^3 - 3 x under x^2 + 3 x = 0, at 0 with mu = -1: -18 at -3. The Lagrangian is x^3 + x^2.
const char* const cubic_loss = R"json([["input", 0], ["input", 1], ["multiply", 0, 0], ["scale", 3, 0], ["add", 2, 3],
  ["multiply", 2, 0], ["subtract", 5, 3], ["dot", 1, 4], ["subtract", 6, 7]])json";

Json on_the_line(const char* program, int mu, const Json& inverse) {
  Json json = Json::parse(R"json({"format": "rankscape-certificate/3", "data": [], "constants": [],
    "claims": {"critical": true, "value": 0, "verdict": "global_minimizer"}})json");
  json["weights"] = list({{{"value", matrix({{0}})}}, {{"value", matrix({{mu}})}}});
  json["program"] = Json::parse(program);
  json["claims"]["constraints"] = {{"columns", {0}}, {"inverse", matrix({{inverse}})}};
  json["claims"]["global"] = {{"quadratic", {{"diagonal", {2}}, {"factor", one}}}};
  return json;
}

// y_21^2 - y_12^2 + (y_12 + y_21)^2 over the orthogonal matrices Y, at the identity: with D = diag(1, 0) the first two
// terms cancel, and what is left is a square.
Json rotations() {
  Json json = Json::parse(R"json({"format": "rankscape-certificate/3", "data": [],
    "program": [["input", 0], ["transpose", 0], ["multiply", 1, 0], ["constant", 0], ["subtract", 2, 3],
      ["constant", 1], ["constant", 2], ["constant", 3], ["constant", 4], ["multiply", 4, 5], ["multiply", 7, 9],
      ["multiply", 4, 6], ["multiply", 8, 11], ["add", 10, 12], ["multiply", 0, 5], ["dot", 6, 14],
      ["multiply", 0, 6], ["dot", 5, 16], ["multiply", 15, 15], ["multiply", 17, 17], ["subtract", 18, 19],
      ["add", 15, 17], ["multiply", 21, 21], ["add", 20, 22], ["input", 1], ["dot", 24, 13], ["subtract", 23, 25]],
    "claims": {"critical": true, "value": 0, "constraints": {}, "verdict": "global_minimizer"}})json");
  const Json unit = matrix({{1, 0}, {0, 1}});
  json["weights"] = list({{{"value", unit}}, {{"value", matrix({{0}, {0}, {0}})}}});
  json["constants"] = list({unit, matrix({{1}, {0}}), matrix({{0}, {1}}), matrix({{1, 0}, {0, 1}, {0, 0}}),
                            matrix({{0, 0}, {0, 0}, {0, 1}})});
  Json& bound = json["claims"]["global"]["orthonormal"];
  bound["combine"] = matrix({{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
  bound["multipliers"] = matrix({{1, 0}, {0, 0}});
  bound["psd"] = list({{{"diagonal", {2}}, {"factor", matrix({{0, 1, 1, 0}})}}});
  return json;
}

// -2 <X, M> among rotations, M = X diag(2, -1): L = 2 diag(2, -1) (x) I, and 3 F (x) I less with F = diag(1, -1) it is
// I.
Json best_rotation(const Json& x, const Json& m) {
  Json json = Json::parse(R"json({"format": "rankscape-certificate/3",
    "program": [["input", 1], ["transpose", 0], ["multiply", 1, 0], ["constant", 0], ["subtract", 2, 3],
      ["constant", 1], ["constant", 2], ["constant", 3], ["constant", 4], ["multiply", 4, 5], ["multiply", 7, 9],
      ["multiply", 4, 6], ["multiply", 8, 11], ["add", 10, 12], ["input", 0], ["dot", 14, 0], ["scale", -2, 15],
      ["input", 2], ["dot", 17, 13], ["subtract", 16, 18]],
    "claims": {"critical": true, "value": -2, "constraints": {"rotations": true}, "verdict": "global_minimizer"}})json");
  json["data"] = list({{{"value", m}}});
  json["weights"] = list({{{"value", x}}, {{"value", matrix({{-2}, {0}, {1}})}}});
  json["constants"] = rotations()["constants"];
  Json& bound = json["claims"]["global"]["orthonormal"];
  bound["combine"] = matrix({{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
  bound["multipliers"] = matrix({{0, 0}, {0, 0}});
  bound["reflection"] = Json::parse(R"json({"scale": 3, "vector": [[0, 1]]})json");
  bound["psd"] = list(
      {{{"diagonal", {1, 1, 1, 1}}, {"factor", matrix({{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}})}}});
  return json;
}
Json at_identity() {
  return best_rotation(matrix({{1, 0}, {0, 1}}), matrix({{2, 0}, {0, -1}}));
}

// The least eigenvalue again, with D = 1/2: L - 2 D x_2^2.
Json column() {
  Json bound = {{"combine", one}, {"multipliers", matrix({{"1/2"}})}};
  bound["psd"] = list({{{"diagonal", {1}}, {"factor", matrix({{0, 1}})}}, {{"diagonal", {"1/2"}}, {"factor", one}}});
  return with(minimum(), {{"/claims/global", {{"orthonormal", bound}}}});
}

// What is left is a point of which nothing is said but that it is critical.
Changes bare(Changes changes) {
  changes.insert(changes.begin(), {{"/claims/constraints", Json::object()},
                                   {"/claims/inertia", nullptr},
                                   {"/claims/global", nullptr},
                                   {"/claims/verdict", "undecided"}});
  return changes;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("points under constraints, made by hand, verify") {
    for (const Json& json : {minimum(), maximum(), slope(), with(minimum(), bare({})), rotations(), column(),
                             at_identity(), best_rotation(matrix({{0, -1}, {1, 0}}), matrix({{0, 1}, {2, 0}}))}) {
      const auto report = verifier::verify_certificate(json.dump());
      CHECK(report.reason == "");
      CHECK(report.outcome == Outcome::verified);
      CHECK(report.verdict == json["claims"]["verdict"]);
    }
  }

  TEST_CASE("the form f - <mu, c>") {
    const char* const form = "the last result is no f - <mu, c>";
    const char* const elsewhere = "the multipliers are not the last weight, or occur elsewhere";
    const auto step = [](int k) { return "/program/" + std::to_string(k); };
    // f + <mu, c>
    expect_rejected(minimum(), bare({{step(9), {"add", 3, 8}}, {"/weights/1/value", matrix({{-1}})}}), form);
    expect_rejected(minimum(), bare({{step(8), {"multiply", 7, 6}}}), form);
    // nothing but multipliers
    Json alone = with(minimum(), bare({{"/weights/0", nullptr}, {"/data/0/value", matrix({{0}})}}));
    alone["program"] =
        Json::parse(R"json([["input", 0], ["input", 1], ["dot", 1, 0], ["constant", 0], ["subtract", 3, 2]])json");
    expect_rejected(alone, {}, form);
    // 1 in place of mu
    expect_rejected(minimum(), bare({{step(7), {"constant", 0}}}), elsewhere);
    // (f - <mu, c>) - <mu, c>, mu = 1/2
    expect_rejected(minimum(), bare({{step(10), {"subtract", 9, 8}}, {"/weights/1/value", matrix({{"1/2"}})}}),
                    elsewhere);
    // mu c in place of c
    expect_rejected(minimum(),
                    bare({{step(8), {"multiply", 7, 6}}, {step(9), {"dot", 7, 8}}, {step(10), {"subtract", 3, 9}}}),
                    elsewhere);
  }

  TEST_CASE("feasible, regular, critical") {
    const Json regular = Json::object();
    const std::string c = "/claims/constraints";
    expect_rejected(slope(), {{"/constants/0/entries/0/0", 2}}, "/claims/constraints: not feasible");
    expect_rejected(minimum(), {{c + "/inverse", matrix({{"1/3"}})}}, "not the inverse of that minor");
    expect_rejected(minimum(), {{c, regular}}, "/claims/inertia: the point is not shown to be regular");
    expect_rejected(slope(), {{c, regular}}, "/claims/slope: the point is not shown to be regular");
    expect_rejected(maximum(), bare({{"/claims/verdict", "undecided"}}),
                    "/claims/descent: the point is not shown to be regular");
    expect_rejected(slope(), {{"/claims/slope", none}}, "not one vector");
    expect_rejected(slope(), {{"/claims/slope", {{1, 0}}}}, "not tangent");
    // critical, with other multipliers
    expect_rejected(minimum(),
                    {{"/weights/1/value", matrix({{0}})},
                     {"/claims/critical", false},
                     {"/claims/slope", {{0, 1}}},
                     {"/claims/inertia", nullptr},
                     {"/claims/global", nullptr},
                     {"/claims/verdict", "not_critical"}},
                    "the loss does not change along it");
  }

  TEST_CASE("what descends, what is better, what is least") {
    // (1 + t^2, 0), mu = 1 + t: what falls, by 2 t^3 + t^5, is <mu, c>
    Json falls = {{"order", 3}, {"coefficients", {0, 0, 0, -2, 0, -1}}};
    falls["curve"] = matrix({{0, 0, 1}, {1, 0, 0}});
    expect_rejected(minimum(), {{"/claims/descent", falls}}, "not feasible to the order needed");
    expect_rejected(maximum(), {{"/claims/better", matrix({{0, 0, 0}})}}, "/claims/better: not feasible");
    expect_rejected(slope(),
                    {{"/claims/global", {{"quadratic", {{"diagonal", {2, 4}}, {"factor", matrix({{1, 0}, {0, 1}})}}}}}},
                    "/claims/global: needs a critical point");
    expect_rejected(on_the_line(cubic_constraint, -3, -1), {}, "not evidently quadratic");
    expect_rejected(on_the_line(cubic_loss, -1, "1/3"), {}, "not evidently quadratic");
  }

  TEST_CASE("what is least among orthonormal columns") {
    const std::string bound = "/claims/global/orthonormal";
    // the second column need not have length 1: with (cos, sin) and t (-sin, cos) the loss is 2 (1 - t) sin^2
    expect_rejected(rotations(), {{"/constants/4/entries/2/1", 0}}, "not shown to be orthonormal");
    expect_rejected(rotations(), {{bound + "/combine/entries/2/2", 2}}, "not shown to be orthonormal");
    expect_rejected(rotations(), {{bound + "/multipliers/entries/0/0", 0}}, "the matrix is not M^T diag(e) M");
    expect_rejected(rotations(), {{bound + "/multipliers/entries/0/1", 1}}, "the matrix is not M^T diag(e) M");
    // the greatest eigenvalue, D = -1
    Json greatest = with(column(), {{"/data/0/value", matrix({{1, 0}, {0, 0}})},
                                    {"/claims/inertia", nullptr},
                                    {bound + "/multipliers", matrix({{-1}})}});
    const Json zero = {{"diagonal", {0}}, {"factor", matrix({{0, 0}})}};
    greatest["claims"]["global"]["orthonormal"]["psd"] = list({zero});
    expect_rejected(greatest, {}, "and for the multipliers if n > k");
    greatest["claims"]["global"]["orthonormal"]["psd"] = list({zero, {{"diagonal", {1}}, {"factor", one}}});
    expect_rejected(greatest, {}, "/psd/1: the matrix is not M^T diag(e) M");
    // x^3 at 1, under x^2 = 1
    const char* const cube = R"json([["input", 0], ["input", 1], ["multiply", 0, 0], ["multiply", 2, 0],
      ["constant", 0], ["subtract", 2, 4], ["dot", 1, 5], ["subtract", 3, 6]])json";
    Json cubic = on_the_line(cube, 0, "1/2");
    cubic["constants"] = list({one});
    cubic["weights"] = list({{{"value", one}}, {{"value", matrix({{"3/2"}})}}});
    cubic["claims"]["value"] = 1;
    const Json alone = {
        {"combine", one}, {"multipliers", matrix({{0}})}, {"psd", list({{{"diagonal", {3}}, {"factor", one}}})}};
    cubic["claims"]["global"] = {{"orthonormal", alone}};
    expect_rejected(cubic, {}, "not evidently quadratic");
    // -y^2 at 0, beside x^2 = 1
    Json beside = on_the_line(cube, 0, "1/2");
    beside["constants"] = list({one});
    beside["program"] = Json::parse(R"json([["input", 0], ["input", 1], ["input", 2], ["multiply", 0, 0],
      ["constant", 0], ["subtract", 3, 4], ["multiply", 1, 1], ["scale", -1, 6], ["dot", 2, 5], ["subtract", 7, 8]])json");
    beside["weights"] = list({{{"value", one}}, {{"value", matrix({{0}})}}, {{"value", matrix({{0}})}}});
    const Json flat = {
        {"combine", one}, {"multipliers", matrix({{0}})}, {"psd", list({{{"diagonal", {0}}, {"factor", one}}})}};
    beside["claims"]["global"] = {{"orthonormal", flat}};
    expect_rejected(beside, {}, "there are other weights");
    expect_rejected(beside, {{"/claims/constraints/rotations", true}}, "not one weight, a square matrix");
  }

  TEST_CASE("among rotations") {
    const std::string bound = "/claims/global/orthonormal";
    const Json sample = at_identity();
    const char* const square = "not one weight, a square matrix";
    const char* const otherwise = "the matrix is not M^T diag(e) M";
    expect_rejected(sample, {{"/claims/constraints/rotations", false}}, square);
    expect_rejected(minimum(), {{"/claims/constraints/rotations", true}}, square);
    const Json mirror = matrix({{1, 0}, {0, -1}});
    expect_rejected(best_rotation(mirror, matrix({{2, 0}, {0, 1}})), {}, "the determinant is not positive");
    expect_rejected(best_rotation(matrix({{0, 1}, {1, 0}}), matrix({{0, -1}, {2, 0}})), {},
                    "the determinant is not positive");
    expect_rejected(sample, {{"/claims/constraints/rotations", nullptr}}, "not among rotations");
    // the orthogonal matrix that is better
    expect_rejected(sample, {{"/claims/better", matrix({{1, 0, 0, -1, 0, 0, 0}})}}, "/claims/better: not feasible");
    expect_rejected(sample, {{bound + "/reflection/scale", -1}}, "is negative");
    expect_rejected(sample, {{bound + "/reflection/vector/0/1", 0}}, "not one vector, not zero");
    expect_rejected(sample, {{bound + "/reflection/vector", none}}, "not one vector, not zero");
    expect_rejected(sample, {{bound + "/reflection/vector", Json::parse("[[0, 1], [0, 1]]")}}, "too many rows");
    expect_rejected(sample, {{bound + "/reflection/scale", 5}}, otherwise);
    expect_rejected(sample, {{bound + "/reflection/vector", Json::parse("[[1, 0]]")}}, otherwise);
    expect_rejected(sample, {{bound + "/reflection", nullptr}}, otherwise);
  }
}
