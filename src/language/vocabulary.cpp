// The words of a language: features of a landscape, and those of the engine.
#include <rankscape/language/vocabulary.hpp>

#include <fmt/format.h>
#include <algorithm>

#include "text/words.hpp"

namespace rankscape {

const std::vector<FeatureDeclaration>& engine_features() {
  static const std::vector<FeatureDeclaration> features = {
      {"value", {}, Kind::real, "L", "the loss at the point"},
      {"index", {}, Kind::integer, "n_{-}", "number of negative eigenvalues of the Hessian"},
      {"nullity", {}, Kind::integer, "n_{0}", "number of zero eigenvalues of the Hessian"},
      {"coindex", {}, Kind::integer, "n_{+}", "number of positive eigenvalues of the Hessian"},
      {"parameters", {}, Kind::integer, "\\dim W", "number of parameters: entries of all weights"},
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
      {"hessian", {}, Kind::matrix, "\\nabla^2 L", "second partial derivatives of the loss"},
      {"orbit_dimension",
       {},
       Kind::integer,
       "\\dim G \\cdot W",
       "dimension of the orbit under the declared symmetries"},
  };
  return features;
}

std::string taken(const FeatureDeclaration& common) {
  return fmt::format("found {}, which every landscape has ({}), expected a name of its own", text::quote(common.name),
                     common.description);
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

const FeatureDeclaration* Vocabulary::common(std::string_view name) const {
  const auto begin = features_.begin() + static_cast<std::ptrdiff_t>(model_size_);
  const auto at = std::find_if(begin, features_.end(), [&](const auto& feature) { return feature.name == name; });
  return at == features_.end() ? nullptr : &*at;
}

}  // namespace rankscape
