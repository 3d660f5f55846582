// Shapes compared while formulas are read: what cannot be added or multiplied at any size is found here, with the
// sizes' names in the message.
#include "language/typer.hpp"

#include <algorithm>

namespace rankscape::language {

namespace {

using Known = std::optional<Polynomial>;

std::string shown(const Known& extent) {
  return extent ? extent->text() : "?";
}

std::string shown(const Dimensions& dimensions) {
  return fmt::format("{} x {}", shown(dimensions.rows), shown(dimensions.cols));
}

std::string shortened(const Expr& expr) {
  constexpr std::size_t longest = 60;
  std::string text = to_text(expr);
  if (text.size() > longest) text = text.substr(0, longest) + "...";
  return text;
}

using Pairs = std::vector<std::pair<Known, Known>>;

}  // namespace

bool Typer::differ(const Known& a, const Known& b) const {
  if (!a || !b) return false;
  const auto difference = sum(*a, *b, -1);
  if (!difference || difference->constant() == 0) return false;
  return difference->constant() || (names_.shapes == ShapeCheck::as_polynomials && !difference->open());
}

// `what` says what was found, where something is wrong.
template <class What>
void Typer::demand_equal(const Syntax& s, const Pairs& pairs, const What& what) const {
  std::string wanted;
  for (const auto& pair : pairs) {
    if (!differ(pair.first, pair.second)) continue;
    if (!wanted.empty()) wanted += " and ";
    wanted += shown(pair.first) + " == " + shown(pair.second);
  }
  if (!wanted.empty()) fail(s, fmt::format("found {}, expected {}", what(), wanted));
}

void Typer::check_shapes(const Expr& expr, const Syntax& s) const {
  const auto of = [&](std::size_t k) -> const Dimensions& { return expr.child(k).dimensions; };
  const auto same = [&](const Dimensions& a, const Dimensions& b) {
    demand_equal(s, {{a.rows, b.rows}, {a.cols, b.cols}},
                 [&] { return fmt::format("{}, a {} matrix and a {} one", shortened(expr), shown(a), shown(b)); });
  };
  const auto square = [&] {
    demand_equal(s, {{of(0).rows, of(0).cols}},
                 [&] { return fmt::format("{}, of a {} matrix", shortened(expr), shown(of(0))); });
  };
  const auto on_range = [&] {
    demand_equal(s, {{of(0).rows, of(1).rows}}, [&] {
      return fmt::format("{}, a {} matrix on the range of a {} one", shortened(expr), shown(of(0)), shown(of(1)));
    });
  };
  std::visit(overloaded{
                 [&](const Operation& node) {
                   if (expr.kind != Kind::matrix || expr.child(0).kind != expr.child(1).kind) return;
                   if (node.op != Operator::multiply) {
                     same(of(0), of(1));
                     return;
                   }
                   demand_equal(s, {{of(0).cols, of(1).rows}}, [&] {
                     return fmt::format("{}, a {} matrix times a {} one", shortened(expr), shown(of(0)), shown(of(1)));
                   });
                 },
                 [&](const Comparison&) {
                   if (expr.child(0).kind != Kind::matrix) return;
                   for (std::size_t k = 0; k + 1 < expr.children.size(); ++k)
                     same(of(k), of(k + 1));
                 },
                 [&](const Call& node) {
                   switch (node.function) {
                     case Function::hadamard:
                     case Function::inner:
                       same(of(0), of(1));
                       break;
                     case Function::trace:
                     case Function::determinant:
                     case Function::inverse:
                     case Function::eigenvalues:
                       square();
                       break;
                     case Function::eigenvalues_on:
                       square();
                       on_range();
                       break;
                     case Function::singular_on:
                       on_range();
                       break;
                     default:
                       break;
                   }
                 },
                 [&](const Blocks& node) { check_blocks(expr, node, s); },
                 [&](const Quantified& node) { check_product(expr, node, s); },
                 [](const auto&) {},
             },
             expr.node);
}

void Typer::check_blocks(const Expr& expr, const Blocks& node, const Syntax& s) const {
  const auto shape_of = [&](std::size_t k) {
    return expr.child(k).kind == Kind::matrix ? expr.child(k).dimensions : Dimensions{Polynomial(1), Polynomial(1)};
  };
  std::optional<Polynomial> first_width;
  std::size_t next = 0;
  for (const std::size_t length : node.rows) {
    std::optional<Polynomial> width = Polynomial(0);
    for (std::size_t k = 0; k < length; ++k) {
      const Dimensions left = shape_of(next);
      width = width && left.cols ? sum(*width, *left.cols, 1) : std::nullopt;
      if (k + 1 < length) {
        const Dimensions right = shape_of(next + 1);
        demand_equal(s, {{left.rows, right.rows}}, [&] {
          return fmt::format("{} beside {}, a {} matrix and a {} one", shortened(expr.child(next)),
                             shortened(expr.child(next + 1)), shown(left), shown(right));
        });
      }
      ++next;
    }
    demand_equal(s, {{first_width, width}}, [&] {
      return fmt::format("rows of {} and of {} columns in one matrix", shown(first_width), shown(width));
    });
    if (!first_width) first_width = width;
  }
}

// Neighbours of an ordered product must fit, whatever the indices.
void Typer::check_product(const Expr& expr, const Quantified& node, const Syntax& s) const {
  if (node.quantifier != Quantifier::product || expr.kind != Kind::matrix || node.binders.size() != 1) return;
  const auto* range = expr.domain(0).as<Range>();
  if (range == nullptr || node.conditional) return;
  const Polynomial here(Atom{node.binders[0], false});
  const auto next = sum(here, Polynomial(1), range->down ? -1 : 1);
  const auto at = [&](const Polynomial& index) {
    ShapeRules::Values values(node.first_slot + 1);
    values.back() = index;
    return rules_.dimensions(expr.body(), values);
  };
  const Dimensions left = at(here);
  const Dimensions right = at(*next);
  demand_equal(s, {{left.cols, right.rows}}, [&] {
    return fmt::format("{}, whose neighbours are a {} matrix times a {} one", shortened(expr), shown(left),
                       shown(right));
  });
}

// `H..1` is meant to run backwards, and is empty.
void Typer::check_counts_up(const Expr& domain, const Syntax& s) const {
  const auto* range = domain.as<Range>();
  if (range == nullptr || range->down || constant_integer(domain.child(0)) || !constant_integer(domain.child(1)))
    return;
  const bool name = domain.child(0).is<Feature>() || domain.child(0).is<DefinitionCall>();
  if (!name || !domain.child(0).children.empty() || *constant_integer(domain.child(1)) > 1) return;
  const std::string first = to_text(domain.child(0));
  const std::string last = to_text(domain.child(1));
  fail(s, fmt::format("found {0}..{1}, which is empty when {0} > {1}, expected a range that counts up (backwards it is "
                      "'{0} downto {1}')",
                      first, last));
}

}  // namespace rankscape::language
