#pragma once
// All single edits of one typed tree.

#include "language/tree.hpp"

#include <functional>
#include <vector>

namespace rankscape::language {

enum class EditKind : unsigned char {
  comparison,  // == != < <= > >=, `in` and `not in`, exchanged
  connective,  // `and` with `or`, `implies` with `iff`
  quantifier,  // `all` with `any`, `min` with `max`
  bound,       // an end of a range moved by one
  dropped,     // a conjunct, a disjunct, a premise, a condition after `where`
  feature,     // a feature replaced by another one of the same signature
  constant,    // an integer constant changed by one
  negation,    // a condition negated, or a negation removed
};

struct Edit {
  EditKind kind;
  ExprPtr tree;    // the whole tree, edited
  ExprPtr before;  // the smallest condition around the edit (or the whole tree), and
  ExprPtr after;   // the same after it
  Place place;
};

// Features that may be exchanged for each other when their signatures are equal, by position.
struct Exchange {
  const Vocabulary* vocabulary;
  std::vector<std::size_t> features;
};

// In the order of the text. Kinds are kept; trees may repeat and may equal the original.
[[nodiscard]] std::vector<Edit> edits_of(const ExprPtr& tree, const Exchange& exchange);

}  // namespace rankscape::language
