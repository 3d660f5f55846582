#pragma once
// Certificates of critical points near weights, made by hand: X = I, Y = diag(2, 1), so Sigma = diag(4, 1), and
// monomial matrices, whose Gram matrices are diagonal: every basis is a permutation, every number one line of paper.

#include "verifier/samples.hpp"

namespace samples {

/// A basis whose k-th column is the unit vector at order[k], and the values.
[[nodiscard]] inline Json permutation(const std::vector<std::size_t>& order, const Json& values) {
  Json rows = Json::array();
  for (std::size_t i = 0; i < order.size(); ++i) {
    Json row = Json::array();
    for (const std::size_t k : order)
      row.push_back(k == i ? 1 : 0);
    rows.push_back(std::move(row));
  }
  Json json;
  json["basis"] = matrix(rows);
  json["values"] = values;
  return json;
}

/// Weights W_1 = [0 1; 1/10 0], W_2 = [0 0; 1 0], 1/10 from the critical point of S = {2} where W_1 has a 0 instead.
/// Half the gradient is -1/5 at one place, its derivative along itself at most 0.41 / 0.2 of it.
[[nodiscard]] inline Json near_sample() {
  Json json;
  json["format"] = "rankscape-near/1";
  json["key"] = "a saddle";
  json["data"]["X"] = matrix({{1, 0}, {0, 1}});
  json["data"]["Y"] = matrix({{2, 0}, {0, 1}});
  json["weights"] = {matrix({{0, 1}, {"1/10", 0}}), matrix({{0, 0}, {1, 0}})};
  Json& approximate = json["approximate"];
  approximate["Sxx"] = permutation({0, 1}, {1, 1});
  approximate["P"] = matrix({{2, 0}, {0, 1}});
  approximate["Sigma"] = permutation({0, 1}, {4, 1});
  approximate["P_plus"] = matrix({{"1/2", 0}, {0, 1}});
  approximate["null_rows"] = matrix(Json::array(), 2);
  // of A^T A: A = W_1, W_2 W_1, Sxy W_2 W_1; W_2, Sxy W_2, W_1 Sxy W_2; Sxy, W_1 Sxy, W_2 W_1 Sxy
  Json from_inputs = Json::array();
  from_inputs.push_back(permutation({1, 0}, {1, "1/100"}));
  from_inputs.push_back(permutation({1, 0}, {1, 0}));
  Json from_hidden = Json::array();
  from_hidden.push_back(permutation({0, 1}, {1, 0}));
  from_hidden.push_back(permutation({0, 1}, {1, 0}));
  Json from_outputs = Json::array();
  from_outputs.push_back(permutation({0, 1}, {4, 1}));
  from_outputs.push_back(permutation({1, 0}, {1, "1/25"}));
  json["products"] = Json::array();
  json["products"].push_back(std::move(from_inputs));
  json["products"].push_back(std::move(from_hidden));
  json["products"].push_back(std::move(from_outputs));
  json["only_S"] = {{"S", Json::array({2})}, {"radius", "1/2"}, {"blocks", {1, 1}}};
  json["empty"] = {{"radius", "1/20"}, {"gradient", true}};
  Json point;
  point["S"] = Json::array({2});
  point["stratum"] = {{1, 1, 1}, {2, 2, 1}};
  point["inertia"] = {{"neg", 2}, {"zero", 3}, {"pos", 3}};
  point["verdict"] = "strict_saddle";
  point["distance"] = {{"lo", "1/10"}, {"hi", "1/10"}};
  point["G"] = {matrix(Json::array({Json::array({1})})), matrix({{1, 0}, {0, 1}})};
  point["R"] = point["G"];
  json["points"].push_back(std::move(point));
  return json;
}

/// The same weights, no point, and Farkas's vector: with r = 1 a string would pass from node 0 to node 1 (W_1 keeps its
/// rank), but all that is at node 0 comes from node 2, and strings end after two nodes.
[[nodiscard]] inline Json free_sample() {
  Json json = near_sample();
  json["format"] = "rankscape-free/1";
  json.erase("points");
  json["approximate"].erase("P_plus");
  json["approximate"].erase("null_rows");
  json["empty"] = {{"radius", "1/20"}};
  Json proof;
  proof["r"] = 1;
  proof["terms"] = {{0, 2, 1}, {0, 1, -1}, {2, 1, 1}};
  json["empty"]["strings"].push_back(std::move(proof));
  return json;
}

/// X = I, Y = [1 0], W_1 = [1 1/10], W_2 = 1: 1/10 from a global minimizer. Here Sxy has a left kernel.
[[nodiscard]] inline Json minimizer_sample() {
  Json json;
  json["format"] = "rankscape-near/1";
  json["data"]["Sxx"] = matrix({{1, 0}, {0, 1}});
  json["data"]["Sxy"] = matrix({{1}, {0}});
  const Json one = matrix(Json::array({Json::array({1})}));
  json["weights"] = {matrix(Json::array({Json::array({1, "1/10"})})), one};
  Json& approximate = json["approximate"];
  approximate["Sxx"] = permutation({0, 1}, {1, 1});
  approximate["P"] = matrix(Json::array({Json::array({1, 0})}));
  approximate["Sigma"] = permutation({0}, Json::array({1}));
  approximate["P_plus"] = approximate["P"];
  approximate["null_rows"] = matrix(Json::array({Json::array({0, 1})}));
  Json point;
  point["S"] = Json::array({1});
  point["stratum"] = Json::array({{0, 1, 1}});
  point["inertia"] = {{"neg", 0}, {"zero", 1}, {"pos", 2}};
  point["verdict"] = "global_minimizer";
  point["distance"] = {{"hi", "1/10"}};
  point["G"] = {one, one};
  point["R"] = {one, one};
  json["points"].push_back(std::move(point));
  return json;
}

/// The same network for inputs that the data do not span: X = 2 [I; 0] with three rows, B = 2 [I; 0], W_1 half as large
/// and with a third column that is free. Now 1/20 from the critical point; |B^T B - I| = 3 sqrt 2.
[[nodiscard]] inline Json span_sample() {
  Json json = near_sample();
  json["data"]["X"] = matrix({{2, 0}, {0, 2}, {0, 0}});
  json["weights"][0] = matrix({{0, "1/2", 5}, {"1/20", 0, 7}});
  json["span"] = json["data"]["X"];
  json["span_inverse"] = matrix({{"1/2", 0, 0}, {0, "1/2", 0}});
  json["only_S"]["radius"] = "1/5";
  json["empty"]["radius"] = "1/50";
  json["points"][0]["inertia"]["zero"] = 5;
  json["points"][0]["distance"] = {{"lo", "43/1000"}, {"hi", "1/20"}};
  return json;
}

/// The minimizer's network with a third input that is always 0.
[[nodiscard]] inline Json span_minimizer_sample() {
  Json json = minimizer_sample();
  json["data"]["Sxx"] = matrix({{1, 0, 0}, {0, 1, 0}, {0, 0, 0}});
  json["data"]["Sxy"] = matrix({{1}, {0}, {0}});
  json["weights"][0] = matrix(Json::array({Json::array({1, "1/10", 5})}));
  json["span"] = matrix({{1, 0}, {0, 1}, {0, 0}});
  json["span_inverse"] = matrix({{1, 0, 0}, {0, 1, 0}});
  json["points"][0]["inertia"]["zero"] = 2;
  return json;
}

}  // namespace samples
