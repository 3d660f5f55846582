#pragma once
// The words that a formula may use: the features of its landscape, the features that the engine adds to every one, and
// the functions of the language itself.

#include <rankscape/value.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rankscape {

/// What the engine knows of every examined critical point, whatever the model. In the order of engine_features().
enum class EngineFeature : unsigned char {
  value,              ///< real: the loss
  index,              ///< integer: number of negative eigenvalues of the Hessian
  nullity,            ///< integer: number of zero eigenvalues
  coindex,            ///< integer: number of positive eigenvalues
  parameters,         ///< integer: their number, entries of all weights
  lambda_min,         ///< real: least eigenvalue of the Hessian
  lambda_max,         ///< real: largest eigenvalue of the Hessian
  escape_order,       ///< integer: order of the certified descent; Undefined where there is none
  least_order_tried,  ///< integer: least order of the descents tried, the certified one among them; Undefined likewise
  hessian_trace,      ///< real: trace of the Hessian
  hessian,            ///< matrix: second partial derivatives
  orbit_dimension,    ///< integer: dimension of the orbit under the declared symmetries
};
[[nodiscard]] const std::vector<FeatureDeclaration>& engine_features();
/// One word has one meaning, whatever the landscape: why nobody may declare or define an engine's word again.
[[nodiscard]] std::string taken(const FeatureDeclaration& common);

/// The features of a model followed by those of the engine. Positions are those that FeatureSource::feature is asked
/// for: the engine's feature e stands at position model_size() + e.
class Vocabulary {
 public:
  explicit Vocabulary(std::vector<FeatureDeclaration> model,
                      const std::vector<FeatureDeclaration>& engine = engine_features());

  [[nodiscard]] const std::vector<FeatureDeclaration>& features() const noexcept { return features_; }
  [[nodiscard]] std::size_t model_size() const noexcept { return model_size_; }
  [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;
  /// The engine's word of that name, which nobody else may use for something else; nullptr where it is none.
  [[nodiscard]] const FeatureDeclaration* common(std::string_view name) const;

 private:
  std::vector<FeatureDeclaration> features_;
  std::size_t model_size_;
};

/// One line of `rankscape list`.
struct LanguageEntry {
  std::string form;                ///< "rank(M)", "all(i in 1..n : condition)"
  std::string description;         ///< one line
  std::string example;             ///< a formula that holds
  std::vector<std::string> words;  ///< under which it is found: "rank"; "+", "-"
};
/// Operators, quantifiers and functions of the language, in the order in which one would learn them.
[[nodiscard]] const std::vector<LanguageEntry>& language_reference();
/// What a word or operator means: nothing, or several entries (min is a function and a quantifier).
[[nodiscard]] std::vector<LanguageEntry> language_entries(std::string_view word);
/// All words of the entries, to suggest the nearest one.
[[nodiscard]] std::vector<std::string> language_words();

}  // namespace rankscape
