#pragma once
// Strata ordered by their ranks: s <= t when no partial product, through the data or not, has larger rank in s than in
// t. Ranks are lower semicontinuous, so this is necessary for s to lie in the closure of t. Within one rank r of the
// product it compares strata of one critical set; across ranks it compares rank patterns only, because the product, and
// with it the critical value, is constant on the critical set that belongs to S.

#include <vector>

#include "native/deep_linear/strata.hpp"

namespace rankscape::deep_linear {

struct RankedStratum {
  long r = 0;  ///< rank of the product of all layers
  Stratum stratum;

  /// Rank of the path through the nodes start, ..., start + length - 1 (modulo H + 1), 1 <= length <= H + 1.
  [[nodiscard]] long path_rank(int start, int length) const { return r + stratum.passing(start, length); }
};

/// All strata of the critical set, r increasing, in the order of for_each_stratum. \throws InputError  check_widths
[[nodiscard]] std::vector<RankedStratum> ranked_strata(const Widths& widths);

/// low <= high. \pre the same widths. Cost O(H^2) sums over strings.
[[nodiscard]] bool ranks_at_most(const RankedStratum& low, const RankedStratum& high);

}  // namespace rankscape::deep_linear
