#pragma once
// Which words statements know: those of the model that they name.

#include <rankscape/language/vocabulary.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rankscape {

/// What the reader of a statement has to know of its model.
struct Language {
  std::string model;
  std::string shape_key;  ///< key of the shapes in [scope]: Model::shape_key()
  Vocabulary vocabulary;
};

/// Where languages come from: the languages of all models, or those of a test.
struct LanguageLookup {
  /// Nothing for an unknown model.
  std::function<std::optional<Language>(std::string_view model)> find;
  /// All names, to suggest the nearest one.
  std::function<std::vector<std::string>()> names;
};

}  // namespace rankscape
