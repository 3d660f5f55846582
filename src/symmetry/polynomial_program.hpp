#pragma once
// A matrix program evaluated on polynomials: what a loss and its gradient are along a polynomial map of its weights.

#include <vector>

#include "program/program.hpp"
#include "symmetry/expansion.hpp"

namespace rankscape::symmetry {

/// A polynomial map z -> weights: one polynomial for each coordinate of all weights.
using PolynomialMap = std::vector<Polynomial>;

/// The outputs of the program along the map, up to the ring's truncation.
/// \param data  values of the inputs that are no weights, in order
/// \throws TooLarge  more products than the ring allows, or (without truncation) the reciprocal of something that is
/// not
///                   constant along the map
/// \throws std::domain_error  the reciprocal of something that is zero at z = 0
[[nodiscard]] std::vector<PolynomialMatrix> evaluate_along(const program::Program& program,
                                                           const std::vector<RationalMatrix>& data,
                                                           const PolynomialMap& map, PolynomialRing& ring);

}  // namespace rankscape::symmetry
