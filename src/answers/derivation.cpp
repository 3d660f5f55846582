// The formulas of a program's derivation, named as the landscape's file names them.
#include "answers/derivation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <rankscape/cases.hpp>
#include <rankscape/error.hpp>
#include <set>

#include "answers/arguments.hpp"
#include "landscapes/compiled.hpp"
#include "landscapes/data.hpp"
#include "program/compiled_loss.hpp"
#include "program/lagrangian.hpp"
#include "symbolic/derivation.hpp"

namespace rankscape::answers {

namespace {

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

}  // namespace

Derivation derive_point(const Library& library, const Json& point, const std::filesystem::path& beside) {
  const Library::Located located = library.point(point, beside);
  const auto instance = located.landscape->instance(located.point);
  return derived(*located.landscape, instance->shape(), instance->program());
}

Derivation derive(const Landscape& landscape, const std::string& size, const std::string& free) {
  const Shape shape = size.empty() ? landscape.examples().back() : parse_shapes({size}, "--size")[0];
  if (!free.empty()) {
    const FreeSizes given = parse_free(landscape, free);
    return derived(landscape, shape, program_at(landscape, shape, given), given);
  }
  // sizes that no shape says (the number of samples) are those of the first family's points, or else 2
  const auto recipe = ScopeCases(landscape, {{shape}, {}, {}, 1}).first([](const Recipe&) { return true; });
  const auto instance = recipe == nullptr ? nullptr : landscape.instance(recipe->build(1));
  FreeSizes usual;
  for (const std::size_t k : free_sizes(landscape)) {
    const SizeItem& item = landscape.internals().sizes[k];
    usual.emplace(item.name, instance ? std::get<long>(instance->feature(item.position, {})) : 2L);
  }
  return derived(landscape, shape, instance ? instance->program() : program_at(landscape, shape), usual);
}

}  // namespace rankscape::answers
