// JUnit XML. No times: the same rows give the same bytes.

#include <algorithm>
#include <ostream>
#include <rankscape/report/case_table.hpp>
#include <rankscape/report/junit_report.hpp>
#include <rankscape/report/output.hpp>
#include <rankscape/report/text_summary.hpp>

#include "report/chunked_text.hpp"
#include "report/escape.hpp"

namespace rankscape {
namespace {

struct Suite {
  StatementHead head;
  report::ChunkedText cases;
  std::uint64_t tests = 0;
  std::uint64_t failures = 0;
  std::uint64_t errors = 0;
  std::uint64_t skipped = 0;
  bool refuted = false;

  void add(const std::string& name, const std::string& outcome) {
    ++tests;
    const std::string start =
        "    <testcase classname=\"" + report::xml(head.id) + "\" name=\"" + report::xml(name) + "\"";
    cases.append(start + (outcome.empty() ? "/>\n" : ">" + outcome + "</testcase>\n"));
  }
};

std::string with_message(const char* element, const std::string& message) {
  return std::string("<") + element + " message=\"" + report::xml(message) + "\"/>";
}

std::string skipped(const std::string& message) {
  return with_message("skipped", message);
}

void write_counts(std::ostream& out, const Suite& suite) {
  out << " tests=\"" << suite.tests << "\" failures=\"" << suite.failures << "\" errors=\"" << suite.errors
      << "\" skipped=\"" << suite.skipped << "\"";
}

}  // namespace

struct JunitReport::State {
  std::string path;
  std::vector<Suite> suites;

  void write() const {
    write_file(path, [&](std::ostream& out) {
      Suite total;
      for (const Suite& suite : suites) {
        total.tests += suite.tests;
        total.failures += suite.failures;
        total.errors += suite.errors;
        total.skipped += suite.skipped;
      }
      out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"rankscape\"";
      write_counts(out, total);
      out << ">\n";
      for (const Suite& suite : suites) {
        out << "  <testsuite name=\"" << report::xml(suite.head.id) << "\"";
        write_counts(out, suite);
        out << ">\n" << suite.cases << "  </testsuite>\n";
      }
      out << "</testsuites>\n";
    });
  }
};

JunitReport::JunitReport(std::string path) : state_(new State{std::move(path), {}}) {
  check_writable(state_->path);
}

JunitReport::~JunitReport() = default;

void JunitReport::start(const ReportPlan& plan) {
  state_->suites.clear();
  const auto file = std::make_shared<report::SpillFile>(state_->path);
  for (const StatementHead& head : plan.statements) {
    state_->suites.emplace_back();
    state_->suites.back().head = head;
    state_->suites.back().cases = report::ChunkedText(file);
  }
}

void JunitReport::row(std::size_t statement, const Row& row) {
  Suite& suite = state_->suites.at(statement);
  std::string outcome;
  switch (outcome_of(row)) {
    case Outcome::agrees:
      break;
    case Outcome::refuted:
      suite.refuted = true;
      if (suite.head.status == Status::known_false) {
        outcome = "<system-out>refuted, as expected: " + report::xml(explain(row)) + "</system-out>";
        break;
      }
      outcome = with_message("failure", explain(row));
      ++suite.failures;
      break;
    case Outcome::fault:
      outcome = with_message("error", "the point is not critical" + (row.reason.empty() ? "" : ": " + row.reason));
      ++suite.errors;
      break;
    case Outcome::undecided:
      outcome = skipped("undecided: " + explain(row));
      ++suite.skipped;
      break;
    case Outcome::uncovered:
      outcome = skipped("no case of the statement applies");
      ++suite.skipped;
      break;
    case Outcome::outside:
      outcome = skipped("outside the hypotheses");
      ++suite.skipped;
      break;
  }
  suite.add(row.key, outcome);
}

void JunitReport::end(const std::vector<Summary>& summaries) {
  for (std::size_t s = 0; s < state_->suites.size(); ++s) {
    Suite& suite = state_->suites[s];
    const Summary& summary = summaries.at(s);
    for (const std::string& part : summary.idle) {
      suite.add(part, skipped("asked of no point"));
      ++suite.skipped;
    }
    if (summary.vacuous()) {
      suite.add("judged somewhere",
                skipped(certified_line(summary) + (summary.reach.empty() ? "" : "; hint: " + summary.reach)));
      ++suite.skipped;
    }
    if (suite.head.status != Status::known_false || suite.refuted) continue;
    suite.add("refuted somewhere", skipped("the statement is known to be false, but no case refutes it"));
    ++suite.skipped;
  }
  state_->write();
}

void JunitReport::fault(const std::string& what) {
  Suite& suite = state_->suites.emplace_back();
  suite.head.id = "rankscape";
  suite.add("run", with_message("error", "internal fault: " + what));
  ++suite.errors;
  state_->write();
}

}  // namespace rankscape
