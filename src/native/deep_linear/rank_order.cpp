#include "native/deep_linear/rank_order.hpp"

#include <algorithm>

namespace rankscape::deep_linear {

std::vector<RankedStratum> ranked_strata(const Widths& widths) {
  check_widths(widths);
  std::vector<RankedStratum> strata;
  const long rmax = *std::min_element(widths.begin(), widths.end());
  for (long r = 0; r <= rmax; ++r) {
    std::vector<long> dimensions = widths;
    for (long& d : dimensions)
      d -= r;
    for_each_stratum(dimensions, [&](const Stratum& stratum) { strata.push_back({r, stratum}); });
  }
  return strata;
}

bool ranks_at_most(const RankedStratum& low, const RankedStratum& high) {
  const int layers = low.stratum.layers;
  for (int start = 0; start <= layers; ++start) {
    for (int length = 2; length <= layers + 1; ++length) {
      if (low.path_rank(start, length) > high.path_rank(start, length)) return false;
    }
  }
  return true;
}

}  // namespace rankscape::deep_linear
