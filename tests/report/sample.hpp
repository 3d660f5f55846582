#pragma once
// Rows built by hand for the tests of the reports: a theorem that holds, a statement with everything that can go wrong
// (and with a hostile title), and one that is known to be false.

#include <functional>
#include <rankscape/report/statement_head.hpp>
#include <rankscape/report/tool.hpp>
#include <string>
#include <vector>

namespace rankscape::test {

struct Sample {
  ReportPlan plan;
  std::vector<std::pair<std::size_t, Row>> rows;  // in the order of the run
  std::vector<Summary> summaries;
};

/// \param statements  how many of the three
[[nodiscard]] Sample sample(std::size_t statements = 3);

/// A tool that does not change with the machine.
[[nodiscard]] ToolInfo fixed_tool();

/// Plays the sample to a listener.
void play(const Sample& sample, ReportListener& listener);

/// What the runner would count. Written from the definitions in Summary, independently of outcome_of.
[[nodiscard]] Summary summarize(const std::vector<Row>& rows);

/// Gives a label another value. \pre the row has it
void relabel(Row& row, std::string_view name, Cell cell);

/// Sets every field; a deep linear case at widths (2,2,2) that agrees.
[[nodiscard]] Row complete_row();

[[nodiscard]] inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

constexpr const char* hostile = R"(100% of $x_1$ & #2 \input{/etc/passwd} ~{}^ <b>"O'Neil"</b> Łódź café 中 λ≤½ )";

}  // namespace rankscape::test
