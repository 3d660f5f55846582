#pragma once
// The least and the greatest eigenvalue of a rational symmetric matrix, enclosed without the rest of the spectrum where
// the matrix is large.

#include <rankscape/numeric/eigen.hpp>

#include <optional>

namespace rankscape {

struct ExtremeEigenvalues {
  Enclosure least;
  Enclosure greatest;
};

/// The extremes of enclose_eigenvalues_on, from the whole spectrum. \return nothing on a space of dimension 0
/// \throws InternalDisagreement, WidthNotReached  as enclose_eigenvalues
[[nodiscard]] std::optional<ExtremeEigenvalues> extreme_eigenvalues(const Inertia& on_subspace, const RationalMatrix& a,
                                                                    const EigenOptions& options = {});

namespace numeric {

/// Both extremes from approximate eigenvectors of a few eigenvalues next to each, which exact products prove: see the
/// source. Floating point only proposes, or its rounding is bounded.
/// \param inertia  of a
/// \return nothing where it is not shown: no gap in the spectrum near an extreme, or entries too far apart in size
/// \throws InternalDisagreement  an enclosure excludes the sign that the inertia gives
/// Cost: one eigendecomposition in floating point, and two products of n x n matrices of doubles.
[[nodiscard]] std::optional<ExtremeEigenvalues> extremes_by_residuals(const RationalMatrix& a, const Inertia& inertia,
                                                                      const Rational& width);

}  // namespace numeric

}  // namespace rankscape
