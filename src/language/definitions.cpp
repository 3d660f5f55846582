// Definitions are typed after those that they need.
#include "language/definitions.hpp"

#include "language/tree.hpp"
#include "text/words.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace rankscape::language {

namespace {

using text::quote;

class Table {
 public:
  Table(const std::vector<DefinitionSource>& sources, Names& names)
      : sources_(sources), names_(names), first_(names.definitions.size()) {}

  std::vector<Definition> read() {
    for (const DefinitionSource& source : sources_)
      declare(source);
    for (std::size_t k = 0; k < sources_.size(); ++k)
      check_parameters(k);
    state_.resize(sources_.size(), State::open);
    for (std::size_t k = 0; k < sources_.size(); ++k)
      order(k);
    std::vector<Definition> definitions(sources_.size());
    for (const std::size_t k : order_) {
      DefinitionType& type = names_.definitions[first_ + k];
      Expression body = read_formula(sources_[k].formula, names_, type.parameters);
      type.kind = body.kind();
      type.extent = body.tree->extent;
      type.body = body.tree;
      definitions[k] = {type.name, type.parameters, std::move(body)};
    }
    return definitions;
  }

 private:
  enum class State : unsigned char { open, on_path, done };

  void declare(const DefinitionSource& source) {
    const Syntax key = with_places(source.key, [&] { return parse_signature(source.key.text); });
    const Syntax& name = key.construct == Construct::call ? key.children[0] : key;
    with_places(source.key, [&] { check_new_name(name.text, name.begin); });
    if (const FeatureDeclaration* common = names_.vocabulary->common(name.text))
      throw PlacedError(source.key.places[name.begin], taken(*common));
    for (const DefinitionType& other : names_.definitions) {
      if (other.name == name.text) {
        throw PlacedError(source.key.places[name.begin],
                          fmt::format("found a second definition of {}, expected one", quote(name.text)));
      }
    }
    names_.definitions.push_back({name.text, {}, Kind::truth, {}, nullptr});
    if (key.construct == Construct::call) with_places(source.key, [&] { take_parameters(key.children[1]); });
    bodies_.push_back(with_places(source.formula, [&] { return parse_syntax(source.formula.text); }));
  }

  void take_parameters(const Syntax& list) {
    auto& parameters = names_.definitions.back().parameters;
    for (const Syntax& parameter : list.children) {
      check_new_name(parameter.text, parameter.begin);
      if (std::find(parameters.begin(), parameters.end(), parameter.text) != parameters.end()) {
        throw SyntaxError(parameter.begin, fmt::format("found the parameter {}, expected a name that is not in use",
                                                       quote(parameter.text)));
      }
      parameters.push_back(parameter.text);
    }
  }

  void check_parameters(std::size_t k) const {
    for (const std::string& parameter : names_.definitions[first_ + k].parameters) {
      for (const DefinitionType& other : names_.definitions) {
        if (other.name != parameter) continue;
        throw PlacedError(
            sources_[k].key.places.front(),
            fmt::format("found the parameter {}, which is also a definition, expected another name", quote(parameter)));
      }
    }
  }

  void order(std::size_t k) {
    if (state_[k] == State::done) return;
    state_[k] = State::on_path;
    path_.push_back(k);
    for (const Mention& mention : mentions(bodies_[k])) {
      for (std::size_t other = 0; other < sources_.size(); ++other) {
        if (names_.definitions[first_ + other].name != mention.name) continue;
        if (state_[other] == State::on_path) circle(k, other, mention);
        order(other);
      }
    }
    path_.pop_back();
    state_[k] = State::done;
    order_.push_back(k);
  }

  [[noreturn]] void circle(std::size_t k, std::size_t from, const Mention& mention) const {
    std::string cycle;
    for (auto at = std::find(path_.begin(), path_.end(), from); at != path_.end(); ++at)
      cycle += names_.definitions[first_ + *at].name + " -> ";
    throw PlacedError(sources_[k].formula.places[mention.offset],
                      fmt::format("found the circular definition {}{}, expected definitions that come to an end", cycle,
                                  mention.name));
  }

  const std::vector<DefinitionSource>& sources_;
  Names& names_;
  std::size_t first_;
  std::vector<Syntax> bodies_;
  std::vector<State> state_;
  std::vector<std::size_t> path_;
  std::vector<std::size_t> order_;
};

}  // namespace

Expression read_formula(const text::PlacedText& text, const Names& names, const std::vector<std::string>& parameters,
                        std::optional<Kind> wanted) {
  return with_places(text, [&] {
    return Expression{text.text, text.places.front(),
                      type_check(parse_syntax(text.text), names, text.places, parameters, wanted)};
  });
}

std::vector<Definition> read_definitions(const std::vector<DefinitionSource>& sources, Names& names) {
  return Table(sources, names).read();
}

}  // namespace rankscape::language
