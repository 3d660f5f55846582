// Names, kinds and bounds, checked before anything runs.
#include "statements/typing.hpp"
#include "statements/limits.hpp"

#include "statements/functions.hpp"
#include "statements/typer.hpp"

#include <rankscape/error.hpp>

#include <fmt/format.h>
#include <algorithm>
#include <limits>

namespace rankscape::statements {

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
    case Construct::cardinality: {
      Expr expr = node(Op::function, Kind::integer, s);
      expr.name = "card";
      while (functions()[expr.slot].name != expr.name)
        ++expr.slot;
      expr.children.push_back(type_as(s.children[0], Kind::set));
      return done(std::move(expr), s);
    }
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
  Expr expr = node(Op::number, Kind::real, s);
  expr.name = s.text;
  try {
    expr.number = parse_rational(s.text);
  } catch (const InputError&) {  // the digits are bounded above and the form by the grammar, so it is the exponent
    fail(s, fmt::format("found {}, expected a decimal exponent of at most 400 in absolute value", quote(s.text)));
  }
  if (integral && expr.number <= std::numeric_limits<long>::max()) expr.kind = Kind::integer;
  return done(std::move(expr), s);
}

std::vector<std::string> Typer::known_words() const {
  std::vector<std::string> words = variables_;
  for (const DefinitionType& d : names_.definitions)
    words.push_back(d.name);
  for (const FeatureDeclaration& f : names_.vocabulary->features())
    words.push_back(f.name);
  for (const Function& f : functions())
    words.emplace_back(f.name);
  for (const std::string_view q : {"all", "any", "sum", "count", "true", "false"})
    words.emplace_back(q);
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
    Expr expr = node(Op::variable, Kind::integer, name);
    expr.name = name.text;
    expr.slot = slot;
    used = false;
    return done(std::move(expr), name);
  }
  for (std::size_t slot = 0; slot < names_.definitions.size(); ++slot) {
    const DefinitionType& definition = names_.definitions[slot];
    if (definition.name != name.text) continue;
    Expr expr = node(Op::definition, definition.kind, name);
    expr.name = name.text;
    expr.slot = slot;
    expr.definition_body = definition.extent;
    if (definition.parameters.empty() && definition.kind == Kind::sequence) used = false;
    expr.children = arguments_of(name.text, std::vector<Kind>(definition.parameters.size(), Kind::integer), name,
                                 used ? arguments : nullptr);
    return done(std::move(expr), name);
  }
  if (const auto position = names_.vocabulary->find(name.text)) {
    const FeatureDeclaration& feature = names_.vocabulary->features()[*position];
    Expr expr = node(Op::feature, feature.result, name);
    expr.name = name.text;
    expr.slot = *position;
    expr.latex = feature.latex;
    if (feature.parameters.empty() && feature.result == Kind::sequence) used = false;
    expr.children = arguments_of(name.text, feature.parameters, name, used ? arguments : nullptr);
    return done(std::move(expr), name);
  }
  if (name.text == "true" || name.text == "false") {
    Expr expr = node(Op::constant, Kind::truth, name);
    expr.name = name.text;
    used = false;
    return done(std::move(expr), name);
  }
  if (is_function(name.text) && arguments != nullptr) return apply_function(name, *arguments);
  if (is_function(name.text) || is_quantifier(name.text)) {
    fail(name,
         fmt::format("found the function {} without its arguments, expected {}(..)", quote(name.text), name.text));
  }
  fail(name, fmt::format("found {}, expected a name that is known{}", quote(name.text),
                         suggestion(name.text, known_words())));
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
  Expr expr = node(Op::index, Kind::real, s);
  expr.children = {std::move(sequence), type_as(arguments.children[0], Kind::integer)};
  return done(std::move(expr), s);
}

ExprPtr Typer::apply_function(const Syntax& name, const Syntax& arguments) {
  std::vector<ExprPtr> typed;
  for (const Syntax& argument : arguments.children)
    typed.push_back(type(argument));
  const Function* first = nullptr;
  for (std::size_t slot = 0; slot < functions().size(); ++slot) {
    const Function& function = functions()[slot];
    if (function.name != name.text) continue;
    if (first == nullptr) first = &function;
    const std::size_t wanted = function.parameters.size();
    if (typed.size() != wanted && !(function.variadic && typed.size() > wanted)) continue;
    bool fits = true;
    for (std::size_t k = 0; k < typed.size(); ++k) {
      fits = fits && accepts(function.parameters[std::min(k, wanted - 1)], typed[k]->kind);
    }
    if (!fits) continue;
    Expr expr = node(Op::function, function.result, name);
    expr.name = name.text;
    expr.slot = slot;
    expr.children = std::move(typed);
    return done(std::move(expr), name);
  }
  const std::size_t wanted = first->parameters.size();
  if (typed.size() < wanted || (typed.size() > wanted && !first->variadic)) {
    fail(name, fmt::format("found {} with {} argument{}, expected {}{}", quote(name.text), typed.size(),
                           typed.size() == 1 ? "" : "s", first->variadic ? "at least " : "", wanted));
  }
  for (std::size_t k = 0; k < typed.size(); ++k) {
    // Overloads differ in integer and real only, and the wider one comes last.
    Kind kind = first->parameters[std::min(k, wanted - 1)];
    if (kind == Kind::integer && first[1].name == first->name) kind = Kind::real;
    static_cast<void>(want(typed[k], arguments.children[k], kind));
  }
  throw std::logic_error("no overload of " + name.text + " takes arguments that it accepts");
}

ExprPtr Typer::quantifier(const Syntax& name, const Syntax& bound) {
  if (!is_quantifier(name.text)) {
    fail(name, fmt::format("found {} before a binder, expected all, any, sum, count, min or max{}", quote(name.text),
                           suggestion(name.text, {"all", "any", "sum", "count", "min", "max"})));
  }
  Expr expr = node(Op::quantifier, Kind::truth, name);
  expr.name = name.text;
  expr.slot = variables_.size();
  for (const Syntax& part : bound.children) {
    if (part.construct != Construct::binder) continue;
    const Syntax& variable = part.children[0];
    check_new_name(variable.text, variable.begin);
    // Features may be hidden: a file must not break when its model learns a new word.
    bool hides = false;
    for (const std::string& other : variables_)
      hides = hides || other == variable.text;
    for (const DefinitionType& other : names_.definitions)
      hides = hides || other.name == variable.text;
    if (hides)
      fail(variable, fmt::format("found the binder {}, expected a name that is not in use", quote(variable.text)));
    expr.children.push_back(domain(part.children[1]));
    expr.binders.push_back(variable.text);
    variables_.push_back(variable.text);
  }
  const Syntax& condition = bound.children[expr.binders.size()];
  if (condition.construct == Construct::condition) {
    expr.conditional = true;
    expr.children.push_back(type_as(condition.children[0], Kind::truth));
  }
  const Syntax& body = bound.children.back();
  const bool logical = name.text == "all" || name.text == "any";
  ExprPtr value = type_as(body, logical || name.text == "count" ? Kind::truth : Kind::real);
  expr.kind = logical ? Kind::truth : name.text == "count" ? Kind::integer : value->kind;
  expr.children.push_back(std::move(value));
  variables_.resize(expr.slot);
  return done(std::move(expr), name);
}

ExprPtr Typer::domain(const Syntax& s) {
  return s.construct == Construct::range ? range(s) : type_as(s, Kind::set);
}

ExprPtr Typer::range(const Syntax& s) {
  Expr expr = node(Op::range, Kind::set, s);
  expr.children = {type_as(s.children[0], Kind::integer), type_as(s.children[1], Kind::integer)};
  const auto first = constant_integer(*expr.children[0]);
  const auto last = constant_integer(*expr.children[1]);
  if (first && last && *last >= *first &&
      static_cast<unsigned long>(*last) - static_cast<unsigned long>(*first) >= static_cast<unsigned long>(max_range)) {
    fail(s, fmt::format("found the range {}..{}, expected at most {} elements", *first, *last, max_range));
  }
  return done(std::move(expr), s);
}

ExprPtr Typer::set(const Syntax& s) {
  Expr expr = node(Op::set, Kind::set, s);
  for (const Syntax& item : s.children) {
    expr.children.push_back(item.construct == Construct::range ? range(item) : type_as(item, Kind::integer));
  }
  return done(std::move(expr), s);
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
  if (is_function(name) || is_quantifier(name) || name == "true" || name == "false") {
    throw SyntaxError(offset,
                      fmt::format("found {}, which the language has taken, expected another name", quote(name)));
  }
}

std::vector<Mention> mentions(const Syntax& syntax) {
  std::vector<Mention> found;
  collect_mentions(syntax, found);
  return found;
}

}  // namespace rankscape::statements
