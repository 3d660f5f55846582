// rankscape merge: the reports of a run that was cut into shards, from their journals. What a journal lacks (a shard
// that was stopped, cases that ran out of time) is examined now, so that the reports are those of one run.
#include <rankscape/error.hpp>
#include <rankscape/journal.hpp>

#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "cli/interrupt.hpp"
#include "cli/reports.hpp"
#include "cli/usage.hpp"

namespace rankscape::cli {

namespace {

struct MergeOptions {
  std::vector<std::string> journals;
  ReportOptions reports;
  unsigned jobs = 0;
};

[[noreturn]] void refuse(const std::string& path) {
  throw InputError(path + ": is not a journal that `check --resume` wrote");
}

Shard shard_of(const Json& header, const std::string& path) {
  if (!header.contains("shard")) return {};
  const Json& shard = header["shard"];
  const bool numbers =
      shard.is_array() && shard.size() == 2 && shard[0].is_number_unsigned() && shard[1].is_number_unsigned();
  if (!numbers) refuse(path);
  return {shard[0].get<std::uint64_t>(), shard[1].get<std::uint64_t>()};
}

// Each shard once. \throws InputError
void check_whole(const std::vector<std::string>& paths, const std::vector<Shard>& shards) {
  std::set<std::uint64_t> given;
  const std::uint64_t count = shards.front().count;
  for (std::size_t k = 0; k < paths.size(); ++k) {
    if (shards[k].count != count) {
      throw InputError(
          fmt::format("{}: is one of {} shards, {} one of {}", paths[k], shards[k].count, paths.front(), count));
    }
    if (!given.insert(shards[k].number).second)
      throw InputError(fmt::format("{}: shard {} of {} is given twice", paths[k], shards[k].number, count));
  }
  for (std::uint64_t number = 1; number <= count; ++number) {
    if (!given.contains(number))
      throw InputError(fmt::format("the journal of shard {} of {} is missing", number, count));
  }
}

// Says how many cases no journal has.
class Missing final : public RunListener {
 public:
  void begin(const RunPlan& plan) override {
    const std::uint64_t count = plan.distinct_cases - plan.taken_cases;
    if (count > 0) std::cerr << fmt::format("rankscape: {} cases stand in no journal and are examined now\n", count);
  }
};

int merge(const MergeOptions& options) {
  std::vector<Json> headers;
  std::vector<Shard> shards;
  for (const std::string& path : options.journals) {
    headers.push_back(journal_header(path));
    shards.push_back(shard_of(headers.back(), path));
  }
  check_whole(options.journals, shards);

  const Json& header = headers.front();
  RunOptions run_options;
  run_options.jobs = options.jobs;
  run_options.examine.form_hessian = false;
  std::vector<Statement> statements;
  std::unique_ptr<const Library> library;
  try {
    if (header.at("certificates").get<bool>())
      throw InputError(options.journals.front() + ": the run wrote certificates; continue it with `check --resume`");
    run_options.seed = header.at("seed").get<std::uint64_t>();
    if (!header.at("samples").is_null()) run_options.samples = header.at("samples").get<int>();
    for (const Json& shape : header.at("shapes"))
      run_options.shapes.push_back(Shape::from_json(shape, options.journals.front()));
    library = landscape_library(header.at("asked").at("landscapes").get<std::string>());
    for (const Json& file : header.at("asked").at("files"))
      statements.push_back(read_statement(file.get<std::string>(), *library));
  } catch (const nlohmann::json::exception&) {
    refuse(options.journals.front());
  }
  run_options.library = library.get();

  Journals journals;
  for (std::size_t k = 0; k < shards.size(); ++k) {
    RunOptions part = run_options;
    if (headers[k].contains("shard")) part.shard = shards[k];
    journals.add(std::make_unique<Journal>(options.journals[k], journal_identity(statements, part)));
  }
  run_options.finished = &journals;
  const Reports reports(options.reports, "");
  std::vector<std::unique_ptr<RunListener>> others;
  others.push_back(std::make_unique<Missing>());
  return reports.conclude(statements, [&] { return run(statements, run_options, reports.listeners(others)); });
}

}  // namespace

void add_merge(CLI::App& app, Action& chosen) {
  CLI::App* command = app.add_subcommand("merge", "reports from the journals of all shards of a run (check --shard)");
  auto options = std::make_shared<MergeOptions>();
  command->add_option("journals", options->journals, "journals of check --resume, one of each shard")
      ->required()
      ->type_name(input_file);
  command
      ->add_option("--jobs", options->jobs, "threads for what the journals lack (default: as many as the machine has)")
      ->check(CLI::Range(1, 1024));
  add_report_options(*command, options->reports);
  command->callback([options, &chosen] { chosen = [options] { return merge(*options); }; });
}

}  // namespace rankscape::cli
