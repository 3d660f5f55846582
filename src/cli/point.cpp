// rankscape point: one exact critical point of a deep linear network, as POINT.json.
#include <memory>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>

#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "native/deep_linear/recipes.hpp"

namespace rankscape::cli {

namespace {

using namespace rankscape::deep_linear;

struct Options {
  std::string widths;
  std::string S;
  std::string stratum;
  std::string position = "generic";
  std::string data = "general";
  std::string json = "-";
  std::uint64_t seed = 1;
};

int point(const Options& options) {
  const Widths widths = parse_integers(options.widths, "--widths");
  check_widths(widths);
  std::vector<int> S;
  if (!options.S.empty()) {
    for (const long index : parse_integers(options.S, "--S"))
      S.push_back(static_cast<int>(index));
  }
  if (options.position != "aligned" && options.position != "generic") {
    throw InputError("--position " + options.position + ": expected aligned or generic");
  }
  Plan plan;
  plan.landscape = "deep-linear";
  plan.widths = widths;
  plan.S = std::move(S);
  plan.stratum = parse_stratum(options.stratum, static_cast<int>(widths.size()) - 1);
  plan.position = options.position == "aligned" ? Position::aligned : Position::generic;
  plan.data = options.data;
  const auto library = landscape_library("");
  write_json(options.json, library->at("deep-linear").to_json(make_recipe(std::move(plan))->build(options.seed)));
  return success;
}

}  // namespace

void add_point(CLI::App& app, Action& chosen) {
  CLI::App* command = app.add_subcommand("point", "write one exact critical point of a deep linear network");
  auto options = std::make_shared<Options>();
  command->add_option("--widths", options->widths, "d_0,d_1,...,d_H")->required();
  command->add_option("--S", options->S, "indices of the eigenvectors selected, e.g. 1,2 (default: none)");
  command->add_option("--stratum", options->stratum,
                      "strings, start:length*multiplicity, e.g. \"0:2*1 3:1*2\" (see strata)");
  command->add_option("--position", options->position, "aligned or generic (default)");
  command->add_option(
      "--data", options->data,
      "canonical, square or general (default), with an ending off the hypotheses, e.g. general+repeated");
  command->add_option("--seed", options->seed, "seed of the random choices (default 1)");
  command->add_option("--json", options->json, "write to a file (default: the standard output)");
  command->callback([options, &chosen] { chosen = [options] { return point(*options); }; });
}

}  // namespace rankscape::cli
