// One forgery for each check of the verifier: a false claim, or evidence that proves nothing, with everything else in
// order. Each must be rejected *for its own reason*: a verifier that lacks the check gives another answer.
#include <doctest/doctest.h>

#include "verifier/exact.hpp"
#include "verifier/samples.hpp"
#include "verifier/verify.hpp"

using samples::Json;
using verifier::Outcome;

namespace {

using Changes = std::vector<std::pair<std::string, Json>>;

struct Forgery {
  const char* sample;
  const char* phrase;  // of the reason
  Changes changes;
};

void expect_rejected(const std::vector<Forgery>& forgeries, Outcome expected = Outcome::rejected) {
  for (const auto& forgery : forgeries) {
    CAPTURE(std::string(forgery.sample));
    CAPTURE(std::string(forgery.phrase));
    const auto report =
        verifier::verify_certificate(samples::with(samples::named(forgery.sample), forgery.changes).dump());
    CAPTURE(report.reason);
    CHECK(report.outcome == expected);
    CHECK(report.reason.find(forgery.phrase) != std::string::npos);
  }
}

const Json rank_one = {{"rank", 1}, {"rows", {0}}, {"cols", {0}}, {"inverse", {{1}}}, {"combine", {{1}}}};
const Json rank_one_of_two = {
    {"rank", 1}, {"rows", {0}}, {"cols", {0}}, {"inverse", Json::array({Json::array({"1/2"})})}, {"combine", {{1}}}};
const Json rank_zero = {{"rank", 0},
                        {"rows", Json::array()},
                        {"cols", Json::array()},
                        {"inverse", Json::array()},
                        {"combine", Json::array()}};

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("first order") {
    expect_rejected({
        {"strict", "/claims/critical: the gradient is zero", {{"/claims/critical", false}}},
        {"not_critical", "/claims/critical: the gradient is not zero", {{"/claims/critical", true}}},
        {"strict", "/claims/value: the loss has another value", {{"/claims/value", 3}}},
        {"strict", "/claims/value: the loss has another value", {{"/point/data/Y", {{3}}}}},
        {"zero_loss", "/claims/critical: the gradient is not zero", {{"/point/data/u", {{2}, {0}}}}},
        {"strict", "/claims/critical: missing", {{"/claims/critical", nullptr}}},
        {"strict", "/claims/value: missing", {{"/claims/value", nullptr}}},
        {"strict", "/claims: missing", {{"/claims", nullptr}}},
        {"strict", "/claims/verdict: missing", {{"/claims/verdict", nullptr}}},
        {"strict", "/claims/critical: not true or false", {{"/claims/critical", 1}}},
        {"strict", "/claims: not an object", {{"/claims", Json::array()}}},
    });
  }

  TEST_CASE("inertia") {
    const Json none = Json::array();
    const Json claim = {{"neg", 0},     {"zero", 0},           {"pos", 2}, {"frame", {{1, 0}, {0, 1}}},
                        {"null", none}, {"null_columns", none}};
    expect_rejected({
        {"not_critical", "critical points only", {{"/claims/inertia", claim}}},
        {"strict", "add up to the number of parameters", {{"/claims/inertia/pos", 0}}},
        {"strict", "/claims/inertia/neg: not an integer >= 0", {{"/claims/inertia/neg", "1"}}},
        {"strict", "/claims/inertia/null: not an array", {{"/claims/inertia/null", 0}}},
        {"global",
         "negative definite",
         {{"/claims/inertia/neg", 1}, {"/claims/inertia/pos", 0}, {"/claims/verdict", "strict_saddle"}}},
        {"strict", "vectors must be integer", {{"/claims/inertia/frame", {{"1/2", 1}, {1, -1}}}}},
        {"global", "vectors must be integer", {{"/claims/inertia/null", Json::array({Json::array({"1/2", -1})})}}},
        {"strict", "too few vectors", {{"/claims/inertia/frame", {{1, 1}}}}},
        {"symmetric_saddle",
         "negative definite",
         {{"/claims/inertia/neg", 2}, {"/claims/inertia/pos", 0}, {"/claims/verdict", "local_maximizer"}}},
        {"symmetric_saddle",
         "positive definite",
         {{"/claims/inertia/neg", 0}, {"/claims/inertia/pos", 2}, {"/claims/verdict", "second_order"}}},
        // u = (1, -1), v = (2, -1): both positive, but u^T H v = 12 and 12^2 > 8 * 16
        {"strict",
         "positive definite",
         {{"/claims/inertia/neg", 0},
          {"/claims/inertia/pos", 2},
          {"/claims/inertia/frame", {{1, -1}, {2, -1}}},
          {"/claims/verdict", "second_order"}}},
        {"maximizer", "negative definite", {{"/claims/inertia/frame", {{1, 0}, {1, 0}}}}},
        {"global", "not as many vectors", {{"/claims/inertia/null", none}, {"/claims/inertia/null_columns", none}}},
        {"global", "not as many vectors", {{"/claims/inertia/null", {{1, -2}, {2, -4}}}}},
        {"global", "not in the null space", {{"/claims/inertia/null", {{1, -1}}}}},
        // one vector twice in place of an independent one: (1, 1, 1) for the positive direction
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
        // independent, but not seen in these columns
        {"non_strict", "independent", {{"/claims/inertia/null/0", {1, 1, 0}}}},
        {"strict", "neg: missing", {{"/claims/inertia/neg", nullptr}}},
        {"strict",
         "the evidence gives undecided",
         {{"/claims/inertia", nullptr}, {"/claims/lambda_min", nullptr}, {"/claims/lambda_max", nullptr}}},
    });
  }

  TEST_CASE("extreme eigenvalues") {
    expect_rejected({
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
        {"not_critical", "needs the inertia", {{"/claims/lambda_min", {{"lo", -100}, {"hi", 100}}}}},
    });
  }

  TEST_CASE("descent") {
    expect_rejected({
        {"non_strict", "not the loss along the line", {{"/claims/descent/coefficients/3", -3}}},
        {"non_strict", "not the loss along the line", {{"/claims/descent/direction/0/0/0", 2}}},
        {"non_strict",
         "does not fall",
         {{"/claims/descent/direction/0/0/0", -1}, {"/claims/descent/coefficients/3", 2}}},
        {"non_strict",
         "does not fall",
         {{"/claims/descent/direction/0/0/0", 0}, {"/claims/descent/coefficients", {0}}}},
        {"non_strict", "not the order", {{"/claims/descent/order", 2}}},
        {"non_strict", "more coefficients", {{"/claims/descent/coefficients/7", 0}}},
        // (t^3 - 1)^2 - 1 + t (t - 1) ... (t - 5): agrees with the loss along the line at t = 0, ..., 5 only
        {"non_strict",
         "not the loss along the line",
         {{"/claims/descent/coefficients", {0, -120, 274, -227, 85, -15, 2}}}},
        {"non_strict", "shapes of the weights", {{"/claims/descent/direction", {{{1}}, {{1}}}}}},
        {"non_strict", "shapes of the weights", {{"/claims/descent/direction/0", {{1, 1}}}}},
        {"non_strict", "shapes of the weights", {{"/claims/descent/direction/0", {{1}, {1}}}}},
        {"non_strict", "the evidence gives second_order", {{"/claims/descent", nullptr}}},
    });
  }

  TEST_CASE("descent along a curve") {
    expect_rejected({
        {"bent", "more coefficients", {{"/claims/descent/bend", nullptr}}},
        {"bent", "not the loss along the line or curve", {{"/claims/descent/bend/0/1/0", -2}}},
        {"bent", "not the loss along the line or curve", {{"/claims/descent/coefficients/8", 0}}},
        // the line (t, 1) itself rises: 3 + t^4
        {"bent",
         "does not fall",
         {{"/claims/descent/bend/0/1/0", 0}, {"/claims/descent/coefficients", {0, 0, 0, 0, 1}}}},
        {"bent", "more coefficients", {{"/claims/descent/coefficients/9", 0}}},
        {"bent", "shapes of the weights", {{"/claims/descent/bend/0", {{1}}}}},
        {"bent", "not the order", {{"/claims/descent/order", 2}}},
    });
  }

  TEST_CASE("global minimizers of matrix sensing by convexity") {
    expect_rejected({
        // (u_1^2 - 4)^2 at the same point
        {"convex", "slope is not positive semidefinite", {{"/point/data/b/0", 4}, {"/claims/inertia", nullptr}}},
        {"convex",
         "the point is not critical",
         {{"/point/weights/0/0/0", 1},
          {"/claims/value", 25},
          {"/claims/critical", false},
          {"/claims/inertia", nullptr}}},
        {"symmetric_saddle", "unknown kind", {{"/claims/global", {{"minimizer", true}, {"by", "convex"}}}}},
    });
  }

  TEST_CASE("global minimizers and better points") {
    const auto bound = [](const char* phrase, const Json& z, const Json& c, const Json& t) {
      return Forgery{
          "strict",
          phrase,
          {{"/claims/global",
            {{"minimizer", true}, {"by", "trace_bound"}, {"least_squares", z}, {"separator", c}, {"cover", t}}},
           {"/claims/verdict", "global_minimizer"}}};
    };
    expect_rejected({
        bound("/claims/global/least_squares: Sxx Z = Sxy does not hold", {{0}}, 0, {{0}}),
        bound("/claims/global/cover: not positive semidefinite", {{2}}, 5, {{-1}}),
        bound("/claims/global/cover: T - Sigma", {{2}}, 0, {{0}}),
        bound("/claims/global/cover: the bound is not the value", {{2}}, 0, {{4}}),
        {"strict",
         "/claims/global: the loss is not zero",
         {{"/claims/global", {{"minimizer", true}, {"by", "zero"}}}, {"/claims/verdict", "global_minimizer"}}},
        {"strict", "/claims/global: unknown kind", {{"/claims/global", {{"minimizer", true}, {"by", "authority"}}}}},
        {"zero_loss", "/claims/global: unknown kind", {{"/claims/global/by", "trace_bound"}}},
        {"constrained",
         "/claims/global/cover: a matrix has the wrong number of rows",
         {{"/claims/global/cover", {{2, 0}}}}},
        {"constrained", "a matrix that has to be symmetric is not", {{"/claims/global/cover", {{2, 1}, {0, 0}}}}},
        // 1/2 (xy - 1)^2 - 1/4 (x^2 - y^2)^2 is 0 at (1, 1), a critical point, and negative elsewhere
        {"asymmetric_saddle",
         "can be negative",
         {{"/point/data/M", {{1}}},
          {"/point/data/balance", -1},
          {"/point/weights", {{{1}}, {{1}}}},
          {"/claims/value", 0},
          {"/claims/inertia", nullptr},
          {"/claims/global", {{"minimizer", true}, {"by", "zero"}}},
          {"/claims/verdict", "global_minimizer"}}},
        {"spurious",
         "/claims/global/better: the loss there is not smaller",
         {{"/claims/global/better", {{{0}, {"161/17"}}}}}},
        {"spurious", "/claims/global/better: not of the shapes", {{"/claims/global/better", {{{0, 1}, {1, 1}}}}}},
        {"spurious", "the evidence gives second_order", {{"/claims/global", nullptr}}},
        {"global", "the evidence gives second_order", {{"/claims/global", nullptr}}},
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
        {"strict", "predictions give \"unknown\"", {{"/statements/0/cases", Json::array()}}},
        {"global", "predictions give \"yes\"", {{"/statements/0/cases/0/then", "local_minimum or saddle"}}},
        {"second_order", "predictions give \"unknown\"", {{"/statements/0/cases/0/then", "local_minimizer or saddle"}}},
        {"second_order", "predictions give \"unknown\"", {{"/statements/2/cases/0/then", "local_minimizer"}}},
        {"maximizer", "predictions give \"no\"", {{"/statements/0/cases/0/then", "non_strict_saddle"}}},
        {"strict", "not names of classes", {{"/statements/0/cases/0/then", "global_minimizer orstrict_saddle"}}},
        {"strict", "not names of classes", {{"/statements/0/cases/0/then", ""}}},
        {"strict",
         "/statements/1: the statement stands twice",
         {{"/statements/1", samples::named("strict")["statements"][0]}}},
        {"strict", "/statements/0/sha256: missing", {{"/statements/0/sha256", nullptr}}},
    });
  }

  TEST_CASE("features of deep linear networks") {
    const std::string f = "/claims/features";
    expect_rejected({
        {"global", "/claims/features/r: not the rank", {{f + "/r", 0}}},
        {"global", "/claims/features/rmax: not the least width", {{f + "/rmax", 2}}},
        {"global", "not as many positions", {{f + "/product/rows", Json::array()}}},
        {"global", "not the inverse of the minor", {{f + "/product/inverse", {{2}}}}},
        {"strict", "not the inverse of the minor", {{f + "/product", rank_one}, {f + "/r", 1}}},
        {"global", "do not span", {{f + "/product", rank_zero}, {f + "/r", 0}}},
        {"global", "do not span", {{f + "/product/combine", {{2}}}}},
        {"global", "least_squares: Sxx Z = Sxy", {{f + "/least_squares", {{1}}}}},
        {"global", "restricted: Sigma B = B C", {{f + "/restricted", {{3}}}}},
        {"not_critical", "/claims/features/S: has a meaning at critical points only", {{f + "/S", {1}}}},
        {"constrained", "is an eigenvalue", {{f + "/separators", {1}}}},
        {"constrained", "selected in part", {{f + "/separators", Json::array()}}},
        {"constrained", "do not decrease", {{f + "/separators", {"5/2", 5}}}},
        {"constrained", "/claims/features/S: not the set", {{f + "/S", {2}}}},
        {"constrained", "/claims/features/S: not the set", {{f + "/S", {1, 2}}}},
        {"constrained", "/claims/features/S/0: out of range", {{f + "/S", {3}}}},
        {"constrained", "/claims/features/S/0: not an integer", {{f + "/S", Json::array({"1"})}}},
        {"strict", "not one entry for each pivot", {{f + "/blocks", Json::array()}}},
        {"strict", "out of range", {{f + "/blocks/0/i", 1}}},
        {"strict", "out of range", {{f + "/blocks/0/j", 2}}},
        {"strict", "do not span", {{f + "/blocks/0/mid", rank_zero}}},
        {"strict", "do not span", {{f + "/blocks/0/out", rank_zero}}},
        {"strict", "/claims/features/tightened: not what the ranks say", {{f + "/tightened", true}}},
        {"not_critical",
         "tightened: not what the ranks say, or the point is not critical",
         {{f + "/blocks", {{{"i", 2}, {"j", 1}, {"mid", rank_one}, {"out", rank_one_of_two}}}},
          {f + "/tightened", true}}},
    });
  }

  TEST_CASE("points") {
    const Json two = {{0, 0}, {0, 0}};
    const char* fit = "matrices do not fit together";
    expect_rejected({
        {"strict", "not as many weights", {{"/point/weights", {{{0}}}}}},
        {"strict", fit, {{"/point/weights/0", {{0, 0}}}}},
        {"strict", fit, {{"/point/weights/1", {{0, 0}}}}},
        {"strict", fit, {{"/point/weights/1", {{0}, {0}}}}},
        {"strict", fit, {{"/point/data/X", {{1, 1}}}}},
        {"strict", "/point/data/X: missing", {{"/point/data/X", nullptr}}},
        {"strict", "not a matrix", {{"/point/data/X", {1}}}},
        {"strict", "a row has the wrong length", {{"/point/data/X", {{1}, {1, 2}}}}},
        {"strict", "not a rankscape-point/1", {{"/point/format", "rankscape-point/2"}}},
        {"symmetric_saddle", fit, {{"/point/weights/0", {{0}}}}},
        {"symmetric_saddle", fit, {{"/point/data/M", {{4, 1}}}}},
        {"symmetric_saddle", "not as many weights", {{"/point/weights/1", {{0}}}}},
        {"asymmetric_saddle", "not as many weights", {{"/point/weights", {{{0}}}}}},
        {"asymmetric_saddle", fit, {{"/point/weights/0", {{0, 0}}}}},
        {"spurious", "A and b have different lengths", {{"/point/data/b", {161, 0}}}},
        {"spurious", fit, {{"/point/data/A/1", {{1}}}}},
        {"maximizer", fit, {{"/point/data/u", two}}},
        {"maximizer", fit, {{"/point/weights/0", two}}},
    });
    expect_rejected({{"strict", "unknown model", {{"/point/model", "deep"}}},
                     {"symmetric_saddle", "too many parameters", {{"/point/weights/0", Json(2, Json(200, 1))}}}},
                    Outcome::unreadable);
  }

  TEST_CASE("numbers") {
    for (const Json& number : {Json("1/0"), Json(""), Json("-"), Json("1/"), Json("/2"), Json("+1"), Json(" 4"),
                               Json("4 "), Json("0x4"), Json("4.0"), Json(4.0), Json("1/-4"), Json("--4"), Json(true),
                               Json(Json::array({4})), Json(std::string(20001, '4')),
                               Json(std::string("4\0"
                                                "1",
                                                3))}) {
      CAPTURE(number.dump().substr(0, 40));
      const auto report =
          verifier::verify_certificate(samples::with(samples::named("strict"), {{"/claims/value", number}}).dump());
      CHECK(report.outcome == Outcome::rejected);
      CHECK(report.reason.find("/claims/value: ") == 0);
    }
    expect_rejected({{"strict", "longer than the limit", {{"/claims/value", std::string(20001, '4')}}}});
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
    time.start -= 2 * verifier::most_time;
    CHECK_NOTHROW(time.spend(1));  // the clock is read once in 64 steps
    CHECK_THROWS_AS(time.spend(2000), verifier::Unreadable);
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
    unreadable("null", "not an object");
    unreadable("[]", "not an object");
    unreadable("{}", "not an object with \"format\"");
    unreadable("{\"format\": 1}", "not an object with \"format\"");
    unreadable("{\"format\": \"rankscape-certificate/2\"}", "not an object with \"format\"");
    unreadable(good + "x", "not JSON");
    unreadable(std::string(1'000'000, '['), "nested too deeply");
    unreadable("{\"format\":\"rankscape-certificate/1\",\"a\":" + std::string(20, '[') + std::string(20, ']') + "}",
               "nested too deeply");
    unreadable("{\"a\":1,\"a\":1}", "stands twice");
    unreadable("{\"a\":{\"b\":{},\"b\":{}}}", "stands twice");
    unreadable("{\"a\":\"\xff\"}", "not JSON");
    unreadable(std::string((16U << 20U) + 1, ' '), "too large");
  }
}
