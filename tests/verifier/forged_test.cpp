// One forgery for each check of the verifier, but for those of global bounds and of constraints.
#include <doctest/doctest.h>

#include "verifier/exact.hpp"
#include "verifier/forgery.hpp"

using namespace samples;
using verifier::Outcome;

namespace {

Json longer(Json numbers, std::size_t size) {
  while (numbers.size() < size)
    numbers.push_back(0);
  return numbers;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("first order") {
    expect_rejected({
        {"strict", "/claims/critical: the gradient is zero", {{"/claims/critical", false}}},
        {"not_critical", "/claims/critical: the gradient is not zero", {{"/claims/critical", true}}},
        {"strict", "/claims/value: the loss has another value", {{"/claims/value", 3}}},
        {"strict", "/claims/value: the loss has another value", {{"/data/1/value/entries/0/0", 3}}},
        {"strict", "/claims/value: the loss has another value", {{"/data/1/value/denominator", 3}}},
        {"zero_loss", "/claims/critical: the gradient is not zero", {{"/data/0/value/entries/0/0", 2}}},
        {"strict", "/claims/critical: missing", {{"/claims/critical", nullptr}}},
        {"strict", "/claims/value: missing", {{"/claims/value", nullptr}}},
        {"strict", "/claims: missing", {{"/claims", nullptr}}},
        {"strict", "/claims/verdict: missing", {{"/claims/verdict", nullptr}}},
        {"strict", "/claims/critical: not true or false", {{"/claims/critical", 1}}},
        {"strict", "/claims: not an object", {{"/claims", none}}},
    });
  }

  TEST_CASE("programs") {
    const char* fit = "matrices do not fit together";
    expect_rejected({
        {"strict", "/program: empty", {{"/program", none}}},
        {"strict", "/program/0/0: unknown instruction", {{"/program/0/0", "inverse"}}},
        {"non_strict", "/program/3/0: unknown instruction", {{"/program/3/0", "leaf"}}},
        {"strict", "/program/0: not as many operands", {{"/program/0", {"input"}}}},
        {"strict", "/program/4: not as many operands", {{"/program/4", {"multiply", 3, 2, 1}}}},
        {"strict", "/program/0/1: out of range", {{"/program/0/1", 4}}},
        {"strict", "/program/4/1: out of range", {{"/program/4/1", 4}}},  // itself
        {"strict", "/program/4/2: out of range", {{"/program/4/2", 7}}},  // a later result
        {"strict", "/program/4/1: not an integer >= 0", {{"/program/4/1", -1}}},
        {"strict", "/program/4/1: not an integer >= 0", {{"/program/4/1", "3"}}},
        {"strict", "/program/0/1: there is nothing to choose from", {{"/program/0", {"constant", 0}}}},
        {"strict", "/program: a result is not used", {{"/program/7", {"dot", 5, 5}}}},
        {"strict",
         "/program: the last result is not 1 x 1",
         {{"/data/0/value", matrix({{1, 1}})}, {"/data/1/value", matrix({{2, 2}})}, {"/program/7", {"add", 6, 6}}}},
        {"strict", fit, {{"/data/0/value", matrix({{1, 1}})}}},
        {"strict", fit, {{"/weights/0/value", matrix({{0, 0}})}}},
        {"strict", fit, {{"/weights/0/value", matrix({{0}, {0}})}}},
        {"nuclear", fit, {{"/program/9", {"scalar_multiply", 8, 7}}, {"/weights/0/value", matrix({{1, 1}})}}},
        {"rational", "a reciprocal of zero", {{"/constants/0/entries/0/0", 0}}},
        {"rational", fit, {{"/weights/0/value", matrix({{0}, {0}})}}},
        // the first entry of (1, 1) is not (1, 1)
        {"undecided",
         fit,
         {{"/data/0/value", matrix({{1, 1}})},
          {"/program", {{"input", 0}, {"input", 1}, {"multiply", 1, 1}, {"scalar_multiply", 0, 2}}}}},
        {"undecided",
         fit,
         {{"/data/0/value", matrix({{1, 1}})},
          {"/program", {{"input", 0}, {"input", 1}, {"multiply", 1, 1}, {"reciprocal", 0}, {"multiply", 2, 3}}}}},
        {"undecided",
         fit,
         {{"/data/0/value", matrix({{1, 1}})},
          {"/program",
           {{"input", 0},
            {"input", 1},
            {"transpose", 0},
            {"hadamard", 0, 2},
            {"dot", 3, 3},
            {"multiply", 1, 1},
            {"add", 4, 5}}},
          {"/claims/value", 2}}},
        {"undecided",
         fit,
         {{"/data/0/value", matrix({{1, 1}})},
          {"/program",
           {{"input", 0}, {"input", 1}, {"transpose", 0}, {"dot", 0, 2}, {"multiply", 1, 1}, {"add", 3, 4}}},
          {"/claims/value", 2}}},
        {"bent", "/program/4/1: not a number", {{"/program/4/1", "1/2/3"}}},
        {"flat", "/weights: no parameters", {{"/weights/0/value", matrix(Json::array(), 1)}}},
        {"strict", "/weights/0/value: missing", {{"/weights/0/value", nullptr}}},
        {"strict", "/weights/0/name: not a string", {{"/weights/0/name", 1}}},
    });
  }

  TEST_CASE("matrices") {
    const std::string m = "/data/0/value";
    expect_rejected({
        {"strict", "/data/0/value: the denominator is not positive", {{m + "/denominator", 0}}},
        {"strict", "/data/0/value: the denominator is not positive", {{m + "/denominator", -1}}},
        {"strict", "/data/0/value/denominator: missing", {{m + "/denominator", nullptr}}},
        {"strict", "/data/0/value/denominator: not an integer", {{m + "/denominator", 1.0}}},
        {"strict", "/data/0/value/denominator: not a number", {{m + "/denominator", "1/2"}}},
        {"strict", "not an array", {{m + "/entries", 1}}},
        {"strict", "a row is not an array", {{m + "/entries", {1}}}},
        {"strict", "a row is not an array", {{m + "/entries/1", 1}}},
        {"strict", "a row has the wrong length", {{m + "/entries/1", {1, 2}}}},
        {"strict", "not a number", {{m + "/entries/0/0", "1/2"}}},
        {"strict", "not an integer", {{m + "/entries/0/0", 0.5}}},
        {"strict", "/data/0/value/cols: missing", {{m + "/entries", none}}},
        {"strict",
         "/data/0/value/cols: out of range",
         {{m, {{"denominator", 1}, {"entries", none}, {"cols", 1U << 30U}}}}},
    });
    // an outer product of two long columns
    Json wide = samples::named("flat");
    wide["constants"] = list({matrix(Json::array(), 4'000'000)});
    wide["program"] =
        Json::parse(R"([["input", 0], ["constant", 0], ["transpose", 1], ["multiply", 2, 1], ["dot", 3, 3],
                                      ["multiply", 0, 4]])");
    CHECK(verifier::verify_certificate(wide.dump()).reason.find("limits: a matrix is too large") == 0);
    // more instructions than anybody writes
    Json longest = samples::named("flat");
    for (std::size_t k = longest["program"].size(); k <= verifier::most_instructions; ++k)
      longest["program"].push_back({"transpose", k - 1});
    CHECK(verifier::verify_certificate(longest.dump()).reason == "limits: too many instructions");
    // too many parameters for polynomials in all of them
    Json many = samples::named("flat_hessian");
    many["weights"] = list({{{"value", matrix({Json(std::vector<int>(65536))})}}});
    many["program"] = Json::parse(R"([["input", 0], ["dot", 0, 0], ["multiply", 1, 1]])");
    many["claims"] = {{"critical", true},
                      {"value", 0},
                      {"inertia", {{"neg", 0}, {"zero", 65536}, {"pos", 0}, {"flat", true}}},
                      {"local", {{"fields", none}}}};
    CHECK(verifier::verify_certificate(many.dump()).reason == "limits: too many parameters for polynomials");
    // x^(2^40): each square is twice as long
    Json tower = samples::named("flat");
    tower["weights"][0]["value"] = matrix({{3}});
    tower["program"] = Json::parse(R"([["input", 0]])");
    for (int k = 0; k < 40; ++k)
      tower["program"].push_back({"multiply", k, k});
    CHECK(verifier::verify_certificate(tower.dump()).reason.find("limits: ") == 0);
  }

  TEST_CASE("inertia") {
    expect_rejected({
        {"not_critical", "negative definite", {{"/claims/inertia/neg", 1}, {"/claims/inertia/pos", 1}}},
        {"strict", "add up to the size", {{"/claims/inertia/pos", 0}}},
        {"flat_hessian", "add up to the size", {{"/claims/inertia/zero", 2}}},
        {"flat_hessian", "add up to the size", {{"/claims/inertia/pos", 1}}},
        {"flat_hessian", "not evidently flat", {{"/claims/inertia/flat", false}}},
        {"flat_hessian", "not evidently flat", {{"/claims/inertia/zero", 2}, {"/claims/inertia/pos", 1}}},
        {"flat_hessian", "not evidently flat", {{"/claims/inertia/zero", 2}, {"/claims/inertia/neg", 1}}},
        // each a product of two moving factors: x y z at (0, 0, 1), then x y + z, then the square of x
        {"flat_hessian", "not evidently flat", {{"/weights/2/value", matrix({{1}})}}},
        {"flat_hessian", "not evidently flat", {{"/program/4", {"add", 3, 2}}, {"/claims/critical", false}}},
        {"strict", "not evidently flat", {{"/claims/inertia", {{"neg", 0}, {"zero", 2}, {"pos", 0}, {"flat", true}}}}},
        {"strict", "/claims/inertia/neg: not an integer >= 0", {{"/claims/inertia/neg", "1"}}},
        {"strict", "/claims/inertia/null: not an array", {{"/claims/inertia/null", 0}}},
        {"global",
         "negative definite",
         {{"/claims/inertia/neg", 1}, {"/claims/inertia/pos", 0}, {"/claims/verdict", "strict_saddle"}}},
        {"strict", "/claims/inertia/frame: not a number", {{"/claims/inertia/frame", {{"1/2", 1}, {1, -1}}}}},
        {"strict", "too few vectors", {{"/claims/inertia/frame", {{1, 1}}}}},
        {"strict", "/claims/inertia/frame: too many rows", {{"/claims/inertia/frame/2", {1, 1}}}},
        {"symmetric_saddle",
         "negative definite",
         {{"/claims/inertia/neg", 2}, {"/claims/inertia/pos", 0}, {"/claims/verdict", "local_maximizer"}}},
        {"symmetric_saddle",
         "positive definite",
         {{"/claims/inertia/neg", 0}, {"/claims/inertia/pos", 2}, {"/claims/verdict", "second_order"}}},
        // u = (1, -1), v = (2, -1): both positive, but u^T H v = 12 and (2 * 12)^2 > 8 * 16
        {"strict",
         "positive definite",
         {{"/claims/inertia/neg", 0}, {"/claims/inertia/pos", 2}, {"/claims/inertia/frame", {{1, -1}, {2, -1}}}}},
        {"maximizer", "negative definite", {{"/claims/inertia/frame", {{1, 0}, {1, 0}}}}},
        // definite, but not by m = 2: H = diag(4, 4), G = [[4, 4], [4, 8]]
        {"nuclear", "positive definite", {{"/claims/inertia/frame", {{1, 0}, {1, 1}}}}},
        {"global", "not as many vectors", {{"/claims/inertia/null", none}, {"/claims/inertia/null_columns", none}}},
        {"global", "not as many vectors", {{"/claims/inertia/null", {{1, -2}, {2, -4}}}}},
        {"global", "not in the null space", {{"/claims/inertia/null", {{1, -1}}}}},
        {"constrained",
         "independent",
         {{"/claims/inertia/zero", 2},
          {"/claims/inertia/pos", 2},
          {"/claims/inertia/null", {{1, 0, -2, 0}, {2, 0, -4, 0}}},
          {"/claims/inertia/null_columns", {0, 2}}}},
        {"global", "not as many positions", {{"/claims/inertia/null_columns", none}}},
        {"global", "independent", {{"/claims/inertia/null", {{0, 0}}}}},
        {"global", "null_columns/0: out of range", {{"/claims/inertia/null_columns", {2}}}},
        {"non_strict", "named twice", {{"/claims/inertia/null_columns", {0, 1, 1}}}},
        {"non_strict", "independent", {{"/claims/inertia/null/0", {1, 1, 0}}}},
        {"strict", "/claims/inertia/null: not an array", {{"/claims/inertia/null", Json::object()}}},
        {"strict", "neg: missing", {{"/claims/inertia/neg", nullptr}}},
        {"strict",
         "the evidence gives undecided",
         {{"/claims/inertia", nullptr}, {"/claims/lambda_min", nullptr}, {"/claims/lambda_max", nullptr}}},
    });
  }

  TEST_CASE("extreme eigenvalues") {
    expect_rejected({
        {"strict", "/claims/lambda_min: needs the inertia", {{"/claims/inertia", nullptr}}},
        {"strict", "/claims/lambda_min: the outer bound", {{"/claims/lambda_min/lo", -4}}},
        {"strict", "/claims/lambda_min: the outer bound", {{"/claims/lambda_min/lo", 0}}},
        {"strict", "/claims/lambda_min: the inner bound", {{"/claims/lambda_min/hi", "-4000001/1000000"}}},
        {"strict", "/claims/lambda_max: the outer bound", {{"/claims/lambda_max/hi", "399/100"}}},
        {"strict", "/claims/lambda_max: the inner bound", {{"/claims/lambda_max/lo", "401/100"}}},
        {"maximizer", "the inner bound", {{"/claims/lambda_min", {{"lo", -4}, {"hi", "-31/10"}}}}},
        {"maximizer", "/claims/lambda_max: the inner bound", {{"/claims/lambda_max", {{"lo", 0}, {"hi", 0}}}}},
        {"second_order", "/claims/lambda_min: the inner bound", {{"/claims/lambda_min", {{"lo", 0}, {"hi", 0}}}}},
        // the vector 0 has no Rayleigh quotient
        {"global",
         "the inner bound",
         {{"/claims/inertia/frame", {{2, 1}, {0, 0}}}, {"/claims/lambda_max", nullptr}, {"/claims/lambda_min/hi", -1}}},
        {"global", "does not span", {{"/claims/inertia/frame", {{2, 1}}}}},
    });
  }

  TEST_CASE("curves") {
    const std::string d = "/claims/descent";
    expect_rejected({
        {"non_strict", "not the loss along the curve", {{d + "/coefficients/3", -3}}},
        {"non_strict", "not the loss along the curve", {{d + "/curve/entries/0/0", 2}}},
        {"non_strict", "not the loss along the curve", {{d + "/curve/denominator", 2}}},
        {"non_strict", "not the loss along the curve", {{d + "/coefficients/5", 1}}},
        {"non_strict", "does not fall", {{d + "/curve/entries/0/0", -1}, {d + "/coefficients/3", 2}}},
        {"non_strict", "out of range", {{d + "/order", 0}}},
        {"non_strict", "not the order", {{d + "/order", 2}}},
        {"non_strict", "not the order", {{d + "/coefficients", {0, 0, 0}}}},
        {"non_strict", "not the order", {{d + "/order", 3}, {d + "/coefficients", {0, 0, 0}}}},
        {"non_strict",
         "not 1 to 129",
         {{d + "/coefficients", longer(samples::named("non_strict")["claims"]["descent"]["coefficients"], 130)}}},
        {"non_strict", "not 1 to 129", {{d + "/coefficients", none}}},
        {"non_strict", "one column for each parameter", {{d + "/curve", matrix({{1, 1}})}}},
        {"non_strict", "the evidence gives second_order", {{d, nullptr}}},
        {"bent", "not the loss along the curve", {{d + "/curve/entries/1", nullptr}}},
        // the line (t, 1) itself rises: 3 + t^4
        {"bent",
         "does not fall",
         {{d + "/curve", matrix({{1, 0}})}, {d + "/coefficients", {0, 0, 0, 0, 1}}, {d + "/curve", matrix({{1, 0}})}}},
        {"rational_minimum",
         "not the order",
         {{"/claims/ascent/coefficients", {0, 0, 0, 0, 0}}, {"/claims/ascent/curve", matrix({{0}})}}},
        {"rational_minimum", "does not fall", {{d, samples::named("rational_minimum")["claims"]["ascent"]}}},
        // a series goes on: the next coefficient is not 0
        {"rational_minimum", "not the loss along", {{"/claims/ascent/coefficients/6", 0}}},
        {"rational", "not the loss along", {{d + "/coefficients/4", 0}}},
    });
  }

  TEST_CASE("better points") {
    expect_rejected({
        {"spurious", "/claims/better: the loss there is not smaller", {{"/claims/better", matrix({{0, "161/17"}})}}},
        {"spurious", "/claims/better: not one column", {{"/claims/better", matrix({{13}})}}},
        {"spurious", "/claims/better: not one point", {{"/claims/better", matrix({{13, 0}, {13, 0}})}}},
        {"spurious", "the evidence gives second_order", {{"/claims/better", nullptr}}},
    });
  }

  TEST_CASE("local extrema modulo symmetry") {
    const std::string l = "/claims/local";
    expect_rejected({
        // x -> (-y, 2x) is no symmetry of a circle
        {"circle", "/claims/local/fields/0: the loss is not constant", {{l + "/fields/0/1/2", 2}}},
        // a translation, and a rotation with a drift
        {"circle", "not constant", {{l + "/fields/0", list({{1, 2, 1}})}}},
        {"circle", "not constant", {{l + "/fields/0/2", {0, 2, 1}}}},
        {"circle", "not as many directions", {{l + "/fields", none}}},
        {"circle",
         "not as many directions",
         {{l + "/fields/1", samples::named("circle")["claims"]["local"]["fields"][0]}}},
        {"circle", "not the inverse", {{l + "/inverse", matrix({{2}})}}},
        {"circle", "not the inverse", {{l + "/columns", {0}}}},
        {"circle", "not the inverse", {{l + "/fields/0", none}}},  // the field 0
        {"circle", "out of range", {{l + "/fields/0/0/0", 2}}},
        {"circle", "out of range", {{l + "/fields/0/0/1", 3}}},
        {"circle", "not [i, j, INTEGER]", {{l + "/fields/0/0", {0, 1}}}},
        {"circle",
         "not one power for each direction",
         {{l + "/map", {{"powers", none}, {"directions", matrix(none, 2)}}}}},
        // d + d^2, d = x - y, is constant along (1, 1), and no point is critical
        {"leading",
         "needs a critical point and its inertia",
         {{"/program", {{"input", 0}, {"input", 1}, {"subtract", 0, 1}, {"multiply", 2, 2}, {"add", 3, 2}}},
          {"/claims/critical", false},
          {"/claims/better", nullptr},
          {"/claims/verdict", "not_critical"},
          {"/claims/inertia/frame", {{1, -1}}},
          {"/claims/inertia/null", {{1, 1}}},
          {l, {{"fields", list({{{0, 2, 1}, {1, 2, 1}}})}, {"columns", {0}}, {"inverse", one}}}}},
        {"circle", "needs a critical point and its inertia", {{"/claims/inertia", nullptr}}},
        {"symmetric_saddle",
         "the Hessian is indefinite",
         {{l, {{"fields", none}, {"columns", none}, {"inverse", empty}}}}},
        {"ridge", "the evidence gives strict_saddle", {{l, nullptr}}},
        {"circle", "the evidence gives second_order", {{l, nullptr}}},
    });
  }

  TEST_CASE("leading forms and critical families") {
    const std::string l = "/claims/local";
    expect_rejected({
        {"leading", "the gradient does not vanish along the map", {{l + "/map/directions/entries/1/1", 2}}},
        {"leading",
         "the gradient does not vanish along the map",
         {{l + "/map/directions/entries/1", nullptr}, {l + "/map/powers/1", nullptr}}},
        {"leading", "not the leading order", {{l + "/order", 5}}},
        {"leading", "not definite", {{l + "/order", 3}}},
        // without an order it would be a family of critical points
        {"leading", "the gradient does not vanish along the map", {{l + "/order", nullptr}}},
        {"leading", "a parameter has no linear term", {{l + "/map/powers/0", {3}}}},
        {"leading", "a power is empty, or stands twice", {{l + "/map/powers/1", {1}}}},
        {"leading", "a power is empty, or stands twice", {{l + "/map/powers/1", {0}}}},
        {"leading", "not one exponent for each parameter", {{l + "/map/powers/1", {1, 1}}}},
        {"leading", "not one exponent for each parameter", {{l + "/map/powers/0", none}}},
        {"leading",
         "not one exponent for each parameter",
         {{l + "/map/powers", list({Json(std::vector<int>(65536))})}, {l + "/map/directions", matrix({{1, 0}})}}},
        {"leading", "not one power for each direction", {{l + "/map/powers/2", {3}}}},
        {"leading", "not the inverse", {{l + "/columns", {1}}}},
        {"parabola", "the gradient does not vanish along the map", {{l + "/map/directions/entries/0/1", 2}}},
        // x^4 + 3 x^2 y^2 .. has another form
        {"quartic", "not that of the leading form", {{l + "/gram/matrix/entries/1/1", 2}}},
        {"quartic",
         "not positive definite",
         {{l + "/gram/matrix", matrix({{1, 0, "1/2"}, {0, 0, 0}, {"1/2", 0, 1}})},
          {l + "/gram/inertia/pos", 2},
          {l + "/gram/inertia/zero", 1},
          {l + "/gram/inertia/frame", {{1, 0, 0}, {-1, 0, 2}}},
          {l + "/gram/inertia/null", {{0, 1, 0}}},
          {l + "/gram/inertia/null_columns", {1}}}},
        {"quartic", "a power of a parameter is missing", {{l + "/gram/exponents/0", {1, 1}}}},
        {"quartic", "not a symmetric matrix of the right size", {{l + "/gram/exponents/3", {1, 1}}}},
        {"quartic", "not half the order", {{l + "/gram/exponents/0", {3, 0}}}},
        {"quartic", "gram: missing", {{l + "/gram", nullptr}}},
        {"quartic", "not a symmetric matrix", {{l + "/gram/matrix/entries/0/1", 1}}},
        // x^3
        {"flat",
         "not definite",
         {{"/program", {{"input", 0}, {"multiply", 0, 0}, {"multiply", 1, 0}}},
          {"/claims/descent", nullptr},
          {"/claims/verdict", "second_order"},
          {"/statements", none},
          {l, {{"map", {{"powers", {{1}}}, {"directions", one}}}, {"order", 3}, {"columns", {0}}, {"inverse", one}}}}},
        // -x^4: the form has the wrong sign
        {"flat",
         "not definite",
         {{l, {{"map", {{"powers", {{1}}}, {"directions", one}}}, {"order", 4}, {"columns", {0}}, {"inverse", one}}}}},
    });
  }

  TEST_CASE("verdicts are those of the evidence") {
    for (const auto& sample : samples::all()) {
      for (const char* verdict : {"global_minimizer", "local_minimizer", "non_strict_saddle", "strict_saddle",
                                  "local_maximizer", "second_order", "undecided", "not_critical", ""}) {
        if (sample.json["claims"]["verdict"] == verdict) continue;
        CAPTURE(sample.name);
        CAPTURE(verdict);
        const auto report =
            verifier::verify_certificate(samples::with(sample.json, {{"/claims/verdict", verdict}}).dump());
        CHECK(report.outcome == Outcome::rejected);
        CHECK(report.reason.find("/claims/verdict: the evidence gives") == 0);
      }
    }
  }

  TEST_CASE("statements") {
    expect_rejected({
        {"strict", "predictions give \"no\"", {{"/statements/0/cases/0/then", "global_minimizer"}}},
        {"strict", "predictions give \"no\"", {{"/statements/0/cases/1", {{"name", "x"}, {"then", "local_minimum"}}}}},
        {"strict", "predictions give \"yes\"", {{"/statements/0/agrees", "unknown"}}},
        {"strict", "predictions give \"unknown\"", {{"/statements/0/cases", none}}},
        {"global", "predictions give \"yes\"", {{"/statements/0/cases/0/then", "local_minimum or saddle"}}},
        {"second_order", "predictions give \"unknown\"", {{"/statements/0/cases/0/then", "local_minimizer or saddle"}}},
        {"second_order", "predictions give \"unknown\"", {{"/statements/2/cases/0/then", "local_minimizer"}}},
        {"maximizer", "predictions give \"no\"", {{"/statements/0/cases/0/then", "non_strict_saddle"}}},
        {"maximizer", "predictions give \"no\"", {{"/statements/1/agrees", "yes"}}},
        // without an ascent it may be a maximizer
        {"tied", "predictions give \"unknown\"", {{"/statements/0/agrees", "yes"}}},
        {"flat", "predictions give \"unknown\"", {{"/statements/0/agrees", "yes"}}},
        {"quartic", "predictions give \"unknown\"", {{"/claims/local", nullptr}}},
        {"strict", "not names of classes", {{"/statements/0/cases/0/then", "global_minimizer orstrict_saddle"}}},
        {"strict", "not names of classes", {{"/statements/0/cases/0/then", "flat_maximizer"}}},
        {"strict", "not names of classes", {{"/statements/0/cases/0/then", ""}}},
        {"strict", "not names of classes", {{"/statements/0/cases/0/then", "saddle or "}}},
        {"strict",
         "/statements/1: the statement stands twice",
         {{"/statements/1", samples::named("strict")["statements"][0]}}},
        {"strict", "/statements/0/sha256: missing", {{"/statements/0/sha256", nullptr}}},
    });
  }

  TEST_CASE("ranks, selections, lists") {
    const std::string f = "/claims/features";
    const Json rank_zero = {
        {"rank", 0}, {"rows", none}, {"cols", none}, {"inverse", empty}, {"combine", matrix(none, 1)}};
    const auto ranked = [&](const char* name, std::size_t node, const Json& evidence) {
      Json json = evidence;
      json["name"] = name;
      json["node"] = node;
      return json;
    };
    expect_rejected({
        {"strict", f.c_str(), {{f + "/vanish/0", 13}}},
        {"strict", "/vanish/0: the matrix is not zero", {{f + "/constants/0", matrix({{1}})}}},
        {"strict", "/vanish/0: out of range", {{f + "/vanish/0", 18}}},
        {"strict", "/program/0/1: out of range", {{f + "/program/0/1", 8}}},
        {"global", "not as many positions", {{f + "/ranks/0/rows", none}}},
        {"global", "not the inverse of the minor", {{f + "/ranks/0/inverse", matrix({{2}})}}},
        {"strict",
         "not the inverse of the minor",
         {{f + "/ranks/0",
           ranked("r", 4, {{"rank", 1}, {"rows", {0}}, {"cols", {0}}, {"inverse", one}, {"combine", one}})}}},
        {"global", "not combined to the matrix", {{f + "/ranks/0", ranked("r", 4, rank_zero)}}},
        {"global", "not combined to the matrix", {{f + "/ranks/0/combine", matrix({{2}})}}},
        {"strict", "the name stands twice", {{f + "/ranks/1/name", "r"}}},
        {"strict", "no rank of this name", {{f + "/selections/0/range", "s"}}},
        {"global", "restricted: A B = B C does not hold", {{f + "/selections/0/restricted", matrix({{3}})}}},
        {"constrained", "the matrix is not symmetric", {{f + "/constants/0/entries/0/1", 1}}},
        {"constrained", "selected in part", {{f + "/selections/0/separators", none}}},
        {"constrained", "negative definite", {{f + "/selections/0/separators/0/at", "1/2"}}},
        {"constrained",
         "is an eigenvalue",
         {{f + "/selections/0/separators/0/at", 1},
          {f + "/selections/0/separators/0/all",
           {{"neg", 0}, {"zero", 1}, {"pos", 1}, {"frame", {{1, 0}}}, {"null", {{0, 1}}}, {"null_columns", {1}}}}}},
        {"constrained",
         "do not decrease",
         {{f + "/selections/0/separators/1",
           {{"at", 5},
            {"all",
             {{"neg", 2},
              {"zero", 0},
              {"pos", 0},
              {"frame", {{1, 0}, {0, 1}}},
              {"null", none},
              {"null_columns", none}}},
            {"inside",
             {{"neg", 1}, {"zero", 0}, {"pos", 0}, {"frame", list({{1}})}, {"null", none}, {"null_columns", none}}}}}}},
        {"constrained", "/indices: not the set", {{f + "/selections/0/indices", {2}}}},
        {"constrained", "/indices: not the set", {{f + "/selections/0/indices", {1, 2}}}},
        {"constrained", "/indices/0: out of range", {{f + "/selections/0/indices", {3}}}},
        {"constrained", "/indices/0: not an integer", {{f + "/selections/0/indices", list({"1"})}}},
        {"strict", "/holds: not what the ranks say", {{f + "/lists/0/holds", true}}},
        {"strict", "/holds: not what the ranks say", {{f + "/lists/0/rank", "mid(2,1)"}}},
        {"strict", "/vanish: not an array", {{f + "/vanish", Json::object()}}},
        {"strict", "not a pair", {{f + "/lists/0/pairs/0", list({"r"})}}},
        {"strict", "no rank of this name", {{f + "/lists/0/pairs/0/0", "x"}}},
    });
  }

  TEST_CASE("numbers") {
    for (const Json& number :
         {Json("1/0"), Json(""), Json("-"), Json("1/"), Json("/2"), Json("+1"), Json(" 4"), Json("4 "), Json("0x4"),
          Json("4.0"), Json(4.0), Json("1/-4"), Json("-4/-1"), Json("--4"), Json(true), Json(Json::array({4}))}) {
      CAPTURE(number.dump().substr(0, 40));
      const auto report =
          verifier::verify_certificate(samples::with(samples::named("strict"), {{"/claims/value", number}}).dump());
      CHECK(report.outcome == Outcome::rejected);
      CHECK(report.reason.find("/claims/value: ") == 0);
    }
    for (const char* place : {"/claims/value", "/claims/lambda_min/lo", "/data/0/value/entries/0/0"})
      expect_rejected({{"strict", "limits: ", {{place, std::string(20001, '4')}}}}, Outcome::unreadable);
    // beyond 64 bits a JSON number would be rounded by the reader
    std::string text = samples::named("strict").dump();
    text.replace(text.find("\"value\":4"), 9, "\"value\":40000000000000000000");
    CHECK(verifier::verify_certificate(text).outcome == Outcome::rejected);
  }

  TEST_CASE("the budget ends") {
    verifier::Budget steps;
    CHECK_NOTHROW(steps.spend(verifier::most_steps));
    CHECK_THROWS_AS(steps.spend(1), verifier::Unreadable);
    verifier::Budget time;
    time.start -= static_cast<std::clock_t>(2 * verifier::most_seconds * CLOCKS_PER_SEC);
    CHECK_NOTHROW(time.spend(1));  // the clock is read once in 65,536 steps
    CHECK_THROWS_AS(time.spend(100000), verifier::Unreadable);
  }

  TEST_CASE("texts that are no certificates are unreadable") {
    const std::string good = samples::named("strict").dump();
    const auto unreadable = [](const std::string& text, const char* phrase) {
      CAPTURE(text.substr(0, 60));
      const auto report = verifier::verify_certificate(text);
      CAPTURE(report.reason);
      CHECK(report.outcome == Outcome::unreadable);
      CHECK(report.reason.find(phrase) != std::string::npos);
    };
    unreadable("", "not JSON");
    unreadable("null", "not a rankscape-certificate/2");
    unreadable("[]", "not a rankscape-certificate/2");
    unreadable("{\"format\": 1}", "not a rankscape-certificate/2");
    unreadable("{\"format\": \"rankscape-certificate/1\"}", "not a rankscape-certificate/2");
    unreadable(good + "x", "not JSON");
    unreadable(good + std::string(1, '\0') + "x", "a NUL byte");
    unreadable("\xEF\xBB\xBF" + good, "a byte order mark");
    unreadable(std::string(1'000'000, '['), "nested too deeply");
    unreadable("{\"format\":\"rankscape-certificate/2\",\"a\":" + std::string(20, '[') + std::string(20, ']') + "}",
               "nested too deeply");
    std::string many = "{\"a\":[{}";  // takes minutes where reading is quadratic in the number of objects
    for (int i = 0; i < 300'000; ++i)
      many += ",{}";
    unreadable(many + "]}", "not a rankscape-certificate/2");
    unreadable("{\"a\":1,\"a\":1}", "stands twice");
    unreadable("{\"a\":{\"b\":{},\"b\":{}}}", "stands twice");
    unreadable("{\"a\":\"\xff\"}", "not JSON");
    unreadable(std::string(verifier::most_bytes + 1, ' '), "too large");
  }

  TEST_CASE("the inertia of a bare matrix") {
    const Json good = {
        {"format", "rankscape-inertia/1"},
        {"matrix", matrix({{0, 1}, {1, 0}})},
        {"inertia",
         {{"neg", 1}, {"zero", 0}, {"pos", 1}, {"frame", {{1, -1}, {1, 1}}}, {"null", none}, {"null_columns", none}}},
        {"lambda_min", {{"lo", -2}, {"hi", -1}}}};
    CHECK(verifier::verify_certificate(good.dump()).outcome == Outcome::verified);
    CHECK(verifier::verify_certificate(good.dump()).verified == std::vector<std::string>{"inertia", "lambda_min"});
    for (const std::pair<std::string, Changes>& forged :
         std::vector<std::pair<std::string, Changes>>{{"not symmetric", {{"/matrix/entries/0/1", 2}}},
                                                      {"not symmetric", {{"/matrix", matrix({{0, 1}})}}},
                                                      {"negative definite", {{"/matrix/entries/0/0", 5}}},
                                                      {"add up", {{"/inertia/zero", 1}}},
                                                      {"the outer bound", {{"/lambda_min/lo", -1}}},
                                                      {"/inertia: missing", {{"/inertia", nullptr}}}}) {
      const std::string& phrase = forged.first;
      CAPTURE(phrase);
      const auto report = verifier::verify_certificate(samples::with(good, forged.second).dump());
      CHECK(report.outcome == Outcome::rejected);
      CHECK(report.reason.find(phrase) != std::string::npos);
    }
  }
}
