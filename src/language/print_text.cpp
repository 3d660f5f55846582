// Typed trees as text of the language: no more parentheses than needed, and reading it back gives an equal tree.
#include "language/functions.hpp"

#include <fmt/format.h>

namespace rankscape::language {

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
  std::string domain(const Expr& expr) { return expr.is<Range>() ? bare(expr) : print(expr, Level::sum); }
  std::string bare(const Expr& expr);
  std::string call(const Expr& expr, std::string_view name);
  std::string quantifier(const Expr& expr, const Quantified& node);
  std::string operation(const Expr& expr, Operator op);
  std::string connective(const Expr& expr, Logical op);
  std::string set(const Expr& expr);
  std::string blocks(const Expr& expr, const Blocks& node);

  bool compact_ = false;
};

std::string TextPrinter::call(const Expr& expr, std::string_view name) {
  std::string text(name);
  if (expr.children.empty()) return text;
  text += "(";
  for (std::size_t k = 0; k < expr.children.size(); ++k) {
    const Expr& argument = expr.child(k);
    if (k > 0) text += ", ";
    text += argument.kind == Kind::integer ? tight(argument, Level::expression) : print(argument, Level::expression);
  }
  return text + ")";
}

std::string TextPrinter::quantifier(const Expr& expr, const Quantified& node) {
  const bool before = std::exchange(compact_, false);
  std::string text(to_text(node.quantifier));
  for (std::size_t k = 0; k < node.binders.size(); ++k)
    text += fmt::format("{}{} in {}", k == 0 ? "(" : ", ", node.binders[k], domain(expr.domain(k)));
  if (node.conditional) text += " where " + print(*expr.where(), Level::expression);
  text += " : " + print(expr.body(), Level::expression) + ")";
  compact_ = before;
  return text;
}

std::string TextPrinter::operation(const Expr& expr, Operator op) {
  switch (op) {
    case Operator::divide:
      if (compact_) break;
      return print(expr.child(0), Level::product) + "/" + print(expr.child(1), Level::sign);
    case Operator::power: {
      const Expr& exponent = expr.child(1);
      return print(expr.child(0), Level::primary) + "^" +
             (exponent.is<Negation>() ? "-" + print(exponent.child(0), Level::primary)
                                      : tight(exponent, Level::primary));
    }
    default:
      break;
  }
  return binary(expr, to_text(op));
}

std::string TextPrinter::connective(const Expr& expr, Logical op) {
  switch (op) {
    case Logical::negation:
      return "not " + print(expr.child(0), Level::logical_not);
    case Logical::conjunction:
      return list(expr.children, Level::logical_not, " and ");
    case Logical::disjunction:
      return list(expr.children, Level::logical_and, " or ");
    case Logical::implies:  // from the right
      return print(expr.child(0), Level::logical_or) + " implies " + print(expr.child(1), Level::implies);
    case Logical::iff:
      break;
  }
  return binary(expr, "iff");
}

std::string TextPrinter::set(const Expr& expr) {
  std::string text = "{";
  for (const ExprPtr& item : expr.children) {
    if (text.size() > 1) text += ", ";
    text += item->is<Range>() ? bare(*item) : tight(*item, Level::sum);
  }
  return text + "}";
}

std::string TextPrinter::blocks(const Expr& expr, const Blocks& node) {
  const bool before = std::exchange(compact_, false);
  std::string text = "[";
  std::size_t next_entry = 0;
  for (std::size_t i = 0; i < node.rows.size(); ++i) {
    if (i > 0) text += "; ";
    for (std::size_t j = 0; j < node.rows[i]; ++j)
      text += (j > 0 ? ", " : "") + print(expr.child(next_entry++), Level::expression);
  }
  compact_ = before;
  return text + "]";
}

std::string TextPrinter::bare(const Expr& expr) {
  return std::visit(
      overloaded{
          [](const Number& node) { return node.spelling; },
          [](const Constant& node) { return std::string(node.value ? "true" : "false"); },
          [](const Variable& node) { return node.name; },
          [&](const Feature& node) { return call(expr, node.name); },
          [&](const DefinitionCall& node) { return call(expr, node.name); },
          [&](const Call& node) {
            if (node.function == Function::cardinality) return "|" + print(expr.child(0), Level::sum) + "|";
            return call(expr, signature_of(node).name);
          },
          [&](const EntryOf&) {
            return print(expr.child(0), Level::primary) + "(" + tight(expr.child(1), Level::expression) + ")";
          },
          [&](const Negation&) { return "-" + print(expr.child(0), Level::sign); },
          [&](const Operation& node) { return operation(expr, node.op); },
          [&](const Range& node) {
            return tight(expr.child(0), Level::sum) + (node.down ? " downto " : "..") +
                   tight(expr.child(1), Level::sum);
          },
          [&](const SetOf&) { return set(expr); },
          [&](const Comparison& node) {
            std::string text = print(expr.child(0), Level::sum);
            for (std::size_t k = 0; k < node.relations.size(); ++k)
              text += fmt::format(" {} {}", to_text(node.relations[k]), print(expr.child(k + 1), Level::sum));
            return text;
          },
          [&](const Connective& node) { return connective(expr, node.op); },
          [&](const Conditional&) {
            return fmt::format("if {} then {} else {}", print(expr.child(0), Level::expression),
                               print(expr.child(1), Level::expression), print(expr.child(2), Level::expression));
          },
          [&](const Quantified& node) { return quantifier(expr, node); },
          [&](const Blocks& node) { return blocks(expr, node); },
      },
      expr.node);
}

}  // namespace

std::string to_text(const Expr& expr) {
  return TextPrinter().print(expr, Level::expression);
}

}  // namespace rankscape::language
