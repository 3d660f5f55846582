#pragma once
// Is a point a global minimizer? Lemmas about the program of the loss (docs/certificates.md, "Global bounds"), tried at
// the point: sums of squares, and what the landscape declares.

#include <rankscape/landscape.hpp>

#include <optional>
#include <vector>

#include "certificate/claims.hpp"

namespace rankscape {

/// Bounds from which it follows that no value of the loss is smaller than the one at the point, checked; nothing where
/// none was found, which proves nothing.
[[nodiscard]] std::optional<std::vector<certificate::Bound>> prove_global(const Instance& instance);

}  // namespace rankscape
