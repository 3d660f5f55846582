#include "near/fit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "exact/decompositions.hpp"

namespace rankscape::near {

Proposer::Proposer(const Network& network, std::optional<Offsets> offsets)
    : network_(network),
      offsets_(std::move(offsets)),
      sxy_(truncated(network.Sxy)),
      P_(truncated(network.P.value)),
      P_plus_(truncated(network.P_plus.value)),
      null_rows_(truncated(network.null_rows.value)),
      Q_(truncated(network.sigma.Q)) {
  const Real across = truncated(network.Sxx) * null_rows_.transpose();
  C_ = across * (null_rows_ * across).ldlt().solve(Real::Identity(across.cols(), across.cols()));
  for (const RationalMatrix& w : network.W)
    W_.push_back(truncated(w));
  for (const Rational& d : network.sigma.d)
    lambda_.push_back(mpq_get_d(d.backend().data()));
}

Stratum Proposer::collapsed(const Selection& S) const {
  Stratum stratum;
  const int H = network_.layers();
  stratum.layers = H;
  const auto r = static_cast<long>(S.size());
  const auto add = [&](int start, int length, long count) {
    if (count > 0) stratum.multiplicity[{start, length}] = count;
  };
  add(0, 1, network_.widths.front() - network_.widths.back());
  for (int h = 1; h < H; ++h)
    add(h, 1, network_.widths[static_cast<std::size_t>(h)] - r);
  add(H, 2, network_.widths.back() - r);
  return stratum;
}

Frame Proposer::frame(const Selection& S) const {
  Frame frame;
  frame.S = S;
  frame.r = static_cast<Index>(S.size());
  frame.q = Q_.rows() - frame.r;
  frame.U_S.resize(Q_.rows(), frame.r);
  frame.U_Q.resize(Q_.rows(), frame.q);
  Index s = 0;
  Index t = 0;
  for (Index i = 0; i < Q_.cols(); ++i) {
    if (S.contains(i)) {
      frame.U_S.col(s++) = Q_.col(i);
    } else {
      frame.U_Q.col(t++) = Q_.col(i);
    }
  }
  frame.selected = frame.U_S.transpose() * P_;
  const Index dx = sxy_.rows();
  frame.K.resize(dx - frame.r, dx);
  frame.K.topRows(frame.q) = frame.U_Q.transpose() * P_plus_;
  frame.K.bottomRows(dx - frame.r - frame.q) = null_rows_;
  frame.K_.resize(dx, dx - frame.r);
  frame.K_.leftCols(frame.q) = sxy_ * frame.U_Q;
  frame.K_.rightCols(dx - frame.r - frame.q) = C_;
  return frame;
}

Splitter Proposer::splitter_for(const Frame& frame) const {
  Real scaled = sxy_ * frame.U_S;
  for (Index k = 0; const Index i : frame.S)
    scaled.col(k++) /= lambda_[static_cast<std::size_t>(i)];
  return {frame, network_.widths, towards(frame), scaled};
}

std::vector<Stratum> Proposer::strata(const Selection& S) const {
  const Frame f = frame(S);
  const Splitter splitter = splitter_for(f);
  std::vector<Stratum> list{collapsed(S)};
  double scale = 0;
  for (const Real& w : W_)
    scale = std::max(scale, w.norm());
  // down to 3^-18, about 1e-9, of the largest weight; fewer in wide networks, where each is worth a fit
  const long width = *std::max_element(network_.widths.begin(), network_.widths.end());
  constexpr long wide = 32;
  constexpr long very_wide = 256;
  const int thresholds = width <= wide ? 19 : width <= very_wide ? 4 : 2;
  const double ratio = std::pow(3, 18.0 / (thresholds - 1));
  double threshold = scale;
  for (int k = 0; k < thresholds; ++k, threshold /= ratio) {
    const Stratum stratum = splitter.split(nullptr, threshold).stratum;
    const auto dimensions = stratum.node_dimensions();
    bool complete = true;
    for (std::size_t h = 0; h < dimensions.size(); ++h)
      complete = complete && dimensions[h] == network_.widths[h] - f.r;
    if (complete && std::find(list.begin(), list.end(), stratum) == list.end()) list.push_back(stratum);
  }
  return list;
}

Proposer::Fit Proposer::fit(const Selection& S, const Stratum& stratum) const {
  const Frame f = frame(S);
  const int H = network_.layers();
  const Layout layout = layout_of(stratum);
  const Index r = f.r;
  const Index q = f.q;
  const Index dx = sxy_.rows();
  Fit out;
  out.point.S = S;
  out.point.stratum = stratum;
  out.distance = std::numeric_limits<double>::infinity();
  Splitting start = splitter_for(f).split(&stratum, 0);
  if (!(start.stratum == stratum)) return out;
  // the strings as the layout lists their copies
  std::stable_sort(start.strings.begin(), start.strings.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Real> G(static_cast<std::size_t>(H));
  for (int h = 0; h < H; ++h) {
    const auto& here = layout.at[static_cast<std::size_t>(h)];
    const Index before = h == 0 ? 0 : r;
    Real& g = G[static_cast<std::size_t>(h)];
    g = Real::Zero(before + static_cast<Index>(here.size()), before + static_cast<Index>(here.size()));
    if (h > 0) g.leftCols(r) = start.product[static_cast<std::size_t>(h) - 1];
    for (std::size_t k = 0; k < here.size(); ++k) {
      const auto& [string, x] = start.strings[static_cast<std::size_t>(here[k])];
      g.col(before + static_cast<Index>(k)) = x[static_cast<std::size_t>((h - string.start + H + 1) % (H + 1))];
    }
  }
  G[0].bottomLeftCorner(dx - r - q, q).setZero();
  out.distance = Orbit(f, layout, W_, offsets_ ? &*offsets_ : nullptr).approach(G);
  for (const Real& g : G) {
    if (!g.allFinite()) {
      out.distance = std::numeric_limits<double>::infinity();
      return out;
    }
    if (g.size() > 0) {
      const Eigen::BDCSVD<Real> svd(g);
      out.condition =
          std::max(out.condition, svd.singularValues()(0) / std::max(svd.singularValues().tail(1)(0), 1e-300));
    }
    out.point.G.push_back(exactly(g));
  }
  return out;
}

}  // namespace rankscape::near
