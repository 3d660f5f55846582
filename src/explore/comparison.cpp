#include "explore/comparison.hpp"

namespace rankscape::explore {

Says says(const Statement& statement, const Judgement& judgement) {
  Says result;
  result.inside = judgement.inside;
  result.claims.resize(statement.claims().size());
  if (judgement.inside == Truth::no) return result;
  result.unclear = judgement.inside == Truth::unknown;
  for (std::size_t k = 0; k < statement.cases().size(); ++k) {
    if (judgement.when[k] == Truth::yes) result.allowed = result.allowed & statement.cases()[k].then.classes;
    if (judgement.when[k] == Truth::unknown) result.unclear = true;
  }
  if (!statement.cases().empty() && judgement.covered == Truth::no && !statement.partial()) result.allowed = {};
  for (std::size_t k = 0; k < statement.claims().size(); ++k) {
    result.claims[k] = judgement.claims[k].second;
    if (judgement.claims[k].second == Truth::unknown) result.unclear = true;
  }
  return result;
}

Comparison compare(const Says& original, const Says& mutant) {
  Comparison result;
  result.unclear = original.unclear || mutant.unclear;
  result.more = !original.allowed.subset_of(mutant.allowed);
  result.less = !mutant.allowed.subset_of(original.allowed);
  for (std::size_t k = 0; k < original.claims.size(); ++k) {
    const auto& before = original.claims[k];
    const auto& after = mutant.claims[k];
    if (after && !before) result.more = true;
    if (before && !after) result.less = true;
    if (!before || !after || *before == *after) continue;
    if (*after == Truth::yes && *before == Truth::no) result.less = true;
    if (*after == Truth::no && *before == Truth::yes) result.more = true;
  }
  return result;
}

}  // namespace rankscape::explore
