#pragma once
// All single edits of one typed tree.

#include <rankscape/statements/mutation.hpp>

#include "statements/expression.hpp"

#include <functional>
#include <vector>

namespace rankscape::statements {

struct Edit {
  MutationOperator op;
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

}  // namespace rankscape::statements
