// The statements that ship: they read, print, and read back; so do their mutants.
#include <rankscape/error.hpp>
#include <rankscape/statements/mutation.hpp>

#include <doctest/doctest.h>
#include <algorithm>

#include "landscapes.hpp"

namespace rankscape {
namespace {

std::vector<std::filesystem::path> theorems() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(RANKSCAPE_SOURCE_DIR "/theorems")) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

TEST_SUITE("quick") {
  TEST_CASE("every shipped statement reads, and its printed form is the same statement") {
    REQUIRE(theorems().size() >= 2);
    for (const auto& file : theorems()) {
      CAPTURE(file.string());
      const Statement statement = Statement::read(file, test::languages());
      CHECK(file.stem() == statement.id());
      const Statement again = Statement::parse(statement.to_toml(), "printed", test::languages());
      CHECK(again == statement);
      for (std::size_t k = 0; k < statement.claims().size(); ++k) {
        CHECK(again.claims()[k].holds == statement.claims()[k].holds);
      }
    }
  }

  TEST_CASE("the classification prints as in the paper") {
    const Statement s = test::theorem("achour2024-classification.toml");
    CHECK(s.cases()[1].when_latex() == "r < r_{\\max} \\land \\mathrm{leading} \\land \\mathrm{tightened}");
    CHECK(s.cases()[2].when_latex() == "\\text{otherwise}");
    CHECK(s.hypotheses()[0].holds.to_latex() == "d_y \\leq d_x \\land d_x \\leq m");
    const Statement trager = test::theorem("trager2020.toml");
    const auto& definitions = trager.definitions();
    const auto found = std::find_if(definitions.begin(), definitions.end(),
                                    [](const Definition& definition) { return definition.name == "normal"; });
    REQUIRE(found != definitions.end());
    // the exponent belongs to the whole product; a dot keeps a parenthesis from reading as an argument
    CHECK(found->body.to_latex() ==
          R"(\lVert G \cdot (W_H\cdots W_1)^{T} \rVert_F^2 = 0 \land \lVert (W_H\cdots W_1)^{T} G \rVert_F^2 = 0)");
    CHECK(s.definitions()[0].to_latex() == "\\mathrm{leading} :\\Leftrightarrow \\mathcal{S} = \\{1,\\dots,r\\}");
  }
}

TEST_SUITE("standard") {
  TEST_CASE("mutants of the shipped statements read back to themselves") {
    std::size_t count = 0;
    std::size_t ill_shaped = 0;
    for (const auto& file : theorems()) {
      const Statement statement = Statement::read(file, test::languages());
      const auto all = mutations(statement);
      CHECK(all.size() >= 2);
      count += all.size();
      for (const Mutation& mutation : all) {
        CAPTURE(mutation.edit);
        try {
          const Statement again = Statement::parse(mutation.mutant.to_toml(), "mutant", test::languages());
          CHECK(again == mutation.mutant);
        } catch (const InputError& error) {
          // edits keep kinds, not shapes: a product whose factors fit at no size is undefined at every point, so
          // that the mutant is never refuted, and refused where somebody writes it
          ++ill_shaped;
          CHECK(std::string(error.what()).find(" matrix") != std::string::npos);
        }
      }
    }
    CHECK(ill_shaped * 200 < count);
  }
}

}  // namespace
}  // namespace rankscape
