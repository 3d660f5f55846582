// Formulas, keys and types over the words that are known so far.
#include "landscapes/typist.hpp"

#include "language/typing.hpp"
#include "text/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rankscape {

namespace {

using language::Construct;
using language::Syntax;
using text::quote;

constexpr std::string_view types = "number, sequence(n), matrix(p, q), symmetric(n) or skew(n)";

}  // namespace

PlacedText part(const PlacedText& text, std::size_t begin, std::size_t end) {
  PlacedText slice;
  slice.text = text.text.substr(begin, end - begin);
  slice.places.assign(text.places.begin() + static_cast<std::ptrdiff_t>(begin),
                      text.places.begin() + static_cast<std::ptrdiff_t>(std::min(end, text.places.size() - 1)) + 1);
  return slice;
}

Kind kind_of(Type::Form form) {
  if (form == Type::Form::number) return Kind::real;
  return form == Type::Form::sequence ? Kind::sequence : Kind::matrix;
}

void Typist::fail(const PlacedText& text, std::size_t offset, const std::string& message) const {
  draft_.fail(text.places.at(std::min(offset, text.text.size())), message);
}

// Runs `run`, giving its complaints their place in the file.
template <class Run>
auto Typist::placed(const PlacedText& text, const Run& run) const {
  try {
    return run();
  } catch (const language::SyntaxError& error) {
    std::string message = error.what();
    if (explain && message.find("expected a name that is known") != std::string::npos) {
      std::size_t end = error.offset;
      while (end < text.text.size() &&
             (std::isalnum(static_cast<unsigned char>(text.text[end])) != 0 || text.text[end] == '_'))
        ++end;
      const std::string name = text.text.substr(std::min(error.offset, text.text.size()), end - error.offset);
      if (auto better = explain(name)) message = *better;
    }
    fail(text, error.offset, message);
  }
}

std::optional<std::size_t> Typist::find(std::string_view name) const {
  for (std::size_t k = 0; k < words.size(); ++k) {
    if (words[k].declaration.name == name) return k;
  }
  return std::nullopt;
}

void Typist::check_name(const std::string& name, const PlacedText& text) const {
  // count, sum, .. take parentheses: as bare words they are names
  const bool taken = !language::quantifier_named(name) || name == "min" || name == "max";
  if (taken) placed(text, [&] { language::check_new_name(name, 0); });
  if (const auto other = find(name)) {
    fail(text, 0,
         fmt::format("found a second {}, which is {}, expected one", quote(name), what_is(words[*other].role)));
  }
}

std::size_t Typist::add(Word word, const PlacedText& text) {
  check_name(word.declaration.name, text);
  words.push_back(std::move(word));
  return words.size() - 1;
}

Syntax Typist::parse(const PlacedText& text) const {
  return placed(text, [&] { return language::parse_syntax(text.text); });
}

ParsedKey Typist::parse_key(const PlacedText& text) const {
  const Syntax syntax = placed(text, [&] { return language::parse_key_syntax(text.text); });
  ParsedKey key;
  key.text = text;
  if (syntax.construct == Construct::name) {
    key.name = syntax.text;
    return key;
  }
  key.name = syntax.children.front().text;
  for (const Syntax& argument : syntax.children.at(1).children) {
    if (argument.construct != Construct::binder) {
      key.indices.push_back(argument);
      continue;
    }
    const Syntax& binder = argument.children.front();
    placed(text, [&] { language::check_new_name(binder.text, binder.begin); });
    if (std::find(key.binders.begin(), key.binders.end(), binder.text) != key.binders.end())
      fail(text, binder.begin, fmt::format("found a second binder {}, expected another name", quote(binder.text)));
    key.binders.push_back(binder.text);
    key.domains.push_back(argument.children.back());
  }
  if (!key.binders.empty() && !key.indices.empty()) {
    fail(text, key.indices.front().begin, "found an index beside a binder, expected either binders or indices");
  }
  return key;
}

Pattern Typist::pattern(const ParsedKey& key, bool function_allowed) const {
  Pattern pattern;
  const Vocabulary known = vocabulary();
  const language::Names names{&known, {}, language::ShapeCheck::as_polynomials};
  if (!key.binders.empty()) {
    pattern.form = Pattern::Form::every;
    for (std::size_t k = 0; k < key.binders.size(); ++k) {
      pattern.domains.push_back(placed(key.text, [&] {
        return language::type_check(key.domains[k], names, key.text.places, pattern.names, Kind::set);
      }));
      pattern.names.push_back(key.binders[k]);
    }
    return pattern;
  }
  if (key.indices.empty()) return pattern;
  const bool bare = std::all_of(key.indices.begin(), key.indices.end(),
                                [](const Syntax& index) { return index.construct == Construct::name; });
  if (function_allowed && bare) {
    pattern.form = Pattern::Form::any;
    for (const Syntax& parameter : key.indices) {
      placed(key.text, [&] { language::check_new_name(parameter.text, parameter.begin); });
      if (std::find(pattern.names.begin(), pattern.names.end(), parameter.text) != pattern.names.end()) {
        fail(key.text, parameter.begin,
             fmt::format("found the parameter {} twice, expected another name", quote(parameter.text)));
      }
      pattern.names.push_back(parameter.text);
    }
    return pattern;
  }
  pattern.form = Pattern::Form::one;
  for (const Syntax& index : key.indices) {
    pattern.indices.push_back(
        placed(key.text, [&] { return language::type_check(index, names, key.text.places, {}, Kind::integer); }));
  }
  return pattern;
}

Vocabulary Typist::vocabulary() const {
  std::vector<FeatureDeclaration> declarations;
  for (const Word& word : words)
    declarations.push_back(word.declaration);
  return with_common ? Vocabulary(std::move(declarations)) : Vocabulary(std::move(declarations), {});
}

Expression Typist::formula(const PlacedText& text, const Syntax& syntax, const std::vector<std::string>& variables,
                           std::optional<Kind> wanted) const {
  const Vocabulary known = vocabulary();
  const language::Names names{&known, {}, language::ShapeCheck::as_polynomials};
  return placed(text, [&] {
    return Expression{text.text, text.places.front(),
                      language::type_check(syntax, names, text.places, variables, wanted)};
  });
}

Expression Typist::formula(const PlacedText& text, const std::vector<std::string>& variables,
                           std::optional<Kind> wanted) const {
  return formula(text, parse(text), variables, wanted);
}

Type::Form Typist::form(const PlacedText& text) const {
  const Syntax syntax = parse(text);
  const Syntax& head = syntax.construct == Construct::call ? syntax.children.front() : syntax;
  using Form = Type::Form;
  static const std::vector<std::pair<std::string, Form>> forms{{"number", Form::number},
                                                               {"sequence", Form::sequence},
                                                               {"matrix", Form::matrix},
                                                               {"symmetric", Form::symmetric},
                                                               {"skew", Form::skew}};
  if (head.construct == Construct::name) {
    for (const auto& [name, form] : forms) {
      if (head.text == name) return form;
    }
  }
  std::vector<std::string> names;
  for (const auto& [name, form] : forms)
    names.push_back(name);
  fail(text, head.begin,
       fmt::format("found {}, expected {}{}", text::found_at(text.text, head.begin), types,
                   head.construct == Construct::name ? text::suggestion(head.text, names) : std::string()));
}

Type Typist::type(const PlacedText& text, const std::vector<std::string>& variables, bool weight,
                  bool generator) const {
  Type type;
  type.form = form(text);
  type.text = text.text;
  type.place = text.places.front();
  if (weight && (type.form == Type::Form::symmetric || type.form == Type::Form::skew)) {
    fail(text, 0, fmt::format("found {} for a weight, expected number, sequence(n) or matrix(p, q)", quote(text.text)));
  }
  if (!generator && type.form == Type::Form::skew) {
    fail(
        text, 0,
        fmt::format("found {} for data, expected number, sequence(n), matrix(p, q) or symmetric(n)", quote(text.text)));
  }
  const Syntax syntax = parse(text);
  std::vector<Syntax> arguments;
  if (syntax.construct == Construct::call) {
    if (syntax.children.size() != 2 || syntax.children[1].construct != Construct::arguments)
      fail(text, 0, fmt::format("found {}, expected {}", quote(text.text), types));
    arguments = syntax.children[1].children;
  }
  const std::size_t wanted = type.form == Type::Form::number ? 0 : type.form == Type::Form::matrix ? 2 : 1;
  if (arguments.size() != wanted) {
    fail(text, 0,
         fmt::format("found {} with {} argument{}, expected {}", quote(text.text), arguments.size(),
                     arguments.size() == 1 ? "" : "s", types));
  }
  const Vocabulary known = vocabulary();
  const language::Names names{&known, {}, language::ShapeCheck::as_polynomials};
  for (const Syntax& argument : arguments) {
    type.extents.push_back(
        placed(text, [&] { return language::type_check(argument, names, text.places, variables, Kind::integer); }));
  }
  return type;
}

std::vector<SizeItem> Typist::size_items(const PlacedText& text, bool free) {
  std::vector<SizeItem> items;
  const auto size_word = [&](const std::string& name, std::vector<Kind> parameters) {
    Word word;
    word.declaration.name = name;
    word.declaration.parameters = std::move(parameters);
    word.declaration.result = Kind::integer;
    word.declaration.description = word.declaration.parameters.empty() ? "size" : "sizes";
    word.declaration.size = true;
    word.role = Role::size;
    word.of_sizes = true;
    return word;
  };
  for (const Syntax& syntax : placed(text, [&] { return language::parse_sizes_syntax(text.text); })) {
    SizeItem item;
    item.free = free;
    const Syntax& name = syntax.construct == Construct::name ? syntax : syntax.children.front();
    item.name = name.text;
    item.place = text.places.at(name.begin);
    const PlacedText at_name = part(text, name.begin, name.begin + name.text.size());
    const std::size_t parts = syntax.construct == Construct::name ? 1 : syntax.children.size();
    if (parts == 1) {
      item.position = add(size_word(item.name, {}), at_name);
      items.push_back(std::move(item));
      continue;
    }
    const Syntax& domain = syntax.children.back();
    if (domain.construct != Construct::range || domain.children.size() != 2) {
      fail(text, domain.begin,
           fmt::format("found {}, expected a range that counts up such as 0..H",
                       text::found_at(text.text, domain.begin)));
    }
    const auto end = [&](const Syntax& bound) { return formula(text, bound, {}, Kind::integer).tree; };
    if (parts == 3) {
      item.least = end(domain.children[0]);
      item.most = end(domain.children[1]);
      item.position = add(size_word(item.name, {}), at_name);
      items.push_back(std::move(item));
      continue;
    }
    item.list = true;
    item.first = end(domain.children[0]);
    const Syntax& last = domain.children[1];
    if (last.construct == Construct::name && !find(last.text)) {
      if (free) fail(text, last.begin, "found a list of free sizes of unknown length, expected a length that is known");
      item.defines = add(size_word(last.text, {}), part(text, last.begin, last.begin + last.text.size()));
    }
    item.last = end(last);
    check_name(item.name, at_name);
    item.position = add(size_word(item.name, {Kind::integer}), at_name);
    items.push_back(std::move(item));
  }
  return items;
}

std::shared_ptr<const language::DeclaredShape> Typist::shape_of(const Type& type) {
  if (type.form == Type::Form::number) return nullptr;
  language::DeclaredShape shape;
  shape.extents = type.extents;
  if (type.form == Type::Form::symmetric || type.form == Type::Form::skew)
    shape.extents.push_back(type.extents.front());
  return std::make_shared<const language::DeclaredShape>(std::move(shape));
}

std::shared_ptr<const language::DeclaredShape> Typist::shape_of(const Expression& formula,
                                                                const std::vector<std::string>& variables) const {
  const auto& dimensions = formula.tree->dimensions;
  const bool known_rows = dimensions.rows.has_value();
  const bool matrix = formula.kind() == Kind::matrix;
  if (!known_rows || (matrix && !dimensions.cols) || (!matrix && formula.kind() != Kind::sequence)) return nullptr;
  const Vocabulary known = vocabulary();
  const language::Names names{&known, {}, language::ShapeCheck::as_polynomials};
  language::DeclaredShape shape;
  const auto add_extent = [&](const language::Polynomial& extent) {
    const std::string text = extent.text();
    const std::vector<Place> places(text.size() + 1, formula.place);
    shape.extents.push_back(
        language::type_check(language::parse_syntax(text), names, places, variables, Kind::integer));
  };
  try {
    add_extent(*dimensions.rows);
    if (formula.kind() == Kind::matrix) add_extent(*dimensions.cols);
  } catch (const language::SyntaxError&) {  // an extent that only a value tells
    return nullptr;
  }
  return std::make_shared<const language::DeclaredShape>(std::move(shape));
}

std::vector<std::string> Typist::mentioned(const Syntax& syntax) {
  std::vector<std::string> names;
  for (const language::Mention& mention : language::mentions(syntax))
    names.push_back(mention.name);
  return names;
}

}  // namespace rankscape
