#pragma once
// A feasible point with a smaller loss, of a loss under constraints that rotations keep: of a weight as a whole from
// the left or the right (spheres, Stiefel manifolds), or of each of its rows or columns by itself (products of
// spheres). Which of them do is tried, at the point. Descent in floating point over the rotations, from several starts;
// the end is rounded as a rotation, a rational Cayley transform times signs, so that it stays feasible exactly. What is
// found is exact, constraints included; what is not found proves nothing.

#include <optional>

#include "symmetry/loss.hpp"

namespace rankscape::symmetry {

struct FeasiblePointOptions {
  int starts = 10;
  int steps = 200;
};

/// \param lagrangian   of a loss under constraints (program/lagrangian.hpp)
/// \param x            feasible, and its multipliers, `multipliers` of them
/// \return a feasible point with multipliers 0 where the loss is smaller. Deterministic. Cost: up to starts * steps
/// gradients in floating point.
[[nodiscard]] std::optional<RationalVector> find_better_feasible_point(const Loss& lagrangian, const RationalVector& x,
                                                                       Index multipliers,
                                                                       const FeasiblePointOptions& options = {});

}  // namespace rankscape::symmetry
