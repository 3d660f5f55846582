#pragma once
// Approximate eigenbases, from Eigen's self-adjoint solver over double or over floating-point numbers of any precision.
// Nothing here is rigorous.

#include "numeric/ball_matrix.hpp"

#include <rankscape/exact/matrix.hpp>

#include <array>

namespace rankscape::numeric {

/// Decimal digits that are tried one after the other; the first is double.
inline constexpr std::array<unsigned, 5> solver_digits = {16, 50, 150, 400, 800};

/// Columns approximate an orthonormal eigenbasis of the symmetric matrix a (entries of about unit size); the balls have
/// radius zero. May be arbitrarily wrong, and is not finite when the solver fails.
/// \param digits  one of solver_digits
[[nodiscard]] BallMatrix approximate_eigenbasis(const RationalMatrix& a, unsigned digits);

}  // namespace rankscape::numeric
