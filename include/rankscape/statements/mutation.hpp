#pragma once
// Statements that differ from a given one by a single edit, to find out whether the check would notice: a theorem all
// of whose mutants are refuted somewhere was tested on instances that tell it from its neighbours.

#include <rankscape/statements/statement.hpp>

#include <string>
#include <vector>

namespace rankscape {

enum class MutationOperator : unsigned char {
  comparison,  ///< == != < <= > >=, `in` and `not in`, exchanged
  connective,  ///< `and` with `or`, `implies` with `iff`
  quantifier,  ///< `all` with `any`, `min` with `max`
  bound,       ///< an end of a binder's range moved by one
  dropped,     ///< a conjunct, a disjunct, a condition after `where`
  hypothesis,  ///< a hypothesis, or the `when` of a claim, dropped
  feature,     ///< a feature replaced by another one of the same signature
  constant,    ///< an integer constant changed by one
  verdict,     ///< a name in `then` replaced, or dropped from several
  negation,    ///< a condition negated, or a negation removed
};
[[nodiscard]] std::string_view to_string(MutationOperator op);

struct Mutation {
  MutationOperator op = MutationOperator::comparison;
  std::string edit;   ///< "`r < rmax` becomes `r <= rmax`"
  std::string where;  ///< "case 'strict saddles', 12:9"
  Statement mutant;   ///< shares all untouched trees with the original; type-checked like it
};

struct MutationOptions {
  /// Features that may be put in the place of others besides those that the statement uses.
  std::vector<std::string> also_exchange;
};

/// All single edits that keep the types, each once, in the order of the file: hypotheses, definitions that are used,
/// cases, claims. No mutant prints like the original or like another one.
[[nodiscard]] std::vector<Mutation> mutations(const Statement& statement, const MutationOptions& options = {});

}  // namespace rankscape
