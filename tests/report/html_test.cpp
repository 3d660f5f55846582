// The HTML report: self-contained, well-formed, small, and complete about what does not agree.

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <rankscape/landscape.hpp>
#include <rankscape/native.hpp>
#include <rankscape/report/html_report.hpp>
#include <regex>
#include <set>

#include "report/golden.hpp"
#include "report/html_pieces.hpp"
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

// The page without its glossary, which has a page of its own, and its script.
std::string content(const std::string& page) {
  return page.substr(0, page.find("<details class=\"words\""));
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("golden") {
    CHECK(test::golden_difference("report.html", content(page(test::sample(3)))) == "");
  }

  TEST_CASE("nothing is loaded") {
    const std::string text = page(test::sample(3));
    for (const char* part : {"<link", "<img", "src=", "url(", "@import", "http://", "https://", "onclick", "<iframe",
                             "fetch(", "XMLHttpRequest", "import(", "innerHTML", "eval("}) {
      CAPTURE(part);
      CHECK(text.find(part) == std::string::npos);
    }
    CHECK(occurrences(text, "<script") == 1);
  }

  TEST_CASE("tags are closed in order, every attribute value is quoted, every id is there once") {
    std::string body = page(test::sample(3));
    body = body.substr(body.find("<body"));
    const std::size_t script = body.find("<script>") + 8;
    body.erase(script, body.find("</script>") - script);
    std::replace(body.begin(), body.end(), '\n', ' ');
    const std::regex tag(R"(<(/?)([a-z0-9]+)((?: [a-zA-Z-]+(?:="[^"<>]*")?)*)/?>)");
    const std::set<std::string> empty = {"br", "meta", "input"};
    std::vector<std::string> open;
    std::size_t tags = 0;
    for (std::sregex_iterator it(body.begin(), body.end(), tag); it != std::sregex_iterator(); ++it) {
      ++tags;
      const std::string name = (*it)[2];
      if (empty.count(name) > 0) continue;
      // what HTML closes by itself: a cell before the next one, cell and line before the next line and the table's end
      if (name == "td" || name == "tr" || name == "tbody") {
        const bool cell = (*it)[1].length() == 0 || name == "tbody";
        if (cell && !open.empty() && open.back() == "td") open.pop_back();
        if (cell && name != "td" && !open.empty() && open.back() == "tr") open.pop_back();
      }
      if ((*it)[1].length() == 0) {
        open.push_back(name);
      } else if (name != "html") {
        REQUIRE_FALSE(open.empty());
        CHECK(open.back() == name);
        open.pop_back();
      }
    }
    CHECK(open.empty());
    CHECK(tags > 100);
    // Nothing but these tags has an angle bracket: no user's text got through.
    CHECK(tags == static_cast<std::size_t>(std::count(body.begin(), body.end(), '<')));
    CHECK(tags == static_cast<std::size_t>(std::count(body.begin(), body.end(), '>')));
    std::set<std::string> ids;
    const std::regex attribute(R"re( id="([^"]*)")re");
    for (std::sregex_iterator it(body.begin(), body.end(), attribute); it != std::sregex_iterator(); ++it)
      CHECK_MESSAGE(ids.insert((*it)[1]).second, (*it)[1].str());
    const std::regex link(R"re(href="#([^"]*)")re");
    for (std::sregex_iterator it(body.begin(), body.end(), link); it != std::sregex_iterator(); ++it)
      CHECK_MESSAGE(ids.contains((*it)[1]), (*it)[1].str());
  }

  TEST_CASE("what agrees is a line of the table, what does not is shown") {
    const std::string text = page(test::sample(2));
    CHECK(occurrences(text, "<td><code>") == 13);  // 7 groups of the theorem, 6 of the other
    CHECK(occurrences(text, "<article class=\"case refuted\"") == 2);
    CHECK(occurrences(text, "<article class=\"case undecided\"") == 2);
    CHECK(occurrences(text, "<article class=\"case fault\"") == 1);
    CHECK(occurrences(text, "claim &#39;index&#39; fails") == 1);
    CHECK(text.find("<section class=\"agrees\" id=\"achour2024-classification\">") != std::string::npos);
    CHECK(text.find("<section class=\"refuted\" id=\"hostile--id----co\">") != std::string::npos);
    CHECK(text.find("8 of 8 cases certified</p>") != std::string::npos);
  }

  TEST_CASE("agreeing cases cost nothing, of the others so many have a line and the rest is counted") {
    test::Sample sample = test::sample(1);
    sample.rows.clear();
    Row row = test::complete_row();
    const auto pages_with = [&](std::size_t agreeing, std::size_t refuted) {
      sample.rows.clear();
      row.agrees = Truth::yes;
      for (std::size_t i = 0; i < agreeing; ++i) {
        row.key = "agreeing " + std::to_string(i) + ".";
        sample.rows.emplace_back(0, row);
      }
      row.agrees = Truth::no;
      for (std::size_t i = 0; i < refuted; ++i) {
        row.key = "refuted " + std::to_string(i) + ".";
        sample.rows.emplace_back(0, row);
      }
      return content(page(sample));
    };
    CHECK(pages_with(5000, 0).size() <= pages_with(1, 0).size() + 40);
    constexpr std::size_t many = HtmlReport::in_full_in_statement + HtmlReport::listed_in_statement + 25;
    const std::string text = pages_with(1, many);
    CHECK(occurrences(text, "<article") == HtmlReport::in_full_in_statement);
    CHECK(occurrences(text, "<li class=\"case refuted\"") == HtmlReport::listed_in_statement);
    CHECK(occurrences(text, ">25 further cases that do not agree are in the JSON report.<") == 1);
    // what is expected is shown twice
    sample.plan.statements[0].status = Status::known_false;
    const std::string known = pages_with(1, 10);
    CHECK(occurrences(known, "<article") == 2);
    CHECK(occurrences(known, "<li class=\"case refuted\"") == 8);
  }

  TEST_CASE("a line of the table costs below 800 bytes") {
    test::Sample sample = test::sample(1);
    sample.rows.clear();
    constexpr std::size_t lines = 200;
    for (std::size_t i = 0; i < lines; ++i) {
      Row row = test::complete_row();
      test::relabel(row, "r", static_cast<long>(i));
      row.key = "3,3,3,3,3 S=1 [0:1*1 1:2*1 1:1*1 2:2*1 3:1*2] generic general #" + std::to_string(i);
      sample.rows.emplace_back(0, row);
    }
    const std::string text = content(page(sample));
    CHECK(occurrences(text, "<td><code>") == lines);
    CHECK(text.size() < 12'000 + 800 * lines);  // the default report has about 2400 lines: below 2 MB
  }

  TEST_CASE("only relative paths become links") {
    test::Sample sample = test::sample(1);
    sample.rows.resize(2);
    for (auto& [statement, row] : sample.rows)
      row.agrees = Truth::no;
    sample.rows[0].second.certificate = "javascript:alert(1)";
    sample.rows[1].second.certificate = "c/\"><b>.json";
    const std::string text = page(sample);
    CHECK(occurrences(text, "href=\"javascript") == 0);
    CHECK(occurrences(text, "javascript:alert(1)") == 1);
    CHECK(occurrences(text, "<a href=\"c/&quot;&gt;&lt;b&gt;.json\">") == 1);
  }

  TEST_CASE("a case that does not agree has its exact matrices and a picture of its spectrum") {
    const Library library({installed_landscapes()}, find_adviser);
    const Landscape& landscape = library.at("deep-linear");
    Scope scope;
    scope.shapes = {Shape{2, 2, 2}};
    auto recipes = landscape.cases(landscape.with_defaults(scope));
    REQUIRE_FALSE(recipes.empty());
    test::Sample sample = test::sample(1);
    sample.plan.landscapes = {&landscape};
    Row row = test::complete_row();
    row.recipe = std::move(recipes.front());
    row.key = row.recipe->key();
    const auto instance = landscape.instance(row.recipe->build(sample.plan.seed));
    row.inertia = inertia(instance->hessian());
    row.agrees = Truth::no;
    sample.rows = {{0, row}};
    const std::string text = content(page(sample));
    CHECK(occurrences(text, "<figcaption>W(1)</figcaption><table>") == 1);
    CHECK(occurrences(text, "&quot;format&quot;: &quot;rankscape-point/1&quot;") == 1);
    CHECK(occurrences(text, "<circle ") == static_cast<std::size_t>(instance->parameters()));
    CHECK(occurrences(text, "<circle class=\"neg\"") == static_cast<std::size_t>(row.inertia->negative));
    CHECK(occurrences(text, "<circle class=\"zero\"") == static_cast<std::size_t>(row.inertia->zero));
  }

  TEST_CASE("the glossary's markdown") {
    CHECK(report::markdown_html("# Title\n\n## A & b\n\n**word** is `<x>`, see\n[page](p.md) 2 * 3.\n") ==
          "<h3>A &amp; b</h3>\n<p><dfn id=\"word-word\">word</dfn> is <code>&lt;x&gt;</code>, see page 2 * 3.</p>\n");
    CHECK(report::markdown_html("| a | b |\n|---|---|\n| `c` | [d](e) |\n") ==
          "<div class=\"scroll\"><table><tr><td> a </td><td> b </td></tr><tr><td> <code>c</code> </td><td> d </td>"
          "</tr></table></div>\n");
    for (const char* unfinished : {"**open", "`open", "[open](", "[open", "*", "| a"})
      CHECK_FALSE(report::markdown_html(unfinished).empty());
  }
}
