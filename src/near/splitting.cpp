#include "near/splitting.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <rankscape/exact/deadline.hpp>

#include "exact/decompositions.hpp"

namespace rankscape::near {

// Copies of one string that could be split off next, the costliest to cut first; x and y: a column for each copy.
struct Splitter::Candidate {
  String string;
  std::vector<double> costs;
  std::vector<Real> x, y;
  [[nodiscard]] double cost() const { return costs.empty() ? -1 : costs.front(); }
};

struct Splitter::State {
  Splitting found;
  std::vector<Real> project;  // onto what is not split off yet
  std::vector<long> room;
  long starts_at_zero = 0;
};

Splitter::Splitter(const Frame& frame, const std::vector<long>& widths, const std::vector<Real>& weights,
                   const Real& scaled)
    : layers_(static_cast<int>(weights.size())), widths_(widths), r_(frame.r) {
  const int H = layers_;
  const std::size_t nodes = weights.size() + 1;
  project_.resize(nodes);
  project_.front() = Real::Identity(frame.K.rows(), frame.K.rows());
  project_.back() = Real::Identity(frame.q, frame.q);
  std::vector<Real> back(nodes);  // U_S^T W_H .. W_{h+1} at [h]
  back[node(H)] = frame.U_S.transpose();
  for (int h = H; h-- > 1;)
    back[node(h)] = back[node(h + 1)] * weights[static_cast<std::size_t>(h)];
  Real x = scaled;
  for (int h = 1; h < H; ++h) {
    x = weights[static_cast<std::size_t>(h) - 1] * x;
    const Real& y = back[node(h)];
    const Index d = x.rows();
    project_[node(h)] = Real::Identity(d, d);
    if (r_ > 0) project_[node(h)] -= x * (y * x).fullPivLu().solve(y);
    product_.push_back(x);
  }
  arrow_ = weights;
  arrow_.front() = arrow_.front() * frame.K_;
  arrow_.back() = frame.U_Q.transpose() * arrow_.back();
  arrow_.emplace_back(Real::Zero(frame.K.rows(), frame.q));
  arrow_.back().topRows(frame.q).setIdentity();
}

Splitter::Candidate Splitter::candidate(const State& state, const String& s, long most) const {
  Candidate c{s, {}, {}, {}};
  if (s.start == 0) most = std::min(most, state.starts_at_zero);
  if (deep_linear::is_outer(s, layers_)) most = std::min(most, state.room[0] - state.starts_at_zero);
  for (int k = 0; k < s.length; ++k)
    most = std::min(most, state.room[node(s.start + k)]);
  if (most <= 0) return c;
  check_deadline();
  Real product = state.project[node(s.start)];
  for (int k = 1; k < s.length; ++k)
    product = state.project[node(s.start + k)] * (arrow_[node(s.start + k - 1)] * product);
  const Eigen::BDCSVD<Real> svd(product, Eigen::ComputeThinU | Eigen::ComputeThinV);
  const auto size = static_cast<std::size_t>(s.length);
  c.x.emplace_back(state.project[node(s.start)] * svd.matrixV().leftCols(most));
  for (std::size_t k = 1; k < size; ++k) {
    const int at = s.start + static_cast<int>(k);
    c.x.emplace_back(state.project[node(at)] * (arrow_[node(at - 1)] * c.x.back()));
  }
  c.y.resize(size);
  Real y = svd.matrixU().leftCols(most) * svd.singularValues().head(most).cwiseMax(1e-300).cwiseInverse().asDiagonal();
  for (std::size_t k = size; k-- > 0;) {
    const int at = s.start + static_cast<int>(k);
    c.y[k] = state.project[node(at)].transpose() * y;
    if (k > 0) y = arrow_[node(at - 1)].transpose() * c.y[k];
  }
  for (Index j = 0; j < most; ++j) {
    double cost = std::numeric_limits<double>::infinity();
    for (std::size_t k = 1; k < size; ++k)
      if (node(s.start + static_cast<int>(k)) != 0)  // the arrow H -> 0 cannot be cut
        cost = std::min(cost, c.x[k].col(j).norm() * c.y[k - 1].col(j).norm());
    if (!std::isfinite(c.y.front().col(j).norm())) break;
    c.costs.push_back(cost);
  }
  return c;
}

void Splitter::accept(State& state, const Candidate& c, Index copies) const {
  for (std::size_t k = 0; k < c.x.size(); ++k) {
    const std::size_t at = node(c.string.start + static_cast<int>(k));
    state.project[at] -= c.x[k].leftCols(copies) * (c.y[k].leftCols(copies).transpose() * state.project[at]);
    state.room[at] -= copies;
  }
  if (c.string.start == 0) state.starts_at_zero -= copies;
  state.found.stratum.multiplicity[c.string] += copies;
  for (Index j = 0; j < copies; ++j) {
    auto& vectors = state.found.strings.emplace_back(c.string, std::vector<Vector<double>>{}).second;
    vectors.reserve(c.x.size());
    for (const Real& x : c.x)
      vectors.emplace_back(x.col(j));
  }
}

Splitting Splitter::split(const Stratum* wanted, double threshold) const {
  State state;
  state.found.stratum.layers = layers_;
  state.found.product = product_;
  state.project = project_;
  state.room.reserve(widths_.size());
  for (const long d : widths_)
    state.room.push_back(d - r_);
  state.starts_at_zero = widths_.front() - widths_.back();
  const auto of = [](const Stratum& stratum, const String& s) {
    const auto at = stratum.multiplicity.find(s);
    return at == stratum.multiplicity.end() ? 0 : at->second;
  };
  const auto strings = deep_linear::admissible_strings(layers_);
  for (int length = layers_; length >= 1; --length) {
    while (true) {
      Candidate best;
      double second = threshold;
      for (const String& s : strings) {
        if (s.length != length) continue;
        const long most = wanted == nullptr ? *std::min_element(widths_.begin(), widths_.end())
                                            : of(*wanted, s) - of(state.found.stratum, s);
        if (most <= 0) continue;
        Candidate c = candidate(state, s, most);
        if (c.cost() > best.cost()) std::swap(c, best);
        second = std::max(second, c.cost());
      }
      if (best.cost() < 0 || (wanted == nullptr && best.cost() <= threshold)) break;
      // one after the other, as long as no other string would come first; in wide networks an eighth of them at least
      const auto available = static_cast<Index>(best.costs.size());
      Index copies = 1;
      while (copies < available && best.costs[static_cast<std::size_t>(copies)] > threshold &&
             (best.costs[static_cast<std::size_t>(copies)] >= second || copies < available / 8 ||
              (wanted != nullptr && second <= threshold)))
        ++copies;
      accept(state, best, copies);
    }
  }
  return std::move(state.found);
}

}  // namespace rankscape::near
