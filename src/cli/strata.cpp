// rankscape strata: the strata of the critical set of a shape, counted and listed.
#include "native/deep_linear/strata.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <numeric>
#include <rankscape/error.hpp>

#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "cli/strata_figure.hpp"
#include "cli/usage.hpp"
#include "native/deep_linear/recipes.hpp"

namespace rankscape::cli {

namespace {

using namespace rankscape::deep_linear;

constexpr std::uint64_t most_listed = 2'000'000;
constexpr std::uint64_t most_printed = 1000;

struct Options {
  std::string widths;
  std::string json;
  std::string figure;
  bool fragment = false;
  bool count_only = false;
};

Json stratum_json(long r, const Stratum& stratum) {
  Json strings = Json::array();
  for (const auto& [string, count] : stratum.multiplicity)
    strings.push_back({string.start, string.length, count});
  const auto chain = shortest_chain(stratum);
  Json json;
  json["r"] = r;
  json["stratum"] = std::move(strings);
  json["tightened"] = !chain || chain->size() > 2;
  json["chain_length"] = chain ? Json(chain->size()) : Json(nullptr);
  return json;
}

int strata(const Options& options) {
  const Widths widths = parse_integers(options.widths, "--widths");
  const std::vector<std::uint64_t> by_rank = count_strata(widths);
  const std::uint64_t total = std::accumulate(by_rank.begin(), by_rank.end(), std::uint64_t{0});
  Scope every_case;
  every_case.shapes = {Shape(widths)};
  every_case.positions = {"aligned"};
  every_case.data = {"canonical"};
  const std::uint64_t cases = count_recipes(every_case);

  Json list = Json::array();
  const bool print = options.json.empty() && total <= most_printed;
  if (!options.count_only && (print || !options.json.empty())) {
    if (total > most_listed) {
      throw InputError("widths " + options.widths + ": " + std::to_string(total) +
                       " strata are too many to list; --count counts them");
    }
    for (std::size_t r = 0; r < by_rank.size(); ++r) {
      std::vector<long> dimensions = widths;
      for (long& d : dimensions)
        d -= static_cast<long>(r);
      std::uint64_t listed = 0;
      for_each_stratum(dimensions, [&](const Stratum& stratum) {
        ++listed;
        list.push_back(stratum_json(static_cast<long>(r), stratum));
        if (print) std::cout << fmt::format("r = {}  {}\n", r, to_string(stratum));
      });
      if (listed != by_rank[r]) {
        throw InternalDisagreement(fmt::format("rank {}: {} strata listed, {} counted", r, listed, by_rank[r]));
      }
    }
  }
  if (options.json != "-") {
    std::cout << fmt::format("{} strata, {} (S, stratum) cases; by rank: {}\n", total, cases, fmt::join(by_rank, ", "));
  }
  if (!options.figure.empty()) write_strata_figure(widths, options.figure, options.fragment);
  if (!options.json.empty()) {
    Json json;
    json["widths"] = widths;
    json["strata"] = total;
    json["cases"] = cases;
    json["by_rank"] = by_rank;
    if (!options.count_only) json["list"] = std::move(list);
    write_json(options.json, json);
  }
  return success;
}

}  // namespace

void add_strata(CLI::App& app, Action& chosen) {
  CLI::App* command = app.add_subcommand("strata", "strata of the critical set of a deep linear network");
  auto options = std::make_shared<Options>();
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
