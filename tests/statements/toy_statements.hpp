#pragma once
// Statement files over the small vocabulary of the tests of the language.

#include "language/toy_language.hpp"

#include <rankscape/error.hpp>
#include <rankscape/statements/statement.hpp>

#include <optional>
#include <string>

namespace rankscape::toy {

inline Language language() {
  return {"toy", "widths", Vocabulary(features())};
}

inline LanguageLookup lookup() {
  return {[](std::string_view name) { return name == "toy" ? std::optional(language()) : std::nullopt; },
          [] {
            return std::vector<std::string>{"toy", "toy-extended"};
          }};
}

// A statement file around some sections.
inline std::string file(const std::string& sections) {
  return "format = \"rankscape-statement/1\"\n"
         "id = \"toy\"\n"
         "title = \"A toy\"\n"
         "source = \"Nobody (2024)\"\n"
         "model = \"toy\"\n" +
         sections;
}
inline Statement statement(const std::string& sections) {
  return Statement::parse(file(sections), "toy.toml", lookup());
}

// The complaint about a file, or "no complaint".
inline std::string complaint(const std::string& text) {
  try {
    static_cast<void>(Statement::parse(text, "t.toml", lookup()));
  } catch (const InputError& error) {
    return error.what();
  }
  return "no complaint";
}

}  // namespace rankscape::toy
