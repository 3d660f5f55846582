#pragma once
// Global minimizers among matrices with orthonormal columns (docs/certificates.md, "orthonormal"). Where X^T X = I
// follows from the constraints, f is quadratic and D is symmetric, positive semidefinite if X is not square,
//
//     f(Y) >= f(Y) - <mu, c(Y)> + <X D X^T, Y Y^T> - <D, Y^T Y>      for feasible Y, with equality at X,
//
// and the right-hand side, quadratic and with gradient 0 at X, is convex if L + 2 (I (x) X D X^T - D (x) I) is positive
// semidefinite. So D is sought. Where the domain of the landscape admits only rotations, s (<Y, X F> - n + 2) with s >=
// 0 and a reflection F may be added: <Y, X F> is the trace of an orthogonal matrix of determinant -1, at most n - 2.

#include <rankscape/landscape.hpp>

#include <optional>

#include "certificate/claims.hpp"

namespace rankscape {

/// Does the domain say that the determinant of the one weight, a square matrix, is positive?
[[nodiscard]] bool of_rotations_only(const Instance& instance);

/// \pre a regular critical point of a landscape with constraints. \return nothing where no D was found (a rational one
/// need not exist), which proves nothing
[[nodiscard]] std::optional<certificate::OrthonormalBound> prove_global_by_columns(const Instance& instance);

}  // namespace rankscape
