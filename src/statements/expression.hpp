#pragma once
// The typed tree of the language: what typing.cpp builds, evaluate.cpp runs, print_*.cpp print and mutate.cpp edits.

#include <rankscape/statements/statement.hpp>

#include <string>
#include <vector>

namespace rankscape {

namespace statements {

enum class Op : unsigned char {
  number,       // `number`, spelled as `name`
  constant,     // true or false, by `name`
  variable,     // of a binder or a definition's parameter, in `slot`
  feature,      // declaration `slot`, children: arguments
  definition,   // definition `slot`, children: arguments
  function,     // functions()[slot], children: arguments
  index,        // sequence, position
  negate,       // operand
  add,          // left, right; as all of the following that do not say otherwise
  subtract,     //
  multiply,     //
  divide,       //
  power,        // base, exponent
  range,        // first, last; only as an item of a set or the domain of a binder
  set,          // items
  unite,        //
  intersect,    //
  difference,   //
  comparison,   // operands; relations[k] stands between operands k and k + 1
  logical_not,  // operand
  logical_and,  // two operands or more
  logical_or,   // two operands or more
  implies,      //
  iff,          //
  conditional,  // condition, then, else
  quantifier,   // `name` is all, any, sum, count, min or max; domains, condition if conditional, body
};

enum class Relation : unsigned char {
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  in,
  not_in,
  subset,
};

// How much work and stack a formula may take, definitions expanded.
struct Extent {
  std::size_t depth = 1;
  std::size_t size = 1;
};
inline constexpr Extent max_extent = {512, 200'000};
// Within one formula: long chains of operators count, definitions do not.
inline constexpr std::size_t max_tree_depth = 256;

}  // namespace statements

struct Expr {
  statements::Op op = statements::Op::number;
  Kind kind = Kind::truth;
  Place place;
  std::string name;
  std::size_t slot = 0;
  Rational number;
  std::string latex;  // of a feature, from its declaration
  std::vector<statements::Relation> relations;
  std::vector<std::string> binders;  // of a quantifier; the first has slot `slot`, the others follow
  bool conditional = false;          // has a `where`
  std::vector<ExprPtr> children;
  statements::Extent definition_body;  // of a definition call

  // Derived by finish().
  statements::Extent extent;
  std::size_t tree_depth = 1;
  // Functions of matrices are worth remembering: equal keys with equal values of the variables in key_slots (in this
  // order) have equal values. Empty for everything else.
  std::string key;
  std::vector<std::size_t> key_slots;
  bool key_is_shared = false;  // no definition occurs in it: good for every statement over the same vocabulary

  [[nodiscard]] std::size_t binder_count() const { return binders.size(); }
  [[nodiscard]] const Expr& body() const { return *children.back(); }
};

namespace statements {

// Fills in what is derived from the children.
[[nodiscard]] ExprPtr finish(Expr expr);
// The same construct over other children, as many.
[[nodiscard]] ExprPtr with_children(const Expr& expr, std::vector<ExprPtr> children);

[[nodiscard]] ExprPtr integer_literal(long value, Place place);
[[nodiscard]] ExprPtr negation_of(const ExprPtr& condition);

// Equality but for places and spelling.
[[nodiscard]] bool equal_trees(const Expr& a, const Expr& b);

[[nodiscard]] std::string to_text(const Expr& expr);
[[nodiscard]] std::string to_latex(const Expr& expr);
// A name that is no single letter: \mathrm{tightened}.
[[nodiscard]] std::string latex_name(const std::string& name);
[[nodiscard]] std::string_view to_text(Relation relation);

// How tightly a construct binds, as in the grammar.
enum class Level : unsigned char {
  expression,
  iff,
  implies,
  logical_or,
  logical_and,
  logical_not,
  comparison,
  sum,
  product,
  sign,
  power,
  primary
};
[[nodiscard]] Level level_of(const Expr& expr);

// The value of an integer formula made of literals only.
[[nodiscard]] std::optional<long> constant_integer(const Expr& expr);

}  // namespace statements
}  // namespace rankscape
