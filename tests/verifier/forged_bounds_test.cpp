// One forgery for each check of global bounds.
#include <doctest/doctest.h>

#include "verifier/forgery.hpp"

using namespace samples;

namespace {

// "constrained" with the product diag(2, 0), what is left is diag(0, 1), slope diag(0, -2).
Json nearest_rank() {
  const Json plane = Json::parse(R"json({"neg": 0, "zero": 1, "pos": 1, "frame": [[1, 0]], "null": [[0, 1]],
                                           "null_columns": [1]})json");
  const Json eye = matrix({{1, 0}, {0, 1}});
  Json bound = {{"node", 7}, {"by", "nearest"}, {"variable", 4}, {"left", eye}, {"right", eye}, {"inertia", plane}};
  bound["separators"] = list({2});
  bound["psd"] =
      list({{{"diagonal", {2, 1, 1, 1}}, {"factor", matrix({{1, 0, 0, 0}, {0, 0, 1, 0}, {0, -1, 0, 1}, {0, 1, 0, 0}})}},
            {{"diagonal", list({8})}, {"factor", matrix({{1, 0}})}}});
  return with(named("constrained"), {{"/claims/global/bounds/0", bound}});
}

// "gram" with x x^T = diag(4, 0), what is left is diag(0, 1).
Json nearest_signature() {
  Json bound = nearest_rank()["claims"]["global"]["bounds"][0];
  bound["node"] = 5;
  bound["variable"] = 3;
  bound["separators"] = list({2, 0});
  bound["middle"] = Json::parse(R"json({"neg": 0, "zero": 0, "pos": 1, "frame": [[1]], "null": [],
                                          "null_columns": []})json");
  bound["psd"] = list({{{"diagonal", {2, 1}}, {"factor", matrix({{1, 0}, {0, 1}})}},
                       {{"diagonal", list({1})}, {"factor", matrix({{0, 1}})}},
                       {{"diagonal", list({128})}, {"factor", matrix({{1, 0}})}}});
  return with(named("gram"), {{"/claims/global/bounds/0", bound}});
}

Json named_value(const char* name, const Json& value) {
  Json json = {{"name", name}};
  json["value"] = value;
  return json;
}

// Of data and weights, with the bound of the last node: a squared distance.
Json nearest_of(std::vector<Json> data, std::vector<Json> weights, const char* program, int value, int variable) {
  Json json = Json::parse(R"json({"format": "rankscape-certificate/2", "constants": [],
      "claims": {"critical": true, "verdict": "global_minimizer"}})json");
  json["data"] = std::move(data);
  json["weights"] = std::move(weights);
  json["program"] = Json::parse(program);
  json["claims"]["value"] = value;
  Json bound = {{"by", "nearest"}};
  bound["node"] = json["program"].size() - 1;
  bound["variable"] = variable;
  json["claims"]["global"]["bounds"] = list({bound});
  return json;
}

Json square_of(int x) {
  Json evidence = {{"factor", one}};
  evidence["diagonal"] = list({x});
  return evidence;
}

// (neg, zero, pos) of a number
Json inertia_of_number(int sign) {
  const char* text[] = {R"json({"neg": 1, "zero": 0, "pos": 0, "frame": [[1]], "null": [], "null_columns": []})json",
                        R"json({"neg": 0, "zero": 1, "pos": 0, "frame": [], "null": [[1]], "null_columns": [0]})json",
                        R"json({"neg": 0, "zero": 0, "pos": 1, "frame": [[1]], "null": [], "null_columns": []})json"};
  return Json::parse(text[sign + 1]);
}

// (x (c x) + t)^2 at x = 0, c and t of one sign.
Json nearest_number(int c = 1, int t = 3) {
  Json json = nearest_of(
      {named_value("t", matrix({{-t}})), named_value("c", matrix({{c}}))}, {named_value("x", matrix({{0}}))},
      R"json([["input", 0], ["input", 1], ["input", 2], ["multiply", 1, 2], ["multiply", 2, 3], ["subtract", 4, 0], ["dot", 5, 5]])json",
      t * t, 4);
  Json& bound = json["claims"]["global"]["bounds"][0];
  bound["left"] = bound["right"] = one;
  bound["inertia"] = inertia_of_number(0);
  bound["middle"] = inertia_of_number(c);
  bound["separators"] = t > 0 ? list({0, t}) : list({-t, 0});
  bound["psd"] = list({square_of(t > 0 ? t : 0), square_of(t > 0 ? 0 : -t), square_of(0)});
  return json;
}

const Json plane_of_two = Json::parse(R"json({"neg": 0, "zero": 1, "pos": 1, "frame": [[1, 0]], "null": [[0, 1]],
                                              "null_columns": [1]})json");
const Json flat_of_two = Json::parse(R"json({"neg": 0, "zero": 2, "pos": 0, "frame": [], "null": [[1, 0], [0, 1]],
                                             "null_columns": [0, 1]})json");

// || w a - T ||^2, the product diag(2, 0), the row a fixed: the slope is orthogonal to the product on one side alone.
// Or the transpose, || a w - T ||^2.
Json nearest_with_one_factor_fixed(bool transposed) {
  const Json row = matrix({{1, 0}});
  const Json column = matrix(list({list({1}), list({0})}));
  Json json =
      nearest_of({named_value("T", transposed ? matrix({{2, 0}, {-1, 0}}) : matrix({{2, -1}, {0, 0}})),
                  named_value("a", transposed ? column : row)},
                 {named_value("w", transposed ? matrix({{2, 0}}) : matrix(list({list({2}), list({0})})))},
                 R"json([["input", 0], ["input", 1], ["input", 2], [], ["subtract", 3, 0], ["dot", 4, 4]])json", 1, 3);
  json["program"][3] = transposed ? Json::parse(R"(["multiply", 1, 2])") : Json::parse(R"(["multiply", 2, 1])");
  Json& bound = json["claims"]["global"]["bounds"][0];
  bound["left"] = bound["right"] = matrix({{1, 0}, {0, 1}});
  bound["inertia"] = plane_of_two;
  bound["separators"] = list({2});
  Json squares = {{"diagonal", {1, 1, 2, 1}}};
  squares["factor"] = transposed ? matrix({{0, 1, 1, 0}, {0, 1, 0, 0}, {1, 0, 0, 0}, {0, 0, 0, 1}})
                                 : matrix({{1, 0, 0, 1}, {1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}});
  bound["psd"] = list({squares, {{"diagonal", list({8})}, {"factor", matrix({{1, 0}})}}});
  return json;
}

// || w v - T ||^2 at 0, which is critical, and no minimizer.
Json nearest_at_zero() {
  Json json = nearest_of(
      {named_value("T", matrix({{1, 0}, {0, 0}}))},
      {named_value("w", matrix(list({list({0}), list({0})}))), named_value("v", matrix({{0, 0}}))},
      R"json([["input", 0], ["input", 1], ["input", 2], ["multiply", 1, 2], ["subtract", 3, 0], ["dot", 4, 4]])json", 1,
      3);
  Json& bound = json["claims"]["global"]["bounds"][0];
  bound["left"] = bound["right"] = matrix({{1, 0}, {0, 1}});
  bound["inertia"] = flat_of_two;
  bound["separators"] = list({1});
  bound["psd"] = list({{{"diagonal", {1, 1, 1}}, {"factor", matrix({{1, 0, -1, 0}, {0, 1, 0, 0}, {0, 0, 0, 1}})}},
                       {{"diagonal", list({0})}, {"factor", matrix({{1, 0}})}}});
  return json;
}

// || (a w) (a w)^T - T ||^2, the column a fixed, a w = (1, 0)^T: the slope is not orthogonal to the product.
Json nearest_in_a_column_space() {
  Json json = nearest_of(
      {named_value("T", matrix({{1, -1}, {-1, 0}})), named_value("a", matrix(list({list({1}), list({0})})))},
      {named_value("w", matrix({{1}}))},
      R"json([["input", 0], ["input", 1], ["input", 2], ["multiply", 1, 2], ["transpose", 3], ["multiply", 3, 4], ["subtract", 5, 0],
              ["dot", 6, 6]])json",
      2, 5);
  Json& bound = json["claims"]["global"]["bounds"][0];
  bound["left"] = bound["right"] = matrix({{1, 0}, {0, 1}});
  bound["inertia"] = plane_of_two;
  bound["middle"] = inertia_of_number(1);
  bound["separators"] = list({1, 1});
  bound["psd"] = list({{{"diagonal", list({1})}, {"factor", matrix({{1, 1}})}},
                       {{"diagonal", list({1})}, {"factor", matrix({{1, -1}})}},
                       {{"diagonal", list({0})}, {"factor", matrix({{1, 0}})}}});
  return json;
}

// || A (x x^T - T) ||^2 at x = 0, A = diag(1, 2): a square of which rows count more than columns.
Json nearest_with_uneven_weights() {
  Json json = nearest_of(
      {named_value("T", matrix({{-1, 0}, {0, 0}})), named_value("A", matrix({{1, 0}, {0, 2}}))},
      {named_value("x", matrix(list({list({0}), list({0})})))},
      R"json([["input", 0], ["input", 1], ["input", 2], ["transpose", 2], ["multiply", 2, 3], ["subtract", 4, 0], ["multiply", 1, 5],
              ["dot", 6, 6]])json",
      1, 4);
  Json& bound = json["claims"]["global"]["bounds"][0];
  bound["left"] = matrix({{1, 0}, {0, 4}});
  bound["right"] = matrix({{1, 0}, {0, 1}});
  bound["inertia"] = flat_of_two;
  bound["middle"] = inertia_of_number(1);
  bound["separators"] = list({0, 1});
  const Json none_of_two = {{"diagonal", list({0})}, {"factor", matrix({{1, 0}})}};
  bound["psd"] = list({none_of_two, none_of_two, none_of_two});
  return json;
}

// (x D x^T + 3)^2 at x = 0, D = (1, 1; 0, 1).
Json nearest_of_a_form_that_is_not_symmetric() {
  Json json = nearest_of(
      {named_value("t", matrix({{-3}})), named_value("D", matrix({{1, 1}, {0, 1}}))},
      {named_value("x", matrix({{0, 0}}))},
      R"json([["input", 0], ["input", 1], ["input", 2], ["transpose", 2], ["multiply", 2, 1], ["multiply", 4, 3], ["subtract", 5, 0],
              ["dot", 6, 6]])json",
      9, 5);
  Json bound = nearest_number()["claims"]["global"]["bounds"][0];
  bound["node"] = 7;
  bound["variable"] = 5;
  bound["middle"] = Json::parse(R"json({"neg": 0, "zero": 0, "pos": 2, "frame": [[1, 0], [0, 1]], "null": [],
                                        "null_columns": []})json");
  json["claims"]["global"]["bounds"] = list({bound});
  return json;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("constants beside a product of bounded rank go to what it is compared with, times the data") {
    // the product is diag(2, 0), what it approximates diag(2, 1): (W + P) X - Y, (P - W) X - Y and (W - P) X - Y
    const auto accept = [](const Json& json) {
      const auto report = verifier::verify_certificate(json.dump());
      CHECK(report.reason == "");
      CHECK(report.verdict == "global_minimizer");
    };
    const Json w = matrix({{1, 5}, {0, 0}});
    const auto sample = [&](const char* layer, const Json& y) {
      Json json = with(named("constrained"), {{"/claims/features", nullptr}, {"/claims/global/bounds/0/node", 9}});
      json["data"][1]["value"] = y;
      json["constants"] = list({w});
      json["program"] = Json::parse(std::string(R"json([["input", 0], ["input", 1], ["input", 2], ["input", 3],
        ["multiply", 3, 2], ["constant", 0], )json") +
                                    layer + R"json(, ["multiply", 6, 0], ["subtract", 7, 1], ["dot", 8, 8]])json");
      return json;
    };
    accept(sample(R"json(["add", 5, 4])json", matrix({{3, 5}, {0, 1}})));
    accept(sample(R"json(["subtract", 4, 5])json", matrix({{1, -5}, {0, 1}})));
    accept(sample(R"json(["subtract", 5, 4])json", matrix({{-1, 5}, {0, -1}})));
  }

  TEST_CASE("nearest matrices of bounded rank and signature") {
    const std::string b = "/claims/global/bounds/0";
    for (const Json& json : {nearest_rank(), nearest_signature(), nearest_number(), nearest_number(-1, -3)}) {
      const auto report = verifier::verify_certificate(json.dump());
      CHECK(report.reason == "");
      CHECK(report.verdict == "global_minimizer");
    }
    const auto forged = [&](const Json& sample, const char* phrase, const Changes& changes) {
      expect_rejected(sample, changes, phrase);
    };
    const Json rank = nearest_rank();
    forged(rank, "not evidently a convex function of the variable", {{b + "/variable", 2}});
    const Json row = matrix({{1, 0}});
    const Json column = matrix(list({list({1}), list({0})}));
    for (const char* weights : {"/left", "/right"})
      for (const Json& shape : {row, column})
        forged(rank, "the weights are not of the shape", {{b + weights, shape}});
    forged(rank, "does not grow like this", {{b + "/left", matrix({{2, 0}, {0, 2}})}});
    forged(rank, "does not grow like this", {{b + "/right", matrix({{1, 0}, {0, 3}})}});
    forged(rank, "evidence for two matrices", {{b + "/psd/1", nullptr}});
    forged(rank, "evidence for three matrices", {{b + "/separators", list({2, 2})}});
    forged(rank, "psd/0: the matrix is not M^T diag(e) M", {{b + "/separators", list({"1/2"})}});
    forged(rank, "psd/1: the matrix is not M^T diag(e) M",
           {{b + "/separators", list({5})}, {b + "/psd/0/diagonal", {5, 1, 1, 4}}});
    for (const bool transposed : {false, true})
      forged(nearest_with_one_factor_fixed(transposed), "the slope is not orthogonal", {});
    forged(nearest_at_zero(), "the rank is not the greatest", {});
    forged(nearest_in_a_column_space(), "the slope is not orthogonal", {});
    forged(nearest_of_a_form_that_is_not_symmetric(), "the variable is no U D U^T", {});
    const Json zero = nearest_signature();
    forged(zero, "evidence for three matrices", {{b + "/separators", list({2, 0, 0})}});
    forged(nearest_with_uneven_weights(), "the weights are not multiples", {});
    forged(zero, "a separator is negative", {{b + "/separators", list({-1, 0})}});
    forged(zero, "a separator is negative", {{b + "/separators", list({2, -1})}});
    forged(zero, "psd/0: the matrix is not", {{b + "/separators", list({"1/2", 0})}});
    forged(zero, "psd/1: the matrix is not", {{b + "/psd/1/diagonal", list({2})}});
    forged(zero, "psd/2: the matrix is not", {{b + "/separators", list({5, 0})}, {b + "/psd/0/diagonal", {5, 4}}});
    // at x = 0 a positive eigenvalue more is allowed than there is
    forged(zero, "more positive eigenvalues are allowed",
           {{"/weights/0/value", matrix(list({list({0}), list({0})}))},
            {"/claims/value", "19/4"},
            {b + "/inertia", flat_of_two}});
    // a c that moves may change its sign
    Json moves = nearest_number();
    moves["weights"].insert(moves["weights"].begin(), moves["data"][1]);
    moves["data"].erase(1);
    forged(moves, "the variable is no U D U^T", {});
    forged(nearest_number(), "more positive eigenvalues are allowed", {{b + "/separators", list({1, 3})}});
    forged(nearest_number(-1, -3), "more negative eigenvalues are allowed", {{b + "/separators", list({3, 1})}});
    Json three = rank;
    three["claims"]["global"]["bounds"][0]["psd"] = zero["claims"]["global"]["bounds"][0]["psd"];
    forged(three, "the variable is no U D U^T", {{b + "/separators", list({2, 0})}});
  }

  TEST_CASE("global minimizers") {
    const std::string b = "/claims/global/bounds/0";
    const std::string t = b + "/terms/0";
    const auto claim = [](const char* sample, const char* phrase, Json bounds) {
      return Forgery{sample, phrase, {{"/claims/global", {{"bounds", std::move(bounds)}}}}};
    };
    expect_rejected({
        claim("strict", "/claims/global/bounds: the bound is not the value", none),
        claim("flat", "no lower bound of the loss follows", none),
        claim("rational", "no lower bound of the loss follows", none),
        // 1/2 (xy - 3)^2 - 1/4 (..)^2
        {"asymmetric_saddle", "no lower bound", {{"/program/13/1", "-1/4"}, {"/claims/global", {{"bounds", none}}}}},
        {"global", "names no node", {{b + "/node", nullptr}}},
        {"global", "/node: out of range", {{b + "/node", 8}}},
        {"global", "unknown kind of bound", {{b + "/by", "authority"}}},
        {"global", "the node is not a sum of squares", {{b + "/node", 5}}},
        {"constrained", "the node is not 1 x 1", {{b + "/node", 5}}},
        {"global", "least_squares: Sxx Z = Sxy does not hold", {{b + "/least_squares", matrix({{1}})}}},
        {"global", "psd/0: the matrix is not M^T diag(e) M", {{b + "/cover", matrix({{5}})}}},
        {"global", "psd/0/diagonal: is negative", {{b + "/cover", matrix({{-4}})}, {b + "/psd/0/diagonal/0", -1}}},
        {"global", "psd/1: the matrix is not M^T diag(e) M", {{b + "/separator", 1}}},
        {"constrained",
         "the bound is not the value",
         {{b + "/separator", "5/2"},
          {b + "/psd/1", {{"diagonal", {"1/2", "3/2"}}, {"factor", matrix({{1, 0}, {0, 1}})}}}}},
        {"global", "evidence for two matrices", {{b + "/psd/1", nullptr}}},
        {"constrained", "not of the shape", {{b + "/cover", matrix({{2}})}}},
        {"constrained", "not M^T diag(e) M", {{b + "/cover/entries/0/1", 1}}},
        {"gram", "the separator is negative", {{b + "/separator", -1}}},
        {"gram",
         "the bound is not the value",
         {{b + "/separator", 3}, {b + "/psd/1", {{"diagonal", {1, 2}}, {"factor", matrix({{1, 0}, {0, 1}})}}}}},
        {"gram", "psd/1: the matrix is not", {{b + "/separator", "1/2"}}},
        {"global", "no matrix times its transpose", {{b + "/by", "gram_trace"}}},
        {"convex", "psd: the matrix is not M^T diag(e) M", {{b + "/terms/0/psd/diagonal/0", 7}}},
        // (u_1^2 - 4)^2 at the same point: the slope is negative
        {"convex",
         "diagonal: is negative",
         {{"/constants/0/entries/0/0", 4}, {"/claims/inertia", nullptr}, {b + "/terms/0/psd/diagonal/0", -8}}},
        {"convex", "not a matrix times its transpose", {{b + "/terms/0/gram", 4}}},
        {"convex", "not evidently a convex function", {{b + "/terms", none}}},
        {"convex",
         "a node is named twice",
         {{b + "/terms/1", samples::named("convex")["claims"]["global"]["bounds"][0]["terms"][0]}}},
        {"convex", "the slope is not zero", {{b + "/terms/0", {{"free", 3}}}}},
        {"convex", "not one kind of term", {{b + "/terms/1", {{"gramm", 3}}}}},
        // a second kind would make variables of nodes whose slopes nobody looks at
        {"convex", "not one kind of term", {{b + "/terms/0/free", 5}}},
        {"nuclear", "not one kind of term", {{b + "/terms/0", {{"free", {2, 6, 7}}, {"nuclear", none}}}}},
        {"nuclear", "not one kind of term", {{b + "/terms/0", {{"free", 2}, {"gram", 6}}}}},
        // u_1 is not 0: <G, U U^T> > 0
        {"convex",
         "not complementary",
         {{"/weights/0/value", matrix({{1}, {1}})},
          {"/claims/critical", false},
          {"/claims/value", 25},
          {"/claims/inertia", nullptr},
          {b + "/terms/0/psd/diagonal/0", 10}}},
        // -(..)^2 is concave
        {"convex",
         "not evidently a convex function",
         {{"/program/8", {"scale", -1, 7}}, {"/claims/value", -16}, {"/claims/inertia", nullptr}, {b + "/node", 8}}},
        // the product of two different convex functions, and the square of one that can be negative
        {"convex",
         "not evidently a convex function",
         {{"/program/7", {"multiply", 6, 4}},
          {"/claims/value", 0},
          {"/claims/inertia", nullptr},
          {"/claims/critical", true}}},
        {"nuclear", "not M^T diag(e) M", {{b + "/terms/0/psd/factor", matrix({{1, 1}})}}},
        {"nuclear", "not a product or distance and the norms", {{b + "/terms/0/nuclear", {2, 7, 6}}}},
        {"nuclear", "not as many nodes", {{b + "/terms/0", {{"free", {2, 6, 7}}}}}},
        {"decay", "not M^T diag(e) M", {{t + "/cover", matrix({{5, 0}, {0, 2}})}}},
        {"decay", "not M^T diag(e) M", {{t + "/psd/1/diagonal/0", 4}}},
        {"decay", "is negative", {{t + "/psd/0/diagonal/0", -2}}},
        // a smaller separator, a smaller bound: what is shown is not the value
        {"decay",
         "the slope is not complementary",
         {{t + "/separator", 1}, {t + "/psd/0", {{"diagonal", {3, 1}}, {"factor", matrix({{1, 0}, {0, 1}})}}}}},
        // below what is left out, diag(4, 1/2): 4 > (3/2)^2
        {"decay",
         "diagonal: is negative",
         {{t + "/separator", "1/2"},
          {t + "/cover", {{"denominator", 2}, {"entries", {{8, 0}, {0, 1}}}}},
          {t + "/psd/0/diagonal/0", "7/2"},
          {t + "/psd/1/diagonal/0", "-7/4"}}},
        {"decay", "the separator is negative", {{t + "/separator", -1}}},
        {"decay", "psd/0: the matrix is not M^T diag(e) M", {{t + "/cover", matrix({{4, 1}, {0, 2}})}}},
        {"decay", "not of the shape", {{t + "/cover", matrix({{4}})}}},
        {"decay", "evidence for two matrices", {{t + "/psd/1", nullptr}}},
        {"decay", "not a product or distance and the norms of its factors", {{t + "/decay", {5, 7, 6}}}},
        {"decay", "not a product or distance and the norms of its factors", {{t + "/decay", {6, 5, 7}}}},
        {"decay", "the node is not a sum of squares", {{t + "/decay", {8, 6, 7}}}},
        {"decay", "not as many nodes", {{t + "/decay", {5, 6, 7, 8}}}},
        // beside a norm that stays in the loss as a function of its own: not convex in what is named
        {"decay", "not evidently a convex function", {{t, {{"free", 5}}}}},
        // two columns do better; U V and Y of the same values
        {"decay",
         "the slope is not complementary",
         {{"/weights/0/value", matrix({{2, 0}, {0, 0}})},
          {"/weights/1/value", matrix({{2, 0}, {0, 0}})},
          {"/claims/inertia", nullptr}}},
        // a negative weight of a norm
        {"decay",
         "a slope is not positive",
         {{"/program/9", {"subtract", 8, 7}},
          {"/claims/critical", false},
          {"/claims/value", 5},
          {"/claims/inertia", nullptr}}},
        {"constrained", "not of the shape", {{b + "/cover", matrix({{2, 0}})}}},
        {"constrained", "not of the shape", {{b + "/cover", matrix({{2}, {0}})}}},
        // |u|^2 is bounded, u is not
        {"above", "the node has no lower bound", {{b + "/terms/0/above", 0}}},
        // (|u|^2 - 1)^2: the slope at 0 is negative
        {"above", "the slope is negative", {{"/constants/0/entries/0/0", -1}, {"/claims/inertia", nullptr}}},
        // (u_1^2 - 4)^2 + 8 v^2 is 0 at (2, 0), v = 0
        {"gram_norm",
         "not the norm of the factor",
         {{"/weights/1", {{"value", matrix({{0}})}}},
          {"/program/8", {"input", 2}},
          {"/program/9", {"dot", 8, 8}},
          {"/program/10", {"scale", 8, 9}},
          {"/program/11", {"add", 7, 10}},
          {b + "/node", 11},
          {b + "/terms/0/gram/1", 9},
          {"/claims/inertia", nullptr}}},
        // (u v - 2)^2 + v^2 + v^2, and with u^2 + u^2, come as near to 0 as one likes
        {"nuclear",
         "not a product or distance and the norms",
         {{"/program/6", {"dot", 1, 1}}, {"/claims/critical", false}, {"/claims/inertia", nullptr}}},
        {"nuclear",
         "not a product or distance and the norms",
         {{"/program/7", {"dot", 0, 0}}, {"/claims/critical", false}, {"/claims/inertia", nullptr}}},
        // - || U V - Y ||^2 + || U ||^2 + || V ||^2 has no lower bound; neither has it with the signs +, -, +
        {"decay",
         "a slope is not positive",
         {{"/weights/0/value/entries/0/0", 4},
          {"/weights/1/value/entries/0/0", 0},
          {"/program/8", {"subtract", 6, 5}},
          {"/claims/critical", false},
          {"/claims/value", -13},
          {"/claims/inertia", nullptr}}},
        {"decay",
         "a slope is not positive",
         {{"/weights/0/value/entries/0/0", 0},
          {"/weights/1/value/entries/0/0", 0},
          {"/program/8", {"subtract", 5, 6}},
          {"/claims/value", 29},
          {"/claims/inertia", nullptr},
          {t + "/separator", 0},
          {t + "/cover", matrix({{0, 0}, {0, 0}})},
          {t + "/psd/0", {{"diagonal", none}, {"factor", matrix(none, 2)}}},
          {t + "/psd/1", {{"diagonal", {26, 5}}, {"factor", matrix({{1, 0}, {0, 1}})}}}}},
        // only the diagonal of U V - Y counts: 12 at U = (2, 1)^T, V = (2, 1)
        {"decay",
         "the node is not a sum of squares",
         {{"/constants/0", matrix({{1, 0}, {0, 1}})},
          {"/program/5", {"hadamard", 4, 4}},
          {"/program/8", {"constant", 0}},
          {"/program/9", {"dot", 5, 8}},
          {"/program/10", {"add", 9, 6}},
          {"/program/11", {"add", 10, 7}},
          {b + "/node", 11},
          {"/claims/inertia", nullptr}}},
        {"form", "not a quadratic form", {{"/program/3", {"dot", 2, 2}}}},
        {"form", "not M^T diag(e) M", {{"/data/0/value/entries/1/1", 2}, {"/claims/inertia", nullptr}}},
        {"above",
         "the slope is not complementary",
         {{"/weights/0/value/entries/0/0", 1},
          {"/claims/critical", false},
          {"/claims/value", 4},
          {"/claims/inertia", nullptr}}},
        {"regression",
         "the slope is not zero",
         {{"/weights/0/value/entries/0/0", 0},
          {"/claims/critical", false},
          {"/claims/value", 4},
          {"/claims/inertia", nullptr}}},
        {"global", "the evidence gives second_order", {{"/claims/global", nullptr}}},
    });
  }
}
