#include "verifier/samples.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace samples {

namespace {

std::pair<long, long> fraction(const Json& number) {
  if (number.is_number()) return {number.get<long>(), 1};
  const std::string text = number.get<std::string>();
  const std::size_t slash = text.find('/');
  return {std::stol(text), slash == std::string::npos ? 1 : std::stol(text.substr(slash + 1))};
}

// {"m": rows} and {"m": [], "cols": n} stand for matrices.
Json expand(const Json& json) {
  if (json.is_object() && json.contains("m")) return matrix(json["m"], json.value("cols", 0U));
  Json result = json;
  if (!json.is_structured()) return result;
  for (auto& item : result.items())
    item.value() = expand(item.value());
  return result;
}

using Inputs = std::vector<std::pair<const char*, const char*>>;

Json inputs(const Inputs& list) {
  Json json = Json::array();
  for (const auto& [name, rows] : list)
    json.push_back({{"name", name}, {"value", matrix(Json::parse(rows))}});
  return json;
}

Json certificate(const Inputs& data, const Inputs& weights, const char* constants, const char* program,
                 const char* claims, const char* statements = "[]") {
  Json json;
  json["format"] = "rankscape-certificate/2";
  json["data"] = inputs(data);
  json["weights"] = inputs(weights);
  json["constants"] = expand(Json::parse(constants));
  json["program"] = Json::parse(program);
  json["claims"] = expand(Json::parse(claims));
  json["statements"] = Json::parse(statements);
  return json;
}

// || W_2 W_1 X - Y ||^2
constexpr const char* two_layers = R"json([["input", 0], ["input", 1], ["input", 2], ["input", 3], ["multiply", 3, 2],
  ["multiply", 4, 0], ["subtract", 5, 1], ["dot", 6, 6]])json";

// L = (w2 w1 - 2)^2 at the origin: Hessian [[0, -4], [-4, 0]], eigenvalues -4, 4; Sigma = 4.
Json strict() {
  Json json = certificate({{"X", "[[1]]"}, {"Y", "[[2]]"}}, {{"W(1)", "[[0]]"}, {"W(2)", "[[0]]"}}, "[]", two_layers,
                          R"json({"critical": true, "value": 4,
    "inertia": {"neg": 1, "zero": 0, "pos": 1, "frame": [[1, 1], [1, -1]], "null": [], "null_columns": []},
    "lambda_min": {"lo": -5, "hi": -4}, "lambda_max": {"lo": 4, "hi": "9/2"},
    "features": {
      "constants": [{"m": [[2]]}, {"m": [[1]]}],
      "program": [["transpose", 0], ["multiply", 0, 8], ["transpose", 1], ["multiply", 0, 10], ["constant", 0],
                  ["multiply", 9, 12], ["subtract", 13, 11], ["transpose", 12], ["multiply", 15, 11], ["constant", 1]],
      "vanish": [14],
      "ranks": [{"name": "r", "node": 4, "rank": 0, "rows": [], "cols": [], "inverse": {"m": [], "cols": 0},
                 "combine": {"m": [], "cols": 1}},
                {"name": "mid(2,1)", "node": 17, "rank": 1, "rows": [0], "cols": [0], "inverse": {"m": [[1]]},
                 "combine": {
  "m" : [[1]]}},
                {"name": "out(2,1)", "node": 11, "rank": 1, "rows": [0], "cols": [0], "inverse": {"m": [["1/2"]]},
                 "combine": {"m": [[1]]}}],
      "selections": [{"name": "S", "node": 16, "range": "r", "restricted": {"m": [], "cols": 0}, "separators": [],
                      "indices": []}],
      "lists": [{"name": "tightened", "rank": "r", "pairs": [["mid(2,1)", "out(2,1)"]], "holds": false}]
}
, "verdict" : "strict_saddle"
})json",
                          R"json([{"id": "every-saddle-is-strict", "sha256": "00", "agrees": "yes",
                  "cases": [{"name": "all", "then": "global_minimizer or strict_saddle"}]}])json");
  json["landscape"] = "deep-linear";
  json["shape"] = "1,1,1";
  json["key"] = "1,1,1 S=";
  return json;
}

// The same loss at w = (1, 2): value 0, Hessian 2 (2, 1)(2, 1)^T, eigenvalues 0 and 10.
Json global() {
  Json json = certificate({{"X", "[[1]]"}, {"Y", "[[2]]"}}, {{"W(1)", "[[1]]"}, {"W(2)", "[[2]]"}}, "[]", two_layers,
                          R"json({"critical": true, "value": 0,
    "inertia": {"neg": 0, "zero": 1, "pos": 1, "frame": [[2, 1], [1, -2]], "null": [[1, -2]], "null_columns": [0]},
    "lambda_min": {"lo": 0, "hi": 0}, "lambda_max": {"lo": 10, "hi": 11},
    "global": {"bounds": [{"node": 7, "by": "rank_trace", "separator": 0, "cover": {"m": [[4]]},
      "least_squares": {"m": [[2]]}, "psd": [{"diagonal": [1], "factor": {"m": [[2]]}},
                                             {"diagonal": [], "factor": {"m": [], "cols": 1}}]}]},
    "features": {"constants": [{"m": [[4]]}], "program": [["constant", 0]], "vanish": [],
      "ranks": [{"name": "r", "node": 4, "rank": 1, "rows": [0], "cols": [0], "inverse": {"m": [["1/2"]]},
                 "combine": {"m": [[1]]}}],
      "selections": [{"name": "S", "node": 8, "range": "r", "restricted": {"m": [[4]]}, "separators": [],
                      "indices": [1]}], "lists": []},
    "verdict": "global_minimizer"})json",
                          R"json([{"id": "no-global", "sha256": "00", "agrees": "no",
                               "cases": [{"name": "all", "then": "saddle"}]}])json");
  json["landscape"] = "deep-linear";
  json["shape"] = "1,1,1";
  json["key"] = "1,1,1 S=1";
  return json;
}

// X = I, Y = diag(2, 1), one hidden neuron, W_2 W_1 = diag(2, 0): the best rank 1 approximation, value 1. Gradient 0,
// Hessian (W_1 = (w, x), W_2 = (y, z)^T at w = 1, y = 2): L = (yw - 2)^2 + (yx)^2 + (zw)^2 + (zx - 1)^2, so in (y, w):
// 2 (1, 2)(1, 2)^T; in (x, z): [[8, -2], [-2, 2]]. Order of parameters: w, x, y, z. Sigma = diag(4, 1).
Json constrained() {
  return certificate({{"X", "[[1, 0], [0, 1]]"}, {"Y", "[[2, 0], [0, 1]]"}},
                     {{"W(1)", "[[1, 0]]"}, {"W(2)", "[[2], [0]]"}}, "[]", two_layers,
                     R"json({"critical": true, "value": 1,
    "inertia": {"neg": 0, "zero": 1, "pos": 3, "frame": [[2, 0, 1, 0], [0, 1, 0, 0], [0, 1, 0, 4]],
                "null": [[1, 0, -2, 0]], "null_columns": [2]},
    "global": {"bounds": [{"node": 7, "by": "rank_trace", "separator": 2, "cover": {"m": [[2, 0], [0, 0]]},
      "least_squares": {"m": [[2, 0], [0, 1]]}, "psd": [{"diagonal": [2], "factor": {"m": [[1, 0]]}},
                                                        {"diagonal": [1], "factor": {"m": [[0, 1]]}}]}]},
    "features": {"constants": [{"m": [[4, 0], [0, 1]]}], "program": [["constant", 0]], "vanish": [],
      "ranks": [{"name": "r", "node": 4, "rank": 1, "rows": [0], "cols": [0], "inverse": {"m": [["1/2"]]},
                 "combine": {"m": [[1, 0]]}}],
      "selections": [{"name": "S", "node": 8, "range": "r", "restricted": {"m": [[4]]}, "indices": [1],
        "separators": [{"at": "5/2",
          "all": {"neg": 1, "zero": 0, "pos": 1, "frame": [[0, 1], [1, 0]], "null": [], "null_columns": []},
          "inside": {"neg": 0, "zero": 0, "pos": 1, "frame": [[1]], "null": [], "null_columns": []}}]}],
      "lists": []},
    "verdict": "global_minimizer"})json");
}

// L = (w3 w2 w1 - 1)^2 at the origin: along (1, 1, 1) it is (t^3 - 1)^2.
Json non_strict() {
  return certificate(
      {}, {{"W(1)", "[[0]]"}, {"W(2)", "[[0]]"}, {"W(3)", "[[0]]"}}, R"json([{"m": [[1]]}])json",
      R"json([["input", 0], ["input", 1], ["input", 2], ["constant", 0], ["multiply", 2, 1],
                         ["multiply", 4, 0], ["subtract", 5, 3], ["dot", 6, 6]])json",
      R"json({"critical": true, "value": 1,
    "inertia": {"neg": 0, "zero": 3, "pos": 0, "frame": [], "null": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
                "null_columns": [0, 1, 2]},
    "descent": {"order": 3, "curve": {"m": [[1, 1, 1]]}, "coefficients": [0, 0, 0, -2, 0, 0, 1]},
    "verdict": "non_strict_saddle"})json",
      R"json([{"id": "kawaguchi", "sha256": "00", "agrees": "yes", "cases": [{"name": "a", "then": "saddle"}]},
                 {"id": "wrong", "sha256": "00", "agrees": "no", "cases": [{"name": "b", "then": "strict_saddle"}]}])json");
}

// (w2 w1 - 2)^2 at (1, 1): value 1, gradient -2 (1, 1), Hessian [[2, 0], [0, 2]].
Json not_critical() {
  return certificate({{"X", "[[1]]"}, {"Y", "[[2]]"}}, {{"W(1)", "[[1]]"}, {"W(2)", "[[1]]"}}, "[]", two_layers,
                     R"json({"critical": false, "value": 1, "verdict": "not_critical",
    "inertia": {"neg": 0, "zero": 0, "pos": 2, "frame": [[1, 0], [0, 1]], "null": [], "null_columns": []}})json");
}

// sum_i (<A_i, U U^T> - b_i)^2 with three measurements A_i = [[1, 0], [0, 161/289]], [[0, 15/17], [15/17, 0]],
// [[0, 0], [0, 240/289]], b = (161, 0, 0): the spurious local minimizer U = (0, 161/17) of Hessian
// diag(9563400/83521, 207368/289); the loss is 64 at (13, 0).
Json spurious() {
  return certificate(
      {{"A(1)", R"json([[1, 0], [0, "161/289"]])json"},
       {"A(2)", R"json([[0, "15/17"], ["15/17", 0]])json"},
       {"A(3)", R"json([[0, 0], [0, "240/289"]])json"}},
      {{"U", R"json([[0], ["161/17"]])json"}}, R"json([{"m": [[161]]}])json",
      R"json([["input", 0], ["input", 1], ["input", 2], ["input", 3], ["transpose", 3], ["multiply", 3, 4],
                         ["dot", 0, 5], ["constant", 0], ["subtract", 6, 7], ["dot", 1, 5], ["dot", 2, 5],
                         ["multiply", 8, 8], ["multiply", 9, 9], ["multiply", 10, 10], ["add", 11, 12],
                         ["add", 14, 13]])json",
      R"json({"critical": true, "value": "1493049600/83521",
    "inertia": {"neg": 0, "zero": 0, "pos": 2, "frame": [[1, 0], [0, 1]], "null": [], "null_columns": []},
    "lambda_min": {"lo": 114, "hi": "9563400/83521"}, "lambda_max": {"lo": 717, "hi": 718},
    "better": {"m": [[13, 0]]},
    "verdict": "local_minimizer"})json");
}

// (x^2 + y^2/2 - 2)^2 + 3/4 (xy)^2 * ... along (t, 1 - t^2): L = (x^2 + y^2/2 - 2)^2 + 3 (xy)^2/1 + 3/4 y^4 / 1 scaled
// as in Zhang, Josz, Sojoudi, Lavaei (2018): (x^2 + y^2/2 - 2)^2 + 3 (x y)^2 + 3/4 y^4 at (0, 1) has value 9/4 + 3/4 =
// 3, Hessian diag(2 * (-3/2) * 2 + 6, 2 + 1 ... = diag(0, 8)); along (t, 1 - t^2) it is 3 - 3 t^4 + t^8.
Json bent() {
  return certificate({}, {{"x", "[[0]]"}, {"y", "[[1]]"}}, R"json([{"m": [[2]]}])json",
                     R"json([["input", 0], ["input", 1], ["multiply", 0, 0], ["multiply", 1, 1], ["scale", "1/2", 3],
                         ["add", 2, 4], ["constant", 0], ["subtract", 5, 6], ["dot", 7, 7], ["multiply", 0, 1],
                         ["dot", 9, 9], ["scale", 3, 10], ["dot", 3, 3], ["scale", "3/4", 12], ["add", 8, 11],
                         ["add", 14, 13]])json",
                     R"json({"critical": true, "value": 3,
    "inertia": {"neg": 0, "zero": 1, "pos": 1, "frame": [[0, 1]], "null": [[1, 0]], "null_columns": [0]},
    "descent": {"order": 4, "curve": {"m": [[1, 0], [0, -1]]}, "coefficients": [0, 0, 0, 0, -3, 0, 0, 0, 1]},
    "better": {"m": [["7/5", 0]]},
    "verdict": "non_strict_saddle"})json");
}

// (u_1^2 + 4)^2 = (<A, U U^T> + 4)^2, A = diag(1, 0), at (0, 1): value 16, Hessian diag(16, 0); the slope by U U^T is
// 2 * 4 * A.
Json convex() {
  return certificate({{"A", "[[1, 0], [0, 0]]"}}, {{"U", "[[0], [1]]"}}, R"json([{"m": [[-4]]}])json",
                     R"json([["input", 0], ["input", 1], ["transpose", 1], ["multiply", 1, 2], ["dot", 0, 3],
                         ["constant", 0], ["subtract", 4, 5], ["multiply", 6, 6]])json",
                     R"json({"critical": true, "value": 16,
    "inertia": {"neg": 0, "zero": 1, "pos": 1, "frame": [[1, 0]], "null": [[0, 1]], "null_columns": [1]},
    "global": {"bounds": [{"node": 7, "by": "convex", "terms": [
      {"gram": 3, "psd": {"diagonal": [8], "factor": {"m": [[1, 0]]}}}]}]}, "verdict": "global_minimizer"})json");
}

// (u_1^2 - 4)^2 + 8 |u|^2 at 0: value 16, Hessian 16 diag(0, 1), as (s - 4)^2 + 8 s = s^2 + 16. The slopes are -8 A by
// U U^T, 8 by the norm.
Json gram_norm() {
  return certificate({{"A", "[[1, 0], [0, 0]]"}}, {{"U", "[[0], [0]]"}}, R"json([{"m": [[4]]}])json",
                     R"json([["input", 0], ["input", 1], ["transpose", 1], ["multiply", 1, 2], ["dot", 0, 3],
                         ["constant", 0], ["subtract", 4, 5], ["multiply", 6, 6], ["dot", 1, 1], ["scale", 8, 8],
                         ["add", 7, 9]])json",
                     R"json({"critical": true, "value": 16,
    "inertia": {"neg": 0, "zero": 1, "pos": 1, "frame": [[0, 1]], "null": [[1, 0]], "null_columns": [0]},
    "global": {"bounds": [{"node": 10, "by": "convex", "terms": [
      {"gram": [3, 8], "psd": {"diagonal": [8], "factor": {"m": [[0, 1]]}}}]}]}, "verdict": "global_minimizer"})json");
}

// 1/4 || x x^T - M ||^2, M = diag(4, 1)
constexpr const char* symmetric = R"json([["input", 0], ["input", 1], ["transpose", 1], ["multiply", 1, 2],
  ["subtract", 3, 0], ["dot", 4, 4], ["scale", "1/4", 5]])json";

// At x = (0, 1): value 4, Hessian diag(-3, 2).
Json symmetric_saddle() {
  return certificate({{"M", "[[4, 0], [0, 1]]"}}, {{"X", "[[0], [1]]"}}, "[]", symmetric,
                     R"json({"critical": true, "value": 4,
    "inertia": {"neg": 1, "zero": 0, "pos": 1, "frame": [[1, 0], [0, 1]], "null": [], "null_columns": []},
    "verdict": "strict_saddle"})json");
}

// At x = (2, 0): value 1/4, Hessian diag(8, 3); that it is global is not claimed.
Json second_order() {
  return certificate(
      {{"M", "[[4, 0], [0, 1]]"}}, {{"X", "[[2], [0]]"}}, "[]", symmetric,
      R"json({"critical": true, "value": "1/4",
    "inertia": {"neg": 0, "zero": 0, "pos": 2, "frame": [[1, 0], [0, 1]], "null": [], "null_columns": []},
    "verdict": "second_order"})json",
      R"json([{"id": "s", "sha256": "00", "agrees": "yes", "cases": [{"name": "a", "then": "local_minimum"}]},
                 {"id": "t", "sha256": "00", "agrees": "unknown", "cases": [{"name": "a", "then": "global_minimizer"}]},
                 {"id": "u", "sha256": "00", "agrees": "no", "cases": [{"name": "a", "then": "saddle"}]}])json");
}

// The same with M = [[4, 1], [-1, 1]], whose symmetric part alone matters: value 1/4 (1 + 1 + 1) = 3/4, and c = 2, T =
// diag(2, 0): ||M||^2 - ||T||^2 - 2 c tr T - c^2 = 19 - 4 - 8 - 4 = 3.
Json gram() {
  return certificate({{"M", "[[4, 1], [-1, 1]]"}}, {{"X", "[[2], [0]]"}}, "[]", symmetric,
                     R"json({"critical": true, "value": "3/4",
    "global": {"bounds": [{"node": 5, "by": "gram_trace", "separator": 2, "cover": {"m": [[2, 0], [0, 0]]},
      "psd": [{"diagonal": [2], "factor": {"m": [[1, 0]]}}, {"diagonal": [1], "factor": {"m": [[0, 1]]}}]}]},
    "verdict": "global_minimizer"})json");
}

// 1/2 (x y - 3)^2 + 1/4 (x^2 - y^2)^2
constexpr const char* asymmetric =
    R"json([["input", 0], ["input", 1], ["input", 2], ["transpose", 2], ["multiply", 1, 3],
  ["subtract", 4, 0], ["dot", 5, 5], ["scale", "1/2", 6], ["transpose", 1], ["multiply", 8, 1], ["multiply", 3, 2],
  ["subtract", 9, 10], ["dot", 11, 11], ["scale", "1/4", 12], ["add", 7, 13]])json";

// At the origin: Hessian [[0, -3], [-3, 0]].
Json asymmetric_saddle() {
  return certificate({{"M", "[[3]]"}}, {{"X", "[[0]]"}, {"Y", "[[0]]"}}, "[]", asymmetric,
                     R"json({"critical": true, "value": "9/2",
    "inertia": {"neg": 1, "zero": 0, "pos": 1, "frame": [[1, 1], [1, -1]], "null": [], "null_columns": []},
    "verdict": "strict_saddle"})json");
}

// Phase retrieval, u = e_1: 3/4 (|x|^2 - |u|^2)^2 + 1/2 ||x u^T - u x^T||^2
constexpr const char* phase = R"json([["input", 0], ["input", 1], ["dot", 1, 1], ["dot", 0, 0], ["subtract", 2, 3],
  ["multiply", 4, 4], ["scale", "3/4", 5], ["transpose", 0], ["multiply", 1, 7], ["transpose", 8], ["subtract", 8, 9],
  ["dot", 10, 10], ["scale", "1/2", 11], ["add", 6, 12]])json";

// At 0 the Hessian is diag(-3, -1) and the value 3/4.
Json maximizer() {
  return certificate(
      {{"u", "[[1], [0]]"}}, {{"x", "[[0], [0]]"}}, "[]", phase,
      R"json({"critical": true, "value": "3/4",
    "inertia": {"neg": 2, "zero": 0, "pos": 0, "frame": [[1, 0], [0, 1]], "null": [], "null_columns": []},
    "verdict": "local_maximizer"})json",
      R"json([{"id": "s", "sha256": "00", "agrees": "yes", "cases": [{"name": "a", "then": "strict_saddle"}]},
                         {"id": "t", "sha256": "00", "agrees": "no", "cases": [{"name": "a", "then": "saddle"}]}])json");
}

// At u it is diag(6, 2), value 0.
Json zero_loss() {
  return certificate({{"u", "[[1], [0]]"}}, {{"x", "[[1], [0]]"}}, "[]", phase,
                     R"json({"critical": true, "value": 0,
    "inertia": {"neg": 0, "zero": 0, "pos": 2, "frame": [[1, 0], [0, 1]], "null": [], "null_columns": []},
    "global": {"bounds": []}, "verdict": "global_minimizer"})json");
}

// f = (s - 1)^2 (3 - s), s = x^2 + y^2, at (1, 0): value 0, Hessian diag(16, 0), the zero is the rotation (-y, x); f is
// -9 at (2, 0).
Json circle() {
  return certificate({}, {{"x", "[[1], [0]]"}}, R"json([{"m": [[1]]}, {"m": [[3]]}])json",
                     R"json([["input", 0], ["dot", 0, 0], ["constant", 0], ["subtract", 1, 2], ["multiply", 3, 3],
                         ["constant", 1], ["subtract", 5, 1], ["multiply", 4, 6]])json",
                     R"json({"critical": true, "value": 0,
    "inertia": {"neg": 0, "zero": 1, "pos": 1, "frame": [[1, 0]], "null": [[0, 1]], "null_columns": [1]},
    "local": {"fields": [[[0, 1, -1], [1, 0, 1]]], "columns": [1], "inverse": {"m": [[1]]}},
    "better": {"m": [[2, 0]]}, "verdict": "local_minimizer"})json");
}

// -(s - 1)^2 there: Hessian diag(-8, 0).
Json ridge() {
  return certificate({}, {{"x", "[[1], [0]]"}}, R"json([{"m": [[1]]}])json",
                     R"json([["input", 0], ["dot", 0, 0], ["constant", 0], ["subtract", 1, 2], ["multiply", 3, 3],
                         ["scale", -1, 4]])json",
                     R"json({"critical": true, "value": 0,
    "inertia": {"neg": 1, "zero": 1, "pos": 0, "frame": [[1, 0]], "null": [[0, 1]], "null_columns": [1]},
    "local": {"fields": [[[0, 1, -2], [1, 0, 2]]], "columns": [1], "inverse": {"m": [["1/2"]]}},
    "verdict": "local_maximizer"})json");
}

// (y - x^2)^2 + x^4 - x^6 at 0: Hessian diag(0, 2); along (z, z^2) it is z^4 - z^6, the gradient is O(z^3). -48 at (2,
// 4).
Json leading() {
  return certificate({}, {{"x", "[[0]]"}, {"y", "[[0]]"}}, "[]",
                     R"json([["input", 0], ["input", 1], ["multiply", 0, 0], ["subtract", 1, 2], ["multiply", 3, 3],
                         ["multiply", 2, 2], ["multiply", 5, 2], ["subtract", 5, 6], ["add", 4, 7]])json",
                     R"json({"critical": true, "value": 0,
    "inertia": {"neg": 0, "zero": 1, "pos": 1, "frame": [[0, 1]], "null": [[1, 0]], "null_columns": [0]},
    "local": {"map": {"powers": [[1], [2]], "directions": {"m": [[1, 0], [0, 1]]}}, "order": 4, "columns": [0],
              "inverse": {"m": [[1]]}},
    "better": {"m": [[2, 4]]}, "verdict": "local_minimizer"})json");
}

// x^4 + x^2 y^2 + y^4 - (x y)^3 at 0: the Hessian is 0.
Json quartic() {
  return certificate(
      {}, {{"x", "[[0]]"}, {"y", "[[0]]"}}, "[]",
      R"json([["input", 0], ["input", 1], ["multiply", 0, 0], ["multiply", 1, 1], ["multiply", 2, 2],
                         ["multiply", 3, 3], ["multiply", 2, 3], ["multiply", 0, 1], ["multiply", 6, 7], ["add", 4, 5],
                         ["subtract", 6, 8], ["add", 9, 10]])json",
      R"json({"critical": true, "value": 0,
    "inertia": {"neg": 0, "zero": 2, "pos": 0, "frame": [], "null": [[1, 0], [0, 1]], "null_columns": [0, 1]},
    "local": {"map": {"powers": [[1, 0], [0, 1]], "directions": {"m": [[1, 0], [0, 1]]}}, "order": 4,
      "gram": {"exponents": [[2, 0], [1, 1], [0, 2]], "matrix": {"m": [[1, 0, 0], [0, 1, 0], [0, 0, 1]]},
        "inertia": {"neg": 0, "zero": 0, "pos": 3, "frame": [[1, 0, 0], [0, 1, 0], [0, 0, 1]], "null": [],
                    "null_columns": []}},
      "columns": [0, 1], "inverse": {"m": [[1, 0], [0, 1]]}},
    "verdict": "second_order"})json",
      R"json([{"id": "s", "sha256": "00", "agrees": "yes", "cases": [{"name": "a", "then": "local_minimum"}]}])json");
}

// (y - x^2)^2 (2 + x) at 0: critical on the parabola, Hessian diag(0, 4); -81 at (-3, 0).
Json parabola() {
  return certificate({}, {{"x", "[[0]]"}, {"y", "[[0]]"}}, R"json([{"m": [[2]]}])json",
                     R"json([["input", 0], ["input", 1], ["multiply", 0, 0], ["subtract", 1, 2], ["multiply", 3, 3],
                         ["constant", 0], ["add", 5, 0], ["multiply", 4, 6]])json",
                     R"json({"critical": true, "value": 0,
    "inertia": {"neg": 0, "zero": 1, "pos": 1, "frame": [[0, 1]], "null": [[1, 0]], "null_columns": [0]},
    "local": {"map": {"powers": [[2], [1]], "directions": {"m": [[0, 1], [1, 0]]}}, "columns": [0],
              "inverse": {"m": [[1]]}},
    "better": {"m": [[-3, 0]]}, "verdict": "local_minimizer"})json");
}

// (u v - 2)^2 + u^2 + v^2 at (1, 1): value 3, Hessian diag(4, 4); slopes -2 by u v, 1 by the norms.
Json nuclear() {
  return certificate({}, {{"u", "[[1]]"}, {"v", "[[1]]"}}, R"json([{"m": [[2]]}])json",
                     R"json([["input", 0], ["input", 1], ["multiply", 0, 1], ["constant", 0], ["subtract", 2, 3],
                         ["dot", 4, 4], ["dot", 0, 0], ["dot", 1, 1], ["add", 5, 6], ["add", 8, 7]])json",
                     R"json({"critical": true, "value": 3,
    "inertia": {"neg": 0, "zero": 0, "pos": 2, "frame": [[1, 0], [0, 1]], "null": [], "null_columns": []},
    "global": {"bounds": [{"node": 9, "by": "convex", "terms": [{"nuclear": [2, 6, 7],
      "psd": {"diagonal": [2], "factor": {"m": [[1, -1]]}}}]}]}, "verdict": "global_minimizer"})json");
}

// || U V - diag(5, 2) ||^2 + || U ||^2 + || V ||^2, U of one column, at U = V^T = (2, 0): value 13. The singular value
// 5 is shrunk by 1; 2, which is above 1 as well, has no column. D = diag(4, 2), (D + I)^2 - Y Y^T = diag(0, 5).
Json decay() {
  return certificate({{"Y", "[[5, 0], [0, 2]]"}}, {{"U", "[[2], [0]]"}, {"V", "[[2, 0]]"}}, "[]",
                     R"json([["input", 0], ["input", 1], ["input", 2], ["multiply", 1, 2], ["subtract", 3, 0],
                         ["dot", 4, 4], ["dot", 1, 1], ["dot", 2, 2], ["add", 5, 6], ["add", 8, 7]])json",
                     R"json({"critical": true, "value": 13,
    "inertia": {"neg": 0, "zero": 0, "pos": 4, "frame": [[1, 0, 1, 0], [1, 0, -1, 0], [0, 1, 0, 1], [0, 1, 0, -1]],
                "null": [], "null_columns": []},
    "global": {"bounds": [{"node": 9, "by": "convex", "terms": [{"decay": [5, 6, 7], "separator": 2,
      "cover": {"m": [[4, 0], [0, 2]]}, "psd": [{"diagonal": [2], "factor": {"m": [[1, 0]]}},
                                                {"diagonal": [5], "factor": {"m": [[0, 1]]}}]}]}]},
    "verdict": "global_minimizer"})json");
}

// x y z at 0: the Hessian is zero by the program alone.
Json flat_hessian() {
  return certificate({}, {{"x", "[[0]]"}, {"y", "[[0]]"}, {"z", "[[0]]"}}, "[]",
                     R"json([["input", 0], ["input", 1], ["input", 2], ["multiply", 0, 1], ["multiply", 3, 2]])json",
                     R"json({"critical": true, "value": 0, "inertia": {"neg": 0, "zero": 3, "pos": 0, "flat": true},
    "lambda_min": {"lo": 0, "hi": 0}, "lambda_max": {"lo": 0, "hi": 0},
    "descent": {"order": 3, "curve": {"m": [[-1, 1, 1]]}, "coefficients": [0, 0, 0, -1]},
    "verdict": "non_strict_saddle"})json");
}

// x^T A x, A = [[2, 1], [0, 1]], at 0: 2 (x + y/4)^2 + 7/8 y^2; Hessian [[4, 1], [1, 2]].
Json form() {
  return certificate({{"A", "[[2, 1], [0, 1]]"}}, {{"x", "[[0], [0]]"}}, "[]",
                     R"json([["input", 0], ["input", 1], ["multiply", 0, 1], ["dot", 1, 2]])json",
                     R"json({"critical": true, "value": 0,
    "inertia": {"neg": 0, "zero": 0, "pos": 2, "frame": [[1, 0], [-1, 4]], "null": [], "null_columns": []},
    "global": {"bounds": [{"node": 3, "by": "form", "psd": {"diagonal": [2, "7/8"],
      "factor": {"m": [[1, "1/4"], [0, 1]]}}}]}, "verdict": "global_minimizer"})json");
}

// (|u|^2 + 1)^2 at 0: Hessian 4 I; slope 2 by |u|^2 >= 0.
Json above() {
  return certificate({}, {{"u", "[[0], [0]]"}}, R"json([{"m": [[1]]}])json",
                     R"json([["input", 0], ["dot", 0, 0], ["constant", 0], ["add", 1, 2], ["multiply", 3, 3]])json",
                     R"json({"critical": true, "value": 1,
    "inertia": {"neg": 0, "zero": 0, "pos": 2, "frame": [[1, 0], [0, 1]], "null": [], "null_columns": []},
    "global": {"bounds": [{"node": 4, "by": "convex", "terms": [{"above": 1}]}]}, "verdict": "global_minimizer"})json");
}

// || A x - b ||^2 at its least squares solution: A = [[1], [1]], b = (0, 2), x = 1, value 2, Hessian 4.
Json regression() {
  return certificate({{"A", "[[1], [1]]"}, {"b", "[[0], [2]]"}}, {{"x", "[[1]]"}}, "[]",
                     R"json([["input", 0], ["input", 1], ["input", 2], ["multiply", 0, 2], ["subtract", 3, 1],
                         ["dot", 4, 4]])json",
                     R"json({"critical": true, "value": 2,
    "inertia": {"neg": 0, "zero": 0, "pos": 1, "frame": [[1]], "null": [], "null_columns": []},
    "global": {"bounds": [{"node": 5, "by": "convex", "terms": [{"free": 2}]}]}, "verdict": "global_minimizer"})json");
}

// 1/(1 + x y) at 0: Hessian [[0, -1], [-1, 0]].
Json rational() {
  return certificate({}, {{"x", "[[0]]"}, {"y", "[[0]]"}}, R"json([{"m": [[1]]}])json",
                     R"json([["input", 0], ["input", 1], ["multiply", 0, 1], ["constant", 0], ["add", 3, 2],
                         ["reciprocal", 4]])json",
                     R"json({"critical": true, "value": 1,
    "inertia": {"neg": 1, "zero": 0, "pos": 1, "frame": [[1, 1], [1, -1]], "null": [], "null_columns": []},
    "descent": {"order": 2, "curve": {"m": [[1, 1]]}, "coefficients": [0, 0, -1, 0, 1, 0, -1]},
    "verdict": "strict_saddle"})json");
}

// s + 1/s, s = 1 + x^2, at 0: 2 + x^4 - ..
Json rational_minimum() {
  return certificate(
      {}, {{"x", "[[0]]"}}, R"json([{"m": [[1]]}])json",
      R"json([["input", 0], ["multiply", 0, 0], ["constant", 0], ["add", 2, 1], ["reciprocal", 3],
                         ["add", 3, 4]])json",
      R"json({"critical": true, "value": 2,
    "inertia": {"neg": 0, "zero": 1, "pos": 0, "frame": [], "null": [[1]], "null_columns": [0]},
    "ascent": {"order": 4, "curve": {"m": [[1]]}, "coefficients": [0, 0, 0, 0, 1, 0, -1]},
    "local": {"map": {"powers": [[1]], "directions": {"m": [[1]]}}, "order": 4, "columns": [0],
              "inverse": {"m": [[1]]}},
    "verdict": "second_order"})json",
      R"json([{"id": "s", "sha256": "00", "agrees": "yes", "cases": [{"name": "a", "then": "local_minimum"}]}])json");
}

// || x - w w^T x ||^2 at w = 0, x = (1/2, 1/2): |x|^2 - 2 (w.x)^2 + .., Hessian -4 x x^T. No ascent is claimed.
Json tied() {
  return certificate(
      {{"x", R"json([["1/2"], ["1/2"]])json"}}, {{"w", "[[0], [0]]"}}, "[]",
      R"json([["input", 0], ["input", 1], ["transpose", 1], ["multiply", 2, 0], ["multiply", 1, 3],
                         ["subtract", 0, 4], ["dot", 5, 5]])json",
      R"json({"critical": true, "value": "1/2",
    "inertia": {"neg": 1, "zero": 1, "pos": 0, "frame": [[1, 1]], "null": [[1, -1]], "null_columns": [0]},
    "verdict": "strict_saddle"})json",
      R"json([{"id": "s", "sha256": "00", "agrees": "unknown", "cases": [{"name": "a", "then": "saddle"}]},
                         {"id": "t", "sha256": "00", "agrees": "yes", "cases": [{"name": "a", "then": "strict_saddle"}]}])json");
}

// -x^4 at 0, a flat maximizer that nobody claims to be one; and with nothing but the gradient.
Json flat() {
  return certificate(
      {}, {{"x", "[[0]]"}}, "[]", R"json([["input", 0], ["multiply", 0, 0], ["multiply", 1, 1], ["scale", -1, 2]])json",
      R"json({"critical": true, "value": 0,
    "inertia": {"neg": 0, "zero": 1, "pos": 0, "frame": [], "null": [[1]], "null_columns": [0]},
    "descent": {"order": 4, "curve": {"m": [[1]]}, "coefficients": [0, 0, 0, 0, -1]},
    "verdict": "non_strict_saddle"})json",
      R"json([{"id": "s", "sha256": "00", "agrees": "unknown", "cases": [{"name": "a", "then": "saddle"}]},
                         {"id": "t", "sha256": "00", "agrees": "no", "cases": [{"name": "a", "then": "local_minimum"}]}])json");
}
Json undecided() {
  return certificate(
      {}, {{"x", "[[0]]"}}, "[]", R"json([["input", 0], ["multiply", 0, 0], ["multiply", 1, 1], ["scale", -1, 2]])json",
      R"json({"critical": true, "value": 0, "verdict": "undecided"})json",
      R"json([{"id": "s", "sha256": "00", "agrees": "unknown", "cases": [{"name": "a", "then": "saddle"}]}])json");
}

}  // namespace

Json matrix(const Json& rows, std::size_t cols) {
  long common = 1;
  for (const Json& row : rows)
    for (const Json& item : row)
      common = std::lcm(common, fraction(item).second);
  Json result{{"denominator", common}, {"entries", Json::array()}};
  if (rows.empty()) result["cols"] = cols;
  for (const Json& row : rows) {
    Json integers = Json::array();
    for (const Json& item : row)
      integers.push_back(fraction(item).first * (common / fraction(item).second));
    result["entries"].push_back(integers);
  }
  return result;
}

const std::vector<Sample>& all() {
  static const std::vector<Sample> list = {
      {"strict", strict()},
      {"global", global()},
      {"constrained", constrained()},
      {"non_strict", non_strict()},
      {"not_critical", not_critical()},
      {"spurious", spurious()},
      {"bent", bent()},
      {"convex", convex()},
      {"gram_norm", gram_norm()},
      {"symmetric_saddle", symmetric_saddle()},
      {"second_order", second_order()},
      {"gram", gram()},
      {"asymmetric_saddle", asymmetric_saddle()},
      {"maximizer", maximizer()},
      {"zero_loss", zero_loss()},
      {"circle", circle()},
      {"ridge", ridge()},
      {"leading", leading()},
      {"quartic", quartic()},
      {"parabola", parabola()},
      {"nuclear", nuclear()},
      {"decay", decay()},
      {"flat_hessian", flat_hessian()},
      {"form", form()},
      {"above", above()},
      {"regression", regression()},
      {"rational", rational()},
      {"rational_minimum", rational_minimum()},
      {"tied", tied()},
      {"flat", flat()},
      {"undecided", undecided()},
  };
  return list;
}

Json named(std::string_view name) {
  const auto found = std::find_if(all().begin(), all().end(), [&](const Sample& s) { return s.name == name; });
  if (found == all().end()) throw std::out_of_range("no sample " + std::string(name));
  return found->json;
}

Json with(Json json, const std::vector<std::pair<std::string, Json>>& changes) {
  for (const auto& [place, value] : changes) {
    const Json::json_pointer pointer(place);
    if (value.is_null()) {
      Json& parent = json.at(pointer.parent_pointer());
      if (parent.is_array()) {
        parent.erase(std::stoul(pointer.back()));
      } else {
        parent.erase(pointer.back());
      }
    } else {
      json[pointer] = value;
    }
  }
  return json;
}

}  // namespace samples
