#pragma once
// What is analysed about a point: the loss in its weights; with constraints the Lagrangian in weights and multipliers
// (program/lagrangian.hpp), whose symmetries, curves and families are those of the loss modulo the constraints.

#include <rankscape/check/evidence.hpp>

#include <optional>
#include <vector>

#include "certificate/workspace.hpp"
#include "symmetry/loss.hpp"

namespace rankscape {

struct LocalProblem {
  explicit LocalProblem(const Instance& instance);

  symmetry::Loss loss;
  RationalVector point;
  Index multipliers = 0;  ///< how many of the last coordinates are such
  /// The matrix of its second derivatives there, nullptr where it is known to be zero.
  [[nodiscard]] static const RationalMatrix* hessian(const Evidence& evidence) {
    return evidence.bordered ? &evidence.bordered->matrix : evidence.hessian_matrix.get();
  }
};

/// The program of the same function with the values of all its nodes.
[[nodiscard]] certificate::Workspace workspace_at(const Instance& instance);

/// Are the loss and the constraints polynomials of degree 2 at most in the weights, evidently?
[[nodiscard]] bool is_quadratic(const Instance& instance);
/// At a critical point of a loss with constraints: f - <multipliers, c> is a polynomial of degree 2 at most in the
/// weights, and convex; so no feasible point has a smaller value.
[[nodiscard]] bool is_convex_quadratic_lagrangian(const Instance& instance);

}  // namespace rankscape
