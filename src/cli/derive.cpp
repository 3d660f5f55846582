// rankscape derive: the loss, its gradient and its second differential as matrix formulas.
#include "program/compiled_loss.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <rankscape/exact_json.hpp>
#include <rankscape/landscape.hpp>
#include <rankscape/report/output.hpp>
#include <set>

#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "cli/point_file.hpp"
#include "cli/usage.hpp"
#include "landscapes/compiled.hpp"
#include "landscapes/data.hpp"
#include "program/formulas.hpp"
#include "program/lagrangian.hpp"
#include "symbolic/derivation.hpp"

namespace rankscape::cli {

namespace {

struct Options {
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

struct Derivation {
  std::string title;
  std::string multipliers;  ///< what they are called; empty without constraints
  program::PrintedProgram printed;
  std::string checked;
  Json json;
};

// "W(1)" as the landscape's file declares it.
std::string latex_of_input(const Landscape& landscape, const std::string& name) {
  const std::size_t open = name.find('(');
  const auto position = landscape.vocabulary().find(name.substr(0, open));
  if (!position) return program::latex_of_name(name);
  std::string latex = landscape.vocabulary().features()[*position].latex;
  if (latex.empty()) return program::latex_of_name(name);
  if (open == std::string::npos) return latex;
  std::vector<std::string> arguments;
  std::string rest = name.substr(open + 1, name.size() - open - 2);
  for (std::size_t comma = rest.find(", "); comma != std::string::npos; comma = rest.find(", ")) {
    arguments.push_back(rest.substr(0, comma));
    rest = rest.substr(comma + 2);
  }
  arguments.push_back(rest);
  for (std::size_t k = 0; k < arguments.size(); ++k) {
    const std::string placeholder = "#" + std::to_string(k + 1);
    for (std::size_t at = latex.find(placeholder); at != std::string::npos; at = latex.find(placeholder))
      latex.replace(at, placeholder.size(), arguments[k]);
  }
  return latex;
}

bool has_constraints(const program::Program& program) {
  return std::any_of(program.outputs.begin(), program.outputs.end(),
                     [](const program::Output& output) { return output.name == program::constraints_output; });
}

// A name that no input has.
std::string name_of_multipliers(const program::Program& program) {
  std::string name = "mu";
  const auto taken = [&](const program::Input& input) { return input.name == name; };
  while (std::any_of(program.inputs.begin(), program.inputs.end(), taken))
    name += "_";
  return name;
}

std::string check(const program::CompiledLoss& loss) {
  const symbolic::DerivationCheck found = symbolic::check_derivation(loss);
  if (!found.mismatch.empty()) throw InternalDisagreement("derive: GiNaC disagrees about " + found.mismatch);
  switch (found.compared) {
    case symbolic::Compared::identities:
      return "identities in weights and data";
    case symbolic::Compared::identities_at:
      return "identities in the weights, at random data";
    case symbolic::Compared::random_lines:
      break;
  }
  return "random lines";
}

// Sizes of the data alone, which no shape says.
using FreeSizes = std::map<std::string, long>;

Derivation derived(const Landscape& landscape, const Shape& shape, program::Program program,
                   const FreeSizes& free = {}) {
  Derivation result;
  if (has_constraints(program)) {
    result.multipliers = name_of_multipliers(program);
    program = program::lagrangian(program);
    program.inputs.back().name = result.multipliers;
  }
  program.outputs.resize(1);
  const program::CompiledLoss loss(program::pruned(program));
  program::PrintingOptions options;
  options.latex = [&](const std::string& name) { return latex_of_input(landscape, name); };
  options.is_sequence = [&](const std::string& name) {
    const auto position = landscape.vocabulary().find(name.substr(0, name.find('(')));
    return position && landscape.vocabulary().features()[*position].result == Kind::sequence;
  };
  result.printed = program::to_formulas(program::derivation(loss.loss()), options);
  result.checked = check(loss);
  result.title = landscape.id().empty() ? landscape.loss() : fmt::format("{} at {}", landscape.id(), shape.to_text());
  for (const auto& [name, value] : free)
    result.title += fmt::format(", {} = {}", name, value);
  const auto formula = [](const program::Formula& f) {
    return Json{{"name", f.name}, {"name_latex", f.name_latex}, {"text", f.text}, {"latex", f.latex}};
  };
  Json json;
  json["format"] = "rankscape-derivation/1";
  if (landscape.id().empty()) {
    json["loss"] = landscape.loss();
  } else {
    json["landscape"] = landscape.id();
    json["shape"] = shape.to_text();
  }
  for (const auto& [name, value] : free)
    json["free_sizes"][name] = value;
  json["value"] = formula(result.printed.outputs.front());
  json["gradient"] = Json::array();
  for (std::size_t k = 1; k + 1 < result.printed.outputs.size(); ++k)
    json["gradient"].push_back(formula(result.printed.outputs[k]));
  json["second_differential"] = formula(result.printed.outputs.back());
  json["where"] = Json::array();
  for (const program::Formula& f : result.printed.where)
    json["where"].push_back(formula(f));
  json["checked"] = result.checked;
  if (!result.multipliers.empty()) json["multipliers"] = result.multipliers;
  result.json = std::move(json);
  return result;
}

Derivation of_point(const Library& library, const Json& json, const std::filesystem::path& beside) {
  const Library::Located located = library.point(json, beside);
  const auto instance = located.landscape->instance(located.point);
  return derived(*located.landscape, instance->shape(), instance->program());
}

std::vector<std::size_t> free_sizes(const Landscape& landscape) {
  std::vector<std::size_t> positions;
  const auto& sizes = landscape.internals().sizes;
  for (std::size_t k = 0; k < sizes.size(); ++k) {
    if (sizes[k].free && !sizes[k].list) positions.push_back(k);
  }
  return positions;
}

// `m=5,k=2`
FreeSizes parse_free(const Landscape& landscape, const std::string& text) {
  FreeSizes values;
  std::string names;
  for (const std::size_t k : free_sizes(landscape)) {
    const std::string& name = landscape.internals().sizes[k].name;
    values.emplace(name, 2L);
    names += (names.empty() ? "" : ", ") + name;
  }
  if (values.empty()) throw InputError(fmt::format("--free {}: the shape says all sizes of {}", text, landscape.id()));
  if (landscape.internals().loss_of_data) {
    throw InputError(
        fmt::format("--free {}: the formula of {} depends on the values of its data: give a point file instead", text,
                    landscape.id()));
  }
  std::set<std::string> named;
  for (const std::string& part : parse_words(text)) {
    const std::size_t equals = std::min(part.find('='), part.size());
    const std::string name = part.substr(0, equals);
    const auto value = values.find(name);
    if (value == values.end()) {
      throw InputError(
          fmt::format("--free {}: {} has no free size '{}'; free are: {}", text, landscape.id(), name, names));
    }
    if (!named.insert(name).second) throw InputError(fmt::format("--free {}: {} stands there twice", text, name));
    const std::vector<long> given =
        parse_integers(equals == part.size() ? std::string() : part.substr(equals + 1), "--free " + name);
    if (given.front() == 0) throw InputError(fmt::format("--free {}: sizes are at least 1", text));
    value->second = given.front();
  }
  return values;
}

Derivation derivation(const Options& options) {
  const auto library = landscape_library(options.landscapes);
  if (options.source.empty() == options.loss.empty()) {
    throw InputError("derive: expected a landscape or a point file, or a function (--loss) and a point (--at)");
  }
  if (!options.free.empty() && (!options.loss.empty() || options.source.ends_with(".json")))
    throw InputError("--free goes with a landscape");
  if (!options.loss.empty()) return of_point(*library, point_file_of(options.loss, options.at, options.data), {});
  if (!options.at.empty() || !options.data.empty()) throw InputError("--at and --data go with --loss");
  if (options.source.ends_with(".json")) {
    if (!options.size.empty()) throw InputError("--size goes with a landscape");
    return of_point(*library, read_point_file(options.source), std::filesystem::path(options.source).parent_path());
  }
  const Landscape& landscape = library->at(options.source);
  const Shape shape = options.size.empty() ? landscape.examples().back() : parse_shapes({options.size}, "--size")[0];
  if (!options.free.empty()) {
    const FreeSizes free = parse_free(landscape, options.free);
    return derived(landscape, shape, program_at(landscape, shape, free), free);
  }
  // sizes that no shape says (the number of samples) are those of the first family's points, or else 2
  const auto recipes = landscape.cases({{shape}, {}, {}, 1});
  const auto instance = recipes.empty() ? nullptr : landscape.instance(recipes.front()->build(1));
  FreeSizes free;
  for (const std::size_t k : free_sizes(landscape)) {
    const SizeItem& item = landscape.internals().sizes[k];
    free.emplace(item.name, instance ? std::get<long>(instance->feature(item.position, {})) : 2L);
  }
  return derived(landscape, shape, instance ? instance->program() : program_at(landscape, shape), free);
}

void print(const Derivation& derivation, std::ostream& out) {
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

void print_latex(const Derivation& derivation, std::ostream& out) {
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

int derive(const Options& options) {
  const Derivation result = derivation(options);
  if (options.latex != "-" && options.json != "-") print(result, std::cout);
  if (!options.latex.empty()) write_file(options.latex, [&](std::ostream& out) { print_latex(result, out); });
  if (!options.json.empty()) write_json(options.json, result.json);
  return success;
}

}  // namespace

void add_derive(CLI::App& app, Action& chosen) {
  CLI::App* command =
      app.add_subcommand("derive", "print gradient and second differential of a loss as matrix formulas");
  auto options = std::make_shared<Options>();
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
