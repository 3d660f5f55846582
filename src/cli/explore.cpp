// rankscape explore: what if the statement said something else?
#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <rankscape/error.hpp>
#include <rankscape/report/output.hpp>
#include <rankscape/report/progress.hpp>

#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "cli/counterexample_folder.hpp"
#include "cli/explore_output.hpp"

namespace rankscape::cli {

namespace {

struct Options {
  std::string file;
  bool mutate = false;
  std::vector<std::string> widths;
  unsigned jobs = 0;
  std::uint64_t seed = 1;
  int samples = 0;
  std::string json;
  std::string certificates;
};

ExploreOptions explore_options(const Options& options, ProgressBar& bar) {
  ExploreOptions result;
  result.jobs = options.jobs;
  result.seed = options.seed;
  if (options.samples != 0) result.samples = options.samples;
  for (const std::string& text : options.widths)
    result.shapes.push_back(parse_integers(text, "--widths"));
  result.begin = [&bar](std::uint64_t cases) { bar.start(cases); };
  result.case_finished = [&bar] { bar.case_finished(); };
  return result;
}

// Results on the standard output: the table, unless the JSON goes there.
std::ostream& table_stream(const Options& options) {
  return options.json == "-" ? std::cerr : std::cout;
}

int mutate(const Options& options, const Statement& statement) {
  MutationReport report;
  {
    ProgressBar bar;
    report = explore_mutants(statement, explore_options(options, bar));
  }
  std::vector<std::string> certificates(report.mutants.size());
  if (!options.certificates.empty()) {
    CounterexampleFolder folder(options.certificates, options.seed);
    for (std::size_t k = 0; k < report.mutants.size(); ++k) {
      const MutantReport& mutant = report.mutants[k];
      if (!mutant.counterexample) continue;
      certificates[k] = folder.store(*mutant.counterexample, mutant.mutation.mutant,
                                     fmt::format("{}-mutant-{}", statement.id(), k + 1));
    }
    folder.finish();
  }
  if (!options.json.empty()) write_json(options.json, to_json(statement, report, options.seed, certificates));
  print(table_stream(options), statement, report);
  return success;
}

int explore(const Options& options) {
  if (!options.mutate) throw InputError("explore: say what to try: --mutate");
  const Statement statement = Statement::read(options.file);
  if (!options.json.empty()) check_writable(options.json);
  return mutate(options, statement);
}

}  // namespace

void add_explore(CLI::App& app, Action& chosen) {
  CLI::App* command = app.add_subcommand("explore", "look for counterexamples to variants of a statement");
  auto options = std::make_shared<Options>();
  command->add_option("file", options->file, "statement file (theorems/*.toml)")->required();
  command->add_flag("--mutate", options->mutate, "judge every single edit of the statement");
  command
      ->add_option("--widths", options->widths, "shape to try instead of the statement's scope, e.g. 3,3,3; repeatable")
      ->take_all()
      ->type_size(1)
      ->allow_extra_args(false);
  command->add_option("--jobs", options->jobs, "threads (default: as many as the machine has)")
      ->check(CLI::Range(1, 1024));
  command->add_option("--seed", options->seed, "seed of the random choices (default 1)");
  command->add_option("--samples", options->samples, "points for each case instead of the scope's")
      ->check(CLI::Range(1, 1000000));
  command->add_option("--json", options->json, "write what was found (- for the standard output)");
  command->add_option("--certificates", options->certificates,
                      "folder for certificates of the counterexamples, for rankscape-verify");
  command->callback([options, &chosen] { chosen = [options] { return explore(*options); }; });
}

}  // namespace rankscape::cli
