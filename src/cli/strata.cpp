// rankscape strata: the strata of the critical set of a shape, counted and listed.
#include "answers/strata.hpp"
#include "answers/strata_figure.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "cli/usage.hpp"

namespace rankscape::cli {

namespace {

constexpr std::uint64_t most_printed = 1000;

struct StrataOptions {
  std::string widths;
  std::string json;
  std::string figure;
  bool fragment = false;
  bool count_only = false;
};

int strata(const StrataOptions& options) {
  const answers::Widths widths = parse_integers(options.widths, "--widths");
  const answers::StrataCount count = answers::count_strata(widths);
  const bool print = options.json.empty() && count.strata <= most_printed;
  Json list = Json::array();
  if (!options.count_only && (print || !options.json.empty())) {
    list = answers::list_strata(count, [&](long r, const deep_linear::Stratum& stratum) {
      if (print) std::cout << fmt::format("r = {}  {}\n", r, to_string(stratum));
    });
  }
  if (options.json != "-") {
    std::cout << fmt::format("{} strata, {} (S, stratum) cases; by rank: {}\n", count.strata, count.cases,
                             fmt::join(count.by_rank, ", "));
  }
  if (!options.figure.empty()) answers::write_strata_figure(widths, options.figure, options.fragment);
  if (!options.json.empty()) {
    Json json = count.json();
    if (!options.count_only) json["list"] = std::move(list);
    write_json(options.json, json);
  }
  return success;
}

}  // namespace

void add_strata(CLI::App& app, Action& chosen) {
  CLI::App* command = app.add_subcommand("strata", "strata of the critical set of a deep linear network");
  auto options = std::make_shared<StrataOptions>();
  command->add_option("--widths", options->widths, "d_0,d_1,...,d_H")->required();
  command->add_option("--json", options->json, "write counts and list (- for the standard output)")
      ->type_name(output_file);
  command->add_option("--figure", options->figure, "draw the strata, ordered by ranks: FILE.svg or FILE.tex (TikZ)")
      ->type_name(output_file);
  command->add_flag("--fragment", options->fragment, "the figure for \\input in a document that loads tikz");
  command->add_flag("--count", options->count_only, "only count, without listing");
  command->callback([options, &chosen] { chosen = [options] { return strata(*options); }; });
}

}  // namespace rankscape::cli
