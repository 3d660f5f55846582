// Building and comparing typed trees.
#include "language/tree.hpp"

#include "language/functions.hpp"

#include <algorithm>
#include <limits>

namespace rankscape::language {

namespace {

// What tells two nodes of the same type apart: not their spelling.
struct SameNode {
  template <class T>
  bool operator()(const T& a, const T& b) const {
    return same(a, b);
  }
  template <class T, class U>
  bool operator()(const T& /*a*/, const U& /*b*/) const {
    return false;
  }

 private:
  static bool same(const Number& a, const Number& b) { return a.value == b.value; }
  static bool same(const Constant& a, const Constant& b) { return a.value == b.value; }
  static bool same(const Variable& a, const Variable& b) { return a.slot == b.slot && a.name == b.name; }
  static bool same(const Feature& a, const Feature& b) { return a.position == b.position && a.name == b.name; }
  static bool same(const DefinitionCall& a, const DefinitionCall& b) {
    return a.position == b.position && a.name == b.name;
  }
  static bool same(const Call& a, const Call& b) { return a.overload == b.overload; }
  static bool same(const Operation& a, const Operation& b) { return a.op == b.op; }
  static bool same(const Range& a, const Range& b) { return a.down == b.down; }
  static bool same(const Comparison& a, const Comparison& b) { return a.relations == b.relations; }
  static bool same(const Connective& a, const Connective& b) { return a.op == b.op; }
  static bool same(const Quantified& a, const Quantified& b) {
    return a.quantifier == b.quantifier && a.binders == b.binders && a.first_slot == b.first_slot &&
           a.conditional == b.conditional;
  }
  static bool same(const Blocks& a, const Blocks& b) { return a.rows == b.rows; }
  template <class T>
  static bool same(const T& /*a*/, const T& /*b*/) {
    return true;  // EntryOf, Negation, SetOf, Conditional
  }
};

// Text of a formula in which variables are numbered in the order in which they occur. False where that does not
// determine the value (a quantifier inside).
class Key {
 public:
  bool append(const Expr& expr) {
    if (expr.is<Quantified>()) return false;
    if (const auto* variable = expr.as<Variable>()) {
      auto at = std::find(slots.begin(), slots.end(), variable->slot);
      if (at == slots.end()) at = slots.insert(at, variable->slot);
      text += '#' + std::to_string(at - slots.begin());
      return true;
    }
    if (expr.is<DefinitionCall>()) shared = false;
    text += '(' + std::to_string(expr.node.index());
    std::visit([&](const auto& node) { append_node(node); }, expr.node);
    for (const ExprPtr& child : expr.children) {
      if (!append(*child)) return false;
    }
    text += ')';
    return true;
  }

  std::string text;
  std::vector<std::size_t> slots;
  bool shared = true;

 private:
  void append_node(const Number& node) { text += ' ' + to_string(node.value); }
  void append_node(const Constant& node) { text += node.value ? " t" : " f"; }
  void append_node(const Feature& node) { text += ' ' + std::to_string(node.position) + ' ' + node.name; }
  void append_node(const DefinitionCall& node) { text += ' ' + std::to_string(node.position) + ' ' + node.name; }
  void append_node(const Call& node) { text += ' ' + std::to_string(node.overload); }
  void append_node(const Operation& node) { append_number(static_cast<unsigned>(node.op)); }
  void append_node(const Range& node) { text += node.down ? " d" : " u"; }
  void append_node(const Comparison& node) {
    for (const Relation relation : node.relations)
      append_number(static_cast<unsigned>(relation));
  }
  void append_node(const Connective& node) { append_number(static_cast<unsigned>(node.op)); }
  void append_node(const Blocks& node) {
    for (const std::size_t length : node.rows)
      append_number(static_cast<unsigned>(length));
  }
  template <class T>
  void append_node(const T& /*node*/) {}
  void append_number(unsigned number) { text += ' ' + std::to_string(number); }
};

}  // namespace

Feature feature_node(std::size_t position, const FeatureDeclaration& declaration) {
  return {position, declaration.name, declaration.latex, declaration.size, declaration.shape};
}

bool Expr::is(Operator op) const {
  const auto* operation = as<Operation>();
  return operation != nullptr && operation->op == op;
}
bool Expr::is(Logical op) const {
  const auto* connective = as<Connective>();
  return connective != nullptr && connective->op == op;
}
bool Expr::is(Function function) const {
  const auto* call = as<Call>();
  return call != nullptr && call->function == function;
}
bool Expr::is(Quantifier quantifier) const {
  const auto* quantified = as<Quantified>();
  return quantified != nullptr && quantified->quantifier == quantifier;
}

const Expr* Expr::where() const {
  const auto* quantified = as<Quantified>();
  return quantified != nullptr && quantified->conditional ? children[quantified->binders.size()].get() : nullptr;
}

ExprPtr finish(Expr expr) {
  expr.extent = {};
  expr.tree_depth = 1;
  for (const ExprPtr& child : expr.children) {
    expr.extent.depth = std::max(expr.extent.depth, child->extent.depth + 1);
    expr.extent.size = std::min(expr.extent.size + child->extent.size, max_extent.size + 1);
    expr.tree_depth = std::max(expr.tree_depth, child->tree_depth + 1);
  }
  if (const auto* definition = expr.as<DefinitionCall>()) {
    expr.extent.depth = std::max(expr.extent.depth, definition->body.depth + 1);
    expr.extent.size = std::min(expr.extent.size + definition->body.size, max_extent.size + 1);
  }
  expr.key.clear();
  expr.key_slots.clear();
  expr.key_is_shared = true;
  const bool of_matrix = expr.is<Call>() && expr.kind != Kind::matrix &&
                         std::any_of(expr.children.begin(), expr.children.end(),
                                     [](const ExprPtr& child) { return child->kind == Kind::matrix; });
  if (of_matrix) {
    Key key;
    if (key.append(expr)) {
      expr.key = std::move(key.text);
      expr.key_slots = std::move(key.slots);
      expr.key_is_shared = key.shared;
    }
  }
  return std::make_shared<const Expr>(std::move(expr));
}

ExprPtr make(Node node, Kind kind, Place place, std::vector<ExprPtr> children) {
  Expr expr;
  expr.node = std::move(node);
  expr.kind = kind;
  expr.place = place;
  expr.children = std::move(children);
  return finish(std::move(expr));
}

ExprPtr with_children(const Expr& expr, std::vector<ExprPtr> children) {
  Expr copy = expr;
  copy.children = std::move(children);
  return finish(std::move(copy));
}

ExprPtr with_node(const Expr& expr, Node node) {
  Expr copy = expr;
  copy.node = std::move(node);
  return finish(std::move(copy));
}

ExprPtr integer_literal(long value, Place place) {
  // Literals have no sign; the least long has no absolute value and is never asked for.
  const long magnitude = value < 0 ? -value : value;
  ExprPtr literal = make(Number{Rational(magnitude), std::to_string(magnitude)}, Kind::integer, place);
  return value >= 0 ? literal : make(Negation{}, Kind::integer, place, {std::move(literal)});
}

ExprPtr negation_of(const ExprPtr& condition) {
  if (condition->is(Logical::negation)) return condition->children.front();
  return make(Connective{Logical::negation}, Kind::truth, condition->place, {condition});
}

bool equal_trees(const Expr& a, const Expr& b) {
  if (&a == &b) return true;
  if (a.kind != b.kind || a.children.size() != b.children.size() || !std::visit(SameNode{}, a.node, b.node)) {
    return false;
  }
  return std::equal(a.children.begin(), a.children.end(), b.children.begin(),
                    [](const ExprPtr& x, const ExprPtr& y) { return equal_trees(*x, *y); });
}

bool uses_slot(const Expr& expr, std::size_t slot) {
  const auto* variable = expr.as<Variable>();
  return (variable != nullptr && variable->slot == slot) ||
         std::any_of(expr.children.begin(), expr.children.end(),
                     [&](const ExprPtr& child) { return uses_slot(*child, slot); });
}

Level level_of(const Expr& expr) {
  return std::visit(overloaded{
                        [](const Conditional&) { return Level::expression; },
                        [](const Connective& node) {
                          switch (node.op) {
                            case Logical::iff:
                              return Level::iff;
                            case Logical::implies:
                              return Level::implies;
                            case Logical::disjunction:
                              return Level::logical_or;
                            case Logical::conjunction:
                              return Level::logical_and;
                            case Logical::negation:
                              break;
                          }
                          return Level::logical_not;
                        },
                        [](const Comparison&) { return Level::comparison; },
                        [](const Operation& node) {
                          switch (node.op) {
                            case Operator::add:
                            case Operator::subtract:
                            case Operator::unite:
                            case Operator::difference:
                              return Level::sum;
                            case Operator::multiply:
                            case Operator::divide:
                            case Operator::intersect:
                              return Level::product;
                            case Operator::power:
                              break;
                          }
                          return Level::power;
                        },
                        [](const Negation&) { return Level::sign; },
                        [](const auto&) { return Level::primary; },
                    },
                    expr.node);
}

std::optional<long> to_long(const Rational& value) {
  // Through the numerator: a Rational is converted by way of a double.
  if (denominator(value) != 1) return std::nullopt;
  const Integer integer = numerator(value);
  if (integer > std::numeric_limits<long>::max() || integer < std::numeric_limits<long>::min()) return std::nullopt;
  return integer.convert_to<long>();
}

std::optional<long> constant_integer(const Expr& expr) {
  if (expr.kind != Kind::integer) return std::nullopt;
  if (const auto* number = expr.as<Number>()) return to_long(number->value);
  const auto operand = [&](std::size_t k) { return constant_integer(expr.child(k)); };
  if (expr.is<Negation>()) {
    const auto value = operand(0);
    long negated = 0;
    return value && !__builtin_sub_overflow(0L, *value, &negated) ? std::optional(negated) : std::nullopt;
  }
  const auto* operation = expr.as<Operation>();
  if (operation == nullptr) return std::nullopt;
  const auto left = operand(0);
  const auto right = operand(1);
  if (!left || !right) return std::nullopt;
  long value = 0;
  bool overflow = false;
  switch (operation->op) {
    case Operator::add:
      overflow = __builtin_add_overflow(*left, *right, &value);
      break;
    case Operator::subtract:
      overflow = __builtin_sub_overflow(*left, *right, &value);
      break;
    case Operator::multiply:
      overflow = __builtin_mul_overflow(*left, *right, &value);
      break;
    case Operator::power:
      value = 1;
      for (long k = 0; k < *right && !overflow; ++k)
        overflow = __builtin_mul_overflow(value, *left, &value);
      break;
    default:
      return std::nullopt;
  }
  return overflow ? std::nullopt : std::optional(value);
}

}  // namespace rankscape::language
