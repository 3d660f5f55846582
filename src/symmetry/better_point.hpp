#pragma once
// A point with a smaller loss: descent in floating point from several starts, rounded to a few binary digits, and the
// exact loss compared. What is found is exact; what is not found proves nothing.

#include <optional>

#include "symmetry/loss.hpp"

namespace rankscape::symmetry {

struct BetterPointOptions {
  int starts = 12;
  int steps = 400;
};

/// Deterministic. Cost: up to starts * steps gradients in floating point.
[[nodiscard]] std::optional<RationalVector> find_better_point(const Loss& loss, const RationalVector& x,
                                                              const BetterPointOptions& options = {});

}  // namespace rankscape::symmetry
