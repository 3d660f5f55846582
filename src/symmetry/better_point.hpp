#pragma once
// A point with a smaller loss: descent in floating point from several starts, rounded to a few binary digits, and the
// exact loss compared; then lines through the point, on which the exact polynomial is negative somewhere or is not.
// What is found is exact; what is not found proves nothing.

#include <optional>

#include "symmetry/loss.hpp"

namespace rankscape::symmetry {

struct BetterPointOptions {
  int starts = 12;
  int steps = 400;
  int lines = 40;  ///< half of them along coordinates
};

/// Deterministic. Cost: up to starts * steps gradients in floating point, and the loss along each line exactly.
/// \throws DeadlineExceeded
[[nodiscard]] std::optional<RationalVector> find_better_point(const Loss& loss, const RationalVector& x,
                                                              const BetterPointOptions& options = {});

}  // namespace rankscape::symmetry
