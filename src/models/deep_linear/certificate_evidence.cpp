// What a certificate says of a deep linear network beyond loss and derivatives, each with evidence that is checked by
// multiplication and by the signs of small symmetric matrices (docs/certificates.md, "Deep linear networks").
#include <nlohmann/json.hpp>

#include "models/deep_linear/instance.hpp"
#include "models/evidence_json.hpp"

namespace rankscape::deep_linear {

namespace {

// The columns of the product that span its range, as rank_evidence names them.
RationalMatrix range_basis(const DeepLinearInstance& at) {
  return columns(at.products().product(), nonzero_minor(at.products().product()).cols);
}

// {"S", "restricted", "separators"}: Sigma B = B C on the range of the product, and a separator wherever S begins or
// ends.
void add_selection(const DeepLinearInstance& at, Json& features) {
  IndexSet S;
  try {
    S = at.S();
  } catch (const Undefined&) {
    return;  // not unique: nothing is claimed
  }
  const RationalMatrix basis = range_basis(at);
  const auto restricted = solve(basis, multiply(at.sigma(), basis));
  Json separators = Json::array();
  const auto& lambda = at.lambda();
  for (std::size_t i = 1; i < lambda.size(); ++i) {
    if (S.contains(static_cast<long>(i)) != S.contains(static_cast<long>(i) + 1))
      separators.push_back(number_to_json(separator(lambda[i - 1], lambda[i])));
  }
  features["least_squares"] = matrix_to_json(solve(at.sxx(), at.sxy()).value());
  features["S"] = S;
  features["restricted"] = matrix_to_json(restricted.value());
  features["separators"] = std::move(separators);
}

Json block_ranks(const DeepLinearInstance& at) {
  Json blocks = Json::array();
  for (int i = 2; i <= at.layers(); ++i) {
    for (int j = 1; j < i; ++j) {
      Json block;
      block["i"] = i;
      block["j"] = j;
      block["mid"] = rank_evidence(at.products().mid(i, j));
      block["out"] = rank_evidence(at.products().out(i, j));
      blocks.push_back(std::move(block));
    }
  }
  return blocks;
}

// L(W) >= tr(Syy) - rmax c - tr(T) for every W, by Ky Fan, when T and T - Sigma + c I are positive semidefinite: at a
// global minimizer T is the part of Sigma - c I on the range of the product.
Json trace_bound(const DeepLinearInstance& at) {
  const auto r = static_cast<std::size_t>(at.r());
  const auto& lambda = at.lambda();
  Rational c = 0;
  RationalMatrix cover = at.sigma();
  if (at.r() == at.rmax() && r < lambda.size()) {
    c = separator(lambda[r - 1], lambda[r]);
    for (Index i = 0; i < cover.rows(); ++i)
      cover(i, i) -= c;
    cover = multiply(cover, projector_onto_range(range_basis(at)));
  }
  Json json;
  json["minimizer"] = true;
  json["by"] = "trace_bound";
  json["least_squares"] = matrix_to_json(solve(at.sxx(), at.sxy()).value());
  json["separator"] = number_to_json(c);
  json["cover"] = matrix_to_json(cover);
  return json;
}

}  // namespace

Json DeepLinearInstance::certificate_claims() const {
  Json json;
  Json& features = json["features"];
  features["r"] = r();
  features["rmax"] = rmax();
  features["product"] = rank_evidence(products().product());
  if (!critical()) return json;
  add_selection(*this, features);
  features["tightened"] = tightened();
  features["blocks"] = block_ranks(*this);
  if (strata_make_sense()) {
    for (const auto& [string, count] : stratum().multiplicity)
      features["stratum"].push_back({string.start, string.length, count});
  } else {
    features["stratum"] = nullptr;
  }
  if (global_comparison().is_minimum == Truth::yes) json["global"] = trace_bound(*this);
  return json;
}

}  // namespace rankscape::deep_linear
