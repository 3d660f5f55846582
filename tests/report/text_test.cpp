// The summary on the terminal.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <rankscape/report/text_summary.hpp>
#include <sstream>

#include "report/golden.hpp"
#include "report/sample.hpp"

using namespace rankscape;

namespace {

std::string summary_of(const test::Sample& sample) {
  std::ostringstream out;
  TextSummary summary(out);
  test::play(sample, summary);
  return out.str();
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("a theorem that holds") {
    CHECK(summary_of(test::sample(1)) ==
          "achour2024-classification: Second-order classification of critical points\n"
          "  2 global minimizer, 1 non-strict saddle, 5 strict saddle\n"
          "  8 of 8 cases certified\n");
  }

  TEST_CASE("golden: everything that can go wrong") {
    CHECK(test::golden_difference("summary.txt", summary_of(test::sample(3))) == "");
  }

  TEST_CASE("many refuted cases are cut, and counted") {
    test::Sample sample = test::sample(1);
    sample.rows.clear();
    Row row = test::complete_row();
    row.agrees = Truth::no;
    for (long r = 0; r < 4; ++r) {
      test::relabel(row, "r", r);
      for (int i = 0; i < 10; ++i) {
        row.key = "case " + std::to_string(r) + "." + std::to_string(i) + ".";
        sample.rows.emplace_back(0, row);
      }
    }
    const std::string text = summary_of(sample);
    std::size_t listed = 0;
    for (auto at = text.find("case "); at != std::string::npos; at = text.find("case ", at + 1))
      ++listed;
    CHECK(listed == TextSummary::examples_listed);
    // 3 of the first line's 10, 2 of the second's.
    CHECK(text.find("and 35 more\n") != std::string::npos);
    CHECK(text.find("refuted: widths (2,2,2), r 0, S type leading, tightened no: 10 of 10\n") != std::string::npos);
  }

  TEST_CASE("the closing line") {
    Summary summary;
    summary.agree = 12;
    summary.refuted = 2;
    summary.undecided = 1;
    summary.uncovered = 4;
    summary.outside = 5;
    CHECK(certified_line(summary) ==
          "12 of 15 cases certified; 2 refuted; 1 undecided; 4 not covered by the statement; 5 outside the hypotheses");
    StatementHead head;
    CHECK(closing_line(head, summary) == certified_line(summary));
    head.status = Status::known_false;
    CHECK(closing_line(head, summary) == "Refuted at 2 of 15 cases, as expected");
    summary.refuted = 0;
    CHECK(closing_line(head, summary) == "Known to be false, but not refuted at any of 13 cases");
  }

  TEST_CASE("a title cannot move the cursor") {
    test::Sample sample = test::sample(1);
    sample.plan.statements[0].title = "a\x1b[2J\nb";
    CHECK(summary_of(sample).find('\x1b') == std::string::npos);
    CHECK(summary_of(sample).find("a\\x1b[2J\\nb\n") != std::string::npos);
  }
}
