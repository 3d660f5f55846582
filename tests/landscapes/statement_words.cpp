#include "landscapes/statement_words.hpp"

#include <rankscape/error.hpp>
#include <rankscape/statements/statement.hpp>

namespace rankscape::examples {

std::string statement_complaint(const std::string& path, const Language& language) {
  LanguageLookup lookup;
  lookup.find = [&](std::string_view model) {
    return model == language.model ? std::optional(language) : std::nullopt;
  };
  lookup.names = [&] { return std::vector<std::string>{language.model}; };
  try {
    static_cast<void>(Statement::read(path, lookup));
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

}  // namespace rankscape::examples
