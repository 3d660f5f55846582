#include <rankscape/statements/languages.hpp>

namespace rankscape {

LanguageLookup languages_of(const Library& library, std::filesystem::path beside) {
  return {[&library, beside = std::move(beside)](std::string_view name) -> std::optional<Language> {
            const Landscape* landscape = library.find(name, beside);
            if (landscape == nullptr) return std::nullopt;
            return Language{std::string(name), landscape->shape_key(), landscape->vocabulary()};
          },
          [&library] { return library.ids(); }};
}

}  // namespace rankscape
