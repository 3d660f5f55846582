#pragma once
// What is proved of the families of a run for all parameter values: decided once for all samples of the same choices.

#include <rankscape/audit.hpp>

#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace rankscape {

class FamilyProofs {
 public:
  /// prove_family of the recipe; nothing of points in special position. Derives symbolically: not safe for concurrent
  /// use. \throws DeadlineExceeded
  const FamilyProof& of(const Landscape& landscape, const Recipe& recipe);

 private:
  using Key = std::tuple<const Landscape*, Shape, std::string, std::vector<std::pair<std::string, std::string>>>;

  std::map<Key, FamilyProof> known_;
  FamilyProof nothing_;
};

}  // namespace rankscape
