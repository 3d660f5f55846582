#pragma once
// Losses whose every second-order point is a global minimizer, at the data of one point (docs/certificates.md, "All
// second-order points"): sums of inner products of unit vectors, by their number or by a condition number.

#include <rankscape/landscape.hpp>

#include <optional>

#include "certificate/claims.hpp"

namespace rankscape {

/// Nothing is asked of the point but that it is feasible; the signs that are the optimum are searched for. \return
/// nothing where no proof was found, which proves nothing. Cost: the loss multiplied out in all weights, some hundred
/// spectra of n x n matrices, two exact eliminations.
[[nodiscard]] std::optional<certificate::BenignClaim> prove_benign(const Instance& instance);

}  // namespace rankscape
