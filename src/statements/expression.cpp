// Building and comparing typed trees.
#include "statements/expression.hpp"

#include <algorithm>

namespace rankscape::statements {

namespace {

// Text of a formula in which variables are numbered in the order in which they occur. False where that does not
// determine the value (a quantifier inside).
bool append_key(const Expr& expr, std::string& key, std::vector<std::size_t>& slots, bool& shared) {
  switch (expr.op) {
    case Op::quantifier:
      return false;
    case Op::variable: {
      auto at = std::find(slots.begin(), slots.end(), expr.slot);
      if (at == slots.end()) at = slots.insert(at, expr.slot);
      key += '#' + std::to_string(at - slots.begin());
      return true;
    }
    case Op::definition:
      shared = false;
      break;
    default:
      break;
  }
  key += '(' + std::to_string(static_cast<int>(expr.op)) + ' ' + std::to_string(expr.slot) + ' ' + expr.name;
  for (const Relation relation : expr.relations)
    key += ' ' + std::string(to_text(relation));
  for (const ExprPtr& child : expr.children) {
    if (!append_key(*child, key, slots, shared)) return false;
  }
  key += ')';
  return true;
}

}  // namespace

ExprPtr finish(Expr expr) {
  expr.extent = {};
  expr.tree_depth = 1;
  for (const ExprPtr& child : expr.children) {
    expr.extent.depth = std::max(expr.extent.depth, child->extent.depth + 1);
    expr.extent.size = std::min(expr.extent.size + child->extent.size, max_extent.size + 1);
    expr.tree_depth = std::max(expr.tree_depth, child->tree_depth + 1);
  }
  if (expr.op == Op::definition) {
    expr.extent.depth = std::max(expr.extent.depth, expr.definition_body.depth + 1);
    expr.extent.size = std::min(expr.extent.size + expr.definition_body.size, max_extent.size + 1);
  }
  expr.key.clear();
  expr.key_slots.clear();
  expr.key_is_shared = true;
  const bool of_matrix = expr.op == Op::function && expr.kind != Kind::matrix &&
                         std::any_of(expr.children.begin(), expr.children.end(),
                                     [](const ExprPtr& child) { return child->kind == Kind::matrix; });
  if (of_matrix && !append_key(expr, expr.key, expr.key_slots, expr.key_is_shared)) expr.key.clear();
  return std::make_shared<const Expr>(std::move(expr));
}

ExprPtr with_children(const Expr& expr, std::vector<ExprPtr> children) {
  Expr copy = expr;
  copy.children = std::move(children);
  return finish(std::move(copy));
}

ExprPtr integer_literal(long value, Place place) {
  Expr literal;
  literal.op = Op::number;
  literal.kind = Kind::integer;
  literal.place = place;
  // Literals have no sign; the least long has no absolute value and is never asked for.
  const long magnitude = value < 0 ? -value : value;
  literal.name = std::to_string(magnitude);
  literal.number = magnitude;
  if (value >= 0) return finish(std::move(literal));
  Expr minus;
  minus.op = Op::negate;
  minus.kind = Kind::integer;
  minus.place = place;
  minus.children.push_back(finish(std::move(literal)));
  return finish(std::move(minus));
}

ExprPtr negation_of(const ExprPtr& condition) {
  if (condition->op == Op::logical_not) return condition->children.front();
  Expr negated;
  negated.op = Op::logical_not;
  negated.kind = Kind::truth;
  negated.place = condition->place;
  negated.children.push_back(condition);
  return finish(std::move(negated));
}

bool equal_trees(const Expr& a, const Expr& b) {
  if (&a == &b) return true;
  if (a.op != b.op || a.kind != b.kind || a.slot != b.slot || a.number != b.number || a.relations != b.relations ||
      a.binders != b.binders || a.conditional != b.conditional || a.children.size() != b.children.size()) {
    return false;
  }
  if (a.op != Op::number && a.name != b.name) return false;
  return std::equal(a.children.begin(), a.children.end(), b.children.begin(),
                    [](const ExprPtr& x, const ExprPtr& y) { return equal_trees(*x, *y); });
}

Level level_of(const Expr& expr) {
  switch (expr.op) {
    case Op::conditional:
      return Level::expression;
    case Op::iff:
      return Level::iff;
    case Op::implies:
      return Level::implies;
    case Op::logical_or:
      return Level::logical_or;
    case Op::logical_and:
      return Level::logical_and;
    case Op::logical_not:
      return Level::logical_not;
    case Op::comparison:
      return Level::comparison;
    case Op::add:
    case Op::subtract:
    case Op::unite:
    case Op::difference:
      return Level::sum;
    case Op::multiply:
    case Op::divide:
    case Op::intersect:
      return Level::product;
    case Op::negate:
      return Level::sign;
    case Op::power:
      return Level::power;
    default:
      return Level::primary;
  }
}

std::optional<long> constant_integer(const Expr& expr) {
  if (expr.kind != Kind::integer) return std::nullopt;
  if (expr.op == Op::number) return expr.number.convert_to<long>();
  if (expr.op == Op::negate) {
    const auto value = constant_integer(*expr.children[0]);
    return value ? std::optional(-*value) : std::nullopt;  // literals are not negative, so this cannot overflow
  }
  if (expr.op != Op::add && expr.op != Op::subtract && expr.op != Op::multiply) {
    if (expr.op != Op::power) return std::nullopt;
    const auto base = constant_integer(*expr.children[0]);
    const auto exponent = constant_integer(*expr.children[1]);
    if (!base || !exponent) return std::nullopt;
    long value = 1;
    for (long k = 0; k < *exponent; ++k) {
      if (__builtin_mul_overflow(value, *base, &value)) return std::nullopt;
    }
    return value;
  }
  const auto left = constant_integer(*expr.children[0]);
  const auto right = constant_integer(*expr.children[1]);
  if (!left || !right) return std::nullopt;
  long value = 0;
  const bool overflow = expr.op == Op::add        ? __builtin_add_overflow(*left, *right, &value)
                        : expr.op == Op::subtract ? __builtin_sub_overflow(*left, *right, &value)
                                                  : __builtin_mul_overflow(*left, *right, &value);
  return overflow ? std::nullopt : std::optional(value);
}

}  // namespace rankscape::statements
