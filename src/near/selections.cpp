// Which sets S to try, and where to start for one. A critical point with this S has t_i = 1 for i in S and 0 otherwise,
// t_i = u_i^T P Sxy u_i / lambda_i; what decides is not how far the shares t_i are from that but what it costs to move
// them: where one layer is small and another large, a product that is far off is near in weights.
#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>

#include "exact/decompositions.hpp"
#include "near/fit.hpp"

namespace rankscape::near {

namespace {

// Directions along the product for a few columns: y[h]^T W_{h+1} x[h] is the product's block, for every layer.
struct Threads {
  std::vector<Real> x;  // W_h .. W_1 Sxy U
  std::vector<Real> y;  // (W_H .. W_{h+2})^T U
};

Threads threads(const std::vector<Real>& W, const Real& sxy, const Real& U) {
  Threads found;
  found.x.push_back(sxy * U);
  for (std::size_t h = 0; h + 1 < W.size(); ++h)
    found.x.push_back(W[h] * found.x.back());
  found.y.resize(W.size());
  found.y.back() = U;
  for (std::size_t h = W.size(); h-- > 1;)
    found.y[h - 1] = W[h].transpose() * found.y[h];
  return found;
}

// The least rho with sum_q c_q rho^q >= gap; c increasing functions only.
double least_radius(const std::vector<double>& c, double gap) {
  const auto moved = [&](double rho) {
    double sum = 0;
    for (std::size_t q = c.size(); q-- > 0;)
      sum = (sum + c[q]) * rho;
    return sum;
  };
  if (!(gap > 0)) return 0;
  double hi = 1;
  while (moved(hi) < gap && hi < 1e150)
    hi *= 2;
  double lo = hi;
  while (moved(lo) >= gap && lo > 1e-150)
    lo /= 2;
  for (int k = 0; k < 20; ++k) {
    const double middle = (lo + hi) / 2;
    (moved(middle) < gap ? lo : hi) = middle;
  }
  return lo;
}

struct Costs {
  std::vector<double> out, in;  // of t_i = 0 and of t_i = 1
  [[nodiscard]] double of(const Selection& S) const {
    double most = 0;
    for (std::size_t i = 0; i < in.size(); ++i)
      most = std::max(most, S.contains(static_cast<Index>(i)) ? in[i] : out[i]);
    return most;
  }
};

// Sets by the sum of the squares of their costs, the least first: the cheaper choice for each index, then those with
// indices changed, whose sums are made in order (each set once: the last index changed moves on, or is joined by the
// next).
std::vector<Selection> by_cost(const Costs& costs, long most, std::size_t wanted) {
  Selection cheapest;
  std::vector<std::pair<double, Index>> changes;
  for (std::size_t k = 0; k < costs.in.size(); ++k) {
    const double difference = costs.in[k] * costs.in[k] - costs.out[k] * costs.out[k];
    if (difference < 0) cheapest.insert(static_cast<Index>(k));
    changes.emplace_back(std::abs(difference), static_cast<Index>(k));
  }
  std::sort(changes.begin(), changes.end());
  struct Changed {
    double sum;
    std::vector<std::size_t> which;
    bool operator<(const Changed& other) const { return sum > other.sum; }
  };
  std::priority_queue<Changed> waiting;
  waiting.push({0, {}});
  std::vector<Selection> sets;
  constexpr int tries = 1000;
  for (int k = 0; k < tries && !waiting.empty() && sets.size() < wanted; ++k) {
    const Changed here = waiting.top();
    waiting.pop();
    Selection S = cheapest;
    for (const std::size_t c : here.which)
      if (S.erase(changes[c].second) == 0) S.insert(changes[c].second);
    if (static_cast<long>(S.size()) <= most) sets.push_back(std::move(S));
    const std::size_t next = here.which.empty() ? 0 : here.which.back() + 1;
    if (next == changes.size()) continue;
    Changed more = here;
    more.which.push_back(next);
    more.sum += changes[next].first;
    waiting.push(std::move(more));
    if (here.which.empty()) continue;
    Changed moved = here;
    moved.which.back() = next;
    moved.sum += changes[next].first - changes[next - 1].first;
    waiting.push(std::move(moved));
  }
  return sets;
}

}  // namespace

std::vector<Proposer::Proposal> Proposer::selections(const Products& products) const {
  const Threads along = threads(W_, sxy_, Q_);
  const Vector<double> t = along.y.back().cwiseProduct(W_.back() * along.x.back()).colwise().sum();
  // how the product moves, from the second order on; for wide networks, where a fit is dear, the
  // first order alone: sets that only a long way reaches are not tried there
  constexpr long wide = 32;
  const bool narrow = *std::max_element(network_.widths.begin(), network_.widths.end()) <= wide;
  const std::vector<Rational>& orders = products.whole_product_coefficients();
  std::vector<double> c;
  for (std::size_t q = 1; q < (narrow ? orders.size() : 2); ++q)
    c.push_back(orders[q].convert_to<double>());
  Selection first;
  Costs costs;
  for (Index i = 0; i < t.size(); ++i) {
    const double lambda = lambda_[static_cast<std::size_t>(i)];
    if (t(i) > lambda / 2) first.insert(i);
    double slope = 0;
    for (std::size_t h = 0; h < W_.size(); ++h)
      slope += along.x[h].col(i).squaredNorm() * along.y[h].col(i).squaredNorm();
    std::vector<double> moves = c;
    for (double& term : moves)
      term *= along.x.front().col(i).norm();
    moves.front() = std::sqrt(slope);
    costs.out.push_back(least_radius(moves, std::abs(t(i))));
    costs.in.push_back(least_radius(moves, std::abs(lambda - t(i))));
  }
  while (static_cast<long>(first.size()) > network_.rmax())
    first.erase(std::prev(first.end()));
  std::vector<Proposal> proposals{{first, costs.of(first)}};
  const std::size_t others = narrow ? 12 : 2;
  for (const Selection& S : by_cost(costs, network_.rmax(), others + 1))
    if (S != first) proposals.push_back({S, costs.of(S)});
  return proposals;
}

// The weights, or where a share of S is far from 1 weights near them whose product restricted to S is that of a
// critical point: the strings are split off there. The nearest such weights are sought: W + J^T m, J the derivative of
// the product where the iteration is.
std::vector<Real> Proposer::towards(const Frame& frame) const {
  constexpr Index widest = 8;  // r^2 equations
  const Index r = frame.r;
  if (r == 0 || r > widest) return W_;
  Real wanted = Real::Zero(r, r);
  for (Index k = 0; const Index i : frame.S) {
    wanted(k, k) = lambda_[static_cast<std::size_t>(i)];
    ++k;
  }
  std::vector<Real> W = W_;
  constexpr int iterations = 60;
  for (int step = 0; step < iterations; ++step) {
    const Threads along = threads(W, sxy_, frame.U_S);
    Real missing = wanted - along.y.back().transpose() * W.back() * along.x.back();
    constexpr double far = 0.5;
    constexpr double near_enough = 1e-6;
    if (step == 0 && missing.diagonal().cwiseQuotient(wanted.diagonal()).cwiseAbs().maxCoeff() < far) return W_;
    const bool reached = missing.norm() < near_enough * wanted.norm();
    Real normal = Real::Zero(r * r, r * r);
    for (std::size_t h = 0; h < W.size(); ++h) {
      missing += along.y[h].transpose() * (W[h] - W_[h]) * along.x[h];
      const Real xx = along.x[h].transpose() * along.x[h];
      const Real yy = along.y[h].transpose() * along.y[h];
      for (Index i = 0; i < r; ++i)
        for (Index j = 0; j < r; ++j)
          normal.block(i * r, j * r, r, r) += xx(i, j) * yy;
    }
    const Vector<double> solution = normal.ldlt().solve(Vector<double>(missing.reshaped()));
    if (!solution.allFinite()) return W_;
    const Real multipliers = solution.reshaped(r, r);
    double moved = 0;
    double size = 0;
    for (std::size_t h = 0; h < W.size(); ++h) {
      const Real next = W_[h] + along.y[h] * multipliers * along.x[h].transpose();
      moved += (next - W[h]).squaredNorm();
      size += next.squaredNorm();
      W[h] = next;
    }
    if (reached && moved < near_enough * near_enough * size) return W;
  }
  return W_;
}

}  // namespace rankscape::near
