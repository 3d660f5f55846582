// rankscape derive: the loss, its gradient and its second differential as matrix formulas.
#include "answers/derivation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <rankscape/error.hpp>
#include <rankscape/report/output.hpp>

#include "answers/point_file.hpp"
#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "cli/usage.hpp"

namespace rankscape::cli {

namespace {

struct DeriveOptions {
  std::string source;
  std::string size;
  std::string free;
  std::string loss;
  std::string at;
  std::string data;
  std::string landscapes;
  std::string latex;
  std::string json;
};

answers::Derivation derivation(const DeriveOptions& options) {
  const auto library = landscape_library(options.landscapes);
  if (options.source.empty() == options.loss.empty()) {
    throw InputError("derive: expected a landscape or a point file, or a function (--loss) and a point (--at)");
  }
  if (!options.free.empty() && (!options.loss.empty() || options.source.ends_with(".json")))
    throw InputError("--free goes with a landscape");
  if (!options.loss.empty())
    return answers::derive_point(*library, point_file_of(options.loss, options.at, options.data), {});
  if (!options.at.empty() || !options.data.empty()) throw InputError("--at and --data go with --loss");
  if (options.source.ends_with(".json")) {
    if (!options.size.empty()) throw InputError("--size goes with a landscape");
    return answers::derive_point(*library, read_point_file(options.source),
                                 std::filesystem::path(options.source).parent_path());
  }
  return answers::derive(library->at(options.source), options.size, options.free);
}

void print(const answers::Derivation& derivation, std::ostream& out) {
  out << derivation.title << '\n';
  const auto& outputs = derivation.printed.outputs;
  std::size_t width = 0;
  for (const program::Formula& f : outputs)
    width = std::max(width, f.name.size());
  for (const program::Formula& f : outputs)
    out << fmt::format("  {:<{}} = {}\n", f.name, width, f.text);
  for (const program::Formula& f : derivation.printed.where)
    out << fmt::format("  where {} = {}\n", f.name, f.text);
  if (!derivation.multipliers.empty()) {
    out << fmt::format(
        "  the loss is the Lagrangian: {0} are the multipliers, -d/d{0} the constraints; at a critical point "
        "q with d{0} = 0 is the Hessian on their tangent space\n",
        derivation.multipliers);
  }
  out << "  q is the second differential, 1/2 d^2/dt^2 of the loss at W + t dW; checked against GiNaC: "
      << derivation.checked << '\n';
}

void print_latex(const answers::Derivation& derivation, std::ostream& out) {
  out << "\\begin{align*}\n";
  const auto& outputs = derivation.printed.outputs;
  for (const program::Formula& f : outputs)
    out << "  " << f.name_latex << " &= " << f.latex
        << (&f == &outputs.back() && derivation.printed.where.empty() ? "\n" : " \\\\\n");
  for (const program::Formula& f : derivation.printed.where) {
    out << "  \\text{where } " << f.name_latex << " &= " << f.latex
        << (&f == &derivation.printed.where.back() ? "\n" : " \\\\\n");
  }
  out << "\\end{align*}\n";
}

int derive(const DeriveOptions& options) {
  const answers::Derivation result = derivation(options);
  if (options.latex != "-" && options.json != "-") print(result, std::cout);
  if (!options.latex.empty()) write_file(options.latex, [&](std::ostream& out) { print_latex(result, out); });
  if (!options.json.empty()) write_json(options.json, result.json);
  return success;
}

}  // namespace

void add_derive(CLI::App& app, Action& chosen) {
  CLI::App* command =
      app.add_subcommand("derive", "print gradient and second differential of a loss as matrix formulas");
  auto options = std::make_shared<DeriveOptions>();
  command->add_option("source", options->source, "a landscape (its id, or a file .toml), or a point file (.json)")
      ->type_name(input_file);
  command->add_option("--size", options->size, "the shape (default: the largest example of the landscape)");
  command->add_option("--free", options->free,
                      "sizes of the data alone, as in m=5, which no shape says (default: those of the first family's "
                      "points, and are shown)");
  command->add_option("--loss", options->loss, "a function, instead of a landscape");
  command->add_option("--at", options->at, "its variables with values, `x = 0, V = [1; 0]`: they say the shapes");
  command->add_option("--data", options->data, "its constants, likewise");
  command->add_option("--landscapes", options->landscapes, "a folder of landscape files");
  command->add_option("--latex", options->latex, "write LaTeX (- for the standard output)")->type_name(output_file);
  command->add_option("--json", options->json, "write JSON (- for the standard output)")->type_name(output_file);
  command->callback([options, &chosen] { chosen = [options] { return derive(*options); }; });
}

}  // namespace rankscape::cli
