// Types of operators: arithmetic, sets, comparisons, connectives.
#include "statements/functions.hpp"
#include "statements/limits.hpp"
#include "statements/typer.hpp"

#include <algorithm>

namespace rankscape::statements {

namespace {

bool is_number(Kind kind) {
  return kind == Kind::integer || kind == Kind::real;
}

}  // namespace

ExprPtr Typer::negate(const Syntax& s) {
  ExprPtr operand = type(s.children[0]);
  if (!is_number(operand->kind) && operand->kind != Kind::matrix) {
    fail(s.children[0], found(*operand) + ", expected a number or a matrix");
  }
  Expr expr = node(Op::negate, operand->kind, s);
  expr.children.push_back(std::move(operand));
  return done(std::move(expr), s);
}

ExprPtr Typer::power(const Syntax& s) {
  ExprPtr base = type_as(s.children[0], Kind::real);
  ExprPtr exponent = type_as(s.children[1], Kind::integer);
  const auto constant = constant_integer(*exponent);
  if (constant && (*constant > max_exponent || *constant < -max_exponent)) {
    fail(s.children[1],
         fmt::format("found the exponent {}, expected at most {} in absolute value", *constant, max_exponent));
  }
  const bool integral = base->kind == Kind::integer && constant && *constant >= 0;
  Expr expr = node(Op::power, integral ? Kind::integer : Kind::real, s);
  expr.children = {std::move(base), std::move(exponent)};
  return done(std::move(expr), s);
}

ExprPtr Typer::arithmetic(const Syntax& s) {
  ExprPtr left = type(s.children[0]);
  for (std::size_t k = 1; k + 1 < s.children.size(); k += 2) {
    left = operation(s.children[k].text, left, type(s.children[k + 1]), s, s.children[k + 1]);
  }
  return left;
}

ExprPtr Typer::operation(std::string_view op, const ExprPtr& left, const ExprPtr& right, const Syntax& left_syntax,
                         const Syntax& right_syntax) {
  const bool of_sets = op == "union" || op == "minus" || op == "intersect";
  Expr expr = node(Op::add, Kind::set, left_syntax);
  if (of_sets) {
    static_cast<void>(want(left, left_syntax, Kind::set));
    static_cast<void>(want(right, right_syntax, Kind::set));
    expr.op = op == "union" ? Op::unite : op == "minus" ? Op::difference : Op::intersect;
  } else {
    const bool matrices = op != "/";
    const std::string_view wanted = matrices ? ", expected a number or a matrix" : ", expected a number";
    const auto check = [&](const Expr& operand, const Syntax& at) {
      if (is_number(operand.kind) || (matrices && operand.kind == Kind::matrix)) return;
      std::string hint;
      if (operand.kind == Kind::set && op == "-") hint = " (set difference is 'minus')";
      if (operand.kind == Kind::set && op == "+") hint = " (the union of sets is 'union')";
      fail(at, found(operand) + std::string(wanted) + hint);
    };
    check(*left, left_syntax);
    check(*right, right_syntax);
    const bool left_matrix = left->kind == Kind::matrix;
    const bool right_matrix = right->kind == Kind::matrix;
    if (left_matrix != right_matrix && op != "*") {
      const ExprPtr& culprit = left_matrix ? right : left;
      fail(left_matrix ? right_syntax : left_syntax, found(*culprit) + ", expected a matrix like the other side");
    }
    expr.op = op == "+" ? Op::add : op == "-" ? Op::subtract : op == "*" ? Op::multiply : Op::divide;
    expr.kind = left_matrix || right_matrix                                                ? Kind::matrix
                : op != "/" && left->kind == Kind::integer && right->kind == Kind::integer ? Kind::integer
                                                                                           : Kind::real;
  }
  expr.children = {left, right};
  return done(std::move(expr), left_syntax);
}

ExprPtr Typer::comparison(const Syntax& s) {
  static const std::vector<std::pair<std::string_view, Relation>> relations = {
      {"==", Relation::equal},      {"!=", Relation::not_equal},  {"<", Relation::less},
      {"<=", Relation::less_equal}, {">", Relation::greater},     {">=", Relation::greater_equal},
      {"in", Relation::in},         {"not in", Relation::not_in}, {"subset", Relation::subset},
  };
  Expr expr = node(Op::comparison, Kind::truth, s);
  expr.children.push_back(type(s.children[0]));
  for (std::size_t k = 1; k + 1 < s.children.size(); k += 2) {
    const auto relation = std::find_if(relations.begin(), relations.end(),
                                       [&](const auto& entry) { return entry.first == s.children[k].text; });
    expr.relations.push_back(relation->second);
    expr.children.push_back(type(s.children[k + 1]));
    const std::size_t count = expr.children.size();
    check_pair(*expr.children[count - 2], relation->second, *expr.children[count - 1], s.children[k - 1],
               s.children[k + 1]);
    if (expr.relations.size() > 1) {
      for (const Relation r : expr.relations) {
        if (r >= Relation::in) {
          fail(s.children[k],
               fmt::format("found {} in a chain of comparisons, expected 'and' between them", quote(to_text(r))));
        }
      }
    }
  }
  return done(std::move(expr), s);
}

void Typer::check_pair(const Expr& left, Relation relation, const Expr& right, const Syntax& l, const Syntax& r) const {
  const auto demand = [](const Expr& operand, const Syntax& at, bool fits, std::string_view wanted) {
    if (!fits) fail(at, fmt::format("{}, expected {}", found(operand), wanted));
  };
  switch (relation) {
    case Relation::in:
    case Relation::not_in:
      demand(left, l, left.kind == Kind::integer, "an integer before 'in'");
      demand(right, r, right.kind == Kind::set, "a set");
      return;
    case Relation::subset:
      demand(left, l, left.kind == Kind::set, "a set before 'subset'");
      demand(right, r, right.kind == Kind::set, "a set");
      return;
    case Relation::equal:
    case Relation::not_equal:
      demand(left, l, left.kind != Kind::truth, "a value (conditions are compared with 'iff')");
      demand(right, r, right.kind != Kind::truth, "a value (conditions are compared with 'iff')");
      if (is_number(left.kind) && is_number(right.kind)) return;
      demand(right, r, left.kind == right.kind, is_number(left.kind) ? "a number" : with_article(left.kind));
      return;
    default:
      demand(left, l, is_number(left.kind), "a number");
      demand(right, r, is_number(right.kind), "a number");
  }
}

ExprPtr Typer::connective(const Syntax& s) {
  const Op op = s.construct == Construct::logical_not   ? Op::logical_not
                : s.construct == Construct::logical_and ? Op::logical_and
                : s.construct == Construct::logical_or  ? Op::logical_or
                : s.construct == Construct::implies     ? Op::implies
                                                        : Op::iff;
  Expr expr = node(op, Kind::truth, s);
  for (const Syntax& child : s.children) {
    ExprPtr operand = type_as(child, Kind::truth);
    if (op == Op::iff && expr.children.size() == 2) {  // a iff b iff c: from the left
      ExprPtr left = done(std::move(expr), s);
      expr = node(op, Kind::truth, s);
      expr.children.push_back(std::move(left));
    }
    expr.children.push_back(std::move(operand));
  }
  return done(std::move(expr), s);
}

ExprPtr Typer::conditional(const Syntax& s) {
  ExprPtr condition = type_as(s.children[0], Kind::truth);
  ExprPtr yes = type(s.children[1]);
  ExprPtr no = type(s.children[2]);
  Expr expr = node(Op::conditional, yes->kind, s);
  if (is_number(yes->kind) && is_number(no->kind)) {
    if (no->kind == Kind::real) expr.kind = Kind::real;
  } else {
    no = want(std::move(no), s.children[2], yes->kind);
  }
  expr.children = {std::move(condition), std::move(yes), std::move(no)};
  return done(std::move(expr), s);
}

}  // namespace rankscape::statements
