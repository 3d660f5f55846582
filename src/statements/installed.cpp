// The languages of the registered models. By itself, so that programs without models can use the rest of this room.
#include <rankscape/model.hpp>
#include <rankscape/statements/statement.hpp>

namespace rankscape {

const LanguageLookup& installed_languages() {
  static const LanguageLookup lookup = {
      [](std::string_view name) -> std::optional<Language> {
        const Model* model = find_model(name);
        if (model == nullptr) return std::nullopt;
        return Language{model->name(), model->shape_key(), Vocabulary(model->features())};
      },
      [] {
        std::vector<std::string> names;
        for (const Model* model : models())
          names.push_back(model->name());
        return names;
      },
  };
  return lookup;
}

Statement Statement::read(const std::filesystem::path& path) {
  return read(path, installed_languages());
}

}  // namespace rankscape
