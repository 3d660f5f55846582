#pragma once
// The orbit of one (S, stratum) under the group of docs/near.md, in double precision, and its point nearest to the
// weights: Levenberg-Marquardt, whose linear systems are solved by conjugate gradients. A step is a list of matrices
// A_0, .., A_{H-1} of the group's Lie algebra; products with the tangent map and its adjoint, and the preconditioner,
// are products of d x d matrices, so that an iteration costs O(sum d^3) and nothing of size n^2 is formed. Nothing here
// decides anything.

#include <rankscape/exact/matrix.hpp>

#include <vector>

#include "near/network.hpp"

namespace rankscape::near {

using Real = Matrix<double>;

/// What a set S fixes: input coordinates outside the product, and the last layer's.
struct Frame {
  Selection S;
  Index r = 0;
  Index q = 0;  ///< dy - r
  Real U_S, U_Q;
  Real selected;  ///< U_S^T P_*
  Real K;         ///< (dx - r) x dx: [U_Q^T P_plus; N_x]
  Real K_;        ///< its right inverse [Sxy U_Q, C_x]
};

class Orbit {
 public:
  /// References must outlive the orbit.
  Orbit(const Frame& frame, const Layout& layout, const std::vector<Real>& weights);

  /// G moves to a point of the orbit that is nearer, as near as a local search gets; what it returns is the distance.
  double approach(std::vector<Real>& G) const;

 private:
  using Step = std::vector<Real>;
  /// The weights at one point, and what the tangent map there needs.
  struct At;
  class Preconditioner;
  [[nodiscard]] std::vector<Real> weights_at(const std::vector<Real>& G) const;
  [[nodiscard]] double square_distance(const std::vector<Real>& v) const;
  [[nodiscard]] std::vector<Real> tangent(const At& at, const Step& a) const;
  [[nodiscard]] Step adjoint(const At& at, const std::vector<Real>& d) const;
  [[nodiscard]] Step step(const At& at, const Preconditioner& about, const Step& gradient, double damping,
                          double tolerance, int most) const;

  const Frame& frame_;
  const std::vector<Real>& W_;
  std::vector<Real> J_;  // J_[h], h = 1..H
};

}  // namespace rankscape::near
