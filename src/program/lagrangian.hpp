#pragma once
// The Lagrangian f - <multipliers, c> of a loss f under constraints c = 0, as one function of the weights and the
// multipliers. Everything that first and second derivatives say of a constrained point is said by it (J = dc):
//
//     its gradient    (grad f - J^T mu, -c):  zero where the point is feasible and critical with these multipliers
//     its Hessian     [[L, -J^T], [-J, 0]], L the Hessian of f - <mu, c>:  with J of full rank m its inertia is that of
//                     L on the tangent space ker J, and m positive and m negative eigenvalues more
//
// so that a symmetry modulo the constraints, a truncated feasible curve with its multipliers, a family of critical
// points are a symmetry, a curve, a family of this function.

#include "program/program.hpp"

#include <string_view>

namespace rankscape::program {

/// The output of a program that holds the constraints c, a column; what the Lagrangian calls its last input.
inline constexpr std::string_view constraints_output = "constraints";
inline constexpr std::string_view multipliers_input = "Lagrange multipliers";

/// \param program  with the loss as its first output and `constraints_output`. \return a program whose last three
/// instructions are the multipliers, a weight of the shape of c, their `dot` with c, and the loss less that: its output
/// "loss". \throws std::out_of_range  no constraints
[[nodiscard]] Program lagrangian(const Program& program);

/// The constraints alone, over the same inputs. \throws std::out_of_range
[[nodiscard]] Program constraints_of(const Program& program);

}  // namespace rankscape::program
