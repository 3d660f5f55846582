// Rules of shapes, one for each way to build a matrix or a sequence.
#include "language/shapes.hpp"

#include <algorithm>
#include <set>

namespace rankscape::language {

namespace {

// Larger definitions are not looked through.
constexpr std::size_t max_body = 2000;
constexpr std::size_t max_steps = 5000;

using Known = std::optional<Polynomial>;

Known plus(const Known& a, const Known& b) {
  return a && b ? sum(*a, *b, 1) : std::nullopt;
}
Known times(const Known& a, const Known& b) {
  return a && b ? product(*a, *b) : std::nullopt;
}
const Known& first_known(const Known& a, const Known& b) {
  return a ? a : b;
}
// Where both are known to be the same.
Known common(const Known& a, const Known& b) {
  return a && b && *a == *b ? a : std::nullopt;
}

Atom open_atom(const Expr& expr) {
  return {to_text(expr), true};
}

}  // namespace

Dimensions ShapeRules::dimensions(const Expr& expr, const Values& variables) const {
  steps_ = 0;
  return built(expr, variables);
}

Dimensions ShapeRules::within(const Expr& expr, const Values& variables) const {
  if (++steps_ > max_steps) return {};
  const Dimensions* before = known(expr, variables);
  return before != nullptr ? *before : built(expr, variables);
}

Dimensions ShapeRules::built(const Expr& expr, const Values& variables) const {
  if (expr.kind != Kind::matrix && expr.kind != Kind::sequence) return {};
  const auto of = [&](std::size_t k) { return within(expr.child(k), variables); };
  return std::visit(overloaded{
                        [&](const Feature& node) { return declared(expr, node, variables); },
                        [&](const DefinitionCall& node) -> Dimensions {
                          const Expr* definition = body(node);
                          if (definition == nullptr || node.body.size > max_body) return {};
                          Values values;
                          for (const ExprPtr& child : expr.children) {
                            values.push_back(integer(*child, variables));
                            if (!values.back()) return {};
                          }
                          return within(*definition, values);
                        },
                        [&](const Call& node) { return called(expr, node, variables); },
                        [&](const Negation&) { return of(0); },
                        [&](const Operation& node) -> Dimensions {
                          if (expr.child(0).kind != Kind::matrix) return of(1);
                          if (expr.child(1).kind != Kind::matrix) return of(0);
                          const Dimensions left = of(0);
                          const Dimensions right = of(1);
                          if (node.op == Operator::multiply) return {left.rows, right.cols};
                          return {first_known(left.rows, right.rows), first_known(left.cols, right.cols)};
                        },
                        [&](const Conditional&) -> Dimensions {
                          const Dimensions yes = of(1);
                          const Dimensions no = of(2);
                          return {common(yes.rows, no.rows), common(yes.cols, no.cols)};
                        },
                        [&](const Quantified& node) { return quantified(expr, node, variables); },
                        [&](const Blocks& node) { return blocks(expr, node, variables); },
                        [](const auto&) -> Dimensions { return {}; },
                    },
                    expr.node);
}

Dimensions ShapeRules::declared(const Expr& expr, const Feature& feature, const Values& variables) const {
  if (feature.shape == nullptr) return {};
  Values arguments;
  for (const ExprPtr& child : expr.children) {
    arguments.push_back(child->kind == Kind::integer ? integer(*child, variables) : std::nullopt);
    // an index that is not known (the binder of an empty sum) does no harm where the shape does not depend on it
    if (!arguments.back()) arguments.back() = Polynomial(Atom{"<" + to_text(*child) + ">", true});
  }
  const auto& extents = feature.shape->extents;
  return {integer(*extents[0], arguments), extents.size() > 1 ? integer(*extents[1], arguments) : Known(Polynomial(1))};
}

Dimensions ShapeRules::called(const Expr& expr, const Call& call, const Values& variables) const {
  const auto of = [&](std::size_t k) { return within(expr.child(k), variables); };
  const auto value = [&](std::size_t k) { return integer(expr.child(k), variables); };
  const Known one = Polynomial(1);
  switch (call.function) {
    case Function::transpose: {
      const Dimensions a = of(0);
      return {a.cols, a.rows};
    }
    case Function::inverse: {
      const Dimensions a = of(0);
      return {first_known(a.rows, a.cols), first_known(a.cols, a.rows)};
    }
    case Function::projector:
      return {of(0).rows, of(0).rows};
    case Function::kernel:
      return {of(0).cols, std::nullopt};
    case Function::entries: {
      const Dimensions a = of(0);
      return {times(a.rows, a.cols), one};
    }
    case Function::block:
      return {size(expr.child(1), variables), size(expr.child(2), variables)};
    case Function::diagonal:
      return {of(0).rows, of(0).rows};
    case Function::hadamard: {
      const Dimensions a = of(0);
      const Dimensions b = of(1);
      return {first_known(a.rows, b.rows), first_known(a.cols, b.cols)};
    }
    case Function::kronecker: {
      const Dimensions a = of(0);
      const Dimensions b = of(1);
      return {times(a.rows, b.rows), times(a.cols, b.cols)};
    }
    case Function::zeros:
    case Function::ones:
      return {value(0), value(1)};
    case Function::identity:
      return {value(0), value(0)};
    case Function::eigenvalues: {
      const Dimensions a = of(0);
      return {first_known(a.rows, a.cols), one};
    }
    case Function::jacobian: {
      const Dimensions a = of(0);
      return {times(a.rows, a.cols), std::nullopt};
    }
    default:
      return expr.kind == Kind::sequence ? Dimensions{std::nullopt, one} : Dimensions{};
  }
}

Dimensions ShapeRules::quantified(const Expr& expr, const Quantified& node, const Values& variables) const {
  switch (node.quantifier) {
    case Quantifier::matrix:
      return {size(expr.domain(0), variables), size(expr.domain(1), variables)};
    case Quantifier::sequence: {
      const bool plain = node.binders.size() == 1 && !node.conditional;
      return {plain ? size(expr.domain(0), variables) : std::nullopt, Polynomial(1)};
    }
    default:
      return accumulated(expr, node, variables);
  }
}

// A sum has the shape that its terms have; a product the rows of its first and the columns of its last factor.
Dimensions ShapeRules::accumulated(const Expr& expr, const Quantified& node, const Values& variables) const {
  const auto at = [&](const Polynomial& value) {
    Values inner = variables;
    inner.resize(node.first_slot);
    inner.insert(inner.end(), node.binders.size(), value);
    return within(expr.body(), inner);
  };
  // Names that no formula has: what depends on them depends on the binders.
  const Dimensions one = at(Polynomial(Atom{"<1>", false}));
  const Dimensions other = at(Polynomial(Atom{"<2>", false}));
  const Dimensions constant = {common(one.rows, other.rows), common(one.cols, other.cols)};
  if (node.quantifier == Quantifier::sum) return constant;
  const auto* range = expr.domain(0).as<Range>();
  if (range == nullptr || node.binders.size() != 1 || node.conditional) return constant;
  const auto first = integer(expr.domain(0).child(0), variables);
  const auto last = integer(expr.domain(0).child(1), variables);
  return {first ? at(*first).rows : constant.rows, last ? at(*last).cols : constant.cols};
}

Dimensions ShapeRules::blocks(const Expr& expr, const Blocks& node, const Values& variables) const {
  Known rows = Polynomial(0);
  Known cols;
  std::size_t next = 0;
  for (const std::size_t length : node.rows) {
    Known height;
    Known width = Polynomial(0);
    for (std::size_t k = 0; k < length; ++k) {
      const Expr& entry = expr.child(next++);
      const Dimensions block =
          entry.kind == Kind::matrix ? within(entry, variables) : Dimensions{Polynomial(1), Polynomial(1)};
      height = first_known(height, block.rows);
      width = plus(width, block.cols);
    }
    rows = plus(rows, height);
    cols = first_known(cols, width);
  }
  return {rows, cols};
}

// --- while formulas are read --------------------------------------------------------------------------------------

std::optional<Polynomial> SymbolicShapes::integer(const Expr& expr, const Values& variables) const {
  if (expr.kind != Kind::integer) return std::nullopt;
  return std::visit(overloaded{
                        [&](const Number& node) -> Known { return Polynomial(to_long(node.value).value()); },
                        [&](const Variable& node) -> Known {
                          const bool substituted = node.slot < variables.size() && variables[node.slot];
                          return substituted ? variables[node.slot] : Polynomial(Atom{node.name, false});
                        },
                        [&](const Negation&) -> Known {
                          const auto operand = integer(expr.child(0), variables);
                          return operand ? sum(Polynomial(), *operand, -1) : std::nullopt;
                        },
                        [&](const Operation& node) { return operation(expr, node.op, variables); },
                        [&](const Feature& node) { return feature(expr, node, variables); },
                        [&](const DefinitionCall& node) -> Known {
                          const Expr* definition = body(node);
                          const auto values = arguments(expr, variables);
                          if (definition == nullptr || !values || node.body.size > max_body)
                            return Polynomial(open_atom(expr));
                          return integer(*definition, *values);
                        },
                        [&](const Call& node) -> Known {
                          return node.function == Function::cardinality ? size(expr.child(0), variables)
                                                                        : Polynomial(open_atom(expr));
                        },
                        [&](const auto&) -> Known { return Polynomial(open_atom(expr)); },
                    },
                    expr.node);
}

std::optional<Polynomial> SymbolicShapes::operation(const Expr& expr, Operator op, const Values& variables) const {
  const auto left = integer(expr.child(0), variables);
  const auto right = integer(expr.child(1), variables);
  if (!left || !right) return std::nullopt;
  switch (op) {
    case Operator::add:
      return sum(*left, *right, 1);
    case Operator::subtract:
      return sum(*left, *right, -1);
    case Operator::multiply:
      return product(*left, *right);
    default:
      break;
  }
  const auto exponent = right->constant();
  if (op != Operator::power || !exponent || *exponent < 0 || *exponent > 8) return Polynomial(open_atom(expr));
  Known power = Polynomial(1);
  for (long k = 0; k < *exponent; ++k)
    power = times(power, left);
  return power;
}

std::optional<SymbolicShapes::Values> SymbolicShapes::arguments(const Expr& expr, const Values& variables) const {
  Values values;
  for (const ExprPtr& child : expr.children) {
    values.push_back(integer(*child, variables));
    if (!values.back()) return std::nullopt;
  }
  return values;
}

std::optional<Polynomial> SymbolicShapes::feature(const Expr& expr, const Feature& node,
                                                  const Values& variables) const {
  const auto values = arguments(expr, variables);
  if (!values) return Polynomial(open_atom(expr));
  std::string text = node.name;
  bool open = !node.size;
  for (std::size_t k = 0; k < values->size(); ++k) {
    text += (k == 0 ? "(" : ", ") + (*values)[k]->text();
    open = open || (*values)[k]->open();
  }
  return Polynomial(Atom{values->empty() ? text : text + ")", open});
}

std::optional<Polynomial> SymbolicShapes::size(const Expr& set, const Values& variables) const {
  const auto counted = [&](const Expr& range) -> Known {
    const auto first = integer(range.child(0), variables);
    const auto last = integer(range.child(1), variables);
    if (!first || !last) return std::nullopt;
    const auto steps = std::get<Range>(range.node).down ? sum(*first, *last, -1) : sum(*last, *first, -1);
    auto count = steps ? sum(*steps, Polynomial(1), 1) : std::nullopt;
    // An empty range has no negative number of elements.
    if (count && count->constant() && *count->constant() < 0) return Polynomial(0);
    return count;
  };
  if (set.is<Range>()) return counted(set);
  if (const auto* definition = set.as<DefinitionCall>()) {
    const Expr* of = body(*definition);
    const auto values = arguments(set, variables);
    return of == nullptr || !values || definition->body.size > max_body ? std::nullopt : size(*of, *values);
  }
  if (set.is<SetOf>()) {
    if (set.children.size() == 1) return set.child(0).is<Range>() ? counted(set.child(0)) : Polynomial(1);
    std::set<long> constants;
    for (const ExprPtr& item : set.children) {
      const auto constant = constant_integer(*item);
      if (!constant) return Polynomial(Atom{"|" + to_text(set) + "|", true});
      constants.insert(*constant);
    }
    return Polynomial(static_cast<long>(constants.size()));
  }
  if (set.is<Feature>() && set.children.empty()) return Polynomial(Atom{"|" + to_text(set) + "|", false});
  return Polynomial(Atom{"|" + to_text(set) + "|", true});
}

}  // namespace rankscape::language
