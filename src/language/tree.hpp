#pragma once
// The typed tree of the language: typing.cpp builds it, evaluate.cpp runs it, print_*.cpp print it, edits.cpp changes
// it.
//
// A node says what it is by one of the few structs of the variant `Node`; its operands are Expr::children, in the order
// that stands beside each struct, so that whoever only walks over a tree need not know what it is made of.

#include <rankscape/language/expression.hpp>

#include "language/names.hpp"
#include "language/polynomial.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace rankscape::language {

// How much work and stack a formula may take, definitions expanded.
struct Extent {
  std::size_t depth = 1;
  std::size_t size = 1;
};
inline constexpr Extent max_extent = {512, 200'000};
// Within one formula: long chains of operators count, definitions do not.
inline constexpr std::size_t max_tree_depth = 256;

// --- what a node is, and what its children are --------------------------------------------------------------------

struct Number {  // no children. Of Kind::integer if it is spelled as one and fits into long, else of Kind::real
  Rational value;
  std::string spelling;
};
struct Constant {  // no children
  bool value = true;
};
struct Variable {  // no children. Of a binder or a definition's parameter: the value in slot `slot`
  std::size_t slot = 0;
  std::string name;
};
struct DeclaredShape;
struct Feature {             // arguments
  std::size_t position = 0;  // in the vocabulary
  std::string name;
  // From its declaration.
  std::string latex;
  bool size = false;
  std::shared_ptr<const DeclaredShape> shape = nullptr;
};
[[nodiscard]] Feature feature_node(std::size_t position, const FeatureDeclaration& declaration);
struct DefinitionCall {  // arguments, integers: the values of slots 0, 1, .. in its body
  std::size_t position = 0;
  std::string name;
  Extent body;
};
struct Call {  // arguments
  Function function = Function::rank;
  std::size_t overload = 0;  // functions()[overload]
};
struct EntryOf {};   // sequence, position (from 1). Of Kind::integer in a sequence of integers
struct Negation {};  // operand: a number or matrix
struct Operation {   // left, right
  Operator op = Operator::add;
};
struct Range {  // first, last
  bool down = false;
};
struct SetOf {};                    // items: integers and ranges
struct Comparison {                 // operands
  std::vector<Relation> relations;  // number k stands between operands k and k + 1
};
struct Connective {  // `negation`: one operand; `conjunction`, `disjunction`: two or more; `implies`, `iff`: two
  Logical op = Logical::conjunction;
};
struct Conditional {};  // condition, value if it holds, value if not
struct Quantified {     // a domain for each binder (Range or set), the condition after `where` if there is one, body
  Quantifier quantifier = Quantifier::all;
  std::vector<std::string> binders;
  std::size_t first_slot = 0;  // of the first binder; the others follow. Domain k may use the binders before it
  bool conditional = false;    // has a `where`
};
struct Blocks {                   // [a, b; c, d]: entries, row by row; a number is a 1 x 1 matrix
  std::vector<std::size_t> rows;  // number of entries in each row of blocks
};

using Node = std::variant<Number, Constant, Variable, Feature, DefinitionCall, Call, EntryOf, Negation, Operation,
                          Range, SetOf, Comparison, Connective, Conditional, Quantified, Blocks>;

// --- the tree -----------------------------------------------------------------------------------------------------

struct Expr {
  Node node;
  Kind kind = Kind::truth;
  std::vector<ExprPtr> children;
  Place place;
  bool of_integers = false;  // a sequence whose entries are integers
  // As read. Of a matrix: rows and columns; of a sequence: entries, and one column; of everything else nothing.
  Dimensions dimensions;

  // Derived by finish().
  Extent extent;
  std::size_t tree_depth = 1;
  // Functions of matrices are worth remembering: equal keys with equal values of the variables in key_slots (in this
  // order) have equal values. Empty for everything else.
  std::string key;
  std::vector<std::size_t> key_slots;
  bool key_is_shared = false;  // no definition occurs in it: good for every file over the same vocabulary

  // What it is, if it is a T.
  template <class T>
  [[nodiscard]] const T* as() const {
    return std::get_if<T>(&node);
  }
  template <class T>
  [[nodiscard]] bool is() const {
    return std::holds_alternative<T>(node);
  }
  [[nodiscard]] bool is(Operator op) const;
  [[nodiscard]] bool is(Logical op) const;
  [[nodiscard]] bool is(Function function) const;
  [[nodiscard]] bool is(Quantifier quantifier) const;

  [[nodiscard]] const Expr& child(std::size_t k) const { return *children[k]; }
  // Of a Quantified.
  [[nodiscard]] const Expr& domain(std::size_t binder) const { return *children[binder]; }
  [[nodiscard]] const Expr* where() const;  // nullptr: none
  [[nodiscard]] const Expr& body() const { return *children.back(); }
};

// std::visit(overloaded{[](const Number& n) {..}, [](const auto& other) {..}}, expr.node)
template <class... F>
struct overloaded : F... {
  using F::operator()...;
};
template <class... F>
overloaded(F...) -> overloaded<F...>;

// A declared shape: integer formulas over the sizes, with the feature's arguments in slots 0, 1, ..; rows and columns
// of a matrix, the number of entries of a sequence.
struct DeclaredShape {
  std::vector<ExprPtr> extents;
};

// Fills in what is derived from the children.
[[nodiscard]] ExprPtr finish(Expr expr);
[[nodiscard]] ExprPtr make(Node node, Kind kind, Place place, std::vector<ExprPtr> children = {});
// The same construct over other children, as many.
[[nodiscard]] ExprPtr with_children(const Expr& expr, std::vector<ExprPtr> children);
// Another construct over the same children.
[[nodiscard]] ExprPtr with_node(const Expr& expr, Node node);

[[nodiscard]] ExprPtr integer_literal(long value, Place place);
[[nodiscard]] ExprPtr negation_of(const ExprPtr& condition);

// Equality but for places and spelling.
[[nodiscard]] bool equal_trees(const Expr& a, const Expr& b);

// Does the variable in this slot occur?
[[nodiscard]] bool uses_slot(const Expr& expr, std::size_t slot);

[[nodiscard]] std::string to_text(const Expr& expr);
[[nodiscard]] std::string to_latex(const Expr& expr);
// A name that is no single letter: \mathrm{tightened}.
[[nodiscard]] std::string latex_name(const std::string& name);

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

// A literal, or the value of an integer formula made of literals only, where it fits.
[[nodiscard]] std::optional<long> constant_integer(const Expr& expr);
// Nothing where it does not fit.
[[nodiscard]] std::optional<long> to_long(const Rational& value);

}  // namespace rankscape::language
