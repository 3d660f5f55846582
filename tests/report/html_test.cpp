// The HTML report: self-contained, well-formed, complete.

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <rankscape/report/html_report.hpp>
#include <regex>
#include <set>

#include "report/golden.hpp"
#include "report/sample.hpp"

using namespace rankscape;
using test::ScratchDirectory;

namespace {

std::string page(const test::Sample& sample) {
  const ScratchDirectory scratch;
  HtmlReport report(scratch.file("report.html"), test::fixed_tool());
  test::play(sample, report);
  return test::file_content(scratch.file("report.html"));
}

std::size_t occurrences(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++count;
  return count;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("golden") {
    CHECK(test::golden_difference("report.html", page(test::sample(3))) == "");
  }

  TEST_CASE("nothing is loaded and nothing is run") {
    const std::string text = page(test::sample(3));
    for (const char* part :
         {"<script", "<link", "<img", "src=", "url(", "@import", "http://", "https://", "onclick", "<iframe"}) {
      CAPTURE(part);
      CHECK(text.find(part) == std::string::npos);
    }
  }

  TEST_CASE("tags are closed in order and every attribute value is quoted") {
    const std::string text = page(test::sample(3));
    const std::string body = std::regex_replace(text.substr(text.find("<body")), std::regex("\n"), " ");
    const std::regex tag(R"(<(/?)([a-z0-9]+)((?: [a-z]+="[^"<>]*")*)>)");
    const std::set<std::string> empty = {"br", "meta"};
    std::vector<std::string> open;
    std::size_t tags = 0;
    for (std::sregex_iterator it(body.begin(), body.end(), tag); it != std::sregex_iterator(); ++it) {
      ++tags;
      const std::string name = (*it)[2];
      if (empty.count(name) > 0) continue;
      if ((*it)[1].length() == 0) {
        open.push_back(name);
      } else if (name != "html") {
        REQUIRE_FALSE(open.empty());
        CHECK(open.back() == name);
        open.pop_back();
      }
    }
    CHECK(open.empty());
    // Nothing but these tags has an angle bracket: no user's text got through.
    CHECK(tags == static_cast<std::size_t>(std::count(body.begin(), body.end(), '<')));
    CHECK(tags == static_cast<std::size_t>(std::count(body.begin(), body.end(), '>')));
  }

  TEST_CASE("every case stands in the page; lines are marked by the worst in them") {
    const std::string text = page(test::sample(2));
    CHECK(occurrences(text, "<td class=\"wide\"><code>") == 16);
    CHECK(occurrences(text, "<details>") == 13);  // 7 groups of the theorem, 6 of the other
    CHECK(occurrences(text, "claim &#39;index&#39; fails") == 1);
    CHECK(text.find("<section class=\"agrees\" id=\"s1\">") != std::string::npos);
    CHECK(text.find("<section class=\"refuted\" id=\"s2\">") != std::string::npos);
    CHECK(text.find("8 of 8 cases certified</p>") != std::string::npos);
    CHECK(text.find("<a href=\"certificates/3.json\">") != std::string::npos);
  }

  TEST_CASE("agreeing cases beyond the limit are counted, the others listed") {
    test::Sample sample = test::sample(1);
    sample.rows.clear();
    Row row = test::complete_row();
    for (std::size_t i = 0; i < HtmlReport::listed_in_group + 25; ++i) {
      row.key = "agreeing " + std::to_string(i) + ".";
      sample.rows.emplace_back(0, row);
    }
    row.agrees = Truth::no;
    row.key = "refuted.";
    sample.rows.emplace_back(0, row);
    const std::string text = page(sample);
    CHECK(occurrences(text, "<code>agreeing ") == HtmlReport::listed_in_group);
    CHECK(occurrences(text, "<code>refuted.") == 1);
    CHECK(occurrences(text, ">25 more cases that agree are not listed.<") == 1);
  }

  TEST_CASE("only relative paths become links") {
    test::Sample sample = test::sample(1);
    sample.rows.resize(2);
    sample.rows[0].second.certificate = "javascript:alert(1)";
    sample.rows[1].second.certificate = "c/\"><b>.json";
    const std::string text = page(sample);
    CHECK(occurrences(text, "href=\"javascript") == 0);
    CHECK(occurrences(text, "javascript:alert(1)") == 1);
    CHECK(occurrences(text, "<a href=\"c/&quot;&gt;&lt;b&gt;.json\">") == 1);
  }
}
