#pragma once
// Which families of a run are critical for all parameter values: decided once for all samples of the same choices.

#include <rankscape/landscape.hpp>
#include <rankscape/truth.hpp>

#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace rankscape {

class CriticalFamilies {
 public:
  /// Does the gradient vanish identically in all that the recipe's family draws with its choices? Unknown where that is
  /// too large to be multiplied out (critical_for_all_parameters), and of points in special position. Derives
  /// symbolically: not safe for concurrent use. \throws DeadlineExceeded
  Truth of(const Landscape& landscape, const Recipe& recipe);

 private:
  using Key = std::tuple<const Landscape*, Shape, std::string, std::vector<std::pair<std::string, std::string>>>;

  std::map<Key, Truth> known_;
};

}  // namespace rankscape
