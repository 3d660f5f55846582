// Columns as wide as their widest cell, two spaces between them; numbers to the right.

#include <algorithm>
#include <ostream>
#include <rankscape/report/case_table.hpp>
#include <rankscape/report/text_table.hpp>

#include "report/escape.hpp"
#include "report/format.hpp"

namespace rankscape {

namespace {

using Line = std::vector<std::string>;

Line header(const StatementHead& head) {
  Line line;
  for (const TableColumn& column : head.columns)
    line.push_back(report::column_name(column, head.shape_key));
  for (const char* name : {"cases", "verdict", "-", "0", "+", "lambda_min >=", "<=", "agree", "valid"})
    line.emplace_back(name);
  return line;
}

Line cells(const StatementHead& head, const CaseGroup& group) {
  Line line;
  for (std::size_t i = 0; i < group.cells.size(); ++i) {
    line.push_back(report::printable(report::cell_text(group.cells[i], report::brackets_of(head.columns[i]))));
  }
  line.push_back(std::to_string(group.cases));
  std::string verdicts;
  for (const auto& [verdict, count] : group.found) {
    verdicts += (verdicts.empty() ? "" : ", ") + report::display_name(verdict);
  }
  line.push_back(verdicts);
  for (std::size_t k = 0; k < 3; ++k) {
    line.push_back(group.inertia ? report::range_text((*group.inertia)[k], "-") : "-");
  }
  const auto bounds = group.lambda_min ? report::bounds_text(*group.lambda_min) : report::Bounds{"-", "-", false};
  line.push_back(bounds.lower);
  line.push_back(bounds.upper);
  line.push_back(report::agreement_text(group));
  line.push_back(report::validity_text(group));
  return line;
}

bool is_text(std::size_t column, std::size_t labels, const std::string& name) {
  return column < labels || name == "verdict" || name == "valid";
}

}  // namespace

struct TextTable::State {
  std::ostream& out;
  std::vector<StatementHead> heads;
  std::vector<CaseTable> tables;
};

TextTable::TextTable(std::ostream& out) : state_(new State{out, {}, {}}) {}

TextTable::~TextTable() = default;

void TextTable::start(const ReportPlan& plan) {
  state_->heads = plan.statements;
  for (const StatementHead& head : plan.statements)
    state_->tables.emplace_back(head.columns);
}

void TextTable::row(std::size_t statement, const Row& row) {
  state_->tables.at(statement).add(row);
}

void TextTable::end(const std::vector<Summary>& /*summaries*/) {
  for (std::size_t s = 0; s < state_->heads.size(); ++s) {
    const StatementHead& head = state_->heads[s];
    std::vector<Line> lines{header(head)};
    for (const std::size_t position : state_->tables[s].order()) {
      lines.push_back(cells(head, state_->tables[s].groups()[position]));
    }
    std::vector<std::size_t> width(lines.front().size(), 0);
    for (const Line& line : lines) {
      for (std::size_t i = 0; i < line.size(); ++i)
        width[i] = std::max(width[i], line[i].size());
    }
    for (const Line& line : lines) {
      std::string text;
      for (std::size_t i = 0; i < line.size(); ++i) {
        const std::string padding(width[i] - line[i].size(), ' ');
        text += (i == 0 ? "" : "  ");
        text += is_text(i, head.columns.size(), lines.front()[i]) ? line[i] + padding : padding + line[i];
      }
      text.erase(text.find_last_not_of(' ') + 1);
      state_->out << text << "\n";
    }
  }
}

}  // namespace rankscape
