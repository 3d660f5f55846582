#pragma once
// The landscapes of the project, for tests.

#include <rankscape/landscape.hpp>
#include <rankscape/native.hpp>
#include <rankscape/statements/languages.hpp>
#include <rankscape/statements/statement.hpp>

#include <string>

namespace rankscape::test {

inline const Library& library() {
  static const Library all({RANKSCAPE_SOURCE_DIR "/landscapes"}, find_adviser);
  return all;
}

inline const Landscape& landscape(const std::string& id) {
  return library().at(id);
}

inline const LanguageLookup& languages() {
  static const LanguageLookup lookup = languages_of(library());
  return lookup;
}

/// theorems/FILE
inline Statement theorem(const std::string& file) {
  return Statement::read(RANKSCAPE_SOURCE_DIR "/theorems/" + file, languages());
}

}  // namespace rankscape::test
