#pragma once
// Least eigenvalues of Hessians over boxes, and enclosures as numbers of the language.

#include <rankscape/value.hpp>

#include "program/enclosure_ring.hpp"

namespace rankscape::regions {

/// What is known of a quantity over a box: comparisons that it does not decide are unknown.
[[nodiscard]] Real of_box(const Enclosure& enclosure);

/// A bound from below of the least eigenvalue of every symmetric matrix inside, and nearly an eigenvector at the
/// midpoint. Floating point proposes a bound, an exact inertia proves it, the radius moves it.
struct LeastEigenvalue {
  Rational below;
  RationalVector vector;  ///< not zero
};
[[nodiscard]] LeastEigenvalue least_eigenvalue(const EnclosedMatrix& symmetric);
/// Of one exact matrix, as narrow as asked.
[[nodiscard]] Real least_eigenvalue_at(RationalMatrix symmetric);

/// The least eigenvalue of the Hessian over a box of all inputs: from below as above, from above by the second
/// derivative along that vector.
[[nodiscard]] Real lambda_min(const program::EnclosedLoss& loss, std::span<const EnclosedMatrix> inputs);

}  // namespace rankscape::regions
