#pragma once
// The type checker, one member for each construct: names, calls and quantifiers in typing.cpp, operators in
// typing_operators.cpp.

#include "language/functions.hpp"
#include "language/shapes.hpp"
#include "language/typing.hpp"
#include "text/words.hpp"

#include <fmt/format.h>

namespace rankscape::language {

// "a set", "an integer", .. as messages say it.
[[nodiscard]] std::string_view with_article(Kind kind);

class Typer {
 public:
  Typer(const Names& names, const std::vector<Place>& places, const std::vector<std::string>& parameters)
      : names_(names), places_(places), variables_(parameters), rules_(bodies(names)) {}

  ExprPtr type(const Syntax& s);
  ExprPtr domain(const Syntax& s);  // a range or a set
  ExprPtr type_as(const Syntax& s, Kind wanted) { return want(type(s), s, wanted); }
  [[noreturn]] static void fail(const Syntax& s, const std::string& message) { throw SyntaxError(s.begin, message); }
  static ExprPtr want(ExprPtr expr, const Syntax& s, Kind wanted) {
    if (!accepts(wanted, expr->kind)) fail(s, found(*expr) + ", expected " + std::string(with_article(wanted)));
    return expr;
  }

 private:
  static std::string found(const Expr& expr) {
    return fmt::format("found {} ({})", text::quote(to_text(expr)), with_article(expr.kind));
  }
  Expr node(Node what, Kind kind, const Syntax& s) const {
    Expr expr;
    expr.node = std::move(what);
    expr.kind = kind;
    expr.place = places_.at(s.begin);
    return expr;
  }
  static std::vector<const Expr*> bodies(const Names& names) {
    std::vector<const Expr*> all;
    for (const DefinitionType& definition : names.definitions)
      all.push_back(definition.body.get());
    return all;
  }
  ExprPtr done(Expr expr, const Syntax& s) const;
  ExprPtr done(Node what, Kind kind, std::vector<ExprPtr> children, const Syntax& s) const;

  ExprPtr number(const Syntax& s);
  ExprPtr word(const Syntax& s);
  ExprPtr call(const Syntax& s);
  ExprPtr apply_name(const Syntax& name, const Syntax* arguments, bool& used);
  ExprPtr apply_function(const Syntax& name, const Syntax& arguments);
  ExprPtr index_of(ExprPtr sequence, const Syntax& s, const Syntax& arguments);
  ExprPtr call_of(Function function, std::vector<ExprPtr> arguments, const std::vector<const Syntax*>& places,
                  const Syntax& s);
  ExprPtr quantifier(const Syntax& name, const Syntax& bound);
  ExprPtr quantified_body(Quantifier quantifier, const Syntax& s);
  ExprPtr blocks(const Syntax& s);
  ExprPtr transposed(const Syntax& s);
  ExprPtr range(const Syntax& s);
  ExprPtr set(const Syntax& s);
  ExprPtr negate(const Syntax& s);
  ExprPtr power(const Syntax& s);
  [[noreturn]] void power_of_matrix(const Expr& base, const Syntax& s) const;
  ExprPtr arithmetic(const Syntax& s);
  ExprPtr operation(Operator op, const ExprPtr& left, const ExprPtr& right, const Syntax& left_syntax,
                    const Syntax& right_syntax);
  ExprPtr comparison(const Syntax& s);
  void check_pair(const Expr& left, Relation relation, const Expr& right, const Syntax& l, const Syntax& r) const;
  ExprPtr connective(const Syntax& s);
  ExprPtr conditional(const Syntax& s);
  std::vector<ExprPtr> arguments_of(const std::string& name, const std::vector<Kind>& parameters, const Syntax& name_at,
                                    const Syntax* arguments);
  std::vector<std::string> known_words() const;

  // Symbolic shapes, in typing_shapes.cpp.
  void check_shapes(const Expr& expr, const Syntax& s) const;
  void check_blocks(const Expr& expr, const Blocks& node, const Syntax& s) const;
  void check_product(const Expr& expr, const Quantified& node, const Syntax& s) const;
  void check_counts_up(const Expr& domain, const Syntax& s) const;
  [[nodiscard]] bool differ(const std::optional<Polynomial>& a, const std::optional<Polynomial>& b) const;
  template <class What>
  void demand_equal(const Syntax& s,
                    const std::vector<std::pair<std::optional<Polynomial>, std::optional<Polynomial>>>& pairs,
                    const What& what) const;

  const Names& names_;
  const std::vector<Place>& places_;
  std::vector<std::string> variables_;  // by slot
  SymbolicShapes rules_;
};

}  // namespace rankscape::language
