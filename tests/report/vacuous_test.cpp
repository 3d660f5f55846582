// What looks green must be green: a statement that judged nothing, and parts of one that were asked of no point, are
// marked in every report.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <rankscape/report/html_report.hpp>
#include <rankscape/report/json_report.hpp>
#include <rankscape/report/junit_report.hpp>
#include <rankscape/report/latex_report.hpp>
#include <rankscape/report/text_summary.hpp>
#include <sstream>

#include "report/golden.hpp"
#include "report/sample.hpp"

using namespace rankscape;
using test::ScratchDirectory;

namespace {

// Two statements: the first judged nothing, the second has idle parts.
test::Sample vacuous_sample() {
  test::Sample two = test::sample(1);
  two.plan.statements.push_back(two.plan.statements[0]);
  for (auto& [statement, row] : two.rows)
    statement = 1;
  two.plan.statements[0].id = "empty";
  Summary empty;
  empty.outside = 597;
  empty.excluded = {{"balanced", 597, 590}, {"H<4", 7, 0}};
  empty.reach = "data = [\"square\"] reaches it";
  two.summaries.insert(two.summaries.begin(), empty);
  two.summaries[1].idle = {"case 'a_b'", "claim 'c'"};
  return two;
}

constexpr const char* closing =
    "vacuous: nothing was judged; 597 outside the hypotheses: balanced 597 (590 alone), H<4 7 (0 alone)";

template <class Report, class... Arguments>
std::string written(const test::Sample& rows, Arguments... arguments) {
  const ScratchDirectory scratch;
  Report report(scratch.file("report"), arguments...);
  test::play(rows, report);
  return test::file_content(scratch.file("report"));
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++found;
  return found;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("on the terminal") {
    std::ostringstream out;
    TextSummary summary(out);
    test::play(vacuous_sample(), summary);
    CHECK(out.str() ==
          "empty: Second-order classification of critical points\n"
          "  " +
              std::string(closing) +
              "\n"
              "  hint: data = [\"square\"] reaches it\n"
              "achour2024-classification: Second-order classification of critical points\n"
              "  2 global minimizer, 1 non-strict saddle, 5 strict saddle\n"
              "  8 of 8 cases certified\n"
              "  asked of no point: case 'a_b', claim 'c'\n"
              "2 statements: 8 of 8 cases certified; 597 outside the hypotheses; 1 is vacuous\n");
  }

  TEST_CASE("a statement known to be false that judged nothing is vacuous too") {
    test::Sample rows = vacuous_sample();
    rows.plan.statements[0].status = Status::known_false;
    std::ostringstream out;
    TextSummary summary(out);
    test::play(rows, summary);
    CHECK(count(out.str(), closing) == 1);
    CHECK(count(out.str(), "0 of 1 false statements refuted") == 1);
  }

  TEST_CASE("in JUnit they are skipped tests") {
    const std::string text = written<JunitReport>(vacuous_sample());
    CHECK(count(text, "tests=\"11\" failures=\"0\" errors=\"0\" skipped=\"3\"") == 1);
    CHECK(count(text, "name=\"judged somewhere\"><skipped message=\"vacuous: nothing was judged; 597 outside") == 1);
    CHECK(count(text, "; hint: data = [&quot;square&quot;] reaches it\"/>") == 1);
    CHECK(count(text, "name=\"case &#39;a_b&#39;\"><skipped message=\"asked of no point\"/>") == 1);
  }

  TEST_CASE("in JSON they are fields of the summary") {
    const Json json = Json::parse(written<JsonReport>(vacuous_sample(), test::fixed_tool()));
    const Json& empty = json["reports"][0]["summary"];
    CHECK(empty["vacuous"] == true);
    CHECK(empty["excluded"] ==
          Json({{"balanced", {{"points", 597}, {"alone", 590}}}, {"H<4", {{"points", 7}, {"alone", 0}}}}));
    CHECK(empty["reach"] == "data = [\"square\"] reaches it");
    const Json& other = json["reports"][1]["summary"];
    CHECK(other["vacuous"] == false);
    CHECK(other["idle"] == Json({"case 'a_b'", "claim 'c'"}));
    CHECK_FALSE(other.contains("reach"));
  }

  TEST_CASE("in LaTeX and in HTML they stand under the table, in no colour of success") {
    const std::string latex =
        written<LatexReport>(vacuous_sample(), LatexForm::document, std::vector<std::string>(), test::fixed_tool());
    CHECK(count(latex, "\\textbf{vacuous: nothing was judged; 597 outside the hypotheses: balanced 597 (590 alone)") ==
          1);
    CHECK(count(latex, "Asked of no point: case 'a\\_b', claim 'c'.") == 1);
    const std::string html = written<HtmlReport>(vacuous_sample(), test::fixed_tool());
    CHECK(count(html, "<section class=\"uncovered\"") == 1);
    CHECK(count(html, "<p class=\"soft\">vacuous: nothing was judged; 597 outside") == 1);
    CHECK(count(html, "H&lt;4 7 (0 alone)") == 1);
    CHECK(count(html, "asked of no point: case 'a_b', claim 'c'") +
              count(html, "case &#39;a_b&#39;, claim &#39;c&#39;") ==
          1);
  }
}
