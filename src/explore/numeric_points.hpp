#pragma once
// Critical points found without knowing where they are: Levenberg-Marquardt on the gradient in floating point from a
// random start, then recognition, coordinate by coordinate, of a rational point nearby. Floating point proposes; what
// is returned has an exactly vanishing gradient.

#include <rankscape/landscape.hpp>

#include <optional>

#include "exact/random.hpp"

namespace rankscape::explore {

/// A critical point of the loss with the data of `start`, or nothing: no convergence, or nothing rational recognized.
/// Deterministic in (start, the state of random). Cost: some hundred exact gradients and Hessians.
[[nodiscard]] std::optional<Point> recognized_critical_point(const Landscape& landscape, Point start, Random& random);

}  // namespace rankscape::explore
