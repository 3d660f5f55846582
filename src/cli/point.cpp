// rankscape point: one exact critical point as POINT.json: of a deep linear network by its stratum, or any case of a
// statement's scope by the key that reports give it.
#include "answers/point.hpp"

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <rankscape/check/run.hpp>
#include <rankscape/error.hpp>
#include <rankscape/statements/languages.hpp>

#include <algorithm>
#include <rankscape/cases.hpp>

#include "answers/given_data.hpp"
#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "cli/usage.hpp"
#include "native/deep_linear/recipes.hpp"

namespace rankscape::cli {

namespace {

using namespace rankscape::deep_linear;

struct PointOptions {
  std::string statement;
  std::string key;
  std::string landscapes;
  std::string widths;
  std::string S;
  std::string stratum;
  std::string position = "generic";
  std::string data = "general";
  std::string json = "-";
  std::uint64_t seed = 1;
};

bool names_file(const std::string& data) {
  return data == "-" || data.ends_with(".json");
}

// The case of a scope, or of data of one's own, that has this key; nullptr: there is none.
std::unique_ptr<const Recipe> case_of(const Landscape& landscape, const Scope& scope, const PointOptions& options) {
  const auto wanted = [&](const Recipe& recipe) { return recipe.key() == options.key; };
  if (!names_file(options.data)) return ScopeCases(landscape, scope).first(wanted);
  if (landscape.id() != "deep-linear") throw InputError("--data " + options.data + ": data are taken for deep-linear");
  // as `check --data` lists them
  Scope at_data;
  at_data.shapes = scope.shapes;
  at_data.samples = scope.samples;
  for (auto& recipe : list_recipes_at(landscape.id(), at_data, read_given_data(options.data),
                                      std::filesystem::path(options.data).filename().string())) {
    if (wanted(*recipe)) return std::move(recipe);
  }
  return nullptr;
}

// The case of that key among those of the statement's scope, or of the shape with which the key begins.
int point_of_statement(const PointOptions& options) {
  const auto library = landscape_library(options.landscapes);
  const Statement statement = read_statement(options.statement, *library);
  const Landscape& landscape = landscape_of(statement, *library);
  Scope scope = statement.scope();
  try {
    scope.shapes = {Shape::parse(options.key.substr(0, options.key.find(' ')))};
    landscape.check_shape(scope.shapes.front());
  } catch (const InputError& error) {
    throw InputError("--key " + options.key + ": it begins with the shape: " + error.what());
  }
  // `--samples` may have asked for more points than the scope
  if (const std::size_t number = options.key.rfind('#'); number != std::string::npos) {
    const std::string digits = options.key.substr(number + 1);
    if (!digits.empty() && digits.size() <= 6 && digits.find_first_not_of("0123456789") == std::string::npos)
      scope.samples = std::max(scope.samples, std::stoi(digits) + 1);
  }
  scope = landscape.with_defaults(std::move(scope));
  if (const auto recipe = case_of(landscape, scope, options)) {
    write_json(options.json, landscape.to_json(recipe->build(options.seed)));
    return success;
  }
  throw InputError("--key " + options.key + ": no case of the scope of " + statement.id() + " has this key");
}

int point(const PointOptions& options) {
  if (options.statement.empty() != options.key.empty()) throw InputError("--statement and --key go together");
  if (!options.key.empty()) return point_of_statement(options);
  if (options.widths.empty()) throw InputError("--widths is required, or --statement and --key");
  answers::DeepLinearPoint asked;
  asked.widths = parse_integers(options.widths, "--widths");
  if (!options.S.empty()) asked.S = parse_integers(options.S, "--S");
  asked.stratum = options.stratum;
  asked.position = options.position;
  asked.data = options.data;
  if (names_file(options.data)) asked.given = read_given_data(options.data);
  asked.seed = options.seed;
  write_json(options.json, answers::point(*landscape_library(""), asked));
  return success;
}

}  // namespace

void add_point(CLI::App& app, Action& chosen) {
  CLI::App* command =
      app.add_subcommand("point", "write one exact critical point: of a deep linear network, or a case of a report");
  auto options = std::make_shared<PointOptions>();
  command->add_option("--widths", options->widths, "d_0,d_1,...,d_H");
  command->add_option("--S", options->S, "indices of the eigenvectors selected, e.g. 1,2 (default: none)");
  command->add_option("--stratum", options->stratum,
                      "strings, start:length*multiplicity, e.g. \"0:2*1 3:1*2\" (see strata)");
  command->add_option("--position", options->position, "aligned or generic (default)");
  command->add_option(
      "--data", options->data,
      "canonical, square or general (default), with an ending off the hypotheses, e.g. general+repeated; or DATA.json "
      "(X and Y, or a POINT.json) with a rational spectrum");
  command->add_option("--statement", options->statement, "statement file whose scope has the case of --key")
      ->type_name(input_file);
  command->add_option("--key", options->key, "key of a case, as reports print it");
  command->add_option("--landscapes", options->landscapes, "folder of landscape files beside the installed ones");
  command->add_option("--seed", options->seed, "seed of the random choices (default 1)");
  command->add_option("--json", options->json, "write to a file (default: the standard output)")
      ->type_name(output_file);
  command->callback([options, &chosen] { chosen = [options] { return point(*options); }; });
}

}  // namespace rankscape::cli
