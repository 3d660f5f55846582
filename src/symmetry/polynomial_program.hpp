#pragma once
// A matrix program evaluated on polynomials: what a loss and its gradient are along a polynomial map of its weights.

#include <optional>
#include <vector>

#include "program/program.hpp"
#include "symmetry/expansion.hpp"

namespace rankscape::symmetry {

/// A polynomial map z -> weights: one polynomial for each coordinate of all weights.
using PolynomialMap = std::vector<Polynomial>;

/// The weights themselves: x_0, .., x_{n-1}.
[[nodiscard]] PolynomialMap variables(Index n);

/// The outputs of the program along the map, up to the ring's truncation.
/// \param data  values of the inputs that are no weights, in order
/// \throws TooLarge  more products than the ring allows, or (without truncation) the reciprocal of something that is
/// not
///                   constant along the map
/// \throws std::domain_error  the reciprocal of something that is zero at z = 0
[[nodiscard]] std::vector<PolynomialMatrix> evaluate_along(const program::Program& program,
                                                           const std::vector<RationalMatrix>& data,
                                                           const PolynomialMap& map, PolynomialRing& ring);

/// c with wanted_i = sum_j c(i, j) given_j, as polynomials. \return nothing where there is none
[[nodiscard]] std::optional<RationalMatrix> as_combinations(const std::vector<Polynomial>& wanted,
                                                            const std::vector<Polynomial>& given);

}  // namespace rankscape::symmetry
