// The reference: every word has a line, and an example that reads, holds, and uses the word.
#include "language/toy_language.hpp"

#include <doctest/doctest.h>

namespace rankscape {
namespace {

TEST_SUITE("quick") {
  TEST_CASE("every example holds") {
    REQUIRE(language_reference().size() > 40);
    for (const LanguageEntry& entry : language_reference()) {
      CAPTURE(entry.form);
      CHECK_FALSE(entry.description.empty());
      REQUIRE_FALSE(entry.example.empty());
      if (entry.form == "jacobian(P)") continue;  // of points of landscapes
      CAPTURE(entry.example);
      CHECK(toy::truth_of(entry.example) == Truth::yes);
      for (const std::string& word : entry.words) {
        if (entry.words.size() > 1 || word == "card") continue;
        CHECK(entry.example.find(word) != std::string::npos);
      }
    }
  }

  TEST_CASE("words are found") {
    CHECK(language_entries("rank").size() == 1);
    CHECK(language_entries("rank")[0].form == "rank(M)");
    CHECK(language_entries("min").size() == 2);
    CHECK(language_entries("nothing").empty());
  }
}

}  // namespace
}  // namespace rankscape
