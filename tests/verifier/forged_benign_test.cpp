// That all second-order points of one loss are global minimizers, made by hand, and one forgery for each check of it.
#include <doctest/doctest.h>

#include <algorithm>

#include "verifier/forgery.hpp"

using namespace samples;
using verifier::Outcome;

namespace {

// <C, V V^T>, four unit rows, C = I - (all ones): L = 4 I - (all ones) = 16 Pi for d = (1, .., 1)/4, 15 < 17 < 2 * 15.
// V is the optimum; nothing is said of it but that it is critical.
Json complete_graph() {
  Json json = Json::parse(R"json({"format": "rankscape-certificate/3",
    "program": [["input", 0], ["input", 1], ["multiply", 0, 1], ["dot", 1, 2], ["hadamard", 1, 1], ["constant", 0],
      ["multiply", 4, 5], ["constant", 1], ["subtract", 6, 7], ["input", 2], ["dot", 9, 8], ["subtract", 3, 10]],
    "claims": {"critical": true, "value": -12, "constraints": {}, "verdict": "undecided"}})json");
  json["data"] = list({{{"value", matrix({{0, -1, -1, -1}, {-1, 0, -1, -1}, {-1, -1, 0, -1}, {-1, -1, -1, 0}})}}});
  json["weights"] =
      list({{{"value", matrix({{1, 0}, {1, 0}, {1, 0}, {1, 0}})}}, {{"value", matrix({{-3}, {-3}, {-3}, {-3}})}}});
  json["constants"] = list({matrix({{1}, {1}}), matrix({{1}, {1}, {1}, {1}})});
  Json& benign = json["claims"]["benign"];
  benign["vectors"] = Json::parse("[[0, 4], [1, 5], [2, 6], [3, 7]]");
  benign["combine"] = matrix({{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}});
  benign["signs"] = {1, 1, 1, 1};
  benign["weights"] = {"1/4", "1/4", "1/4", "1/4"};
  benign["least"] = 15;
  benign["greatest"] = 17;
  const Json pi = {{"diagonal", {"1/64", "1/64", "1/64", "1/64"}},
                   {"factor", matrix({{3, -1, -1, -1}, {-1, 3, -1, -1}, {-1, -1, 3, -1}, {-1, -1, -1, 3}})}};
  benign["psd"] = list({pi, pi});
  return json;
}

// Three unit vectors in the plane: 2 p > n. The constraints are 1 - |v_1|^2, 2 |v_2|^2 - 2, |v_1|^2 + |v_3|^2 - 2.
Json three_vectors() {
  Json json = Json::parse(R"json({"format": "rankscape-certificate/3",
    "program": [["input", 0], ["input", 1], ["multiply", 0, 1], ["dot", 1, 2], ["hadamard", 1, 1], ["constant", 0],
      ["multiply", 4, 5], ["constant", 1], ["subtract", 6, 7], ["constant", 2], ["multiply", 9, 8], ["input", 2],
      ["dot", 11, 10], ["subtract", 3, 12]],
    "claims": {"critical": true, "value": 12, "constraints": {}, "verdict": "undecided"}})json");
  json["data"] = list({{{"value", matrix({{7, 1, 2}, {1, 0, "-1/2"}, {2, "-1/2", 0}})}}});
  json["weights"] =
      list({{{"value", matrix({{1, 0}, {1, 0}, {1, 0}})}}, {{"value", matrix({{"-17/2"}, {"1/4"}, {"3/2"}})}}});
  json["constants"] = list({matrix({{1}, {1}}), matrix({{1}, {1}, {1}}), matrix({{-1, 0, 0}, {0, 2, 0}, {1, 0, 1}})});
  json["claims"]["benign"]["vectors"] = Json::parse("[[0, 3], [1, 4], [2, 5]]");
  json["claims"]["benign"]["combine"] = matrix({{-1, 0, 0}, {0, "1/2", 0}, {1, 0, 1}});
  return json;
}

const std::string benign = "/claims/benign";

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("all second-order points, by hand") {
    // the same with the signs of the last two vectors turned round
    Json turned = complete_graph();
    for (const auto& [i, j] : {std::pair(0, 2), {0, 3}, {1, 2}, {1, 3}, {2, 0}, {3, 0}, {2, 1}, {3, 1}})
      turned["data"][0]["value"]["entries"][i][j] = 1;
    turned["claims"]["benign"]["signs"] = {1, 1, -1, -1};
    turned["weights"][0]["value"] = matrix({{1, 0}, {1, 0}, {-1, 0}, {-1, 0}});
    for (const Json& json : {complete_graph(), three_vectors(), turned}) {
      const auto report = verifier::verify_certificate(json.dump());
      CHECK(report.reason == "");
      CHECK(report.outcome == Outcome::verified);
      CHECK(std::find(report.verified.begin(), report.verified.end(),
                      "all second-order points are global minimizers") != report.verified.end());
    }
  }

  TEST_CASE("what the vectors are") {
    const Json sample = complete_graph();
    expect_rejected(sample, {{benign + "/vectors", none}}, "not vectors of one length");
    expect_rejected(sample, {{benign + "/vectors/3", nullptr}}, "not vectors of one length");
    expect_rejected(sample, {{benign + "/vectors/3", Json::array({3})}}, "vectors/3: not vectors of one length");
    expect_rejected(sample, {{benign + "/vectors/3/1", 4}}, "named twice");
    expect_rejected(sample, {{benign + "/vectors/3/1", 8}}, "out of range");  // a multiplier
    expect_rejected(sample, {{benign + "/vectors", Json::parse("[[0, 4, 1, 5], [2, 6, 3, 7]]")}},
                    "not as many constraints as vectors");
    expect_rejected(sample, {{benign + "/vectors", Json::parse("[[0, 1], [4, 5], [2, 3], [6, 7]]")}},
                    "not shown to be unit lengths");
    expect_rejected(sample, {{benign + "/combine/entries/0/1", 1}}, "not shown to be unit lengths");
    expect_rejected(sample, {{benign + "/vectors/3", {7, 3}}}, "not a sum of inner products");
    Json cubic = sample;
    cubic["program"] = Json::parse(R"json([["input", 0], ["input", 1], ["multiply", 0, 1], ["hadamard", 1, 1],
      ["dot", 3, 2], ["constant", 0], ["multiply", 3, 5], ["constant", 1], ["subtract", 6, 7], ["input", 2],
      ["dot", 9, 8], ["subtract", 4, 10]])json");
    cubic["weights"][1]["value"] = matrix({{"-9/2"}, {"-9/2"}, {"-9/2"}, {"-9/2"}});
    expect_rejected(cubic, {}, "not evidently quadratic");
    // the second coordinates have another loss
    Json second = sample;
    second["constants"].push_back(matrix({{1, 0}, {0, 2}}));
    second["program"] = Json::parse(R"json([["input", 0], ["input", 1], ["multiply", 0, 1], ["constant", 2],
      ["multiply", 2, 3], ["dot", 1, 4], ["hadamard", 1, 1], ["constant", 0], ["multiply", 6, 7], ["constant", 1],
      ["subtract", 8, 9], ["input", 2], ["dot", 11, 10], ["subtract", 5, 12]])json");
    expect_rejected(second, {}, "not a sum of inner products");
    // and one with a linear term: v_1 + ..
    Json linear = sample;
    linear["constants"].push_back(matrix({{1, 0}, {0, 0}, {0, 0}, {0, 0}}));
    linear["program"] = Json::parse(R"json([["input", 0], ["input", 1], ["multiply", 0, 1], ["constant", 2],
      ["add", 2, 3], ["dot", 1, 4], ["hadamard", 1, 1], ["constant", 0], ["multiply", 6, 7], ["constant", 1],
      ["subtract", 8, 9], ["input", 2], ["dot", 11, 10], ["subtract", 5, 12]])json");
    linear["weights"][1]["value"] = matrix({{"-5/2"}, {-3}, {-3}, {-3}});
    expect_rejected(linear, {{"/claims/value", -11}}, "not a sum of inner products");
  }

  TEST_CASE("their number") {
    expect_rejected(complete_graph(), {{benign + "/signs", nullptr}}, "there are no signs, and 2 p is not more than n");
    expect_rejected(three_vectors(), {{benign + "/combine/entries/2/0", 0}}, "not shown to be unit lengths");
  }

  TEST_CASE("the condition number") {
    const Json sample = complete_graph();
    expect_rejected(sample, {{benign + "/signs", {1, 1, 1}}}, "not a sign for each");
    expect_rejected(sample, {{benign + "/signs/3", 2}}, "not a sign");
    expect_rejected(sample, {{benign + "/signs/3", -1}}, "the matrix is not M^T diag(e) M");
    expect_rejected(sample, {{benign + "/weights", {"1/2", "1/2"}}}, "not a number for each vector");
    expect_rejected(sample, {{benign + "/weights", {0, "1/2", "1/4", "1/4"}}}, "not positive");
    expect_rejected(sample, {{benign + "/weights", {"1/4", "1/4", "1/4", "1/2"}}}, "the sum is not 1");
    expect_rejected(sample, {{benign + "/weights", {"1/8", "3/8", "1/4", "1/4"}}},
                    "psd/0: the matrix is not M^T diag(e) M");
    expect_rejected(sample, {{benign + "/greatest", 30}}, "not less than p times the least");
    expect_rejected(sample, {{benign + "/least", 16}}, "psd/0: the matrix is not M^T diag(e) M");
    expect_rejected(sample, {{benign + "/greatest", 18}}, "psd/1: the matrix is not M^T diag(e) M");
    expect_rejected(sample, {{benign + "/psd/1", nullptr}}, "not evidence for two matrices");
    // one column: signs, all of them second order
    Json column = sample;
    column["weights"][0]["value"] = matrix({{1}, {1}, {1}, {1}});
    column["constants"][0] = one;
    column["claims"]["benign"]["vectors"] = Json::parse("[[0], [1], [2], [3]]");
    expect_rejected(column, {{benign + "/greatest", 14}}, "at least two-dimensional");
    // the 4-cycle, which has a spurious second-order point: L = 2 I - (its adjacency), 0, 2, 2, 4
    Json cycle = sample;
    cycle["data"][0]["value"] = matrix({{0, -1, 0, -1}, {-1, 0, -1, 0}, {0, -1, 0, -1}, {-1, 0, -1, 0}});
    cycle["weights"][1]["value"] = matrix({{-2}, {-2}, {-2}, {-2}});
    cycle["claims"]["value"] = -8;
    cycle["claims"]["benign"]["least"] = 8;
    cycle["claims"]["benign"]["greatest"] = 16;
    cycle["claims"]["benign"]["psd"] =
        list({{{"diagonal", {"1/2"}}, {"factor", matrix({{1, -1, 1, -1}})}},
              {{"diagonal", {"1/2", "1/2"}}, {"factor", matrix({{1, 0, -1, 0}, {0, 1, 0, -1}})}}});
    expect_rejected(cycle, {}, "not less than p times the least");
    cycle["claims"]["benign"]["psd"][1]["diagonal"] = {1, 1};
    expect_rejected(cycle, {{benign + "/greatest", "31/2"}}, "psd/1: the matrix is not M^T diag(e) M");
  }
}
