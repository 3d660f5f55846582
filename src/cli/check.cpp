// rankscape check: judges statements on their scopes and writes what was found.
#include <rankscape/check/run.hpp>
#include <rankscape/error.hpp>
#include <rankscape/journal.hpp>
#include <rankscape/limits.hpp>
#include <rankscape/report/certificate_folder.hpp>
#include <rankscape/report/progress.hpp>
#include <rankscape/statements/languages.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "answers/given_data.hpp"
#include "answers/point_file.hpp"
#include "check/points.hpp"
#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "cli/interrupt.hpp"
#include "cli/reports.hpp"
#include "cli/usage.hpp"
#include "native/deep_linear/recipes.hpp"
#include "text/shell.hpp"
#include "text/utf8.hpp"
#include "text/words.hpp"

namespace rankscape::cli {

namespace {

struct CheckOptions {
  std::vector<std::string> files;
  std::vector<std::string> shapes;
  std::vector<std::string> points;
  std::string data;
  std::string landscapes;
  unsigned jobs = 0;
  std::uint64_t seed = 1;
  int samples = 0;
  std::string time_limit;
  ReportOptions reports;
  std::string resume;
  std::optional<std::string> shard;
  std::string certificates;
  bool overwrite = false;
};

// Takes those out for which there is a reason, and says it. \throws InputError  none remains
void keep(std::vector<Statement>& statements, const std::function<std::string(const Statement&)>& reason_against) {
  std::vector<Statement> kept;
  std::string last;
  for (Statement& statement : statements) {
    const std::string reason = reason_against(statement);
    if (reason.empty()) {
      kept.push_back(std::move(statement));
    } else {
      last = statement.filename() + ": " + reason;
      std::cerr << "rankscape: skipped " << text::printable(last) << '\n';
    }
  }
  if (kept.empty()) throw InputError("no statement is left; " + last);
  statements = std::move(kept);
}

// Where several statements are asked for, shapes need not fit all of them.
void skip_other_shapes(std::vector<Statement>& statements, const std::vector<Shape>& shapes, const Library& library) {
  if (shapes.empty() || statements.size() < 2) return;
  keep(statements, [&](const Statement& statement) -> std::string {
    try {
      for (const Shape& shape : shapes)
        landscape_of(statement, library).check_shape(shape);
      return {};
    } catch (const InputError& error) {
      return error.what();
    }
  });
}

// A journal that holds something is of a run whose certificates are in the folder.
bool continues(const std::string& journal) {
  std::error_code error;
  return !journal.empty() && std::filesystem::file_size(journal, error) > 0 && !error;
}

// What each hypothesis, case and claim comes to at a point of one's own.
void print(std::ostream& out, const JudgedPoint& at) {
  const auto line = [&](const std::string& what, const std::string& name, const std::string& formula,
                        const std::string& value) {
    out << text::printable(
               fmt::format("    {:<11} {}{}{}: {}", what, name, formula.empty() ? "" : "  ", formula, value))
        << '\n';
  };
  const auto truth = [](Truth value, const char* yes, const char* no) {
    return std::string(value == Truth::yes ? yes : value == Truth::no ? no : "undecided");
  };
  const Evidence& found = at.evidence;
  out << text::printable(fmt::format("{} at {}", at.statement.id(), at.name)) << '\n';
  std::string verdict(to_string(found.verdict));
  if (found.hessian) {
    const Inertia& inertia = *found.hessian;
    verdict += fmt::format("; {} negative, {} zero, {} positive", inertia.negative, inertia.zero, inertia.positive);
  }
  line("found", verdict, "", found.reason);
  if (found.verdict == Verdict::undecided) return;
  if (!found.critical) line("outside", "the statement speaks of critical points", "", "this is none");
  const Judgement& judgement = at.judgement;
  for (std::size_t k = 0; k < judgement.hypotheses.size(); ++k) {
    line("hypothesis", judgement.hypotheses[k].first, at.statement.hypotheses()[k].holds.to_text(),
         truth(judgement.hypotheses[k].second, "holds", "does not hold"));
  }
  for (std::size_t k = 0; k < judgement.when.size(); ++k) {
    const StatementCase& one = at.statement.cases()[k];
    const Truth said = found.critical ? agrees(found.possible, one.then.classes) : Truth::unknown;
    line("case", one.name, one.when_text(),
         judgement.when[k] == Truth::yes
             ? fmt::format("applies, says {}: {}", one.then.text, truth(said, "true", "false"))
             : truth(judgement.when[k], "", "does not apply"));
  }
  for (std::size_t k = 0; k < judgement.claims.size(); ++k) {
    const Claim& claim = at.statement.claims()[k];
    line("claim", judgement.claims[k].first, claim.holds.to_text(), truth(judgement.claims[k].second, "true", "false"));
  }
  for (const std::string& reason : judgement.reasons)
    line("undecided", reason, "", "");
}

// The points, all of one landscape. Statements about others are left out, and said to be.
std::vector<GivenPoint> read_points(const std::vector<std::string>& files, std::vector<Statement>& statements,
                                    const Library& library) {
  std::vector<GivenPoint> points;
  for (const std::string& file : files) {
    points.push_back({file, read_point_file(file)});
    if (std::count(files.begin(), files.end(), file) > 1) throw InputError("--point " + file + ": is given twice");
  }
  if (statements.size() < 2 || !points.front().file.is_object()) return points;
  const Json model = points.front().file.value("model", Json());
  keep(statements, [&](const Statement& statement) -> std::string {
    if (model == statement.model() || model == landscape_of(statement, library).id()) return {};
    return "it speaks of " + statement.model() + ", the point is of another landscape";
  });
  return points;
}

// The cases of deep linear networks at data of one's own: of the shapes asked for, or of those in the statements'
// scopes that the data have.
std::vector<GivenPoint> points_at(const std::string& file, const RunOptions& run, std::vector<Statement>& statements,
                                  const Library& library) {
  const auto given = read_given_data(file);
  const Landscape& landscape = library.at("deep-linear");
  if (statements.size() > 1) {
    keep(statements, [&](const Statement& statement) -> std::string {
      if (&landscape_of(statement, library) == &landscape) return {};
      return "--data is for statements about deep-linear, it speaks of " + statement.model();
    });
  }
  Scope scope;
  scope.shapes = run.shapes;
  if (run.samples) scope.samples = *run.samples;
  for (const Statement& statement : statements) {
    if (&landscape_of(statement, library) != &landscape)
      throw InputError(file + ": data are taken for deep-linear, the statement speaks of " + statement.model());
    if (!run.shapes.empty()) continue;
    for (const Shape& shape : statement.scope().shapes) {
      const auto widths = shape.numbers();
      const bool fits = widths.front() == given->inputs() && widths.back() == given->outputs();
      if (fits && std::find(scope.shapes.begin(), scope.shapes.end(), shape) == scope.shapes.end())
        scope.shapes.push_back(shape);
    }
  }
  if (scope.shapes.empty()) {
    throw InputError(fmt::format("{}: no shape of the scope has dx = {} and dy = {}; ask for some with --widths", file,
                                 given->inputs(), given->outputs()));
  }
  const std::string name = std::filesystem::path(file).filename().string();
  std::vector<GivenPoint> points;
  for (auto& recipe : deep_linear::list_recipes_at(landscape.id(), scope, given, name)) {
    std::shared_ptr<const Recipe> shared = std::move(recipe);
    points.push_back({shared->key(), landscape.to_json(shared->build(run.seed)), shared});
    if (points.size() > most_cases) throw InputError(file + ": more than " + std::to_string(most_cases) + " cases");
  }
  return points;
}

// How a command asks for one of the cases again, where they are none of a scope.
std::string given_cases(const CheckOptions& options) {
  if (!options.points.empty()) return "--point";
  return options.data.empty() ? "" : "--data " + text::shell_word(options.data);
}

// "K/N". \throws InputError
Shard parse_shard(const std::string& text) {
  Shard shard;
  const char* const end = text.data() + text.size();
  const auto number = std::from_chars(text.data(), end, shard.number);
  const bool slash = number.ec == std::errc() && number.ptr != end && *number.ptr == '/';
  const auto count = std::from_chars(slash ? number.ptr + 1 : end, end, shard.count);
  if (count.ec != std::errc() || count.ptr != end || shard.number < 1 || shard.number > shard.count)
    throw InputError("--shard " + text::quote(text) + ": expected K/N with 1 <= K <= N");
  return shard;
}

void check_shard_alone(const CheckOptions& options) {
  if (options.resume.empty()) throw InputError("--shard: needs --resume JOURNAL, from which `rankscape merge` reports");
  if (options.reports.any()) throw InputError("--shard: reports are made of all shards together, by `rankscape merge`");
  if (!options.certificates.empty()) throw InputError("--shard: --certificates does not go with it");
  for (const std::string& file : options.files) {
    if (file == "-") throw InputError("--shard: `rankscape merge` cannot read the standard input again, name a file");
  }
}

// A part of the cases, into a journal and nowhere else: a report of it would look like one of all.
int run_shard(const CheckOptions& options, const std::vector<Statement>& statements, RunOptions run_options,
              const Json& identity) {
  Journal journal(options.resume, identity);
  run_options.finished = &journal;
  ProgressBar bar;
  say_at_interrupt(options.resume);
  const auto summaries = run(statements, run_options, {&bar, &journal});
  std::uint64_t judged = 0;
  std::uint64_t refuted = 0;
  std::uint64_t undecided = 0;
  for (std::size_t s = 0; s < statements.size(); ++s) {
    judged += summaries[s].cases;
    if (statements[s].status() == Status::known_false) continue;
    refuted += summaries[s].refuted;
    undecided += summaries[s].undecided;
  }
  std::cout << fmt::format(
      "shard {}: {} cases judged, {} refuted, {} undecided; rankscape merge makes reports of all\n", *options.shard,
      judged, refuted, undecided);
  return refuted > 0 ? Exit::refuted : undecided > 0 ? Exit::undecided : success;
}

int check(const CheckOptions& options) {
  if (options.shard) check_shard_alone(options);
  if (!options.certificates.empty() && !options.overwrite && !continues(options.resume))
    check_empty(options.certificates);
  std::vector<Statement> statements;
  std::map<std::string, std::string> names;  // as they were asked for, by id
  const auto library = landscape_library(options.landscapes);
  for (const std::string& name : options.files) {
    statements.push_back(read_statement(name, *library));
    if (!names.emplace(statements.back().id(), name).second) {
      throw InputError(statements.back().filename() + ": the id " + statements.back().id() +
                       " is also that of another statement of this run");
    }
  }
  RunOptions run_options;
  run_options.jobs = options.jobs;
  run_options.seed = options.seed;
  if (options.samples != 0) run_options.samples = options.samples;
  if (options.shard) run_options.shard = parse_shard(*options.shard);
  run_options.library = library.get();
  run_options.shapes = parse_shapes(options.shapes, "--size");
  skip_other_shapes(statements, run_options.shapes, *library);
  std::vector<GivenPoint> points;
  if (!options.data.empty()) {
    if (!options.points.empty() || !options.resume.empty())
      throw InputError("--data: --point and --resume do not go with it");
    points = points_at(options.data, run_options, statements, *library);
  } else if (!options.points.empty()) {
    if (!options.shapes.empty() || options.samples != 0 || !options.resume.empty())
      throw InputError("--point: is checked instead of cases; --size, --samples and --resume do not go with it");
    points = read_points(options.points, statements, *library);
  }
  if (!options.time_limit.empty()) {
    run_options.time_limit = std::chrono::duration<double>(parse_seconds(options.time_limit, "--time-limit"));
  }
  run_options.examine.form_hessian = !options.certificates.empty();
  const auto journal_run = [&] {
    Json identity = journal_identity(statements, run_options);
    Json files = Json::array();
    for (const Statement& statement : statements)
      files.push_back(names.at(statement.id()));
    identity["asked"] = {{"files", files}, {"landscapes", options.landscapes}};
    return identity;
  };
  if (run_options.shard) return run_shard(options, statements, run_options, journal_run());
  const Reports reports(options.reports, given_cases(options));
  std::vector<std::unique_ptr<RunListener>> owned;
  if (!options.certificates.empty()) {
    auto folder = std::make_unique<CertificateFolder>(options.certificates, statements);
    run_options.certificates = folder.get();
    owned.push_back(std::move(folder));
  }
  if (!options.resume.empty()) {
    auto journal = std::make_unique<Journal>(options.resume, journal_run());
    run_options.finished = journal.get();
    owned.push_back(std::move(journal));
  }
  const auto listeners = reports.listeners(owned);
  say_at_interrupt(options.resume);
  return reports.conclude(statements, [&] {
    return points.empty() ? run(statements, run_options, listeners)
                          : run_points(statements, points, run_options, listeners, [&](const JudgedPoint& at) {
                              if (options.data.empty()) print(reports.out(), at);
                            });
  });
}

}  // namespace

void add_check(CLI::App& app, Action& chosen) {
  CLI::App* command = app.add_subcommand("check", "check statements on exact critical points");
  auto options = std::make_shared<CheckOptions>();
  command->add_option("files", options->files, "statement files, or ids of the library's statements")
      ->required()
      ->type_name(input_file);
  command
      ->add_option("--size,--sizes,--widths", options->shapes,
                   "shape to check instead of the statements' scopes, e.g. 3,3,3 or \"[3,2],[1]\"; repeatable")
      ->take_all()
      ->type_size(1)
      ->allow_extra_args(false);
  command
      ->add_option("--point", options->points,
                   "POINT.json (or a certificate) to check at, instead of the statements' scopes; repeatable")
      ->take_all()
      ->type_size(1)
      ->allow_extra_args(false)
      ->type_name(input_file);
  command
      ->add_option("--data", options->data,
                   "DATA.json (X and Y, or a POINT.json) for deep-linear, instead of the scopes' kinds of data")
      ->type_name(input_file);
  command->add_option("--landscapes", options->landscapes, "folder of landscape files beside the installed ones");
  command->add_option("--jobs", options->jobs, "threads (default: as many as the machine has)")
      ->check(CLI::Range(1, 1024));
  command->add_option("--seed", options->seed, "seed of the random choices (default 1)");
  command->add_option("--samples", options->samples, "points for each case instead of the scope's")
      ->check(CLI::Range(1, 1000000));
  command->add_option("--time-limit", options->time_limit,
                      "seconds; cases not finished by then are undecided (exit code 3)");
  add_report_options(*command, options->reports);
  command->add_option("--certificates", options->certificates, "folder for certificates, for rankscape-verify")
      ->type_name(output_folder);
  command
      ->add_flag("--overwrite", options->overwrite, "replace what an earlier run left in the folder for certificates")
      ->needs("--certificates");
  command
      ->add_option("--resume", options->resume,
                   "journal of finished cases: created, or continued after an interruption")
      ->type_name(output_file);
  command->add_option("--shard", options->shard,
                      "K/N: every N-th case from the K-th on, into --resume; rankscape merge makes the reports");
  command->callback([options, &chosen] { chosen = [options] { return check(*options); }; });
}

}  // namespace rankscape::cli
