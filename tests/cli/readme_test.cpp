// What the README shows is what the program prints: every fenced block that starts with `$ rankscape` is run, and its
// output compared line by line; a line `...` in the README stands for any number of lines.
#include <doctest/doctest.h>

#include <sstream>
#include <vector>

#include "cli/program.hpp"

using namespace rankscape::test;

namespace {

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> result;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    result.push_back(line);
  return result;
}

struct Example {
  std::string file;
  std::string command;
  std::vector<std::string> output;
};

// Fenced blocks in whose first line stands `$ command`.
std::vector<Example> examples(const std::string& file) {
  std::vector<Example> result;
  bool fenced = false;
  bool example = false;
  for (const std::string& line : lines(read_file(std::string(RANKSCAPE_SOURCE_DIR "/") + file))) {
    if (line.starts_with("```")) {
      fenced = !fenced;
      example = false;
    } else if (fenced && line.starts_with("$ rankscape")) {
      result.push_back({file, line.substr(2), {}});
      example = true;
    } else if (fenced && example) {
      result.back().output.push_back(line);
    }
  }
  return result;
}

bool matches(const std::vector<std::string>& shown, std::size_t i, const std::vector<std::string>& printed,
             std::size_t j) {
  if (i == shown.size()) return j == printed.size();
  if (shown[i] == "...") {
    for (std::size_t k = j; k <= printed.size(); ++k) {
      if (matches(shown, i + 1, printed, k)) return true;
    }
    return false;
  }
  return j < printed.size() && shown[i] == printed[j] && matches(shown, i + 1, printed, j + 1);
}

}  // namespace

TEST_SUITE("standard") {
  TEST_CASE("the examples of the README and the tutorial pages are real") {
    std::size_t count = 0;
    std::filesystem::create_directories(RANKSCAPE_SOURCE_DIR "/out");  // as scripts/run leaves it
    for (const char* file : {"README.md", "docs/why-exact.md"}) {
      for (const Example& example : examples(file)) {
        ++count;
        CAPTURE(example.file);
        CAPTURE(example.command);
        const Outcome outcome = shell(example.command);
        CAPTURE(outcome.out);
        CAPTURE(outcome.err);
        CHECK(matches(example.output, 0, lines(outcome.out), 0));
      }
    }
    CHECK(count >= 3);
  }
}
