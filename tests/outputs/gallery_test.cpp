// docs/gallery.md: every landscape has a picture there, and it is what the command beside it draws.
#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <map>
#include <regex>
#include <set>

#include "cli/program.hpp"

using namespace rankscape::test;

namespace {

const std::string docs = RANKSCAPE_SOURCE_DIR "/docs/";
const std::regex number(R"(-?\d+\.\d)");  // a place: a text with one decimal

std::vector<double> places(const std::string& svg) {
  std::vector<double> found;
  for (std::sregex_iterator it(svg.begin(), svg.end(), number); it != std::sregex_iterator(); ++it)
    found.push_back(std::stod(it->str()));
  return found;
}

// The command and the picture of a landscape on the page.
struct Shown {
  std::string command;
  std::string picture;
};

std::map<std::string, Shown> shown() {
  std::map<std::string, Shown> all;
  const std::string page = read_file(docs + "gallery.md");
  const std::regex entry(R"(`(rankscape landscape (\S+) \S+ \S+ --figure )\S+`\n\n!\[Spectra of (\S+)\]\((\S+)\))");
  for (std::sregex_iterator it(page.begin(), page.end(), entry); it != std::sregex_iterator(); ++it) {
    CHECK((*it)[2] == (*it)[3]);
    CHECK(all.emplace((*it)[2], Shown{(*it)[1], (*it)[4]}).second);
  }
  return all;
}

// Where dots stand is rounded: what differs between machines is the last digit.
void check_drawn(const std::string& id, const Shown& entry, const TemporaryFolder& folder) {
  CAPTURE(id);
  const std::filesystem::path file = folder / (id + ".svg");
  const Outcome drawn = shell(entry.command + file.string());
  REQUIRE(drawn.code == 0);
  if (std::getenv("RANKSCAPE_UPDATE_GOLDEN") != nullptr) write_text(docs + entry.picture, read_file(file));
  const std::string expected = read_file(docs + entry.picture);
  const std::string found = read_file(file);
  CHECK(std::regex_replace(found, number, "x") == std::regex_replace(expected, number, "x"));
  const std::vector<double> there = places(expected);
  const std::vector<double> here = places(found);
  REQUIRE(here.size() == there.size());
  CHECK(here.size() > 10);
  double off = 0;
  for (std::size_t k = 0; k < here.size(); ++k)
    off = std::max(off, std::abs(here[k] - there[k]));
  CHECK(off < 0.15);
}

}  // namespace

TEST_SUITE("standard") {
  TEST_CASE("the gallery shows every landscape, and pictures that the program draws") {
    const auto all = shown();
    std::set<std::string> files;
    for (const auto& file : std::filesystem::directory_iterator(RANKSCAPE_SOURCE_DIR "/landscapes"))
      if (file.path().extension() == ".toml") files.insert(file.path().stem());
    CHECK(files.size() >= 27);
    const TemporaryFolder folder;
    for (const std::string& id : files) {
      CAPTURE(id);
      CHECK(all.contains(id));
    }
    CHECK(all.size() == files.size());
    std::size_t pictures = 0;
    for (const auto& file : std::filesystem::directory_iterator(docs + "gallery")) {
      CAPTURE(file.path());
      CHECK(files.contains(file.path().stem()));
      ++pictures;
    }
    CHECK(pictures == files.size());
    for (const char* id : {"attention-merged", "procrustes", "symmetric-tensor", "weight-decay"})
      check_drawn(id, all.at(id), folder);
  }

  TEST_CASE("colours are the exact signs, and one small eigenvalue is not drawn as zero") {
    const TemporaryFolder folder;
    write_text(folder / "flat.toml",
               "format = \"rankscape-landscape/1\"\nid = \"flat\"\ntitle = \"Flat & steep\"\nsource = \"a test\"\n"
               "loss = \"x^2/10^12 - y^2 + z^4 + norm2(a)\"\n[sizes]\nsizes = \"n\"\nexamples = [[3]]\n[weights]\n"
               "x = \"number\"\ny = \"number\"\nz = \"number\"\na = \"matrix(n, 1)\"\n[[family]]\nname = \"origin\"\n"
               "[family.set]\nx = \"0\"\ny = \"0\"\nz = \"0\"\na = \"zeros(n, 1)\"\n");
    const std::string toml = (folder / "flat.toml").string();
    const std::string svg = (folder / "flat.svg").string();
    REQUIRE(shell("rankscape landscape " + toml + " --size 3 --figure " + svg).code == 0);
    const std::string text = read_file(svg);
    const auto count = [&](const std::string& word) {
      std::size_t n = 0;
      for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
        ++n;
      return n;
    };
    CHECK(count("<circle class=\"neg\"") == 1);
    CHECK(count("<circle class=\"zero\"") == 1);
    CHECK(count("<circle class=\"pos\"") == 4);
    CHECK(count("(1, 1, 4)") == 1);
    CHECK(count(">strict saddle<") == 1);
    CHECK(count("Flat &amp; steep") == 2);
    std::smatch zero;
    std::smatch small;
    REQUIRE(std::regex_search(text, zero, std::regex("\"zero\" cx=\"([0-9.]+)\"")));
    REQUIRE(std::regex_search(text, small, std::regex("\"pos\" cx=\"([0-9.]+)\"")));
    CHECK(std::stod(small[1]) - std::stod(zero[1]) > 6.4);  // a diameter
    const Outcome other = shell("rankscape landscape " + toml + " --size 3 --figure " + svg + ".png");
    CHECK(other.code == 2);
    CHECK(other.err.find("expected a name ending in .svg") != std::string::npos);
    CHECK(shell("rankscape landscape " + toml + " --figure " + svg).code == 2);
    CHECK(shell("rankscape landscape " + toml + " --size 3 --json - --figure " + svg).code == 2);
    CHECK(shell("rankscape landscape " + toml + " --size 3,3 --figure " + svg).code == 2);
  }
}

TEST_SUITE("extreme") {
  TEST_CASE("all pictures of the gallery") {
    const TemporaryFolder folder;
    const auto all = shown();
    CHECK(all.size() >= 27);
    for (const auto& entry : all)
      check_drawn(entry.first, entry.second, folder);
  }
}
