// rankscape explore: what if the statement said something else?
#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <rankscape/error.hpp>
#include <rankscape/explore/everywhere.hpp>
#include <rankscape/explore/latex.hpp>
#include <rankscape/report/output.hpp>
#include <rankscape/report/progress.hpp>
#include <rankscape/statements/languages.hpp>
#include <sstream>

#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "cli/counterexample_folder.hpp"
#include "cli/explore_output.hpp"
#include "cli/usage.hpp"
#include "solve/singular.hpp"
#include "text/utf8.hpp"

namespace rankscape::cli {

namespace {

struct ExploreArguments {
  std::string file;
  bool mutate = false;
  std::string drop;
  bool vary = false;
  bool solve = false;
  std::vector<std::string> shapes;
  std::string landscapes;
  unsigned jobs = 0;
  std::uint64_t seed = 1;
  int samples = 0;
  std::uint64_t tries = 0;  // 0: not given
  std::string time_limit;
  std::string json;
  std::string certificates;
  bool overwrite = false;
  std::string point;
  std::string latex;
};

ExploreOptions explore_options(const ExploreArguments& options, const Library& library, ProgressBar& bar) {
  ExploreOptions result;
  result.jobs = options.jobs;
  result.seed = options.seed;
  if (options.samples != 0) result.samples = options.samples;
  result.library = &library;
  result.shapes = parse_shapes(options.shapes, "--size");
  result.begin = [&bar](std::uint64_t cases) { bar.start(cases); };
  result.case_finished = [&bar] { bar.case_finished(); };
  return result;
}

// What names and keys of a file hold reaches the terminal escaped, line by line.
template <class Report>
void say(const ExploreArguments& options, const Statement& statement, const Report& report) {
  std::ostringstream lines;
  print(lines, statement, report);
  std::istringstream in(lines.str());
  for (std::string line; std::getline(in, line);)
    words_beside(options.json) << text::printable(line) << '\n';
}

int mutate(const ExploreArguments& options, const Library& library, const Statement& statement,
           CounterexampleFolder* folder) {
  MutationReport report;
  {
    ProgressBar bar;
    report = explore_mutants(statement, explore_options(options, library, bar), options.tries);
  }
  std::vector<std::string> certificates(report.mutants.size());
  if (folder != nullptr) {
    for (std::size_t k = 0; k < report.mutants.size(); ++k) {
      const MutantReport& mutant = report.mutants[k];
      if (!mutant.counterexample) continue;
      certificates[k] = folder->store(*mutant.counterexample, mutant.mutation.mutant,
                                      fmt::format("{}-mutant-{}", statement.id(), k + 1));
    }
    folder->finish();
  }
  if (!options.json.empty()) write_json(options.json, to_json(statement, report, options.seed, certificates));
  say(options, statement, report);
  return success;
}

// Writes what was asked for of the one counterexample of a search. \return the name of its certificate, or nothing
std::string write_counterexample(const ExploreArguments& options, const std::optional<Counterexample>& found,
                                 const Statement& refuted, const std::string& id, CounterexampleFolder* folder) {
  std::string certificate;
  if (folder != nullptr) {
    if (found) certificate = folder->store(*found, refuted, id);
    folder->finish();
  }
  if (found && !options.point.empty()) write_json(options.point, found->landscape->to_json(found->point));
  if (found && !options.latex.empty()) {
    write_file(options.latex, [&](std::ostream& out) { out << to_latex(*found, refuted); });
  }
  return certificate;
}

template <class Report>
int finish(const ExploreArguments& options, const Statement& statement, const Report& report,
           const std::optional<Counterexample>& found, const Statement& refuted, const std::string& id,
           CounterexampleFolder* folder) {
  const std::string certificate = write_counterexample(options, found, refuted, id, folder);
  if (!options.json.empty()) write_json(options.json, to_json(statement, report, options.seed, certificate));
  say(options, statement, report);
  return found ? Exit::refuted : success;
}

int drop(const ExploreArguments& options, const Library& library, const Statement& statement,
         CounterexampleFolder* folder) {
  const Statement reduced = statement.without_hypothesis(options.drop);
  DropReport report;
  {
    ProgressBar bar;
    report = explore_without(statement, options.drop, explore_options(options, library, bar));
  }
  return finish(options, statement, report, report.counterexample, reduced, statement.id() + "-without-" + options.drop,
                folder);
}

int vary(const ExploreArguments& options, const Library& library, const Statement& statement,
         CounterexampleFolder* folder) {
  SearchOptions search;
  if (options.tries != 0) search.tries = options.tries;
  if (!options.time_limit.empty()) {
    search.time_limit = std::chrono::duration<double>(parse_seconds(options.time_limit, "--time-limit"));
  }
  SearchReport report;
  {
    ProgressBar bar;
    report = explore_variations(statement, explore_options(options, library, bar), search);
  }
  return finish(options, statement, report, report.smallest, statement, statement.id(), folder);
}

int solve_instances(const ExploreArguments& options, const Library& library, const Statement& statement,
                    CounterexampleFolder* folder) {
  EverywhereOptions everywhere;
  if (options.tries != 0) everywhere.instances = options.tries;
  if (!options.time_limit.empty())
    everywhere.time_limit = std::chrono::duration<double>(parse_seconds(options.time_limit, "--time-limit"));
  EverywhereReport report;
  {
    ProgressBar bar;
    try {
      report = explore_everywhere(statement, explore_options(options, library, bar), everywhere);
    } catch (const critical_set::NoSingular& missing) {
      throw InputError(missing.what());
    }
  }
  if (report.instances.empty())
    throw InputError(fmt::format("explore --solve: no shape of the scope has at most {} parameters, give one by --{}",
                                 everywhere.most_parameters, landscape_of(statement, library).shape_key()));
  finish(options, statement, report, report.counterexample, statement, statement.id(), folder);
  const Truth holds = report.holds();
  return holds == Truth::no ? Exit::refuted : holds == Truth::yes ? success : undecided;
}

int explore(const ExploreArguments& options) {
  const int modes =
      (options.mutate ? 1 : 0) + (options.drop.empty() ? 0 : 1) + (options.vary ? 1 : 0) + (options.solve ? 1 : 0);
  if (modes != 1) throw InputError("explore: say what to try: one of --mutate, --drop HYPOTHESIS, --vary, --solve");
  const auto only_with = [&](const std::string& value, const char* option, bool allowed, const char* modes_of_it) {
    if (!value.empty() && !allowed) throw InputError(std::string(option) + " goes with " + modes_of_it);
  };
  only_with(options.point, "--point", !options.mutate, "--drop, --vary and --solve");
  only_with(options.latex, "--latex", !options.mutate, "--drop, --vary and --solve");
  only_with(options.tries == 0 ? "" : "given", "--tries", options.drop.empty(), "--vary, --mutate and --solve");
  only_with(options.time_limit, "--time-limit", options.vary || options.solve, "--vary and --solve");
  if (!options.certificates.empty() && !options.overwrite) check_empty(options.certificates);
  const auto library = landscape_library(options.landscapes);
  const Statement statement = read_statement(options.file, *library);
  landscape_of(statement, *library).check_unconstrained();
  for (const std::string& path : {options.json, options.point, options.latex}) {
    if (!path.empty()) check_writable(path);
  }
  std::optional<CounterexampleFolder> made;  // before the search: a folder that cannot be made ends it at once
  if (!options.certificates.empty()) made.emplace(options.certificates, options.seed);
  CounterexampleFolder* const folder = made ? &*made : nullptr;
  if (options.mutate) return mutate(options, *library, statement, folder);
  if (options.solve) return solve_instances(options, *library, statement, folder);
  return options.vary ? vary(options, *library, statement, folder) : drop(options, *library, statement, folder);
}

}  // namespace

void add_explore(CLI::App& app, Action& chosen) {
  CLI::App* command = app.add_subcommand("explore", "look for counterexamples to variants of a statement");
  auto options = std::make_shared<ExploreArguments>();
  command->add_option("file", options->file, "a statement file, or the id of a statement of the library")
      ->required()
      ->type_name(input_file);
  command->add_flag("--mutate", options->mutate, "judge every single edit of the statement");
  command->add_option("--drop", options->drop,
                      "the statement without this hypothesis, at points that violate it and nothing else");
  command->add_flag("--vary", options->vary, "search at random for a counterexample, and shrink it");
  command->add_flag(
      "--solve", options->solve,
      "judge it at all critical points of small instances, as rankscape solve finds them (needs Singular)");
  command
      ->add_option("--size,--sizes,--widths", options->shapes,
                   "shape to try instead of the statement's scope, e.g. 3,3,3 or \"[3,2],[1]\"; repeatable")
      ->take_all()
      ->type_size(1)
      ->allow_extra_args(false);
  command->add_option("--landscapes", options->landscapes, "folder of landscape files beside the installed ones");
  command->add_option("--jobs", options->jobs, "threads (default: as many as the machine has)")
      ->check(CLI::Range(1, 1024));
  command->add_option("--seed", options->seed, "seed of the random choices (default 1)");
  command->add_option("--samples", options->samples, "points for each case instead of the scope's")
      ->check(CLI::Range(1, 1000000));
  command
      ->add_option("--tries", options->tries,
                   "points that --vary looks at (default 2000); with --mutate: that each survivor is searched for "
                   "beyond the cases; with --solve: data that are tried for each shape (default 2)")
      ->check(CLI::Range(1, 1000000000));
  command->add_option("--time-limit", options->time_limit,
                      "seconds, for --vary; with --solve for each question to Singular (default 60); the outcome may "
                      "depend on it");
  command->add_option("--json", options->json, "write what was found (- for the standard output)")
      ->type_name(output_file);
  command
      ->add_option("--certificates", options->certificates,
                   "folder for certificates of the counterexamples, for rankscape-verify")
      ->type_name(output_folder);
  command
      ->add_flag("--overwrite", options->overwrite, "replace what an earlier run left in the folder for certificates")
      ->needs("--certificates");
  command->add_option("--point", options->point, "write the counterexample of --drop, --vary or --solve as POINT.json")
      ->type_name(output_file);
  command->add_option("--latex", options->latex, "write it as a LaTeX fragment")->type_name(output_file);
  command->callback([options, &chosen] { chosen = [options] { return explore(*options); }; });
}

}  // namespace rankscape::cli
