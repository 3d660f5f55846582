#include "check/criticality.hpp"

#include <rankscape/audit.hpp>

namespace rankscape {

Truth CriticalFamilies::of(const Landscape& landscape, const Recipe& recipe) {
  // Special positions may lie outside of what is walked with symbols: a permutation of determinant -1 is no Cayley
  // transform.
  if (recipe.family().empty() || recipe.position() != "generic") return Truth::unknown;
  Key key{&landscape, recipe.shape(), recipe.family(), recipe.choices()};
  if (const auto found = known_.find(key); found != known_.end()) return found->second;
  const auto critical = critical_for_all_parameters(landscape, recipe);
  return known_.emplace(std::move(key), critical ? truth(*critical) : Truth::unknown).first->second;
}

}  // namespace rankscape
