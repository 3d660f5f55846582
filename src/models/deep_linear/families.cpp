// What holds on whole families of critical points: one (S, stratum), all data under H1-H4, all positions.
#include <rankscape/exact/deadline.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "models/deep_linear/model.hpp"
#include "models/deep_linear/normal_form.hpp"

namespace rankscape::deep_linear {

namespace {

// Beyond this the identity is not asked for: its cost grows steeply (tests/symbolic/normal_form_test.cpp goes further).
constexpr long most_parameters = 20;

long parameters(const Shape& widths) {
  long n = 0;
  for (std::size_t h = 1; h < widths.size(); ++h)
    n += widths[h] * widths[h - 1];
  return n;
}

}  // namespace

std::vector<std::optional<Inertia>> DeepLinear::proved_inertia(const std::vector<const CaseRecipe*>& recipes) const {
  struct Family {
    Shape widths;
    std::vector<int> S;
    std::string stratum;
    auto operator<=>(const Family&) const = default;
  };
  std::map<Family, std::optional<Inertia>> known;
  std::vector<std::optional<Inertia>> result;
  for (const CaseRecipe* recipe : recipes) {
    const auto& wanted = dynamic_cast<const DeepLinearRecipe&>(*recipe);
    if (!wanted.stratum || parameters(wanted.shape) > most_parameters) {
      result.emplace_back();
      continue;
    }
    const auto [entry, fresh] = known.try_emplace({wanted.shape, wanted.S, to_string(*wanted.stratum)});
    if (fresh) {
      check_deadline();
      const NormalFormProof proof = prove_normal_form(wanted.shape, wanted.S, *wanted.stratum);
      if (proof.proved) entry->second = proof.inertia;
    }
    result.push_back(entry->second);
  }
  return result;
}

bool DeepLinear::constant_on_families(std::size_t feature) const {
  // ranks of products are functions of the stratum, those of X, Sxx, Sxy and Sigma are fixed by H2 and H3; the order of
  // the eigenvalues is fixed by H4
  static constexpr std::array<std::string_view, 18> constant{"H", "dx",  "dy",  "d",       "r",    "rmax",
                                                             "S", "mid", "out", "product", "lft",  "rgt",
                                                             "W", "Sxx", "Sxy", "lambda",  "mult", "chain_length"};
  return std::find(constant.begin(), constant.end(), features().at(feature).name) != constant.end();
}

}  // namespace rankscape::deep_linear
