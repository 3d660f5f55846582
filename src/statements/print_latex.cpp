// Typed trees as a paper would set them.
#include "statements/functions.hpp"

#include <fmt/format.h>
#include <cctype>
#include <utility>

namespace rankscape::statements {

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
  std::string binders(const Expr& expr);
  std::string quantifier(const Expr& expr);
  std::string bare(const Expr& expr);
};

// As printed: a fraction needs no parentheses where a product would, a quantifier reaches as far as it can.
Level LatexPrinter::level(const Expr& expr) {
  switch (expr.op) {
    case Op::number:
      return expr.name.find_first_of("eE") == std::string::npos ? Level::primary : Level::product;
    case Op::divide:
      return expr.children[0]->op == Op::negate ? Level::sign : Level::power;
    case Op::function:
      return functions()[expr.slot].level;
    case Op::quantifier:
      return expr.name == "all" || expr.name == "any" ? Level::expression
             : expr.name == "count"                   ? Level::primary
                                                      : Level::product;
    default:
      return level_of(expr);
  }
}

// A feature such as W_H...W_1 is printed as a product, so an exponent would belong to its last factor only.
bool several_factors(const Expr& expr) {
  return expr.op == Op::feature && expr.latex.find("\\cdots") != std::string_view::npos;
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
  if (expr.op == Op::multiply) return ends_open(*expr.children[1]);
  return expr.op == Op::quantifier && expr.name != "count";
}

std::string LatexPrinter::product(const Expr& expr) {
  const Expr& left = *expr.children[0];
  const Expr& right = *expr.children[1];
  std::string latex = ends_open(left) ? parenthesized(bare(left)) : print(left, Level::product);
  const std::string factor = ends_open(right) && right.op == Op::quantifier ? bare(right) : print(right, Level::power);
  // A number or a parenthesis on the right would run into the factor on the left.
  const bool dot = std::isdigit(static_cast<unsigned char>(factor.front())) != 0 || factor.front() == '(' ||
                   factor.starts_with("\\left(") || factor.starts_with("\\frac");
  return latex + (dot ? " \\cdot " : " ") + factor;
}

std::string LatexPrinter::set(const Expr& expr) {
  if (expr.op == Op::range) {
    return "\\{" + print(*expr.children[0], Level::sum) + ",\\dots," + print(*expr.children[1], Level::sum) + "\\}";
  }
  if (expr.children.empty()) return "\\emptyset";
  std::string items;
  for (const ExprPtr& item : expr.children) {
    if (!items.empty()) items += ", ";
    items += item->op == Op::range
                 ? print(*item->children[0], Level::sum) + ",\\dots," + print(*item->children[1], Level::sum)
                 : print(*item, Level::sum);
  }
  return "\\{" + items + "\\}";
}

std::string LatexPrinter::binders(const Expr& expr) {
  std::string latex;
  for (std::size_t k = 0; k < expr.binder_count(); ++k) {
    latex += fmt::format("{}{} \\in {}", k == 0 ? "" : ",\\ ", variable(expr.binders[k]),
                         print(*expr.children[k], Level::sum));
  }
  if (expr.conditional) latex += ",\\ " + print(*expr.children[expr.binder_count()], Level::expression);
  return latex;
}

std::string LatexPrinter::quantifier(const Expr& expr) {
  if (expr.name == "all" || expr.name == "any") {
    return fmt::format("{} {}:\\ {}", expr.name == "all" ? "\\forall" : "\\exists", binders(expr),
                       print(expr.body(), Level::expression));
  }
  if (expr.name == "count") {
    return fmt::format("\\#\\{{{} : {}\\}}", binders(expr), print(expr.body(), Level::expression));
  }
  const Expr& domain = *expr.children[0];
  if (expr.name == "sum" && expr.binder_count() == 1 && !expr.conditional && domain.op == Op::range) {
    return fmt::format("\\sum_{{{}={}}}^{{{}}} {}", variable(expr.binders[0]), print(*domain.children[0], Level::sum),
                       print(*domain.children[1], Level::sum), print(expr.body(), Level::product));
  }
  return fmt::format("\\{}_{{{}}} {}", expr.name, binders(expr), print(expr.body(), Level::product));
}

std::string LatexPrinter::bare(const Expr& expr) {
  const auto& children = expr.children;
  switch (expr.op) {
    case Op::number:
      return decimal(expr.name);
    case Op::constant:
      return "\\text{" + expr.name + "}";
    case Op::variable:
      return variable(expr.name);
    case Op::feature:
      if (!expr.latex.empty()) return filled(expr.latex, children);
      [[fallthrough]];
    case Op::definition:
      return latex_name(expr.name) + (children.empty() ? std::string() : filled("(#*)", children));
    case Op::function:
      return filled(functions()[expr.slot].latex, children);
    case Op::index: {
      const std::string sequence = print(*children[0], Level::primary);
      const bool scripted = sequence.find('_') != std::string::npos;  // TeX refuses a second subscript
      return (scripted ? "{" + sequence + "}" : sequence) + "_{" + print(*children[1], Level::expression) + "}";
    }
    case Op::negate:
      return "-" + print(*children[0], Level::sign);
    case Op::add:
      return binary(expr, "+");
    case Op::subtract:
      return binary(expr, "-");
    case Op::multiply:
      return product(expr);
    case Op::divide: {
      const bool negative = children[0]->op == Op::negate;
      const Expr& top = negative ? *children[0]->children[0] : *children[0];
      return fmt::format("{}\\frac{{{}}}{{{}}}", negative ? "-" : "", print(top, Level::expression),
                         print(*children[1], Level::expression));
    }
    case Op::power: {
      const bool fraction = children[0]->op == Op::divide;
      // A base with a superscript of its own (transposed, squared norm) needs parentheses, too.
      std::string base = print(*children[0], Level::primary);
      if (!fraction && base.find('^') != std::string::npos && base.front() != '(') base = parenthesized(base);
      return base + "^{" + print(*children[1], Level::expression) + "}";
    }
    case Op::range:
    case Op::set:
      return set(expr);
    case Op::unite:
      return binary(expr, "\\cup");
    case Op::intersect:
      return binary(expr, "\\cap");
    case Op::difference:
      return binary(expr, "\\setminus");
    case Op::comparison: {
      std::string latex = print(*children[0], Level::sum);
      for (std::size_t k = 0; k < expr.relations.size(); ++k) {
        latex += fmt::format(" {} {}", symbol(expr.relations[k]), print(*children[k + 1], Level::sum));
      }
      return latex;
    }
    case Op::logical_not:
      return "\\neg " + (level(*children[0]) == Level::comparison ? parenthesized(bare(*children[0]))
                                                                  : print(*children[0], Level::logical_not));
    case Op::logical_and:
    case Op::logical_or: {
      std::string latex;
      for (const ExprPtr& child : children) {
        if (!latex.empty()) latex += expr.op == Op::logical_and ? " \\land " : " \\lor ";
        latex += print(*child, next(level_of(expr)));
      }
      return latex;
    }
    case Op::implies:
      return print(*children[0], Level::logical_or) + " \\Rightarrow " + print(*children[1], Level::implies);
    case Op::iff:
      return binary(expr, "\\Leftrightarrow");
    case Op::conditional:
      return fmt::format("\\begin{{cases}} {} & \\text{{if }} {} \\\\ {} & \\text{{otherwise}} \\end{{cases}}",
                         print(*children[1], Level::expression), print(*children[0], Level::expression),
                         print(*children[2], Level::expression));
    case Op::quantifier:
      return quantifier(expr);
  }
  return {};
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

}  // namespace rankscape::statements
