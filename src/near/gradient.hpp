#pragma once
// A ball without critical points, by the gradient: <v, gradient> stays positive on it for one direction v.

#include <vector>

#include "near/bounds.hpp"

namespace rankscape::near {

/// The direction, a matrix a layer, with which gradient_radius proves its radius. To first order the best is H^-2 g, g
/// the gradient and H the Hessian: it maximizes <v, g> / |H v|.
[[nodiscard]] std::vector<RationalMatrix> gradient_direction(const Network& network, const Products& products);

}  // namespace rankscape::near
