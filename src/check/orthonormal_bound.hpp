#pragma once
// Global minimizers among matrices with orthonormal columns (docs/certificates.md, "orthonormal"). Where X^T X = I
// follows from the constraints, f is quadratic and D is symmetric, positive semidefinite if X is not square,
//
//     f(Y) >= f(Y) - <mu, c(Y)> + <X D X^T, Y Y^T> - <D, Y^T Y>      for feasible Y, with equality at X,
//
// and the right-hand side, quadratic and with gradient 0 at X, is convex if L + 2 (I (x) X D X^T - D (x) I) is positive
// semidefinite. So D is sought.

#include <rankscape/landscape.hpp>

#include <optional>

#include "certificate/claims.hpp"

namespace rankscape {

/// \pre a regular critical point of a landscape with constraints. \return nothing where no D was found (a rational one
/// need not exist), which proves nothing
[[nodiscard]] std::optional<certificate::OrthonormalBound> prove_global_by_columns(const Instance& instance);

}  // namespace rankscape
