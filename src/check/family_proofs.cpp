#include "check/family_proofs.hpp"

namespace rankscape {

const FamilyProof& FamilyProofs::of(const Landscape& landscape, const Recipe& recipe) {
  // Special positions may lie outside of what is walked with symbols: a permutation of determinant -1 is no
  // rotation.
  if (recipe.family().empty() || recipe.position() != "generic") return nothing_;
  Key key{&landscape, recipe.shape(), recipe.family(), recipe.choices()};
  if (const auto found = known_.find(key); found != known_.end()) return found->second;
  return known_.emplace(std::move(key), prove_family(landscape, recipe)).first->second;
}

}  // namespace rankscape
