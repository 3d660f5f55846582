// docs/statements.md: every example in it is what it says it is. A block fenced as `formula` holds formulas, one a
// line, each with what it is after `-->`: a value at the point of the page, or the complaint. A block fenced as `toml`
// is a statement file of the deep linear model.
#include "landscapes.hpp"
#include "statements/toy_statements.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <sstream>

namespace rankscape {
namespace {

struct Block {
  std::string kind;
  std::string text;
  int line;
};

std::vector<Block> blocks() {
  std::ifstream file(RANKSCAPE_SOURCE_DIR "/docs/statements.md");
  std::vector<Block> all;
  std::string line;
  bool inside = false;
  for (int number = 1; std::getline(file, line); ++number) {
    if (line.starts_with("```")) {
      inside = !inside;
      if (inside) all.push_back({line.substr(3), {}, number});
    } else if (inside) {
      all.back().text += line + "\n";
    }
  }
  return all;
}

std::string spelled(Truth truth) {
  return truth == Truth::yes ? "yes" : truth == Truth::no ? "no" : "unknown";
}

std::string shown(const Value& value) {
  if (const auto* truth = std::get_if<Truth>(&value)) return spelled(*truth);
  if (const auto* integer = std::get_if<long>(&value)) return std::to_string(*integer);
  if (const auto* set = std::get_if<IndexSet>(&value)) {
    std::string text;
    for (const long i : *set)
      text += (text.empty() ? "" : ", ") + std::to_string(i);
    return "{" + text + "}";
  }
  if (const auto* real = std::get_if<Real>(&value)) {
    return real->exact() == nullptr ? "an irrational number" : to_string(*real->exact());
  }
  return "a value that the page does not show";
}

std::string answer(const std::string& formula) {
  try {
    return shown(toy::value_of(formula));
  } catch (const InputError& error) {
    return error.what();
  } catch (const Undefined& error) {
    return std::string("undefined: ") + error.what();
  }
}

std::string trimmed(const std::string& text) {
  const auto begin = text.find_first_not_of(' ');
  return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

TEST_SUITE("quick") {
  TEST_CASE("every formula of the page has the value it says") {
    int formulas = 0;
    for (const Block& block : blocks()) {
      if (block.kind != "formula") continue;
      std::istringstream lines(block.text);
      for (std::string line; std::getline(lines, line);) {
        if (line.empty()) continue;
        CAPTURE(block.line);
        CAPTURE(line);
        const std::size_t arrow = line.find("-->");
        REQUIRE(arrow != std::string::npos);
        CHECK(answer(trimmed(line.substr(0, arrow))) == trimmed(line.substr(arrow + 3)));
        ++formulas;
      }
    }
    CHECK(formulas >= 30);
  }

  TEST_CASE("every statement of the page reads") {
    int statements = 0;
    for (const Block& block : blocks()) {
      if (block.kind != "toml") continue;
      CAPTURE(block.line);
      const Statement s = Statement::parse(block.text, "docs/statements.md", test::languages());
      CHECK(s.claims().size() + s.cases().size() > 0);
      ++statements;
    }
    CHECK(statements >= 2);
  }
}

}  // namespace
}  // namespace rankscape
