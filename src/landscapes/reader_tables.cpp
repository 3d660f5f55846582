// What several tables of a landscape file have in common: named conditions, generators, and values given to arrays.
#include "landscapes/reader.hpp"

#include "text/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rankscape {

using text::quote;

std::string latex_of(const std::string& name, std::size_t parameters) {
  static const std::vector<std::string> greek{
      "alpha", "beta",  "gamma",  "delta", "epsilon", "zeta",  "eta",     "theta", "iota", "kappa", "lambda", "mu",
      "nu",    "xi",    "pi",     "rho",   "sigma",   "tau",   "upsilon", "phi",   "chi",  "psi",   "omega",  "Gamma",
      "Delta", "Theta", "Lambda", "Xi",    "Pi",      "Sigma", "Upsilon", "Phi",   "Psi",  "Omega"};
  std::string latex = name.size() == 1 ? name : language::latex_name(name);
  if (std::find(greek.begin(), greek.end(), name) != greek.end()) latex = "\\" + name;
  if (parameters == 0) return latex;
  std::string indices;
  for (std::size_t k = 1; k <= parameters; ++k)
    indices += (k > 1 ? "," : "") + ("#" + std::to_string(k));
  return latex + "_{" + indices + "}";
}

std::vector<Condition> read_conditions(const std::vector<DraftEntry>& entries, const Typist& typist,
                                       const std::string& table) {
  std::vector<Condition> conditions;
  for (const DraftEntry& entry : entries) {
    Condition condition;
    condition.name = entry.key.text;
    // a label may be any text (sign-symmetric); with indices it is a key
    if (entry.key.text.find('(') != std::string::npos) {
      const ParsedKey key = typist.parse_key(entry.key);
      condition.pattern = typist.pattern(key, false);
    }
    condition.holds = typist.formula(entry.is, condition.pattern.names, Kind::truth);
    for (const Condition& other : conditions) {
      if (other.name == condition.name)
        typist.fail(entry.key, 0, fmt::format("found a second {} in {}, expected one", quote(condition.name), table));
    }
    conditions.push_back(std::move(condition));
  }
  return conditions;
}

std::vector<Assignment> read_assignments(const std::vector<DraftEntry>& entries, const Typist& typist,
                                         const Landscape::Data& data, bool weights_only, const std::string& table) {
  std::vector<Assignment> assignments;
  std::vector<std::string> known;
  for (std::size_t a = weights_only ? data.data_count : 0; a < data.arrays.size(); ++a)
    known.push_back(data.arrays[a].name);
  for (const DraftEntry& entry : entries) {
    const ParsedKey key = typist.parse_key(entry.key);
    if (std::find(known.begin(), known.end(), key.name) == known.end()) {
      typist.fail(entry.key, 0,
                  fmt::format("found {} in {}, expected {}{}", quote(key.name), table,
                              weights_only ? "a weight" : "a datum or a weight", text::suggestion(key.name, known)));
    }
    Assignment assignment;
    assignment.array = data.array_named(key.name).value();
    assignment.key = entry.key.text;
    assignment.place = key.place();
    assignment.pattern = typist.pattern(key, false);
    const Declaration& array = data.arrays[assignment.array];
    const std::size_t arity = data.words->all()[array.position].declaration.parameters.size();
    if (assignment.pattern.arity() != arity) {
      typist.fail(entry.key, 0,
                  fmt::format("found {} with {} ind{}, expected {}", quote(entry.key.text), assignment.pattern.arity(),
                              assignment.pattern.arity() == 1 ? "ex" : "ices", array.key));
    }
    assignment.value = typist.formula(entry.is, assignment.pattern.names, kind_of(array.type.form));
    assignments.push_back(std::move(assignment));
  }
  return assignments;
}

std::vector<Declaration> read_generators(
    const std::vector<DraftEntry>& entries, Typist& typist,
    const std::function<void(const std::string& name, const PlacedText& text)>& hide) {
  std::vector<Declaration> generators;
  for (const DraftEntry& entry : entries) {
    const ParsedKey key = typist.parse_key(entry.key);
    Declaration declaration;
    declaration.name = key.name;
    declaration.key = entry.key.text;
    declaration.place = key.place();
    declaration.pattern = typist.pattern(key, false);
    declaration.type = typist.type(entry.is, declaration.pattern.names, false, true);
    Word word;
    word.declaration.name = key.name;
    word.declaration.parameters.assign(declaration.pattern.arity(), Kind::integer);
    word.declaration.result = kind_of(declaration.type.form);
    word.declaration.shape = Typist::shape_of(declaration.type);
    word.role = Role::generator;
    hide(key.name, entry.key);
    declaration.position = typist.add(std::move(word), part(entry.key, 0, key.name.size()));
    generators.push_back(std::move(declaration));
  }
  return generators;
}

std::optional<std::size_t> Landscape::Data::array_named(std::string_view name) const {
  for (std::size_t a = 0; a < arrays.size(); ++a) {
    if (arrays[a].name == name) return a;
  }
  return std::nullopt;
}

}  // namespace rankscape
