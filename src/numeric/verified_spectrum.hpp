#pragma once
// What an approximate eigenbasis proves about the spectrum, and how to improve the basis.

#include "numeric/ball_matrix.hpp"

#include <rankscape/exact/enclosure.hpp>
#include <rankscape/exact/matrix.hpp>

#include <vector>

namespace rankscape::numeric {

/// Q^T A Q and Q^T Q as balls, and what they imply.
struct VerifiedSpectrum {
  BallMatrix gram;       ///< Q^T Q
  BallMatrix congruent;  ///< Q^T A Q
  /// Bounds of the spectral norms of Q^T Q - I and of Q^T A Q minus the diagonal that was used.
  double gram_error = 0;
  double residual = 0;
  /// Enclosures of all eigenvalues, increasing; empty when gram_error is not below 1/2.
  std::vector<Enclosure> values;
  Rational width;  ///< of the widest
};

/// \param q     exact balls; may be any matrix
/// \param bits  working precision; affects the widths, not the truth
[[nodiscard]] VerifiedSpectrum verify_spectrum(const RationalMatrix& a, const BallMatrix& q, long bits);

/// One step of iterative refinement (Ogita and Aishima 2018, Japan J. Indust. Appl. Math. 35): the error of the basis
/// is about squared, except inside clusters that the residual does not resolve. Not rigorous, and need not be.
[[nodiscard]] BallMatrix improved_basis(const BallMatrix& q, const VerifiedSpectrum& spectrum, long bits);

}  // namespace rankscape::numeric
