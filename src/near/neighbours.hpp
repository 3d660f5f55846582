#pragma once
// Strata next to a stratum: one string cut in two, or two strings joined. The strata that thresholds suggest miss the
// nearest one on a plateau, where several cuts cost about the same; a search goes on from them.

#include <optional>
#include <vector>

#include "near/fit.hpp"

namespace rankscape::near {

/// With the same node dimensions; each once, in a fixed order.
[[nodiscard]] std::vector<Stratum> neighbours(const Stratum& stratum);

/// A fit nearer than all of `fitted`, by expanding the neighbours of the nearest in turn; nothing when none is found.
/// \param fits  at most so many are made
[[nodiscard]] std::optional<Proposer::Fit> nearer(const Proposer& proposer, const Selection& S,
                                                  std::vector<Proposer::Fit> fitted, int fits);

/// A fit whose matrices are worse conditioned stands for a lower stratum.
constexpr double worst_condition = 1e12;

}  // namespace rankscape::near
