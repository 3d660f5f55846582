// Types of operators: arithmetic, sets, comparisons, connectives.
#include "language/functions.hpp"
#include "language/limits.hpp"
#include "language/typer.hpp"

#include <algorithm>

namespace rankscape::language {

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
  const Kind kind = operand->kind;
  return done(Negation{}, kind, {std::move(operand)}, s);
}

ExprPtr Typer::power(const Syntax& s) {
  ExprPtr base = type(s.children[0]);
  if (base->kind == Kind::matrix) power_of_matrix(*base, s);
  base = want(std::move(base), s.children[0], Kind::real);
  ExprPtr exponent = type_as(s.children[1], Kind::integer);
  const auto constant = constant_integer(*exponent);
  if (constant && (*constant > max_exponent || *constant < -max_exponent)) {
    fail(s.children[1],
         fmt::format("found the exponent {}, expected at most {} in absolute value", *constant, max_exponent));
  }
  const bool integral = base->kind == Kind::integer && constant && *constant >= 0;
  return done(Operation{Operator::power}, integral ? Kind::integer : Kind::real, {std::move(base), std::move(exponent)},
              s);
}

// What is probably meant by A^T, A^-1, A^2.
void Typer::power_of_matrix(const Expr& base, const Syntax& s) const {
  const Syntax& exponent = s.children[1];
  if (exponent.construct == Construct::name && (exponent.text == "T" || exponent.text == "t")) {
    fail(exponent, fmt::format("found {}, expected an integer (the transpose is transpose(A) or A')",
                               text::quote(exponent.text)));
  }
  const bool negative = exponent.construct == Construct::negate;
  fail(s.children[0], found(base) + ", expected a number" +
                          (negative ? " (the inverse is inverse(A))" : " (products of matrices are written out)"));
}

ExprPtr Typer::arithmetic(const Syntax& s) {
  ExprPtr left = type(s.children[0]);
  for (std::size_t k = 1; k + 1 < s.children.size(); k += 2) {
    const auto op = operator_named(s.children[k].text);
    left = operation(op.value(), left, type(s.children[k + 1]), s, s.children[k + 1]);
  }
  return left;
}

ExprPtr Typer::operation(Operator op, const ExprPtr& left, const ExprPtr& right, const Syntax& left_syntax,
                         const Syntax& right_syntax) {
  Kind kind = Kind::set;
  if (op == Operator::unite || op == Operator::difference || op == Operator::intersect) {
    static_cast<void>(want(left, left_syntax, Kind::set));
    static_cast<void>(want(right, right_syntax, Kind::set));
  } else {
    const auto check = [&](const Expr& operand, const Syntax& at, bool matrices) {
      if (is_number(operand.kind) || (matrices && operand.kind == Kind::matrix)) return;
      std::string hint;
      if (operand.kind == Kind::set && op == Operator::subtract) hint = " (set difference is 'minus')";
      if (operand.kind == Kind::set && op == Operator::add) hint = " (the union of sets is 'union')";
      fail(at, found(operand) + (matrices ? ", expected a number or a matrix" : ", expected a number") + hint);
    };
    check(*left, left_syntax, true);
    check(*right, right_syntax, op != Operator::divide);
    const bool left_matrix = left->kind == Kind::matrix;
    const bool right_matrix = right->kind == Kind::matrix;
    if (left_matrix != right_matrix && (op == Operator::add || op == Operator::subtract)) {
      const Dimensions& shape = (left_matrix ? left : right)->dimensions;
      const auto one = [](const std::optional<Polynomial>& extent) { return extent && extent->constant() == 1; };
      if (one(shape.rows) && one(shape.cols)) {
        fail(left_syntax,
             "found a matrix (1 x 1) and a number, expected two of a kind (the inner product is inner(x, y))");
      }
      const ExprPtr& culprit = left_matrix ? right : left;
      fail(left_matrix ? right_syntax : left_syntax, found(*culprit) + ", expected a matrix like the other side");
    }
    kind = left_matrix || right_matrix                                                             ? Kind::matrix
           : op != Operator::divide && left->kind == Kind::integer && right->kind == Kind::integer ? Kind::integer
                                                                                                   : Kind::real;
  }
  return done(Operation{op}, kind, {left, right}, left_syntax);
}

ExprPtr Typer::comparison(const Syntax& s) {
  Comparison what;
  std::vector<ExprPtr> operands = {type(s.children[0])};
  for (std::size_t k = 1; k + 1 < s.children.size(); k += 2) {
    what.relations.push_back(relation_named(s.children[k].text).value());
    operands.push_back(type(s.children[k + 1]));
    check_pair(*operands[operands.size() - 2], what.relations.back(), *operands.back(), s.children[k - 1],
               s.children[k + 1]);
    if (what.relations.size() > 1) {
      for (const Relation r : what.relations) {
        if (r >= Relation::in) {
          fail(s.children[k],
               fmt::format("found {} in a chain of comparisons, expected 'and' between them", text::quote(to_text(r))));
        }
      }
    }
  }
  return done(std::move(what), Kind::truth, std::move(operands), s);
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
  const Logical op = s.construct == Construct::logical_not   ? Logical::negation
                     : s.construct == Construct::logical_and ? Logical::conjunction
                     : s.construct == Construct::logical_or  ? Logical::disjunction
                     : s.construct == Construct::implies     ? Logical::implies
                                                             : Logical::iff;
  std::vector<ExprPtr> operands;
  for (const Syntax& child : s.children) {
    ExprPtr operand = type_as(child, Kind::truth);
    if (op == Logical::iff && operands.size() == 2) {  // a iff b iff c: from the left
      ExprPtr left = done(Connective{op}, Kind::truth, std::move(operands), s);
      operands = {std::move(left)};
    }
    operands.push_back(std::move(operand));
  }
  return done(Connective{op}, Kind::truth, std::move(operands), s);
}

ExprPtr Typer::conditional(const Syntax& s) {
  ExprPtr condition = type_as(s.children[0], Kind::truth);
  ExprPtr yes = type(s.children[1]);
  ExprPtr no = type(s.children[2]);
  Expr expr = node(Conditional{}, yes->kind, s);
  if (is_number(yes->kind) && is_number(no->kind)) {
    if (no->kind == Kind::real) expr.kind = Kind::real;
  } else {
    no = want(std::move(no), s.children[2], yes->kind);
  }
  expr.of_integers = yes->of_integers && no->of_integers;
  expr.children = {std::move(condition), std::move(yes), std::move(no)};
  return done(std::move(expr), s);
}

}  // namespace rankscape::language
