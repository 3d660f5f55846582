#pragma once
// The closed lists of the language: operators, relations, connectives, quantifiers, functions. Nothing in the project
// tells them apart by their spelling; names.cpp spells them.

#include <optional>
#include <string_view>
#include <vector>

namespace rankscape::language {

enum class Operator : unsigned char {
  add,         // numbers, matrices
  subtract,    // numbers, matrices
  multiply,    // numbers, matrices, a number and a matrix
  divide,      // a number or matrix by a number
  power,       // a number, with an integer exponent
  unite,       // sets, as the following
  intersect,   //
  difference,  //
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

enum class Logical : unsigned char { negation, conjunction, disjunction, implies, iff };

enum class Quantifier : unsigned char {
  all,
  any,
  count,
  sum,       // of numbers or matrices
  product,   // of numbers or matrices, in order
  least,     // min
  largest,   // max
  sequence,  // of numbers, in order
  matrix,    // of numbers: binders are the row and the column, no condition
};

enum class Function : unsigned char {
  rank,
  trace,
  norm2,
  determinant,
  transpose,
  inverse,
  projector,
  rows,
  cols,
  entry,
  entries,
  block,
  diagonal,
  hadamard,
  kronecker,
  inner,
  zeros,
  ones,
  identity,
  kernel,
  symmetric,
  invertible,
  eigenvalues,
  eigenvalues_on,
  singular,
  singular_on,
  positions,
  jacobian,  // of a feature: its derivative by all parameters
  length,
  distinct,
  positive,
  nonnegative,
  cardinality,
  absolute,
  square_root,
  minimum,
  maximum,
};

[[nodiscard]] std::string_view to_text(Operator op);
[[nodiscard]] std::string_view to_text(Relation relation);
[[nodiscard]] std::string_view to_text(Logical op);
[[nodiscard]] std::string_view to_text(Quantifier quantifier);

/// Has it a derivative by its matrix arguments (docs/landscapes.md)? The others may stand in a loss only where nothing
/// depends on weights.
[[nodiscard]] bool is_differentiable(Function function);

[[nodiscard]] std::optional<Operator> operator_named(std::string_view spelling);
[[nodiscard]] std::optional<Relation> relation_named(std::string_view spelling);
[[nodiscard]] std::optional<Quantifier> quantifier_named(std::string_view name);
// In the order in which messages list them.
[[nodiscard]] const std::vector<std::string_view>& quantifier_names();

}  // namespace rankscape::language
