// Typed trees as text of the language: no more parentheses than needed, and reading it back gives an equal tree.
#include "statements/expression.hpp"

#include <fmt/format.h>

namespace rankscape::statements {

namespace {

class TextPrinter {
 public:
  std::string print(const Expr& expr, Level least) {
    std::string text = bare(expr);
    return level_of(expr) < least ? "(" + text + ")" : text;
  }

 private:
  static Level next(Level level) { return static_cast<Level>(static_cast<unsigned char>(level) + 1); }
  std::string list(const std::vector<ExprPtr>& children, Level least, std::string_view separator) {
    std::string text;
    for (const ExprPtr& child : children) {
      if (!text.empty()) text += separator;
      text += print(*child, least);
    }
    return text;
  }
  std::string binary(const Expr& expr, std::string_view op) {
    const Level level = level_of(expr);
    const bool spaced = !compact_ || op.size() > 1;
    return print(*expr.children[0], level) + (spaced ? " " : "") + std::string(op) + (spaced ? " " : "") +
           print(*expr.children[1], next(level));
  }
  // Bounds and indices are set tight: 1..i-1, lambda(r+1).
  std::string tight(const Expr& expr, Level least) {
    const bool before = std::exchange(compact_, true);
    std::string text = print(expr, least);
    compact_ = before;
    return text;
  }
  std::string domain(const Expr& expr) { return expr.op == Op::range ? bare(expr) : print(expr, Level::sum); }
  std::string bare(const Expr& expr);
  std::string call(const Expr& expr);
  std::string quantifier(const Expr& expr);

  bool compact_ = false;
};

std::string TextPrinter::call(const Expr& expr) {
  if (expr.children.empty()) return expr.name;
  if (expr.op == Op::function && expr.name == "card") return "|" + print(*expr.children[0], Level::sum) + "|";
  std::string text = expr.name + "(";
  for (std::size_t k = 0; k < expr.children.size(); ++k) {
    const Expr& argument = *expr.children[k];
    if (k > 0) text += ", ";
    text += argument.kind == Kind::integer ? tight(argument, Level::expression) : print(argument, Level::expression);
  }
  return text + ")";
}

std::string TextPrinter::quantifier(const Expr& expr) {
  const bool before = std::exchange(compact_, false);
  std::string text = expr.name + "(";
  for (std::size_t k = 0; k < expr.binder_count(); ++k) {
    text += fmt::format("{}{} in {}", k == 0 ? "" : ", ", expr.binders[k], domain(*expr.children[k]));
  }
  if (expr.conditional) text += " where " + print(*expr.children[expr.binder_count()], Level::expression);
  text += " : " + print(expr.body(), Level::expression) + ")";
  compact_ = before;
  return text;
}

std::string TextPrinter::bare(const Expr& expr) {
  const auto& children = expr.children;
  switch (expr.op) {
    case Op::number:
    case Op::constant:
    case Op::variable:
      return expr.name;
    case Op::feature:
    case Op::definition:
    case Op::function:
      return call(expr);
    case Op::index:
      return print(*children[0], Level::primary) + "(" + tight(*children[1], Level::expression) + ")";
    case Op::negate:
      return "-" + print(*children[0], Level::sign);
    case Op::add:
      return binary(expr, "+");
    case Op::subtract:
      return binary(expr, "-");
    case Op::multiply:
      return binary(expr, "*");
    case Op::divide:
      return compact_ ? binary(expr, "/")
                      : print(*children[0], Level::product) + "/" + print(*children[1], Level::sign);
    case Op::power: {
      const Expr& exponent = *children[1];
      return print(*children[0], Level::primary) + "^" +
             (exponent.op == Op::negate ? "-" + print(*exponent.children[0], Level::primary)
                                        : tight(exponent, Level::primary));
    }
    case Op::range:
      return tight(*children[0], Level::sum) + ".." + tight(*children[1], Level::sum);
    case Op::set: {
      std::string text = "{";
      for (const ExprPtr& item : children) {
        if (text.size() > 1) text += ", ";
        text += item->op == Op::range ? bare(*item) : tight(*item, Level::sum);
      }
      return text + "}";
    }
    case Op::unite:
      return binary(expr, "union");
    case Op::intersect:
      return binary(expr, "intersect");
    case Op::difference:
      return binary(expr, "minus");
    case Op::comparison: {
      std::string text = print(*children[0], Level::sum);
      for (std::size_t k = 0; k < expr.relations.size(); ++k) {
        text += fmt::format(" {} {}", to_text(expr.relations[k]), print(*children[k + 1], Level::sum));
      }
      return text;
    }
    case Op::logical_not:
      return "not " + print(*children[0], Level::logical_not);
    case Op::logical_and:
      return list(children, Level::logical_not, " and ");
    case Op::logical_or:
      return list(children, Level::logical_and, " or ");
    case Op::implies:  // from the right
      return print(*children[0], Level::logical_or) + " implies " + print(*children[1], Level::implies);
    case Op::iff:
      return binary(expr, "iff");
    case Op::conditional:
      return fmt::format("if {} then {} else {}", print(*children[0], Level::expression),
                         print(*children[1], Level::expression), print(*children[2], Level::expression));
    case Op::quantifier:
      return quantifier(expr);
  }
  return {};
}

}  // namespace

std::string to_text(const Expr& expr) {
  return TextPrinter().print(expr, Level::expression);
}

std::string_view to_text(Relation relation) {
  switch (relation) {
    case Relation::equal:
      return "==";
    case Relation::not_equal:
      return "!=";
    case Relation::less:
      return "<";
    case Relation::less_equal:
      return "<=";
    case Relation::greater:
      return ">";
    case Relation::greater_equal:
      return ">=";
    case Relation::in:
      return "in";
    case Relation::not_in:
      return "not in";
    case Relation::subset:
      return "subset";
  }
  return {};
}

}  // namespace rankscape::statements
