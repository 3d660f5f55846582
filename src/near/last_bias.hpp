#pragma once
// What the biases add to the distance where the last layer has one, in double precision. Critical points have
// b_H* = y - (what reaches the last layer at the mean input); hidden biases are free, so the ones nearest to the
// user's, together with the last one that they leave, solve a least squares problem: with L_h = W_H .. W_{h+1} and the
// mean residual m at the user's biases, share = N^-1 m, N = 1 + sum_h freedom_h L_h L_h^T, moves b_h by -freedom_h
// L_h^T share and adds <m, share> to the square of the distance. Its derivative is that of m with the biases held where
// they are. Nothing here decides anything.

#include <rankscape/exact/matrix.hpp>

#include <vector>

#include "exact/decompositions.hpp"

namespace rankscape::near {

using Real = Matrix<double>;

/// The biases that the user has, and the means of the data, in the coordinates of the network that is analysed.
struct Offsets {
  Real x;                       ///< the mean input
  Real y;                       ///< the mean target less the last bias
  std::vector<Real> b;          ///< hidden biases
  std::vector<double> freedom;  ///< of the hidden layers: how far the mean moves for what a change of 1 costs, squared
};

class LastBias {
 public:
  /// \param v  the layers
  LastBias(const Offsets& offsets, const std::vector<Real>& v);

  [[nodiscard]] double square_distance() const { return missing_.cwiseProduct(share_).sum(); }
  [[nodiscard]] Real weighted(const Real& m) const { return normal_.solve(m); }  ///< N^-1 m
  [[nodiscard]] const Real& share() const { return share_; }
  /// A change d of layer h moves the mean residual by left(h) d mean(h).
  [[nodiscard]] const Real& left(std::size_t h) const { return left_[h]; }
  [[nodiscard]] const Real& mean(std::size_t h) const { return mean_[h]; }

 private:
  std::vector<Real> left_, mean_;
  Eigen::LDLT<Real> normal_;
  Real missing_, share_;
};

}  // namespace rankscape::near
