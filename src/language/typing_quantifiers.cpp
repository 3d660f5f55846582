// Types of what has binders: quantifiers, sequences, matrices; and of what binders run over.
#include "language/limits.hpp"
#include "language/typer.hpp"

namespace rankscape::language {

using text::quote;

ExprPtr Typer::quantifier(const Syntax& name, const Syntax& bound) {
  const auto quantifier = quantifier_named(name.text);
  if (!quantifier) {
    const std::vector<std::string> known(quantifier_names().begin(), quantifier_names().end());
    fail(name, fmt::format("found {} before a binder, expected {}{}", quote(name.text), text::listed(known),
                           text::suggestion_for_word(name.text, known)));
  }
  Quantified node_of;
  node_of.quantifier = *quantifier;
  node_of.first_slot = variables_.size();
  std::vector<ExprPtr> children;
  const bool of_matrix = *quantifier == Quantifier::matrix;
  std::vector<std::string> binders_of_matrix;
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
    children.push_back(domain(part.children[1]));
    if (*quantifier == Quantifier::product) check_counts_up(*children.back(), part.children[1]);
    if (of_matrix && children.size() == 2 && uses_slot(*children.back(), node_of.first_slot)) {
      fail(part.children[1], fmt::format("found columns that depend on the row {}, expected the same for all rows",
                                         quote(node_of.binders.front())));
    }
    node_of.binders.push_back(variable.text);
    variables_.push_back(variable.text);
  }
  if (of_matrix && node_of.binders.size() != 2) {
    fail(name, fmt::format("found {} binder{}, expected two, of the rows and of the columns", node_of.binders.size(),
                           node_of.binders.size() == 1 ? "" : "s"));
  }
  const Syntax& condition = bound.children[node_of.binders.size()];
  if (condition.construct == Construct::condition) {
    if (of_matrix) fail(condition, "found a 'where' in a matrix, expected an entry for each row and column");
    node_of.conditional = true;
    children.push_back(type_as(condition.children[0], Kind::truth));
  }
  ExprPtr value = quantified_body(*quantifier, bound.children.back());
  const Kind kind = *quantifier == Quantifier::count      ? Kind::integer
                    : *quantifier == Quantifier::sequence ? Kind::sequence
                    : of_matrix                           ? Kind::matrix
                                                          : value->kind;
  const std::size_t first_slot = node_of.first_slot;
  Expr expr = node(std::move(node_of), kind, name);
  expr.of_integers = kind == Kind::sequence && value->kind == Kind::integer;
  children.push_back(std::move(value));
  expr.children = std::move(children);
  ExprPtr result = done(std::move(expr), name);
  variables_.resize(first_slot);
  return result;
}

ExprPtr Typer::quantified_body(Quantifier quantifier, const Syntax& s) {
  switch (quantifier) {
    case Quantifier::all:
    case Quantifier::any:
    case Quantifier::count:
      return type_as(s, Kind::truth);
    case Quantifier::sum:
    case Quantifier::product: {
      ExprPtr body = type(s);
      if (body->kind != Kind::matrix && !accepts(Kind::real, body->kind)) {
        fail(s, found(*body) + ", expected a number or a matrix");
      }
      return body;
    }
    default:
      return type_as(s, Kind::real);
  }
}

ExprPtr Typer::domain(const Syntax& s) {
  return s.construct == Construct::range ? range(s) : type_as(s, Kind::set);
}

ExprPtr Typer::range(const Syntax& s) {
  const bool down = s.children.size() == 3;
  std::vector<ExprPtr> ends = {type_as(s.children.front(), Kind::integer), type_as(s.children.back(), Kind::integer)};
  auto first = constant_integer(*ends[0]);
  auto last = constant_integer(*ends[1]);
  if (down) std::swap(first, last);
  if (first && last && *last >= *first &&
      static_cast<unsigned long>(*last) - static_cast<unsigned long>(*first) >= static_cast<unsigned long>(max_range)) {
    fail(s, fmt::format("found the range {}..{}, expected at most {} elements", *first, *last, max_range));
  }
  return done(Range{down}, Kind::set, std::move(ends), s);
}

ExprPtr Typer::set(const Syntax& s) {
  std::vector<ExprPtr> items;
  for (const Syntax& item : s.children) {
    items.push_back(item.construct == Construct::range ? range(item) : type_as(item, Kind::integer));
  }
  return done(SetOf{}, Kind::set, std::move(items), s);
}

}  // namespace rankscape::language
