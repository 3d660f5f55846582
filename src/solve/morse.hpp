#pragma once
// Morse: where the sublevel sets of a loss on R^n are compact and all its critical points nondegenerate, the sum of
// (-1)^index over them is the Euler characteristic of R^n, 1 (so that their number is odd). A list with another sum
// lacks a point, has one too many, or misjudges one; the sum 1 proves nothing.

#include "solve/count.hpp"
#include "solve/solution.hpp"

namespace rankscape::critical_set {

struct MorseSum {
  std::size_t points = 0;   ///< whose inertia is known
  std::optional<long> sum;  ///< nothing: not known, as of some points the inertia is open, or how many there are
};
/// Of a complete list. Nothing: the theorem says nothing here.
[[nodiscard]] std::optional<MorseSum> morse_sum(const Solution& solution);
[[nodiscard]] std::optional<MorseSum> morse_sum(const Counted& counted);

/// \throws InternalDisagreement  a sum that is not 1
void check_morse_sum(const std::optional<MorseSum>& found);

}  // namespace rankscape::critical_set
