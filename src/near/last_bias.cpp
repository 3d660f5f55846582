#include "near/last_bias.hpp"

namespace rankscape::near {

LastBias::LastBias(const Offsets& offsets, const std::vector<Real>& v) : left_(v.size()), mean_(v.size()) {
  const std::size_t H = v.size();
  left_[H - 1] = Real::Identity(v.back().rows(), v.back().rows());
  Real normal = left_[H - 1];
  for (std::size_t h = H - 1; h-- > 0;) {
    left_[h] = left_[h + 1] * v[h + 1];
    if (offsets.freedom[h] > 0) normal += offsets.freedom[h] * left_[h] * left_[h].transpose();
  }
  normal_.compute(normal);
  mean_[0] = offsets.x;
  for (std::size_t h = 0; h + 1 < H; ++h)
    mean_[h + 1] = v[h] * mean_[h] + offsets.b[h];
  missing_ = v.back() * mean_.back() - offsets.y;
  share_ = normal_.solve(missing_);
  for (std::size_t h = 0; h + 1 < H; ++h)
    mean_[h + 1] = v[h] * mean_[h] + offsets.b[h] - offsets.freedom[h] * (left_[h].transpose() * share_);
}

}  // namespace rankscape::near
