// Typed trees as a paper would set them.
#include "language/functions.hpp"

#include <fmt/format.h>
#include <cctype>
#include <utility>

namespace rankscape::language {

namespace {

std::string_view symbol(Relation relation) {
  switch (relation) {
    case Relation::equal:
      return "=";
    case Relation::not_equal:
      return "\\neq";
    case Relation::less:
      return "<";
    case Relation::less_equal:
      return "\\leq";
    case Relation::greater:
      return ">";
    case Relation::greater_equal:
      return "\\geq";
    case Relation::in:
      return "\\in";
    case Relation::not_in:
      return "\\notin";
    case Relation::subset:
      return "\\subseteq";
  }
  return {};
}

// i, i1 -> i_{1}, row -> \mathit{row}
std::string variable(const std::string& name) {
  const std::size_t digits = name.find_first_of("0123456789");
  if (digits == std::string::npos || name.find_first_not_of("0123456789", digits) != std::string::npos) {
    if (name.size() == 1) return name;
    std::string escaped;
    for (const char c : name)
      escaped += c == '_' ? std::string("\\_") : std::string(1, c);
    return "\\mathit{" + escaped + "}";
  }
  return variable(name.substr(0, digits)) + "_{" + name.substr(digits) + "}";
}

std::string decimal(const std::string& spelled) {
  const std::size_t e = spelled.find_first_of("eE");
  if (e == std::string::npos) return spelled;
  std::string exponent = spelled.substr(e + 1);
  if (exponent.front() == '+') exponent.erase(0, 1);
  const std::string power = "10^{" + exponent + "}";
  const std::string mantissa = spelled.substr(0, e);
  return mantissa == "1" ? power : mantissa + " \\cdot " + power;
}

class LatexPrinter {
 public:
  std::string print(const Expr& expr, Level least) {
    std::string latex = bare(expr);
    return level(expr) < least ? parenthesized(latex) : latex;
  }

 private:
  static Level next(Level level) { return static_cast<Level>(static_cast<unsigned char>(level) + 1); }
  static std::string parenthesized(const std::string& latex) {
    // Fractions, sums and cases are taller than a line.
    const bool tall = latex.find("\\frac") != std::string::npos || latex.find("\\sum") != std::string::npos ||
                      latex.find("\\begin") != std::string::npos;
    return tall ? "\\left(" + latex + "\\right)" : "(" + latex + ")";
  }
  static Level level(const Expr& expr);
  std::string binary(const Expr& expr, std::string_view op) {
    std::string right = print(*expr.children[1], next(level_of(expr)));
    if (right.front() == '-') right = parenthesized(right);
    return print(*expr.children[0], level_of(expr)) + " " + std::string(op) + " " + right;
  }
  std::string filled(std::string_view form, const std::vector<ExprPtr>& arguments);
  std::string product(const Expr& expr);
  std::string set(const Expr& expr);
  std::string binders(const Expr& expr, const Quantified& node);
  std::string quantifier(const Expr& expr, const Quantified& node);
  std::string operation(const Expr& expr, Operator op);
  std::string connective(const Expr& expr, Logical op);
  std::string blocks(const Expr& expr, const Blocks& node);
  std::string entry(const Expr& expr);
  std::string bare(const Expr& expr);
};

// As printed: a fraction needs no parentheses where a product would, a quantifier reaches as far as it can.
Level LatexPrinter::level(const Expr& expr) {
  return std::visit(overloaded{
                        [](const Number& node) {
                          return node.spelling.find_first_of("eE") == std::string::npos ? Level::primary
                                                                                        : Level::product;
                        },
                        [&](const Operation& node) {
                          if (node.op != Operator::divide) return level_of(expr);
                          return expr.child(0).is<Negation>() ? Level::sign : Level::power;
                        },
                        [](const Call& node) { return signature_of(node).level; },
                        [](const Quantified& node) {
                          switch (node.quantifier) {
                            case Quantifier::all:
                            case Quantifier::any:
                              return Level::expression;
                            case Quantifier::count:
                            case Quantifier::sequence:
                            case Quantifier::matrix:
                              return Level::primary;
                            default:
                              return Level::product;
                          }
                        },
                        [&](const auto&) { return level_of(expr); },
                    },
                    expr.node);
}

// A feature such as W_H...W_1 is printed as a product, so an exponent would belong to its last factor only.
bool several_factors(const Expr& expr) {
  const auto* feature = expr.as<Feature>();
  return feature != nullptr && feature->latex.find("\\cdots") != std::string::npos;
}

// Puts arguments into a declared form. Between delimiters they need no parentheses.
std::string LatexPrinter::filled(std::string_view form, const std::vector<ExprPtr>& arguments) {
  std::string latex;
  for (std::size_t k = 0; k < form.size(); ++k) {
    const bool slot = form[k] == '#' && k + 1 < form.size();
    if (slot && form[k + 1] == '*') {
      for (std::size_t n = 0; n < arguments.size(); ++n) {
        latex += (n == 0 ? "" : ", ") + print(*arguments[n], Level::expression);
      }
      ++k;
      continue;
    }
    const auto digit = slot ? static_cast<unsigned>(form[k + 1]) - '1' : 9U;
    if (!slot || digit >= arguments.size()) {
      latex += form[k];
      continue;
    }
    const auto delimits = [](char c) { return std::string_view("{}(),;|").find(c) != std::string_view::npos; };
    const std::string_view before = form.substr(0, k);
    const std::string_view after = form.substr(k + 2);
    const bool opened = !before.empty() && (delimits(before.back()) || before.ends_with("ert "));
    const bool closed =
        !after.empty() && (delimits(after.front()) || after.starts_with(" \\rVert") || after.starts_with(" \\rvert"));
    const bool relation = after.starts_with(" >") || after.starts_with(" \\geq") || after.starts_with(" \\text");
    const Expr& argument = *arguments[digit];
    latex += several_factors(argument) && after.starts_with("^") ? parenthesized(bare(argument))
                                                                 : print(argument, opened && closed ? Level::expression
                                                                                   : relation       ? Level::sum
                                                                                                    : Level::primary);
    ++k;
  }
  return latex;
}

// A sum reaches to the right over everything that is multiplied to it.
bool ends_open(const Expr& expr) {
  if (expr.is(Operator::multiply)) return ends_open(expr.child(1));
  return expr.is<Quantified>() && !expr.is(Quantifier::count) && !expr.is(Quantifier::sequence) &&
         !expr.is(Quantifier::matrix);
}

std::string LatexPrinter::product(const Expr& expr) {
  const Expr& left = *expr.children[0];
  const Expr& right = *expr.children[1];
  std::string latex = ends_open(left) ? parenthesized(bare(left)) : print(left, Level::product);
  const std::string factor = ends_open(right) && right.is<Quantified>() ? bare(right) : print(right, Level::power);
  // A number or a parenthesis on the right would run into the factor on the left.
  const bool dot = std::isdigit(static_cast<unsigned char>(factor.front())) != 0 || factor.front() == '(' ||
                   factor.starts_with("\\left(") || factor.starts_with("\\frac");
  return latex + (dot ? " \\cdot " : " ") + factor;
}

std::string LatexPrinter::set(const Expr& expr) {
  const auto dots = [&](const Expr& range) {
    return print(range.child(0), Level::sum) + ",\\dots," + print(range.child(1), Level::sum);
  };
  if (expr.is<Range>()) return "\\{" + dots(expr) + "\\}";
  if (expr.children.empty()) return "\\emptyset";
  std::string items;
  for (const ExprPtr& item : expr.children) {
    if (!items.empty()) items += ", ";
    items += item->is<Range>() ? dots(*item) : print(*item, Level::sum);
  }
  return "\\{" + items + "\\}";
}

std::string LatexPrinter::binders(const Expr& expr, const Quantified& node) {
  std::string latex;
  for (std::size_t k = 0; k < node.binders.size(); ++k) {
    latex +=
        fmt::format("{}{} \\in {}", k == 0 ? "" : ",\\ ", variable(node.binders[k]), print(expr.domain(k), Level::sum));
  }
  if (node.conditional) latex += ",\\ " + print(*expr.where(), Level::expression);
  return latex;
}

std::string LatexPrinter::quantifier(const Expr& expr, const Quantified& node) {
  switch (node.quantifier) {
    case Quantifier::all:
    case Quantifier::any:
      return fmt::format("{} {}:\\ {}", node.quantifier == Quantifier::all ? "\\forall" : "\\exists",
                         binders(expr, node), print(expr.body(), Level::expression));
    case Quantifier::count:
      return fmt::format("\\#\\{{{} : {}\\}}", binders(expr, node), print(expr.body(), Level::expression));
    case Quantifier::sequence:
    case Quantifier::matrix:
      return parenthesized(print(expr.body(), Level::expression)) + "_{" + binders(expr, node) + "}";
    default:
      break;
  }
  const bool accumulates = node.quantifier == Quantifier::sum || node.quantifier == Quantifier::product;
  const Expr& domain = expr.domain(0);
  if (accumulates && node.binders.size() == 1 && !node.conditional && domain.is<Range>()) {
    return fmt::format("\\{}_{{{}={}}}^{{{}}} {}", to_text(node.quantifier), variable(node.binders[0]),
                       print(domain.child(0), Level::sum), print(domain.child(1), Level::sum),
                       print(expr.body(), Level::product));
  }
  return fmt::format("\\{}_{{{}}} {}", to_text(node.quantifier), binders(expr, node),
                     print(expr.body(), Level::product));
}

std::string LatexPrinter::operation(const Expr& expr, Operator op) {
  switch (op) {
    case Operator::add:
      return binary(expr, "+");
    case Operator::subtract:
      return binary(expr, "-");
    case Operator::multiply:
      return product(expr);
    case Operator::divide: {
      const bool negative = expr.child(0).is<Negation>();
      const Expr& top = negative ? expr.child(0).child(0) : expr.child(0);
      return fmt::format("{}\\frac{{{}}}{{{}}}", negative ? "-" : "", print(top, Level::expression),
                         print(expr.child(1), Level::expression));
    }
    case Operator::power: {
      const bool fraction = expr.child(0).is(Operator::divide);
      // A base with a superscript of its own (transposed, squared norm) needs parentheses, too.
      std::string base = print(expr.child(0), Level::primary);
      if (!fraction && base.find('^') != std::string::npos && base.front() != '(') base = parenthesized(base);
      return base + "^{" + print(expr.child(1), Level::expression) + "}";
    }
    case Operator::unite:
      return binary(expr, "\\cup");
    case Operator::intersect:
      return binary(expr, "\\cap");
    case Operator::difference:
      break;
  }
  return binary(expr, "\\setminus");
}

std::string LatexPrinter::connective(const Expr& expr, Logical op) {
  switch (op) {
    case Logical::negation:
      return "\\neg " + (level(expr.child(0)) == Level::comparison ? parenthesized(bare(expr.child(0)))
                                                                   : print(expr.child(0), Level::logical_not));
    case Logical::implies:
      return print(expr.child(0), Level::logical_or) + " \\Rightarrow " + print(expr.child(1), Level::implies);
    case Logical::iff:
      return binary(expr, "\\Leftrightarrow");
    default:
      break;
  }
  std::string latex;
  for (const ExprPtr& child : expr.children) {
    if (!latex.empty()) latex += op == Logical::conjunction ? " \\land " : " \\lor ";
    latex += print(*child, next(level_of(expr)));
  }
  return latex;
}

std::string LatexPrinter::blocks(const Expr& expr, const Blocks& node) {
  std::string latex = "\\begin{pmatrix} ";
  std::size_t next_entry = 0;
  for (std::size_t i = 0; i < node.rows.size(); ++i) {
    if (i > 0) latex += " \\\\ ";
    for (std::size_t j = 0; j < node.rows[i]; ++j)
      latex += (j > 0 ? " & " : "") + print(expr.child(next_entry++), Level::expression);
  }
  return latex + " \\end{pmatrix}";
}

std::string LatexPrinter::entry(const Expr& expr) {
  const std::string sequence = print(expr.child(0), Level::primary);
  const bool scripted = sequence.find('_') != std::string::npos;  // TeX refuses a second subscript
  return (scripted ? "{" + sequence + "}" : sequence) + "_{" + print(expr.child(1), Level::expression) + "}";
}

std::string LatexPrinter::bare(const Expr& expr) {
  const auto named = [&](const std::string& name) {
    return latex_name(name) + (expr.children.empty() ? std::string() : filled("(#*)", expr.children));
  };
  return std::visit(
      overloaded{
          [](const Number& node) { return decimal(node.spelling); },
          [](const Constant& node) { return std::string(node.value ? "\\text{true}" : "\\text{false}"); },
          [](const Variable& node) { return variable(node.name); },
          [&](const Feature& node) {
            return node.latex.empty() ? named(node.name) : filled(node.latex, expr.children);
          },
          [&](const DefinitionCall& node) { return named(node.name); },
          [&](const Call& node) { return filled(signature_of(node).latex, expr.children); },
          [&](const EntryOf&) { return entry(expr); },
          [&](const Negation&) { return "-" + print(expr.child(0), Level::sign); },
          [&](const Operation& node) { return operation(expr, node.op); },
          [&](const Range&) { return set(expr); },
          [&](const SetOf&) { return set(expr); },
          [&](const Comparison& node) {
            std::string latex = print(expr.child(0), Level::sum);
            for (std::size_t k = 0; k < node.relations.size(); ++k)
              latex += fmt::format(" {} {}", symbol(node.relations[k]), print(expr.child(k + 1), Level::sum));
            return latex;
          },
          [&](const Connective& node) { return connective(expr, node.op); },
          [&](const Conditional&) {
            return fmt::format("\\begin{{cases}} {} & \\text{{if }} {} \\\\ {} & \\text{{otherwise}} \\end{{cases}}",
                               print(expr.child(1), Level::expression), print(expr.child(0), Level::expression),
                               print(expr.child(2), Level::expression));
          },
          [&](const Quantified& node) { return quantifier(expr, node); },
          [&](const Blocks& node) { return blocks(expr, node); },
      },
      expr.node);
}

}  // namespace

std::string latex_name(const std::string& name) {
  if (name.size() == 1) return name;
  std::string escaped;
  for (const char c : name)
    escaped += c == '_' ? std::string("\\_") : std::string(1, c);
  return "\\mathrm{" + escaped + "}";
}

std::string to_latex(const Expr& expr) {
  return LatexPrinter().print(expr, Level::expression);
}

}  // namespace rankscape::language
