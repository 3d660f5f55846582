// What the adviser of deep linear networks adds to the landscape's file.
#include "native/deep_linear/adviser.hpp"

#include <algorithm>
#include <array>
#include <rankscape/error.hpp>
#include <rankscape/exact/deadline.hpp>

#include "native/deep_linear/normal_form.hpp"
#include "native/deep_linear/recipes.hpp"
#include "native/subsets.hpp"

namespace rankscape::deep_linear {

namespace {

using Arguments = std::span<const Value>;

// The k-th argument, an integer within [low, high].
int argument(Arguments arguments, std::size_t k, long low, long high, const char* what) {
  const long value = std::get<long>(arguments[k]);
  if (value < low || value > high) {
    throw Undefined(std::string(what) + ": " + std::to_string(value) + " is not between " + std::to_string(low) +
                    " and " + std::to_string(high));
  }
  return static_cast<int>(value);
}

// Beyond this the identity is not asked for: its cost grows steeply (tests/symbolic/normal_form_test.cpp goes further).
constexpr long most_proved = 20;

long parameters(const Widths& widths) {
  long n = 0;
  for (std::size_t h = 1; h < widths.size(); ++h)
    n += widths[h] * widths[h - 1];
  return n;
}

}  // namespace

const WordTable<DeepLinearAdvice>& words() {
  using I = const DeepLinearAdvice&;
  using A = Arguments;
  constexpr Kind integer = Kind::integer;
  static const WordTable<DeepLinearAdvice> table({
      {{"mult",
        {integer, integer},
        integer,
        "m_{#1,#2}",
        "multiplicity of the string that starts at node a, 0 <= a <= H, with len nodes, 1 <= len <= H"},
       [](I at, A a) -> Value {
         const int start = argument(a, 0, 0, at.layers(), "mult(a,len)");
         const int length = argument(a, 1, 1, at.layers(), "mult(a,len)");
         const auto& multiplicity = at.stratum().multiplicity;
         const auto found = multiplicity.find({start, length});
         return found == multiplicity.end() ? 0L : found->second;
       }},
      {{"chain_length",
        {},
        integer,
        "k_{\\min}",
        "least number of layers whose removal leaves only nonzero paths; undefined when there is none"},
       [](I at, A) -> Value {
         const auto chain = shortest_chain(at.stratum());
         if (!chain) throw Undefined("chain_length: every path through the data is zero");
         return static_cast<long>(chain->size());
       }},
  });
  return table;
}

std::string family_name(const std::vector<int>& S, const Stratum& stratum) {
  std::string name = "S=";
  for (const int s : S)
    name += (s == S.front() ? "" : ",") + std::to_string(s);
  return name + " [" + to_string(stratum) + "]";
}

const std::vector<FeatureDeclaration>& DeepLinearAdviser::words() const {
  return deep_linear::words().declarations();
}

std::vector<std::string> DeepLinearAdviser::description() const {
  return {
      "data canonical (X = I, Y = [diag(sigma) 0]), square (m = dx), general (m = dx + 2), each of them with an "
      "ending off the usual hypotheses: +deficient, +repeated, +singular, +few-samples, +wide-output",
      "positions aligned, generic (every S and every stratum), zero-pattern (blocks Z_h that vanish)",
      "global minimality by the selected part of the spectrum, descents along chains of strings",
      "for all parameter values: the inertia of a stratum, where its normal form is proved"};
}

std::vector<TableColumn> DeepLinearAdviser::columns(std::vector<TableColumn> of_file) const {
  return {of_file.front(), {"r", "$r$"}, {"S_type", "$\\mathcal{S}$"}, {"tightened", "tightened"}};
}

std::unique_ptr<Advice> DeepLinearAdviser::at(const Instance& instance) const {
  return std::make_unique<DeepLinearAdvice>(instance);
}

bool DeepLinearAdviser::knows_data(std::string_view kind) const {
  try {
    static_cast<void>(parse_data_kind(kind));
    return true;
  } catch (const InputError&) {  // unknown
    return false;
  }
}

bool DeepLinearAdviser::knows_position(std::string_view position) const {
  return std::find(positions().begin(), positions().end(), position) != positions().end();
}

void DeepLinearAdviser::for_each_case(const Landscape& landscape, const Scope& scope, const CaseVisitor& visit) const {
  for_each_recipe(landscape.id(), scope, visit);
}

std::uint64_t DeepLinearAdviser::count_cases(const Landscape& /*landscape*/, const Scope& scope,
                                             std::uint64_t enough) const {
  return count_recipes(scope, enough);
}

std::size_t DeepLinearAdviser::occurrences(const Recipe& recipe, const Scope& scope) const {
  const auto* const own = dynamic_cast<const DeepLinearRecipe*>(&recipe);
  return own != nullptr ? occurrences_in(own->plan(), scope) : 0;
}

std::map<std::string, Inertia> DeepLinearAdviser::proved_inertias(const Shape& shape) const {
  const Widths widths = shape.numbers();
  std::map<std::string, Inertia> proved;
  if (parameters(widths) > most_proved || widths.back() > widths.front()) return proved;
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

bool DeepLinearAdviser::constant_on_families(std::string_view feature) const {
  // ranks of products are functions of the stratum, those of X, Sxx, Sxy and Sigma are fixed by H2 and H3; the order of
  // the eigenvalues is fixed by H4
  static constexpr std::array<std::string_view, 18> constant{"H", "dx",  "dy",  "d",       "r",    "rmax",
                                                             "S", "mid", "out", "product", "lft",  "rgt",
                                                             "W", "Sxx", "Sxy", "lambda",  "mult", "chain_length"};
  return std::find(constant.begin(), constant.end(), feature) != constant.end();
}

}  // namespace rankscape::deep_linear
