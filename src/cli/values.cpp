// rankscape values: all critical values of a deep linear network.
#include "answers/values.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>

#include "answers/point_file.hpp"
#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "cli/usage.hpp"

namespace rankscape::cli {

namespace {

struct ValuesOptions {
  std::string widths;
  std::string data;
  std::string lambda;
  std::string json;
};

int values(const ValuesOptions& options) {
  const deep_linear::Widths widths = parse_integers(options.widths, "--widths");
  if (!options.data.empty() && !options.lambda.empty()) throw InputError("--data and --lambda exclude each other");
  const Json json =
      options.data.empty()
          ? answers::values(widths, options.lambda.empty() ? std::nullopt
                                                           : std::optional(parse_rationals(options.lambda, "--lambda")))
          : answers::values_at(widths, read_point_file(options.data), options.data);
  if (options.json != "-") {
    std::map<std::size_t, std::size_t> copies;
    for (const Json& row : json.at("values"))
      ++copies[row.at("distinct").get<std::size_t>()];
    for (const Json& row : json.at("values")) {
      const Json& value = row.at("value");
      const std::size_t sharing = copies.at(row.at("distinct").get<std::size_t>());
      std::cout << fmt::format(
          "{:<24} {}{}{}\n", fmt::format("S = {{{}}}", fmt::join(row.at("S").get<std::vector<int>>(), ", ")),
          value.is_string()
              ? value.get<std::string>()
              : fmt::format("[{}, {}]", value.at("lo").get<std::string>(), value.at("hi").get<std::string>()),
          row.at("global_minimum").get<bool>() ? "  global minimum" : "",
          sharing > 1 ? fmt::format("  ({} sets share it)", sharing) : "");
    }
    std::cout << fmt::format("{} sets S, {} distinct critical values\n", json.at("sets").get<std::size_t>(),
                             json.at("distinct").get<std::size_t>());
  }
  if (!options.json.empty()) write_json(options.json, json);
  return success;
}

}  // namespace

void add_values(CLI::App& app, Action& chosen) {
  CLI::App* command = app.add_subcommand("values", "critical values of a deep linear network");
  auto options = std::make_shared<ValuesOptions>();
  command->add_option("--widths", options->widths, "d_0,d_1,...,d_H")->required();
  command->add_option("--data", options->data, "JSON with X and Y (or a POINT.json)")->type_name(input_file);
  command->add_option("--lambda", options->lambda,
                      "eigenvalues of Sigma, decreasing, e.g. 9,4,1; Y is in the row space of X");
  command->add_option("--json", options->json, "write the list (- for the standard output)")->type_name(output_file);
  command->callback([options, &chosen] { chosen = [options] { return values(*options); }; });
}

}  // namespace rankscape::cli
