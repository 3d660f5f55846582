#pragma once
// Rigorous enclosures of all eigenvalues of a rational symmetric matrix.
//
// An approximate orthogonal eigenbasis Q is computed (Eigen's self-adjoint solver, first over double, then over
// floating-point numbers of as many digits as needed) and read as an exact dyadic matrix. With Q^T Q = I + E and
// Q^T A Q = D + F, D diagonal, ||E|| <= e < 1 and ||F|| <= f bounded rigorously (Arb balls), Weyl's and Ostrowski's
// theorems enclose the k-th largest eigenvalue of A between the k-th largest of D -+ f divided by 1 -+ e. Nothing is
// believed of the approximation.

#include <rankscape/exact/enclosure.hpp>
#include <rankscape/exact/inertia.hpp>
#include <rankscape/exact/matrix.hpp>

#include <stdexcept>
#include <vector>

namespace rankscape {

struct EigenEnclosures {
  /// k-th entry encloses the k-th smallest eigenvalue, counted with multiplicity.
  std::vector<Enclosure> values;
  /// Decimal digits of the arithmetic that reached the width asked for (16 = double).
  unsigned digits = 0;
};

struct EigenOptions {
  /// Every enclosure is at most this wide.
  Rational width = Rational(1, 1000000000);
  /// Precisions are tried upwards to this many decimal digits.
  unsigned max_digits = 800;
};

/// Entries too far apart in size for `max_digits`: 10^400 beside 1.
class WidthNotReached : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// \throws std::invalid_argument  a not symmetric; width <= 0
/// \throws WidthNotReached
[[nodiscard]] EigenEnclosures enclose_eigenvalues(const RationalMatrix& a, const EigenOptions& options = {});

/// The same, sharpened by the exact inertia: eigenvalues that it says are zero become exactly [0, 0], and the others
/// are refined until they are separated from zero. \throws InternalDisagreement  an enclosure excludes the sign that
/// the inertia claims; the message names both; WidthNotReached
[[nodiscard]] EigenEnclosures enclose_eigenvalues(const RationalMatrix& a, const Inertia& inertia,
                                                  const EigenOptions& options = {});

}  // namespace rankscape
