// The words of a language: features of a model, those of the engine, the reference of the language.
#include <rankscape/language/vocabulary.hpp>

#include "language/functions.hpp"

namespace rankscape {

const std::vector<FeatureDeclaration>& engine_features() {
  static const std::vector<FeatureDeclaration> features = {
      {"value", {}, Kind::real, "L", "the loss at the point"},
      {"index", {}, Kind::integer, "n_{-}", "number of negative eigenvalues of the Hessian"},
      {"nullity", {}, Kind::integer, "n_{0}", "number of zero eigenvalues of the Hessian"},
      {"coindex", {}, Kind::integer, "n_{+}", "number of positive eigenvalues of the Hessian"},
      {"n", {}, Kind::integer, "n", "number of parameters"},
      {"lambda_min", {}, Kind::real, "\\lambda_{\\min}", "least eigenvalue of the Hessian"},
      {"lambda_max", {}, Kind::real, "\\lambda_{\\max}", "largest eigenvalue of the Hessian"},
      {"escape_order",
       {},
       Kind::integer,
       "k_{\\mathrm{esc}}",
       "order of the certified descent: 2 at strict saddles; undefined where no descent is certified"},
      {"least_order_tried",
       {},
       Kind::integer,
       "k_{\\mathrm{tried}}",
       "least order of all lines and curves tried, the certified descent among them; evidence, not a proof"},
      {"hessian_trace", {}, Kind::real, "\\mathrm{tr}\\nabla^2 L", "trace of the Hessian"},
  };
  return features;
}

Vocabulary::Vocabulary(std::vector<FeatureDeclaration> model, const std::vector<FeatureDeclaration>& engine)
    : features_(std::move(model)), model_size_(features_.size()) {
  features_.insert(features_.end(), engine.begin(), engine.end());
}

std::optional<std::size_t> Vocabulary::find(std::string_view name) const {
  for (std::size_t k = 0; k < features_.size(); ++k) {
    if (features_[k].name == name) return k;
  }
  return std::nullopt;
}

std::vector<LanguageEntry> language_reference() {
  std::vector<LanguageEntry> entries = {
      {"12, 0.25, 1e-3", "exact numbers; a decimal is the fraction that it spells, 1/3 is an exact third"},
      {"a + b, a - b, a * b, a / b, -a", "arithmetic of numbers; + - * also of matrices, a number times a matrix"},
      {"a^k", "power with an integer exponent"},
      {"a == b, a != b, a < b, a <= b, a > b, a >= b", "comparison; chains a < b <= c are allowed"},
      {"p and q, p or q, not p, p implies q, p iff q", "connectives (Kleene's, for conditions that are undecided)"},
      {"if p then a else b", "a where p holds, else b"},
      {"true, false", "the conditions that always and never hold"},
      {"{}, {1, 3}, {1..r}, {1, 3..r}", "sets of integers"},
      {"A union B, A intersect B, A minus B", "operations on sets"},
      {"i in A, i not in A, A subset B", "membership and inclusion"},
      {"all(i in A, j in 1..i-1 where p : q)", "q for all values of the binders (where p); true over nothing"},
      {"any(i in A : q)", "q for some values of the binders; false over nothing"},
      {"count(i in A : q)", "number of values of the binders for which q holds"},
      {"sum(i in A : x)", "sum over all values of the binders; 0 over nothing"},
      {"min(i in A : x), max(i in A : x)", "least and largest value; undefined over nothing"},
      {"s(i)", "entry of a sequence, counted from 1"},
  };
  for (const language::Signature& function : language::signatures()) {
    if (!function.form.empty()) entries.push_back({std::string(function.form), std::string(function.description)});
  }
  return entries;
}

}  // namespace rankscape
