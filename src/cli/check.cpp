// rankscape check: judges statements on their scopes and writes what was found.
#include <rankscape/check/run.hpp>
#include <rankscape/error.hpp>
#include <rankscape/journal.hpp>
#include <rankscape/report/certificate_folder.hpp>
#include <rankscape/report/csv_report.hpp>
#include <rankscape/report/html_report.hpp>
#include <rankscape/report/json_report.hpp>
#include <rankscape/report/junit_report.hpp>
#include <rankscape/report/latex_report.hpp>
#include <rankscape/report/progress.hpp>
#include <rankscape/report/regression.hpp>
#include <rankscape/report/text_summary.hpp>
#include <rankscape/report/text_table.hpp>
#include <rankscape/statements/languages.hpp>

#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "cli/arguments.hpp"
#include "cli/command.hpp"

namespace rankscape::cli {

namespace {

struct Options {
  std::vector<std::string> files;
  std::vector<std::string> shapes;
  std::string landscapes;
  unsigned jobs = 0;
  std::uint64_t seed = 1;
  int samples = 0;
  std::string time_limit;
  std::string json;
  std::string latex;
  std::string latex_fragment;
  std::string latex_table;
  std::string latex_columns;
  std::string csv;
  std::string junit;
  std::string html;
  std::string resume;
  std::string certificates;
  std::string against;
  bool table = false;
};

int check(const Options& options) {
  std::vector<Statement> statements;
  std::set<std::string> ids;
  const auto library = landscape_library(options.landscapes);
  for (const std::string& file : options.files) {
    statements.push_back(Statement::read(file, languages_of(*library, std::filesystem::path(file).parent_path())));
    if (!ids.insert(statements.back().id()).second) {
      throw InputError(file + ": the id " + statements.back().id() + " is also that of another statement of this run");
    }
  }
  RunOptions run_options;
  run_options.jobs = options.jobs;
  run_options.seed = options.seed;
  if (options.samples != 0) run_options.samples = options.samples;
  run_options.library = library.get();
  run_options.shapes = parse_shapes(options.shapes, "--size");
  if (!options.time_limit.empty()) {
    run_options.time_limit = std::chrono::duration<double>(parse_seconds(options.time_limit, "--time-limit"));
  }
  run_options.examine.witness = false;

  const std::vector<std::string> columns = parse_words(options.latex_columns);
  std::vector<std::unique_ptr<RunListener>> owned;
  owned.push_back(std::make_unique<ProgressBar>());
  if (!options.json.empty()) owned.push_back(std::make_unique<JsonReport>(options.json));
  if (!options.latex.empty())
    owned.push_back(std::make_unique<LatexReport>(options.latex, LatexForm::document, columns));
  if (!options.latex_fragment.empty()) {
    owned.push_back(std::make_unique<LatexReport>(options.latex_fragment, LatexForm::fragment, columns));
  }
  if (!options.latex_table.empty()) {
    owned.push_back(std::make_unique<LatexReport>(options.latex_table, LatexForm::table, columns));
  }
  if (!options.csv.empty()) owned.push_back(std::make_unique<CsvReport>(options.csv));
  JunitReport* junit = nullptr;
  if (!options.junit.empty()) {
    auto report = std::make_unique<JunitReport>(options.junit);
    junit = report.get();
    owned.push_back(std::move(report));
  }
  if (!options.html.empty()) owned.push_back(std::make_unique<HtmlReport>(options.html));
  if (!options.certificates.empty()) {
    auto folder = std::make_unique<CertificateFolder>(options.certificates, statements);
    run_options.certificates = folder.get();
    run_options.examine.witness = true;
    owned.push_back(std::move(folder));
  }
  if (!options.resume.empty()) {
    auto journal = std::make_unique<Journal>(options.resume, journal_identity(statements, run_options));
    run_options.finished = journal.get();
    owned.push_back(std::move(journal));
  }
  // results on the standard output: the summary, unless a report goes there
  const bool summary_aside = options.json == "-" || options.latex == "-" || options.latex_fragment == "-" ||
                             options.latex_table == "-" || options.csv == "-" || options.junit == "-" ||
                             options.html == "-";
  std::ostream& out = summary_aside ? std::cerr : std::cout;
  if (options.table) owned.push_back(std::make_unique<TextTable>(out));
  owned.push_back(std::make_unique<TextSummary>(out));
  const Regression* regression = nullptr;
  if (!options.against.empty()) {
    auto comparison = std::make_unique<Regression>(read_reports(options.against), options.against, out);
    regression = comparison.get();
    owned.push_back(std::move(comparison));
  }
  std::vector<RunListener*> listeners;
  for (const auto& listener : owned)
    listeners.push_back(listener.get());
  try {
    const int code = exit_code(statements, run(statements, run_options, listeners));
    return regression != nullptr && regression->loss() ? 1 : code;
  } catch (const std::logic_error& defect) {
    // said where continuous integration looks, and then as always
    if (junit != nullptr) junit->fault(defect.what());
    throw;
  }
}

}  // namespace

void add_check(CLI::App& app, Action& chosen) {
  CLI::App* command = app.add_subcommand("check", "check statements on exact critical points");
  auto options = std::make_shared<Options>();
  command->add_option("files", options->files, "statement files (theorems/*.toml)")->required();
  command
      ->add_option("--size,--sizes,--widths", options->shapes,
                   "shape to check instead of the statements' scopes, e.g. 3,3,3 or \"[3,2],[1]\"; repeatable")
      ->take_all()
      ->type_size(1)
      ->allow_extra_args(false);
  command->add_option("--landscapes", options->landscapes, "folder of landscape files beside the installed ones");
  command->add_option("--jobs", options->jobs, "threads (default: as many as the machine has)")
      ->check(CLI::Range(1, 1024));
  command->add_option("--seed", options->seed, "seed of the random choices (default 1)");
  command->add_option("--samples", options->samples, "points for each case instead of the scope's")
      ->check(CLI::Range(1, 1000000));
  command->add_option("--time-limit", options->time_limit,
                      "seconds; cases not finished by then are undecided (exit code 3)");
  command->add_option("--json", options->json, "write the report (- for the standard output)");
  command->add_option("--latex", options->latex, "write the tables as a document");
  command->add_option("--latex-fragment", options->latex_fragment, "write the tables for \\input");
  command->add_option("--latex-table", options->latex_table, "write each case table as a bare tabular, for a table*");
  command->add_option("--latex-columns", options->latex_columns,
                      "columns of the tables in LaTeX, e.g. widths,r,verdict,inertia,agree");
  command->add_option("--csv", options->csv, "write one line a case");
  command->add_option("--junit", options->junit, "write JUnit XML");
  command->add_option("--html", options->html, "write one self-contained page");
  command->add_flag("--table", options->table, "print the case tables as text");
  command->add_option("--certificates", options->certificates, "folder for certificates, for rankscape-verify");
  command->add_option("--resume", options->resume,
                      "journal of finished cases: created, or continued after an interruption");
  command->add_option("--against", options->against,
                      "older report (--json) to compare with; exit code 1 when a case that agreed does not any more");
  command->callback([options, &chosen] { chosen = [options] { return check(*options); }; });
}

}  // namespace rankscape::cli
