// A run against an older report: nothing changed, and everything that can change, one at a time.
#include <rankscape/report/regression.hpp>

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <sstream>

#include "report/golden.hpp"
#include "report/sample.hpp"

using namespace rankscape;

namespace {

// The hand-made rows, with keys that stand once.
test::Sample numbered(std::size_t statements) {
  test::Sample sample = test::sample(statements);
  for (std::size_t k = 0; k < sample.rows.size(); ++k)
    sample.rows[k].second.key += " " + std::to_string(k);
  return sample;
}

void recount(test::Sample& sample) {
  for (std::size_t s = 0; s < sample.plan.statements.size(); ++s) {
    std::vector<Row> rows;
    for (const auto& [statement, row] : sample.rows) {
      if (statement == s) rows.push_back(row);
    }
    sample.summaries[s] = test::summarize(rows);
  }
}

std::vector<SavedReport> saved(const test::Sample& sample) {
  const test::ScratchDirectory scratch;
  JsonReport report(scratch.file("old.json"), test::fixed_tool());
  test::play(sample, report);
  return read_reports(scratch.file("old.json"));
}

struct Comparison {
  std::vector<StatementRegression> result;
  std::string text;
  bool loss = false;
};

Comparison compare(const test::Sample& before, test::Sample now) {
  recount(now);
  std::ostringstream out;
  Regression regression(saved(before), "old.json", out);
  test::play(now, regression);
  return {regression.result(), out.str(), regression.loss()};
}

Row& row_of(test::Sample& sample, std::size_t statement, std::size_t number) {
  for (auto& [s, row] : sample.rows) {
    if (s == statement && number-- == 0) return row;
  }
  throw std::logic_error("no such row");
}

void refute(Row& row) {
  row.agrees = Truth::no;
  row.found = Verdict::local_minimizer;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("the same run again: nothing to say") {
    const Comparison same = compare(numbered(3), numbered(3));
    CHECK_FALSE(same.loss);
    CHECK(same.text == "against old.json\n  no loss; 3 statements unchanged\n");
    for (const StatementRegression& statement : same.result)
      CHECK(statement.same());
  }

  TEST_CASE("a case that agreed and does not any more is a loss, however it went") {
    const std::vector<std::pair<std::string, std::function<void(Row&)>>> ways = {
        {"agreed (strict_saddle), now refuted: predicted strict_saddle, found local_minimizer", refute},
        {"agreed (strict_saddle), now undecided: found strict_saddle; slow",
         [](Row& row) {
           row.agrees = Truth::unknown;
           row.reason = "slow";
         }},
        {"agreed (strict_saddle), now outside the hypotheses", [](Row& row) { row.inside = Truth::no; }},
        {"agreed (strict_saddle), now no case of the statement applies",
         [](Row& row) {
           row.agrees = Truth::unknown;
           row.covered = false;
           row.predicted.clear();
         }},
        {"agreed (strict_saddle), now not critical", [](Row& row) { row.found = Verdict::not_critical; }},
    };
    for (const auto& [says, change] : ways) {
      test::Sample now = numbered(1);
      change(row_of(now, 0, 2));
      const Comparison comparison = compare(numbered(1), now);
      CAPTURE(comparison.text);
      CHECK(comparison.loss);
      REQUIRE(comparison.result[0].lost.size() == 1);
      CHECK(comparison.result[0].lost[0].key == "2,2,2 S=2 generic #0 2");
      const std::string& what = comparison.result[0].lost[0].what;
      CHECK(what == says);
      CHECK(comparison.text.find("    lost: 2,2,2 S=2 generic #0 2: " + what + "\n") != std::string::npos);
      CHECK(comparison.text.ends_with("  1 loss\n"));
    }
  }

  TEST_CASE("what is lost is spelled out") {
    test::Sample now = numbered(1);
    refute(row_of(now, 0, 2));
    CHECK(compare(numbered(1), now).text ==
          "against old.json\n"
          "  achour2024-classification: cases 8, agree 8 -> 7, refuted 0 -> 1\n"
          "    lost: 2,2,2 S=2 generic #0 2: agreed (strict_saddle), now refuted: predicted strict_saddle, found "
          "local_minimizer\n"
          "  1 loss\n");
  }

  TEST_CASE("missing cases: a loss where they agreed; new ones are not") {
    test::Sample less = numbered(2);
    // the first row of each statement: one agreed, the other was refuted
    std::erase_if(less.rows, [](const auto& entry) { return entry.second.key.ends_with("#0 0"); });
    const Comparison gone = compare(numbered(2), less);
    CHECK(gone.loss);
    REQUIRE(gone.result[0].lost.size() == 1);
    CHECK(gone.result[0].lost[0].what == "agreed (strict_saddle), now missing");
    CHECK(gone.result[1].lost.empty());

    less = numbered(2);
    std::erase_if(less.rows, [](const auto& entry) { return entry.second.key.ends_with("#0 1"); });
    const Comparison refuted_gone = compare(numbered(2), less);
    CHECK_FALSE(refuted_gone.loss);
    CHECK(refuted_gone.result[1].missing == std::vector<std::string>{"2,2,2 S=1 generic #0 1"});
    CHECK(refuted_gone.text.find("    gone: 1 case, the first 2,2,2 S=1 generic #0 1\n") != std::string::npos);

    recount(less);
    const Comparison more = compare(less, numbered(2));
    CHECK_FALSE(more.loss);
    CHECK(more.result[1].added == std::vector<std::string>{"2,2,2 S=1 generic #0 1"});
  }

  TEST_CASE("statements that come and go") {
    test::Sample one = numbered(3);
    std::erase_if(one.rows, [](const auto& entry) { return entry.first != 0; });
    one.plan.statements.resize(1);
    one.summaries.resize(1);
    const Comparison gone = compare(numbered(3), one);
    CHECK(gone.loss);
    REQUIRE(gone.result.size() == 3);
    CHECK(gone.result[0].same());
    CHECK_FALSE(gone.result[1].checked);
    CHECK(gone.result[1].lost.size() == 1);  // one of its eight cases agreed
    CHECK(gone.result[1].missing.size() == 7);
    CHECK(gone.text.find("  false-statement: not checked any more\n") != std::string::npos);
    const Comparison come = compare(one, numbered(3));
    CHECK_FALSE(come.loss);
    CHECK(come.text.find("  false-statement: new\n") != std::string::npos);
    CHECK(come.text.ends_with("  no loss; 1 statement unchanged\n"));
  }

  TEST_CASE("changes that lose nothing: repaired cases, values, claims, another file or seed") {
    test::Sample now = numbered(2);
    *row_of(now, 0, 1).value += 1;
    row_of(now, 0, 3).inertia->negative += 1;
    Row& repaired = row_of(now, 1, 0);
    repaired.agrees = Truth::yes;
    repaired.found = Verdict::strict_saddle;
    row_of(now, 1, 2).claims[0].second = Truth::no;
    now.plan.statements[0].input_sha256 = sha256("another file");
    now.plan.seed = 8;
    const Comparison comparison = compare(numbered(2), now);
    CAPTURE(comparison.text);
    CHECK_FALSE(comparison.loss);
    const auto& first = comparison.result[0];
    CHECK(first.notes.size() == 2);
    REQUIRE(first.changed.size() == 2);
    CHECK(first.changed[0].what == "value 13/4 -> 17/4");
    CHECK(first.changed[1].what == "inertia (0, 4, 4) -> (1, 4, 4)");
    const auto& second = comparison.result[1];
    REQUIRE(second.repaired.size() == 1);
    CHECK(second.repaired[0].what == "was refuted (global_minimizer), now agrees");
    REQUIRE(second.changed.size() == 1);
    CHECK(second.changed[0].what == "claim 'critical value' yes -> no");
  }

  TEST_CASE("of a statement known to be false, refutations are what is to be kept") {
    test::Sample now = numbered(3);
    Row& refuted = row_of(now, 2, 1);
    refuted.agrees = Truth::yes;
    const Comparison kept_nowhere = compare(numbered(3), now);
    CHECK(kept_nowhere.loss);
    CHECK(kept_nowhere.result[2].refutation_lost);
    now = numbered(3);
    refute(row_of(now, 2, 0));
    CHECK_FALSE(compare(numbered(3), now).loss);  // one refutation more
  }

  TEST_CASE("long lists are cut, and say so") {
    test::Sample now = numbered(1);
    for (auto& [statement, row] : now.rows)
      refute(row);
    const Comparison comparison = compare(numbered(1), now);
    std::ostringstream out;
    write_regression(out, "old.json", comparison.result, 3);
    CHECK(out.str().find("    lost: and 5 more\n") != std::string::npos);
    CHECK(out.str().ends_with("  8 losses\n"));
  }

  TEST_CASE("reports in which something stands twice are refused") {
    std::ostringstream out;
    auto reports = saved(numbered(2));
    reports.push_back(reports.front());
    CHECK_THROWS_WITH_AS(Regression(reports, "o.json", out),
                         "o.json: the statement achour2024-classification stands twice", InputError);
    reports.pop_back();
    reports[0].rows.push_back(reports[0].rows[0]);
    CHECK_THROWS_WITH_AS(Regression(reports, "o.json", out),
                         "o.json: the case '2,2,2 S= generic #0 0' of achour2024-classification stands twice",
                         InputError);
  }
}
