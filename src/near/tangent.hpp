#pragma once
// The tangent map of the group of docs/near.md at one point of an orbit, in double precision, in coordinates in which
// the blocks of its normal equations on the diagonal are diagonal themselves: the singular vectors of the layers. So a
// product with the map or its adjoint takes two products of d x d matrices a layer, the preconditioner none, and
// nothing of size n^2 is formed. Nothing here decides anything.

#include <rankscape/exact/matrix.hpp>

#include <vector>

#include "near/last_bias.hpp"
#include "near/network.hpp"

namespace rankscape::near {

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

class Tangent {
 public:
  /// Coordinates of a step A_0, .., A_{H-1} of the group's Lie algebra.
  using Step = std::vector<Real>;

  /// \param v     the layers at the point
  /// \param bias  what the biases add to the distance there, if there are any; it must outlive the map
  Tangent(const Frame& frame, const std::vector<Real>& v, const LastBias* bias = nullptr);

  /// The adjoint of what the layers are off.
  [[nodiscard]] Step gradient(const std::vector<Real>& residual) const;
  /// (T^T T + damping M) step = -gradient, T the map, M the diagonal of its normal equations, by conjugate gradients.
  [[nodiscard]] Step solve(const Step& gradient, double damping, double tolerance, int most) const;
  /// A_0, .., A_{H-1}
  [[nodiscard]] std::vector<Real> matrices(const Step& step) const;

 private:
  [[nodiscard]] std::vector<Real> image(const Step& b) const;
  [[nodiscard]] Step adjoint(const std::vector<Real>& e) const;
  [[nodiscard]] Step preconditioned(Step b) const;
  void add_bias(std::vector<Real>& e, const Real& share) const;

  Index q_, rest_;
  std::vector<Real> from_, to_;  // A_h = to_[h] B_h from_[h]^T for h >= 1
  Real to_a_, from_a_, to_c_, from_c_;
  std::vector<Real> left_, right_;  // B_{h+1} right_[h] - left_[h] B_h is the image at layer h, 0 < h
  Vector<double> first_;            // B_1 diag(first_) - left_[0] B_0 right_[0] at the first
  Real input_, output_;             // bases at the ends
  std::vector<Real> inverse_;       // of M, zero where that vanishes up to rounding
  const LastBias* bias_;
  std::vector<Real> behind_, mean_;  // the mean residual moves by behind_[h] e_h mean_[h]
};

}  // namespace rankscape::near
