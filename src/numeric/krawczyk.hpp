#pragma once
// A zero of a system of equations near an approximate one, proved by Krawczyk's test.
//
// For F differentiable, y inside the box X, any matrix C and J(X) an enclosure of the Jacobian on X, let
//   K = y - C F(y) + (I - C J(X)) (X - y).
// If K lies in the interior of X, then F has exactly one zero in X, and it lies in K (Krawczyk 1969; Rump 1983). The
// arithmetic is that of enclosures with rational ends, so nothing is rounded unless on purpose, outwards.

#include "numeric/enclosed_matrix.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace rankscape {

using Box = std::vector<Enclosure>;

/// As many equations as unknowns.
struct SquareSystem {
  /// F at a point, exactly.
  std::function<std::vector<Rational>(const std::vector<Rational>&)> value;
  /// An enclosure of the Jacobian at every point of the box.
  std::function<EnclosedMatrix(const Box&)> jacobian;
};

/// The box in which the zero lies, or nothing: then nothing is known.
/// \param approximation  of the zero; better by Newton steps than by hope
/// \param radii          half widths of the boxes that are tried, in this order
[[nodiscard]] std::optional<Box> krawczyk(const SquareSystem& system, const std::vector<Rational>& approximation,
                                          const std::vector<Rational>& radii);

}  // namespace rankscape
