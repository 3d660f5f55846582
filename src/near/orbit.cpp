#include "near/orbit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "exact/decompositions.hpp"

namespace rankscape::near {

namespace {

// How long the search goes on: wide networks are fitted less sharply, so that the work stays O(sum d^3).
struct Effort {
  int iterations;     // of Levenberg and Marquardt
  int steps;          // of conjugate gradients, in each
  double tolerance;   // at which these stop
  double least_gain;  // of the square of the distance; less than that three times in a row ends the search
};

Effort effort_for(Index width) {
  constexpr Index wide = 64;
  constexpr Index very_wide = 256;
  if (width <= wide) return {200, 200, 1e-4, 1e-9};
  if (width <= very_wide) return {30, 60, 1e-2, 1e-4};
  return {8, 16, 5e-2, 1e-3};
}

}  // namespace

Orbit::Orbit(const Frame& frame, const Layout& layout, const std::vector<Real>& weights, const Offsets* offsets)
    : frame_(frame), W_(weights), offsets_(offsets) {
  J_.reserve(weights.size() + 1);
  J_.resize(1);
  for (int h = 1; h <= static_cast<int>(weights.size()); ++h)
    J_.push_back(connection<double>(layout, h, frame.r));
}

std::vector<Real> Orbit::weights_at(const std::vector<Real>& G) const {
  const std::size_t H = W_.size();
  const Index r = frame_.r;
  const Index q = frame_.q;
  std::vector<Real> v(H);
  std::vector<Real> inverse;
  inverse.reserve(H);
  for (const Real& g : G)
    inverse.emplace_back(g.partialPivLu().inverse());
  Real inner(frame_.K.cols(), frame_.K.cols());
  inner.topRows(r) = frame_.selected;
  inner.bottomRows(inner.rows() - r) = inverse[0] * frame_.K;
  v[0] = G[1] * (J_[1] * inner);
  for (std::size_t h = 2; h < H; ++h)
    v[h - 1] = G[h] * (J_[h] * inverse[h - 1]);
  Real left(r + q, r + q);
  left.leftCols(r) = frame_.U_S;
  left.rightCols(q) = frame_.U_Q * G[0].topLeftCorner(q, q);
  v[H - 1] = left * (J_[H] * inverse[H - 1]);
  return v;
}

double Orbit::square_distance(const std::vector<Real>& v) const {
  double sum = 0;
  for (std::size_t h = 0; h < v.size(); ++h)
    sum += (v[h] - W_[h]).squaredNorm();
  if (offsets_ != nullptr && std::isfinite(sum)) sum += LastBias(*offsets_, v).square_distance();
  return std::isfinite(sum) ? sum : std::numeric_limits<double>::infinity();
}

double Orbit::approach(std::vector<Real>& G) const {
  const Index q = frame_.q;
  std::vector<Real> v = weights_at(G);
  double best = square_distance(v);
  Index width = 0;
  for (const Real& w : W_)
    width = std::max({width, w.rows(), w.cols()});
  const Effort effort = effort_for(width);
  double damping = 1e-3;
  int calm = 0;
  for (int iteration = 0; iteration < effort.iterations && calm < 3 && std::isfinite(best); ++iteration) {
    std::vector<Real> residual = v;
    for (std::size_t h = 0; h < residual.size(); ++h)
      residual[h] -= W_[h];
    std::optional<LastBias> bias;
    if (offsets_ != nullptr) bias.emplace(*offsets_, v);
    const Tangent tangent(frame_, v, bias ? &*bias : nullptr);
    const Tangent::Step gradient = tangent.gradient(residual);
    bool moved = false;
    for (int attempt = 0; attempt < 12 && !moved; ++attempt) {
      const std::vector<Real> a = tangent.matrices(tangent.solve(gradient, damping, effort.tolerance, effort.steps));
      std::vector<Real> next = G;
      for (std::size_t h = 0; h < G.size(); ++h)
        next[h] += a[h] * G[h];
      next[0].bottomLeftCorner(next[0].rows() - q, q).setZero();
      std::vector<Real> there = weights_at(next);
      const double value = square_distance(there);
      if (value < best) {
        calm = value > best * (1 - effort.least_gain) ? calm + 1 : 0;
        G = std::move(next);
        v = std::move(there);
        best = value;
        damping = std::max(damping / 10, 1e-8);
        moved = true;
      } else {
        damping *= 4;
      }
    }
    if (!moved) break;
  }
  return std::sqrt(best);
}

}  // namespace rankscape::near
