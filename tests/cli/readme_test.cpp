// What the README shows is what the program prints: every fenced line that starts with `$ ` is run, and what follows
// it compared line by line with the output; a line `...` stands for any number of lines. The same for the other pages
// for readers, among them one for each landscape. A fenced statement file that begins with its own name is that file.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "cli/program.hpp"

using namespace rankscape::test;

namespace {

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
    } else if (fenced && line.starts_with("$ ")) {
      result.push_back({file, line.substr(2), {}});
      example = true;
    } else if (fenced && example) {
      result.back().output.push_back(line);
    }
  }
  return result;
}

// The folder below out/ that a command fills with certificates, if it does.
std::string certificate_folder(const std::string& command) {
  const std::string option = "--certificates out/";
  const std::size_t at = command.find(option);
  if (at == std::string::npos) return {};
  const std::size_t name = at + option.size();
  return "out/" + command.substr(name, command.find(' ', name) - name);
}

// Fenced statement files whose first line is a comment with their path.
struct Listing {
  std::string path;
  std::string text;
};

std::vector<Listing> listings(const std::string& file) {
  std::vector<Listing> result;
  bool listing = false;
  bool begun = false;
  for (const std::string& line : lines(read_file(std::string(RANKSCAPE_SOURCE_DIR "/") + file))) {
    if (line.starts_with("```")) {
      begun = line == "```toml";
      listing = false;
      continue;
    }
    if (begun && line.starts_with("# docs/")) {
      result.push_back({line.substr(2), {}});
      listing = true;
    }
    begun = false;
    if (listing) result.back().text += line + "\n";
  }
  return result;
}

// docs/landscapes/*.md, a page for each landscape
std::vector<std::string> landscape_pages() {
  std::vector<std::string> pages;
  for (const auto& entry : std::filesystem::directory_iterator(RANKSCAPE_SOURCE_DIR "/docs/landscapes"))
    pages.push_back("docs/landscapes/" + entry.path().filename().string());
  std::sort(pages.begin(), pages.end());
  return pages;
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
    std::vector<std::string> pages = landscape_pages();
    for (const char* file : {"README.md", "docs/why-exact.md", "docs/tutorial.md", "docs/explore.md",
                             "docs/achour2024.md", "docs/near.md"})
      pages.emplace_back(file);
    if (shell("command -v Singular").code == 0) {
      pages.emplace_back("docs/solve.md");
    } else {
      MESSAGE("SKIPPED: docs/solve.md, as Singular is not installed (scripts/packages.txt, part [test])");
    }
    for (const std::string& file : pages) {
      for (const Example& example : examples(file)) {
        ++count;
        CAPTURE(example.file);
        CAPTURE(example.command);
        if (const std::string folder = certificate_folder(example.command); !folder.empty())
          std::filesystem::remove_all(RANKSCAPE_SOURCE_DIR "/" + folder);  // from an earlier run of the tests
        const Outcome outcome = shell(example.command);
        CAPTURE(outcome.out);
        CAPTURE(outcome.err);
        CHECK(matches(example.output, 0, lines(outcome.out), 0));
      }
    }
    CHECK(count >= 15);
  }

  TEST_CASE("the page of a landscape shows its whole derivation and case tables") {
    std::size_t pages = 0;
    for (const std::string& page : landscape_pages()) {
      ++pages;
      CAPTURE(page);
      const std::string id = std::filesystem::path(page).stem().string();
      CHECK(std::filesystem::exists(RANKSCAPE_SOURCE_DIR "/landscapes/" + id + ".toml"));
      std::size_t derivations = 0;
      std::size_t tables = 0;
      for (const Example& example : examples(page)) {
        const bool whole = std::find(example.output.begin(), example.output.end(), "...") == example.output.end();
        derivations += whole && (example.command + " ").starts_with("rankscape derive " + id + " ") ? 1 : 0;
        tables += whole && example.command.ends_with(" --table") ? 1 : 0;
      }
      CHECK(derivations >= 1);
      CHECK(tables >= 1);
    }
    CHECK(pages >= 1);
  }

  TEST_CASE("the statement files printed in the tutorial are those that it runs") {
    const auto printed = listings("docs/tutorial.md");
    CHECK(printed.size() >= 2);
    for (const Listing& listing : printed) {
      CAPTURE(listing.path);
      CHECK(listing.text == read_file(std::string(RANKSCAPE_SOURCE_DIR "/") + listing.path));
    }
  }
}
