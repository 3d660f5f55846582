#pragma once
// Data of one's own with a rational spectrum, in the form from which critical points are built.

#include <rankscape/exact/matrix.hpp>

#include <vector>

#include "native/deep_linear/data.hpp"

namespace rankscape::deep_linear {

/// Data (X, Y) that satisfy H1 - H4 and whose matrix Sigma = Syx Sxx^{-1} Sxy has rational eigenvalues. Eigenvectors
/// u_i are rational then, if not of rational length n_i = u_i^T u_i: input coordinates b_i = Sxx^{-1} Sxy u_i give
/// u_j^T Syx b_i = lambda_i n_i delta_ij, and b_i^T u_i / n_i is what a selected eigenvector needs. No square root
/// occurs.
class GivenData {
 public:
  /// \throws InputError  which hypothesis does not hold, or which eigenvalue is irrational
  GivenData(const RationalMatrix& X, const RationalMatrix& Y);

  [[nodiscard]] Index inputs() const { return X_.rows(); }
  [[nodiscard]] Index outputs() const { return Y_.rows(); }
  /// For points that select S: `sigma` is scaled as these coordinates need it, so it depends on S.
  [[nodiscard]] ExactData selecting(const std::vector<int>& S) const;

 private:
  RationalMatrix X_;
  RationalMatrix Y_;
  RationalMatrix vectors_;         // u_i, columns
  std::vector<Rational> lambda_;   // decreasing
  std::vector<Rational> squares_;  // u_i^T u_i
  RationalMatrix coordinates_;     // rows b_i^T, then a basis of the kernel of Syx
};

}  // namespace rankscape::deep_linear
