// Names, kinds and bounds, checked before anything runs.
#include "language/typing.hpp"
#include "language/limits.hpp"

#include "language/functions.hpp"
#include "language/typer.hpp"

#include <rankscape/error.hpp>

#include <fmt/format.h>
#include <algorithm>
#include <limits>

namespace rankscape::language {

using text::quote;
using text::suggestion;

namespace {

constexpr std::size_t max_digits = 1000;

}  // namespace

std::string_view with_article(Kind kind) {
  switch (kind) {
    case Kind::truth:
      return "a condition";
    case Kind::integer:
      return "an integer";
    case Kind::real:
      return "a number";
    case Kind::set:
      return "a set";
    case Kind::sequence:
      return "a sequence";
    case Kind::matrix:
      return "a matrix";
  }
  return "";
}

ExprPtr Typer::done(Expr expr, const Syntax& s) const {
  check_shapes(expr, s);
  expr.dimensions = rules_.dimensions(expr, {});
  ExprPtr finished = finish(std::move(expr));
  if (finished->tree_depth > max_tree_depth) {
    fail(s, fmt::format("found operators nested or chained more than {} deep, expected at most that (give parts a name "
                        "under [define])",
                        max_tree_depth));
  }
  if (finished->extent.depth > max_extent.depth || finished->extent.size > max_extent.size) {
    fail(s, fmt::format("found a formula that expands to more than {} operations or {} levels, expected less",
                        max_extent.size, max_extent.depth));
  }
  return finished;
}

ExprPtr Typer::done(Node what, Kind kind, std::vector<ExprPtr> children, const Syntax& s) const {
  Expr expr = node(std::move(what), kind, s);
  expr.children = std::move(children);
  return done(std::move(expr), s);
}

ExprPtr Typer::type(const Syntax& s) {
  switch (s.construct) {
    case Construct::number:
      return number(s);
    case Construct::name:
      return word(s);
    case Construct::call:
      return call(s);
    case Construct::range:
      return range(s);
    case Construct::set:
      return set(s);
    case Construct::cardinality:
      return call_of(Function::cardinality, {type(s.children[0])}, {&s.children[0]}, s);
    case Construct::blocks:
      return blocks(s);
    case Construct::transposed:
      return transposed(s);
    case Construct::negate:
      return negate(s);
    case Construct::power:
      return power(s);
    case Construct::product:
    case Construct::sum:
      return arithmetic(s);
    case Construct::comparison:
      return comparison(s);
    case Construct::conditional:
      return conditional(s);
    default:
      return connective(s);
  }
}

ExprPtr Typer::number(const Syntax& s) {
  if (s.text.size() > max_digits) {
    fail(s, fmt::format("found a number of {} digits, expected at most {}", s.text.size(), max_digits));
  }
  const bool integral = s.text.find_first_not_of("0123456789") == std::string::npos;
  try {
    Rational value = parse_rational(s.text);
    // An integer that a long does not hold is a number all the same, and exact.
    const bool fits = integral && to_long(value);
    return done(Number{std::move(value), s.text}, fits ? Kind::integer : Kind::real, {}, s);
  } catch (const InputError&) {  // the digits are bounded above and the form by the grammar, so it is the exponent
    fail(s, fmt::format("found {}, expected a decimal exponent of at most 400 in absolute value", quote(s.text)));
  }
}

std::vector<std::string> Typer::known_words() const {
  std::vector<std::string> words = variables_;
  for (const DefinitionType& d : names_.definitions)
    words.push_back(d.name);
  for (const FeatureDeclaration& f : names_.vocabulary->features())
    words.push_back(f.name);
  for (const Signature& f : signatures())
    words.emplace_back(f.name);
  for (const std::string_view q : quantifier_names())
    words.emplace_back(q);
  words.insert(words.end(), {"true", "false"});
  return words;
}

std::vector<ExprPtr> Typer::arguments_of(const std::string& name, const std::vector<Kind>& parameters,
                                         const Syntax& name_at, const Syntax* arguments) {
  const std::size_t given = arguments == nullptr ? 0 : arguments->children.size();
  if (given != parameters.size()) {
    fail(name_at, fmt::format("found {} with {} argument{}, expected {}", quote(name), given, given == 1 ? "" : "s",
                              parameters.size()));
  }
  std::vector<ExprPtr> typed;
  for (std::size_t k = 0; k < given; ++k)
    typed.push_back(type_as(arguments->children[k], parameters[k]));
  return typed;
}

// A name with the first pair of parentheses after it, if there is one; `used` says whether it took them.
ExprPtr Typer::apply_name(const Syntax& name, const Syntax* arguments, bool& used) {
  used = arguments != nullptr;
  for (std::size_t slot = 0; slot < variables_.size(); ++slot) {
    if (variables_[slot] != name.text) continue;
    used = false;
    return done(Variable{slot, name.text}, Kind::integer, {}, name);
  }
  for (std::size_t slot = 0; slot < names_.definitions.size(); ++slot) {
    const DefinitionType& definition = names_.definitions[slot];
    if (definition.name != name.text) continue;
    Expr expr = node(DefinitionCall{slot, name.text, definition.extent}, definition.kind, name);
    expr.of_integers = definition.body != nullptr && definition.body->of_integers;
    if (definition.parameters.empty() && definition.kind == Kind::sequence) used = false;
    expr.children = arguments_of(name.text, std::vector<Kind>(definition.parameters.size(), Kind::integer), name,
                                 used ? arguments : nullptr);
    return done(std::move(expr), name);
  }
  if (const auto position = names_.vocabulary->find(name.text)) {
    const FeatureDeclaration& feature = names_.vocabulary->features()[*position];
    Expr expr = node(feature_node(*position, feature), feature.result, name);
    expr.of_integers = feature.of_integers;
    if (feature.parameters.empty() && feature.result == Kind::sequence) used = false;
    expr.children = arguments_of(name.text, feature.parameters, name, used ? arguments : nullptr);
    return done(std::move(expr), name);
  }
  if (name.text == "true" || name.text == "false") {
    used = false;
    return done(Constant{name.text == "true"}, Kind::truth, {}, name);
  }
  if (is_function(name.text) && arguments != nullptr) return apply_function(name, *arguments);
  if (is_function(name.text) || quantifier_named(name.text)) {
    fail(name,
         fmt::format("found the function {} without its arguments, expected {}(..)", quote(name.text), name.text));
  }
  fail(name, fmt::format("found {}, expected a name that is known{}", quote(name.text),
                         text::suggestion_for_word(name.text, known_words())));
}

ExprPtr Typer::word(const Syntax& s) {
  bool used = false;
  return apply_name(s, nullptr, used);
}

ExprPtr Typer::call(const Syntax& s) {
  const Syntax& name = s.children[0];
  const Syntax& first = s.children[1];
  std::size_t next = 1;
  ExprPtr result;
  if (first.construct == Construct::bound) {
    result = quantifier(name, first);
    next = 2;
  } else {
    bool used = false;
    result = apply_name(name, &first, used);
    if (used) next = 2;
  }
  for (; next < s.children.size(); ++next)
    result = index_of(std::move(result), s, s.children[next]);
  return result;
}

ExprPtr Typer::index_of(ExprPtr sequence, const Syntax& s, const Syntax& arguments) {
  if (sequence->kind != Kind::sequence) {
    fail(s,
         fmt::format("{}, which takes no arguments, expected a function or a sequence before '('", found(*sequence)));
  }
  if (arguments.construct != Construct::arguments || arguments.children.size() != 1) {
    fail(arguments, "found something else than one index, expected the position of an entry");
  }
  const Kind kind = sequence->of_integers ? Kind::integer : Kind::real;
  return done(EntryOf{}, kind, {std::move(sequence), type_as(arguments.children[0], Kind::integer)}, s);
}

ExprPtr Typer::apply_function(const Syntax& name, const Syntax& arguments) {
  std::vector<ExprPtr> typed;
  std::vector<const Syntax*> places;
  for (const Syntax& argument : arguments.children) {
    typed.push_back(type(argument));
    places.push_back(&argument);
  }
  const auto& table = signatures();
  const auto first =
      std::find_if(table.begin(), table.end(), [&](const Signature& each) { return each.name == name.text; });
  return call_of(first->function, std::move(typed), places, name);
}

// The first signature that takes the arguments.
ExprPtr Typer::call_of(Function function, std::vector<ExprPtr> arguments, const std::vector<const Syntax*>& places,
                       const Syntax& s) {
  const Signature* first = nullptr;
  for (std::size_t overload = 0; overload < signatures().size(); ++overload) {
    const Signature& signature = signatures()[overload];
    if (signature.function != function) continue;
    if (first == nullptr) first = &signature;
    const std::size_t wanted = signature.parameters.size();
    if (arguments.size() != wanted && !(signature.variadic && arguments.size() > wanted)) continue;
    bool fits = true;
    for (std::size_t k = 0; k < arguments.size(); ++k) {
      fits = fits && accepts(signature.parameters[std::min(k, wanted - 1)], arguments[k]->kind);
    }
    if (!fits) continue;
    if (function == Function::jacobian && !arguments[0]->is<Feature>()) {
      fail(*places[0], found(*arguments[0]) + ", expected a matrix that the landscape declares or defines");
    }
    return done(Call{function, overload}, signature.result, std::move(arguments), s);
  }
  const std::size_t wanted = first->parameters.size();
  if (arguments.size() < wanted || (arguments.size() > wanted && !first->variadic)) {
    fail(s, fmt::format("found {} with {} argument{}, expected {}{}", quote(first->name), arguments.size(),
                        arguments.size() == 1 ? "" : "s", first->variadic ? "at least " : "", wanted));
  }
  for (std::size_t k = 0; k < arguments.size(); ++k) {
    // Overloads differ in integer and real only, and the wider one comes last.
    Kind kind = first->parameters[std::min(k, wanted - 1)];
    if (kind == Kind::integer && first[1].function == function) kind = Kind::real;
    static_cast<void>(want(arguments[k], *places[k], kind));
  }
  throw std::logic_error("no signature of a function takes arguments that it accepts");
}

ExprPtr Typer::transposed(const Syntax& s) {
  ExprPtr result = type(s.children[0]);
  for (std::size_t k = 1; k < s.children.size(); ++k)
    result = call_of(Function::transpose, {std::move(result)}, {&s.children[0]}, s);
  return result;
}

ExprPtr Typer::blocks(const Syntax& s) {
  Blocks shape;
  std::vector<ExprPtr> entries;
  for (const Syntax& row : s.children) {
    shape.rows.push_back(row.children.size());
    for (const Syntax& entry : row.children) {
      ExprPtr typed = type(entry);
      if (typed->kind != Kind::matrix && !accepts(Kind::real, typed->kind)) {
        fail(entry, found(*typed) + ", expected a number or a matrix");
      }
      entries.push_back(std::move(typed));
    }
  }
  return done(std::move(shape), Kind::matrix, std::move(entries), s);
}

namespace {

void collect_mentions(const Syntax& syntax, std::vector<Mention>& found) {
  if (syntax.construct == Construct::name) found.push_back({syntax.text, syntax.begin});
  for (const Syntax& child : syntax.children)
    collect_mentions(child, found);
}

}  // namespace

ExprPtr type_check(const Syntax& syntax, const Names& names, const std::vector<Place>& places,
                   const std::vector<std::string>& parameters, std::optional<Kind> wanted) {
  Typer typer(names, places, parameters);
  return wanted ? typer.type_as(syntax, *wanted) : typer.type(syntax);
}

void check_new_name(std::string_view name, std::size_t offset) {
  // The words of quantifiers stand before a binder, where no name can: `count` is free for use, `min` is a function,
  // too.
  if (is_function(name) || name == "true" || name == "false" || name == "otherwise") {
    throw SyntaxError(offset,
                      fmt::format("found {}, which the language has taken, expected another name", quote(name)));
  }
}

std::vector<Mention> mentions(const Syntax& syntax) {
  std::vector<Mention> found;
  collect_mentions(syntax, found);
  return found;
}

}  // namespace rankscape::language
