#include "verifier/samples.hpp"

#include <algorithm>
#include <stdexcept>

namespace samples {

namespace {

// L = (w2 w1 - 2)^2 at the origin: Hessian [[0, -4], [-4, 0]], eigenvalues -4, 4; Sigma = 4.
constexpr const char* strict = R"({"format": "rankscape-certificate/1", "key": "1,1,1 S=",
  "point": {"format": "rankscape-point/1", "model": "deep-linear", "data": {"X": [[1]], "Y": [[2]]},
            "weights": [[[0]], [[0]]]},
  "claims": {"critical": true, "value": 4,
    "inertia": {"neg": 1, "zero": 0, "pos": 1, "frame": [[1, 1], [1, -1]], "null": [], "null_columns": []},
    "lambda_min": {"lo": -5, "hi": -4}, "lambda_max": {"lo": 4, "hi": "9/2"},
    "features": {"r": 0, "rmax": 1, "product": {"rank": 0, "rows": [], "cols": [], "inverse": [], "combine": []},
      "least_squares": [[2]], "S": [], "restricted": [], "separators": [], "tightened": false,
      "blocks": [{"i": 2, "j": 1, "mid": {"rank": 1, "rows": [0], "cols": [0], "inverse": [[1]], "combine": [[1]]},
                  "out": {"rank": 1, "rows": [0], "cols": [0], "inverse": [["1/2"]], "combine": [[1]]}}]},
    "verdict": "strict_saddle"},
  "statements": [{"id": "every-saddle-is-strict", "sha256": "00", "agrees": "yes",
                  "cases": [{"name": "all", "then": "global_minimizer or strict_saddle"}]}]})";

// The same loss at w = (1, 2): value 0, Hessian 2 (2, 1)(2, 1)^T, eigenvalues 0 and 10.
constexpr const char* global = R"({"format": "rankscape-certificate/1", "key": "1,1,1 S=1",
  "point": {"format": "rankscape-point/1", "model": "deep-linear", "data": {"X": [[1]], "Y": [[2]]},
            "weights": [[[1]], [[2]]]},
  "claims": {"critical": true, "value": 0,
    "inertia": {"neg": 0, "zero": 1, "pos": 1, "frame": [[2, 1], [1, -2]], "null": [[1, -2]], "null_columns": [0]},
    "lambda_min": {"lo": 0, "hi": 0}, "lambda_max": {"lo": 10, "hi": 11},
    "features": {"r": 1, "rmax": 1, "product": {"rank": 1, "rows": [0], "cols": [0], "inverse": [["1/2"]], "combine": [[1]]},
      "least_squares": [[2]], "S": [1], "restricted": [[4]], "separators": []},
    "global": {"minimizer": true, "by": "trace_bound", "least_squares": [[2]], "separator": 0, "cover": [[4]]},
    "verdict": "global_minimizer"},
  "statements": [{"id": "no-global", "sha256": "00", "agrees": "no", "cases": [{"name": "all", "then": "saddle"}]}]})";

// X = I, Y = diag(2, 1), one hidden neuron, W_2 W_1 = diag(2, 0): the best rank 1 approximation, value 1. Gradient 0,
// Hessian (W_1 = (w, x), W_2 = (y, z)^T at w = 1, y = 2): L = (yw - 2)^2 + (yx)^2 + (zw)^2 + (zx - 1)^2, so in (y, w):
// 2 (1, 2)(1, 2)^T; in (x, z): [[8, -2], [-2, 2]]. Order of parameters: w, x, y, z.
constexpr const char* constrained = R"({"format": "rankscape-certificate/1",
  "point": {"format": "rankscape-point/1", "model": "deep-linear",
            "data": {"X": [[1, 0], [0, 1]], "Y": [[2, 0], [0, 1]]}, "weights": [[[1, 0]], [[2], [0]]]},
  "claims": {"critical": true, "value": 1,
    "inertia": {"neg": 0, "zero": 1, "pos": 3, "frame": [[2, 0, 1, 0], [0, 1, 0, 0], [0, 1, 0, 4]],
                "null": [[1, 0, -2, 0]], "null_columns": [2]},
    "features": {"r": 1, "rmax": 1, "S": [1], "separators": ["5/2"], "least_squares": [[2, 0], [0, 1]],
      "product": {"rank": 1, "rows": [0], "cols": [0], "inverse": [["1/2"]], "combine": [[1, 0]]}, "restricted": [[4]]},
    "global": {"minimizer": true, "by": "trace_bound", "least_squares": [[2, 0], [0, 1]], "separator": 2,
               "cover": [[2, 0], [0, 0]]},
    "verdict": "global_minimizer"}})";

// L = (w3 w2 w1 - 1)^2 at the origin: along (1, 1, 1) it is (t^3 - 1)^2.
constexpr const char* non_strict = R"({"format": "rankscape-certificate/1",
  "point": {"format": "rankscape-point/1", "model": "deep-linear", "data": {"X": [[1]], "Y": [[1]]},
            "weights": [[[0]], [[0]], [[0]]]},
  "claims": {"critical": true, "value": 1,
    "inertia": {"neg": 0, "zero": 3, "pos": 0, "frame": [], "null": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
                "null_columns": [0, 1, 2]},
    "descent": {"order": 3, "direction": [[[1]], [[1]], [[1]]], "coefficients": [0, 0, 0, -2, 0, 0, 1]},
    "verdict": "non_strict_saddle"},
  "statements": [{"id": "kawaguchi", "sha256": "00", "agrees": "yes", "cases": [{"name": "a", "then": "saddle"}]},
                 {"id": "wrong", "sha256": "00", "agrees": "no", "cases": [{"name": "b", "then": "strict_saddle"}]}]})";

// (w2 w1 - 2)^2 at (1, 1).
constexpr const char* not_critical = R"({"format": "rankscape-certificate/1",
  "point": {"format": "rankscape-point/1", "model": "deep-linear", "data": {"X": [["1/1"]], "Y": [[2]]},
            "weights": [[[1]], [[1]]]},
  "claims": {"critical": false, "value": 1, "verdict": "not_critical",
    "features": {"r": 1, "rmax": 1, "product": {"rank": 1, "rows": [0], "cols": [0], "inverse": [[1]], "combine": [[1]]}}}})";

// The spurious local minimizer of theory, section 3: Hessian diag(9563400/83521, 207368/289); f(13, 0) = 64.
constexpr const char* spurious = R"({"format": "rankscape-certificate/1",
  "point": {"format": "rankscape-point/1", "model": "matrix-sensing",
            "data": {"A": [[[1, 0], [0, "161/289"]], [[0, "15/17"], ["15/17", 0]], [[0, 0], [0, "240/289"]]],
                     "b": [161, 0, 0]}, "weights": [[[0], ["161/17"]]]},
  "claims": {"critical": true, "value": "1493049600/83521",
    "inertia": {"neg": 0, "zero": 0, "pos": 2, "frame": [[1, 0], [0, 1]], "null": [], "null_columns": []},
    "lambda_min": {"lo": 114, "hi": "9563400/83521"}, "lambda_max": {"lo": 717, "hi": 718},
    "global": {"minimizer": false, "better": [[[13], [0]]]},
    "verdict": "local_minimizer"}})";

// Zhang, Josz, Sojoudi, Lavaei (2018), scaled: along (t, 1 - t^2) the loss is 3 - 3 t^4 + t^8; Hessian diag(0, 8).
constexpr const char* bent = R"({"format": "rankscape-certificate/1",
  "point": {"format": "rankscape-point/1", "model": "matrix-sensing",
            "data": {"A": [[[1, 0], [0, "1/2"]], [[0, "1/2"], ["1/2", 0]], [[0, "1/2"], ["1/2", 0]],
                           [[0, "1/2"], ["1/2", 0]], [[0, 0], [0, "1/2"]], [[0, 0], [0, "1/2"]], [[0, 0], [0, "1/2"]]],
                     "b": [2, 0, 0, 0, 0, 0, 0]}, "weights": [[[0], [1]]]},
  "claims": {"critical": true, "value": 3,
    "inertia": {"neg": 0, "zero": 1, "pos": 1, "frame": [[0, 1]], "null": [[1, 0]], "null_columns": [0]},
    "descent": {"order": 4, "direction": [[[1], [0]]], "bend": [[[0], [-1]]],
                "coefficients": [0, 0, 0, 0, -3, 0, 0, 0, 1]},
    "global": {"minimizer": false, "better": [[["7/5"], [0]]]},
    "verdict": "non_strict_saddle"}})";

// (u_1^2 + 4)^2 at (0, 1): value 16, Hessian diag(16, 0); 2 * 4 * A_1 is positive semidefinite.
constexpr const char* convex = R"({"format": "rankscape-certificate/1",
  "point": {"format": "rankscape-point/1", "model": "matrix-sensing", "data": {"A": [[[1, 0], [0, 0]]], "b": [-4]},
            "weights": [[[0], [1]]]},
  "claims": {"critical": true, "value": 16,
    "inertia": {"neg": 0, "zero": 1, "pos": 1, "frame": [[1, 0]], "null": [[0, 1]], "null_columns": [1]},
    "global": {"minimizer": true, "by": "convex"}, "verdict": "global_minimizer"}})";

// 1/4 || x x^T - diag(4, 1) ||^2 at x = (0, 1): value 4, Hessian diag(-3, 2).
constexpr const char* symmetric_saddle = R"({"format": "rankscape-certificate/1",
  "point": {"format": "rankscape-point/1", "model": "symmetric-factorization", "data": {"M": [[4, 0], [0, 1]]},
            "weights": [[[0], [1]]]},
  "claims": {"critical": true, "value": 4,
    "inertia": {"neg": 1, "zero": 0, "pos": 1, "frame": [[1, 0], [0, 1]], "null": [], "null_columns": []},
    "verdict": "strict_saddle"}})";

// The same loss at x = (2, 0): value 1/4, Hessian diag(8, 3); that it is global is not claimed.
constexpr const char* second_order = R"({"format": "rankscape-certificate/1",
  "point": {"format": "rankscape-point/1", "model": "symmetric-factorization", "data": {"M": [[4, 0], [0, 1]]},
            "weights": [[[2], [0]]]},
  "claims": {"critical": true, "value": "1/4",
    "inertia": {"neg": 0, "zero": 0, "pos": 2, "frame": [[1, 0], [0, 1]], "null": [], "null_columns": []},
    "verdict": "second_order"},
  "statements": [{"id": "s", "sha256": "00", "agrees": "yes", "cases": [{"name": "a", "then": "local_minimum"}]},
                 {"id": "t", "sha256": "00", "agrees": "unknown", "cases": [{"name": "a", "then": "global_minimizer"}]},
                 {"id": "u", "sha256": "00", "agrees": "no", "cases": [{"name": "a", "then": "saddle"}]}]})";

// 1/2 (x y - 3)^2 + 1/4 (x^2 - y^2)^2 at the origin: Hessian [[0, -3], [-3, 0]].
constexpr const char* asymmetric_saddle = R"({"format": "rankscape-certificate/1",
  "point": {"format": "rankscape-point/1", "model": "asymmetric-factorization", "data": {"M": [[3]], "balance": 1},
            "weights": [[[0]], [[0]]]},
  "claims": {"critical": true, "value": "9/2",
    "inertia": {"neg": 1, "zero": 0, "pos": 1, "frame": [[1, 1], [1, -1]], "null": [], "null_columns": []},
    "verdict": "strict_saddle"}})";

// Phase retrieval with u = e_1: at 0 the Hessian is diag(-3, -1) and the value 3/4; at u it is diag(6, 2), value 0.
constexpr const char* maximizer = R"({"format": "rankscape-certificate/1",
  "point": {"format": "rankscape-point/1", "model": "phase-retrieval", "data": {"u": [[1], [0]]},
            "weights": [[[0], [0]]]},
  "claims": {"critical": true, "value": "3/4",
    "inertia": {"neg": 2, "zero": 0, "pos": 0, "frame": [[1, 0], [0, 1]], "null": [], "null_columns": []},
    "verdict": "local_maximizer"},
  "statements": [{"id": "s", "sha256": "00", "agrees": "yes", "cases": [{"name": "a", "then": "strict_saddle"}]}]})";
constexpr const char* zero_loss = R"({"format": "rankscape-certificate/1",
  "point": {"format": "rankscape-point/1", "model": "phase-retrieval", "data": {"u": [[1], [0]]},
            "weights": [[[1], [0]]]},
  "claims": {"critical": true, "value": 0,
    "inertia": {"neg": 0, "zero": 0, "pos": 2, "frame": [[1, 0], [0, 1]], "null": [], "null_columns": []},
    "global": {"minimizer": true, "by": "zero"}, "verdict": "global_minimizer"}})";

}  // namespace

const std::vector<Sample>& all() {
  static const std::vector<Sample> list = {
      {"strict", Json::parse(strict)},
      {"global", Json::parse(global)},
      {"constrained", Json::parse(constrained)},
      {"non_strict", Json::parse(non_strict)},
      {"not_critical", Json::parse(not_critical)},
      {"spurious", Json::parse(spurious)},
      {"bent", Json::parse(bent)},
      {"convex", Json::parse(convex)},
      {"symmetric_saddle", Json::parse(symmetric_saddle)},
      {"second_order", Json::parse(second_order)},
      {"asymmetric_saddle", Json::parse(asymmetric_saddle)},
      {"maximizer", Json::parse(maximizer)},
      {"zero_loss", Json::parse(zero_loss)},
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
