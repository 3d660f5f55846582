#pragma once
// What a statement says at a point, and how two statements compare there: which of them says more.

#include <rankscape/statements/statement.hpp>

#include <vector>

namespace rankscape::explore {

struct Says {
  Truth inside = Truth::unknown;
  bool unclear = false;                      ///< some condition is undefined here
  VerdictSet allowed = VerdictSet::all();    ///< by the cases
  std::vector<std::optional<Truth>> claims;  ///< nothing where a claim is silent
};

/// Outside its hypotheses a statement says nothing.
[[nodiscard]] Says says(const Statement& statement, const Judgement& judgement);

struct Comparison {
  bool more = false;     ///< `mutant` says something that `original` does not
  bool less = false;     ///< the other way round
  bool unclear = false;  ///< one of them has no definite meaning here
};
/// \pre both have as many claims
[[nodiscard]] Comparison compare(const Says& original, const Says& mutant);

}  // namespace rankscape::explore
