// docs/landscapes.md: every example in it is what it says it is. The first block is a landscape, blocks of points are
// points of it or spell out their loss, a line of a block of mistakes changes its loss and is complained about.
#include <doctest/doctest.h>
#include <rankscape/audit.hpp>
#include <rankscape/error.hpp>
#include <rankscape/exact_json.hpp>

#include <nlohmann/json.hpp>

#include <fstream>
#include <sstream>

using namespace rankscape;

namespace {

std::vector<std::string> blocks(const std::string& kind) {
  std::ifstream file(RANKSCAPE_SOURCE_DIR "/docs/landscapes.md");
  std::vector<std::string> all;
  std::string line;
  bool inside = false;
  bool wanted = false;
  while (std::getline(file, line)) {
    if (line.starts_with("```")) {
      inside = !inside;
      wanted = inside && line.substr(3) == kind;
      if (wanted) all.emplace_back();
    } else if (wanted) {
      all.back() += line + "\n";
    }
  }
  return all;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("the landscape of the page") {
    REQUIRE(blocks("toml").size() == 1);
    const auto landscape = Landscape::parse(blocks("toml").front(), "page.toml");
    std::size_t findings = 0;
    CHECK(audit(*landscape, {}, [&](const Finding& finding) {
      ++findings;
      CAPTURE(finding.text);
      CHECK(finding.kind != Finding::Kind::bad);
    }));
    CHECK(findings >= 9);
    CHECK(landscape->count_cases({}) > 10);
  }

  TEST_CASE("the points of the page") {
    const auto landscape = Landscape::parse(blocks("toml").front(), "page.toml");
    const auto points = blocks("json");
    REQUIRE(points.size() == 2);
    const Json first = parse_exact_json(points[0], "page");
    const auto at = landscape->instance(landscape->point(first));
    CHECK(at->shape() == Shape{2, 1});
    CHECK(at->value() == 7);
    const Json second = parse_exact_json(points[1], "page");
    const auto inline_loss = Landscape::of_point(second);
    CHECK(inline_loss->instance(inline_loss->point(second))->value() == 3);
  }

  TEST_CASE("the mistakes of the page") {
    const std::string page = blocks("toml").front();
    const std::size_t begin = page.find("loss   = ");
    const std::size_t end = page.find('\n', begin);
    REQUIRE(begin != std::string::npos);
    REQUIRE(blocks("mistake").size() == 1);
    std::istringstream lines(blocks("mistake").front());
    std::string line;
    std::size_t mistakes = 0;
    while (std::getline(lines, line)) {
      const std::size_t arrow = line.find(" --> ");
      REQUIRE(arrow != std::string::npos);
      const std::string expected = line.substr(arrow + 5);
      std::string changed = page;
      changed.replace(begin, end - begin, line.substr(0, arrow));
      CAPTURE(line);
      try {
        static_cast<void>(Landscape::parse(changed, "page.toml"));
        FAIL_CHECK("no complaint");
      } catch (const InputError& error) {
        const std::string message = error.what();
        CAPTURE(message);
        CHECK(message.find(expected) != std::string::npos);
      }
      ++mistakes;
    }
    CHECK(mistakes == 5);
  }
}
