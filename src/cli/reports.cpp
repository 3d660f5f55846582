// The reports of a run, by the options that ask for them.
#include "cli/reports.hpp"

#include <iostream>
#include <rankscape/report/csv_report.hpp>
#include <rankscape/report/html_report.hpp>
#include <rankscape/report/json_report.hpp>
#include <rankscape/report/junit_report.hpp>
#include <rankscape/report/latex_report.hpp>
#include <rankscape/report/progress.hpp>
#include <rankscape/report/regression.hpp>
#include <rankscape/report/text_summary.hpp>
#include <rankscape/report/text_table.hpp>
#include <rankscape/report/tool.hpp>
#include <stdexcept>

#include "cli/arguments.hpp"
#include "cli/usage.hpp"

namespace rankscape::cli {

bool ReportOptions::any() const {
  for (const std::string* path : {&json, &latex, &latex_fragment, &latex_table, &csv, &junit, &html, &against}) {
    if (!path->empty()) return true;
  }
  return table;
}

void add_report_options(CLI::App& command, ReportOptions& options) {
  command
      .add_option("--json", options.json,
                  "write the report (- for the standard output; .jsonl: one line a case; .gz: compressed)")
      ->type_name(output_file);
  command.add_option("--latex", options.latex, "write the tables as a document")->type_name(output_file);
  command.add_option("--latex-fragment", options.latex_fragment, "write the tables for \\input")
      ->type_name(output_file);
  command.add_option("--junit", options.junit, "write JUnit XML")->type_name(output_file);
  command.add_option("--html", options.html, "write one self-contained page")->type_name(output_file);
  command.add_option("--latex-table", options.latex_table, "write each case table as a bare tabular, for a table*")
      ->type_name(output_file);
  command.add_option("--latex-columns", options.latex_columns,
                     "columns of the tables in LaTeX, e.g. widths,r,verdict,inertia,agree");
  command.add_option("--csv", options.csv, "write one line a case")->type_name(output_file);
  command.add_flag("--table", options.table, "print the case tables as text");
  command
      .add_option("--against", options.against,
                  "older report (--json) to compare with; exit code 1 when a case that agreed does not any more")
      ->type_name(input_file);
}

Reports::Reports(const ReportOptions& options, const std::string& again) {
  const std::vector<std::string> columns = parse_words(options.latex_columns);
  const auto file = [&](std::unique_ptr<RunListener> listener) { files_.push_back(std::move(listener)); };
  file(std::make_unique<ProgressBar>());
  if (!options.json.empty()) file(std::make_unique<JsonReport>(options.json));
  for (const auto& [path, form] :
       {std::pair(&options.latex, LatexForm::document), std::pair(&options.latex_fragment, LatexForm::fragment),
        std::pair(&options.latex_table, LatexForm::table)}) {
    if (!path->empty()) file(std::make_unique<LatexReport>(*path, form, columns));
  }
  if (!options.csv.empty()) file(std::make_unique<CsvReport>(options.csv));
  if (!options.junit.empty()) {
    auto report = std::make_unique<JunitReport>(options.junit);
    junit_ = report.get();
    file(std::move(report));
  }
  if (!options.html.empty()) file(std::make_unique<HtmlReport>(options.html, tool_info(), again));
  bool aside = false;
  for (const std::string* path : {&options.json, &options.latex, &options.latex_fragment, &options.latex_table,
                                  &options.csv, &options.junit, &options.html})
    aside = aside || *path == "-";
  out_ = aside ? &std::cerr : &std::cout;
  if (options.table) words_.push_back(std::make_unique<TextTable>(*out_));
  words_.push_back(std::make_unique<TextSummary>(*out_));
  if (!options.against.empty()) {
    auto comparison = std::make_unique<Regression>(read_reports(options.against), options.against, *out_);
    regression_ = comparison.get();
    words_.push_back(std::move(comparison));
  }
}

std::vector<RunListener*> Reports::listeners(const std::vector<std::unique_ptr<RunListener>>& others) const {
  std::vector<RunListener*> all;
  all.reserve(files_.size() + others.size() + words_.size());
  for (const auto* list : {&files_, &others, &words_}) {
    for (const auto& listener : *list)
      all.push_back(listener.get());
  }
  return all;
}

int Reports::conclude(const std::vector<Statement>& statements,
                      const std::function<std::vector<Summary>()>& run) const {
  try {
    const int code = exit_code(statements, run());
    return regression_ != nullptr && regression_->loss() ? 1 : code;
  } catch (const std::logic_error& defect) {
    if (junit_ != nullptr) junit_->fault(defect.what());
    throw;
  }
}

}  // namespace rankscape::cli
