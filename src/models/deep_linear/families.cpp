// What holds on whole families of critical points: one (S, stratum), all data under H1-H4, all positions.
#include <rankscape/exact/deadline.hpp>

#include <algorithm>
#include <array>
#include <string_view>

#include "models/deep_linear/instance.hpp"
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

std::string family_name(const std::vector<int>& S, const Stratum& stratum) {
  std::string name = "S=";
  for (const int s : S)
    name += (s == S.front() ? "" : ",") + std::to_string(s);
  return name + " [" + to_string(stratum) + "]";
}

std::string DeepLinearInstance::family() const {
  if (!critical() || !strata_make_sense()) return {};
  const auto& roots = lambda();
  if (std::adjacent_find(roots.begin(), roots.end()) != roots.end()) return {};
  const IndexSet selected = S();
  return family_name({selected.begin(), selected.end()}, stratum());
}

std::map<std::string, Inertia> DeepLinear::proved_inertias(const Shape& widths) const {
  std::map<std::string, Inertia> proved;
  if (parameters(widths) > most_parameters) return proved;
  const long rmax = *std::min_element(widths.begin(), widths.end());
  for (long r = 0; r <= rmax; ++r) {
    std::vector<long> dimensions;
    for (const long d : widths)
      dimensions.push_back(d - r);
    for_each_subset(static_cast<int>(widths.back()), static_cast<int>(r), [&](const std::vector<int>& S) {
      for_each_stratum(dimensions, [&](const Stratum& stratum) {
        check_deadline();
        const NormalFormProof proof = prove_normal_form(widths, S, stratum);
        if (proof.proved) proved.emplace(family_name(S, stratum), proof.inertia);
      });
    });
  }
  return proved;
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
