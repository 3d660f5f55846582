#pragma once
// The orbit of one (S, stratum) under the group of docs/near.md, in double precision, and its point nearest to the
// weights: Levenberg-Marquardt, whose linear systems are solved by conjugate gradients (near/tangent.hpp), so that an
// iteration costs O(sum d^3). Nothing here decides anything.

#include <rankscape/exact/matrix.hpp>

#include <vector>

#include "near/tangent.hpp"

namespace rankscape::near {

class Orbit {
 public:
  /// References must outlive the orbit.
  /// \param offsets  biases, where they belong to the distance
  Orbit(const Frame& frame, const Layout& layout, const std::vector<Real>& weights, const Offsets* offsets = nullptr);

  /// G moves to a point of the orbit that is nearer, as near as a local search gets; what it returns is the distance.
  double approach(std::vector<Real>& G) const;

 private:
  [[nodiscard]] std::vector<Real> weights_at(const std::vector<Real>& G) const;
  [[nodiscard]] double square_distance(const std::vector<Real>& v) const;

  const Frame& frame_;
  const std::vector<Real>& W_;
  const Offsets* offsets_;
  std::vector<Real> J_;  // J_[h], h = 1..H
};

}  // namespace rankscape::near
