#include "near/fit.hpp"

#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <Eigen/SVD>
#include <algorithm>
#include <cmath>
#include <limits>
#include <rankscape/exact/deadline.hpp>

namespace rankscape::near {

using Real = Matrix<double>;

namespace {

double nearest(const Rational& a) {
  return mpq_get_d(a.backend().data());
}

Real nearest(const RationalMatrix& a) {
  Real b(a.rows(), a.cols());
  for (Index k = 0; k < a.size(); ++k)
    b.data()[k] = nearest(a.data()[k]);
  return b;
}

RationalMatrix exactly(const Real& a) {
  RationalMatrix b(a.rows(), a.cols());
  for (Index k = 0; k < a.size(); ++k)
    b.data()[k] = Rational(a.data()[k]);
  return b;
}

}  // namespace

// What a set S fixes: input coordinates outside the product, and the last layer's.
struct Proposer::Frame {
  Selection S;
  Index r = 0;
  Index q = 0;  // dy - r
  Real U_S, U_Q;
  Real K;   // (dx - r) x dx: [U_Q^T P_plus; N_x]
  Real K_;  // its right inverse [Sxy U_Q, C_x]
};

// Basis vectors of the nodes: the product's directions and the strings'.
struct Proposer::Splitting {
  Stratum stratum;
  std::vector<Real> product;                                             // d_h x r at the nodes 1..H-1
  std::vector<std::pair<String, std::vector<Eigen::VectorXd>>> strings;  // vectors from the first node to the last
};

Proposer::Proposer(const Network& network)
    : network_(network),
      sxy_(nearest(network.Sxy)),
      P_(nearest(network.P)),
      P_plus_(nearest(network.P_plus)),
      null_rows_(nearest(network.null_rows)),
      C_(nearest(network.C)),
      Q_(nearest(network.sigma.Q)) {
  for (const RationalMatrix& w : network.W)
    W_.push_back(nearest(w));
  for (const Rational& d : network.sigma.d)
    lambda_.push_back(nearest(d));
}

std::vector<Selection> Proposer::selections() const {
  Real product = W_.front();
  for (std::size_t h = 1; h < W_.size(); ++h)
    product = W_[h] * product;
  const Real t = Q_.transpose() * product * sxy_ * Q_;
  Selection first;
  std::vector<std::pair<double, Index>> doubtful;
  for (Index i = 0; i < t.rows(); ++i) {
    const double share = t(i, i) / lambda_[static_cast<std::size_t>(i)];
    if (share > 0.5) first.insert(i);
    if (share > 0.02 && share < 0.98) doubtful.emplace_back(std::abs(share - 0.5), i);
  }
  std::sort(doubtful.begin(), doubtful.end());
  while (static_cast<long>(first.size()) > network_.rmax())
    first.erase(std::prev(first.end()));
  std::vector<Selection> sets{first};
  for (std::size_t k = 0; k < doubtful.size() && k < 2; ++k) {
    Selection other = first;
    const Index i = doubtful[k].second;
    if (other.contains(i)) {
      other.erase(i);
    } else {
      other.insert(i);
    }
    if (static_cast<long>(other.size()) <= network_.rmax()) sets.push_back(other);
  }
  return sets;
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

Proposer::Frame Proposer::frame(const Selection& S) const {
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
  const Index dx = sxy_.rows();
  frame.K.resize(dx - frame.r, dx);
  frame.K.topRows(frame.q) = frame.U_Q.transpose() * P_plus_;
  frame.K.bottomRows(dx - frame.r - frame.q) = null_rows_;
  frame.K_.resize(dx, dx - frame.r);
  frame.K_.leftCols(frame.q) = sxy_ * frame.U_Q;
  frame.K_.rightCols(dx - frame.r - frame.q) = C_;
  return frame;
}

Proposer::Splitting Proposer::split(const Frame& frame, const Stratum* wanted, double threshold) const {
  const int H = network_.layers();
  const int nodes = H + 1;
  Splitting found;
  found.stratum.layers = H;
  const auto node = [&](int h) { return static_cast<std::size_t>(h % nodes); };
  const Real push = sxy_ * frame.U_S;
  std::vector<Real> project(static_cast<std::size_t>(nodes));  // onto what is not split off yet
  project[0] = Real::Identity(frame.K.rows(), frame.K.rows());
  project[node(H)] = Real::Identity(frame.q, frame.q);
  Real scaled = push;
  for (Index k = 0, i = 0; i < Q_.cols(); ++i)
    if (frame.S.contains(i)) scaled.col(k++) /= lambda_[static_cast<std::size_t>(i)];
  Real x = scaled;
  for (int h = 1; h < H; ++h) {
    x = W_[static_cast<std::size_t>(h) - 1] * x;
    Real y = frame.U_S.transpose();
    for (int k = H; k > h; --k)
      y = y * W_[static_cast<std::size_t>(k) - 1];
    const Index d = x.rows();
    project[node(h)] = Real::Identity(d, d);
    if (frame.r > 0) project[node(h)] -= x * (y * x).fullPivLu().solve(y);
    found.product.push_back(x);
  }
  // the maps between the nodes, in coordinates outside the product at the ends
  std::vector<Real> arrow(static_cast<std::size_t>(nodes));  // arrow[h]: node h -> node h + 1
  for (int h = 0; h < H; ++h) {
    arrow[node(h)] = W_[static_cast<std::size_t>(h)];
    if (h == 0) arrow[0] = arrow[0] * frame.K_;
    if (h == H - 1) arrow[node(h)] = frame.U_Q.transpose() * arrow[node(h)];
  }
  arrow[node(H)] = Real::Zero(frame.K.rows(), frame.q);
  arrow[node(H)].topRows(frame.q).setIdentity();
  std::vector<long> room;
  room.reserve(static_cast<std::size_t>(nodes));
  for (int h = 0; h < nodes; ++h)
    room.push_back(network_.widths[static_cast<std::size_t>(h)] - frame.r);
  long starts_at_zero = network_.widths.front() - network_.widths.back();

  struct Candidate {
    String string;
    double cost = -1;
    std::vector<Eigen::VectorXd> x;
    std::vector<Eigen::VectorXd> y;
  };
  const auto candidate = [&](const String& s) {
    Candidate c{s, -1, {}, {}};
    if (s.start == 0 && starts_at_zero == 0) return c;
    for (int k = 0; k < s.length; ++k)
      if (room[node(s.start + k)] == 0) return c;
    if (deep_linear::is_outer(s, H) && room[0] - starts_at_zero <= 0) return c;
    Real product = project[node(s.start)];
    for (int k = 1; k < s.length; ++k)
      product = project[node(s.start + k)] * arrow[node(s.start + k - 1)] * product;
    const Eigen::JacobiSVD<Real> svd(product, Eigen::ComputeThinU | Eigen::ComputeThinV);
    const double sigma = svd.singularValues()(0);
    c.x.emplace_back(project[node(s.start)] * svd.matrixV().col(0));
    for (int k = 1; k < s.length; ++k)
      c.x.emplace_back(project[node(s.start + k)] * (arrow[node(s.start + k - 1)] * c.x.back()));
    c.y.resize(static_cast<std::size_t>(s.length));
    Eigen::VectorXd y = svd.matrixU().col(0) / std::max(sigma, 1e-300);
    for (int k = s.length - 1; k >= 0; --k) {
      y = project[node(s.start + k)].transpose() * y;
      c.y[static_cast<std::size_t>(k)] = y;
      if (k > 0) y = arrow[node(s.start + k - 1)].transpose() * y;
    }
    c.cost = std::numeric_limits<double>::infinity();
    for (int k = 1; k < s.length; ++k)
      if (node(s.start + k) != 0)  // the arrow H -> 0 cannot be cut
        c.cost =
            std::min(c.cost, c.x[static_cast<std::size_t>(k)].norm() * c.y[static_cast<std::size_t>(k) - 1].norm());
    if (!std::isfinite(c.y.front().norm())) c.cost = -1;
    return c;
  };
  const auto accept = [&](const Candidate& c) {
    for (int k = 0; k < c.string.length; ++k) {
      const std::size_t at = node(c.string.start + k);
      const auto& here_x = c.x[static_cast<std::size_t>(k)];
      const auto& here_y = c.y[static_cast<std::size_t>(k)];
      project[at] -= here_x * (here_y.transpose() * project[at]);
      --room[at];
    }
    if (c.string.start == 0) --starts_at_zero;
    ++found.stratum.multiplicity[c.string];
    found.strings.emplace_back(c.string, c.x);
  };
  const auto strings = deep_linear::admissible_strings(H);
  for (int length = H; length >= 1; --length) {
    while (true) {
      Candidate best;
      for (const String& s : strings) {
        if (s.length != length) continue;
        if (wanted != nullptr) {
          const auto it = wanted->multiplicity.find(s);
          const auto have = found.stratum.multiplicity.find(s);
          const long missing = (it == wanted->multiplicity.end() ? 0 : it->second) -
                               (have == found.stratum.multiplicity.end() ? 0 : have->second);
          if (missing <= 0) continue;
        }
        Candidate c = candidate(s);
        if (c.cost > best.cost) best = std::move(c);
      }
      if (best.cost < 0 || (wanted == nullptr && best.cost <= threshold)) break;
      accept(best);
    }
  }
  return found;
}

std::vector<Stratum> Proposer::strata(const Selection& S) const {
  const Frame f = frame(S);
  std::vector<Stratum> list{collapsed(S)};
  double scale = 0;
  for (const Real& w : W_)
    scale = std::max(scale, w.norm());
  constexpr int thresholds = 19;  // down to 3^-18, about 1e-9, of the largest weight
  double threshold = scale;
  for (int k = 0; k < thresholds; ++k, threshold /= 3) {
    const Stratum stratum = split(f, nullptr, threshold).stratum;
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
  Splitting start = split(f, &stratum, 0);
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
  std::vector<Real> J(1);
  for (int h = 1; h <= H; ++h)
    J.push_back(connection<double>(layout, h, r));

  const auto weights = [&](const std::vector<Real>& g) {
    std::vector<Real> v(static_cast<std::size_t>(H));
    std::vector<Real> inverse;
    inverse.reserve(g.size());
    for (const Real& m : g)
      inverse.push_back(m.partialPivLu().inverse());
    Real k0(dx, dx);
    k0.topRows(r) = f.U_S.transpose() * P_;
    k0.bottomRows(dx - r) = inverse[0] * f.K;
    for (int h = 1; h <= H; ++h) {
      const auto k = static_cast<std::size_t>(h);
      if (h == 1) {
        v[0] = g[1] * J[1] * k0;
      } else if (h < H) {
        v[k - 1] = g[k] * J[k] * inverse[k - 1];
      } else {
        Real left(Q_.rows(), Q_.rows());
        left.leftCols(r) = f.U_S;
        left.rightCols(q) = f.U_Q * g[0].topLeftCorner(q, q);
        v[k - 1] = left * J[k] * inverse[k - 1];
      }
    }
    return v;
  };
  const auto square = [&](const std::vector<Real>& v) {
    double sum = 0;
    for (std::size_t h = 0; h < v.size(); ++h)
      sum += (v[h] - W_[h]).squaredNorm();
    return std::isfinite(sum) ? sum : std::numeric_limits<double>::infinity();
  };

  std::vector<Index> offset{0};
  for (const Real& w : W_)
    offset.push_back(offset.back() + w.size());
  std::vector<Index> first{0};  // the unknowns of A_1, .., A_{H-1}, then those of A_0
  for (int h = 1; h < H; ++h)
    first.push_back(first.back() +
                    W_[static_cast<std::size_t>(h) - 1].rows() * W_[static_cast<std::size_t>(h) - 1].rows());
  std::vector<std::pair<Index, Index>> corner;
  for (Index j = 0; j < dx - r; ++j)
    for (Index i = 0; i < dx - r; ++i)
      if (i < q || j >= q) corner.emplace_back(i, j);
  const Index unknowns = first.back() + static_cast<Index>(corner.size());

  std::vector<Real> v = weights(G);
  double best = square(v);
  double damping = 1e-3;
  int calm = 0;
  for (int iteration = 0; iteration < 200 && calm < 3 && std::isfinite(best); ++iteration) {
    check_deadline();
    Real jacobian = Real::Zero(offset.back(), unknowns);
    Eigen::VectorXd residual(offset.back());
    for (std::size_t h = 0; h < v.size(); ++h)
      residual.segment(offset[h], W_[h].size()) = (v[h] - W_[h]).reshaped();
    for (int h = 1; h < H; ++h) {
      const auto k = static_cast<std::size_t>(h);
      const Index d = v[k - 1].rows();
      for (Index j = 0; j < d; ++j)
        for (Index i = 0; i < d; ++i) {
          const Index column = first[k - 1] + i + j * d;
          for (Index c = 0; c < v[k - 1].cols(); ++c)
            jacobian(offset[k - 1] + i + c * d, column) += v[k - 1](j, c);
          jacobian.col(column).segment(offset[k] + j * v[k].rows(), v[k].rows()) -= v[k].col(i);
        }
    }
    const Real front = v[0] * f.K_;
    const Real back = f.U_Q.transpose() * v.back();
    for (std::size_t k = 0; k < corner.size(); ++k) {
      const auto [i, j] = corner[k];
      const Index column = first.back() + static_cast<Index>(k);
      jacobian.col(column).segment(0, v[0].size()) -= (front.col(i) * f.K.row(j)).reshaped();
      if (i < q && j < q)
        jacobian.col(column).segment(offset[v.size() - 1], v.back().size()) += (f.U_Q.col(i) * back.row(j)).reshaped();
    }
    const Real normal = jacobian.transpose() * jacobian;
    const Eigen::VectorXd gradient = jacobian.transpose() * residual;
    bool moved = false;
    for (int attempt = 0; attempt < 12 && !moved; ++attempt) {
      Real damped = normal;
      damped.diagonal() += damping * (normal.diagonal().array() + 1e-12 * normal.diagonal().maxCoeff()).matrix();
      const Eigen::VectorXd step = damped.ldlt().solve(-gradient);
      std::vector<Real> next = G;
      for (int h = 1; h < H; ++h) {
        const auto k = static_cast<std::size_t>(h);
        const Index d = G[k].rows();
        const Real a = step.segment(first[k - 1], d * d).reshaped(d, d);
        next[k] += a * G[k];
      }
      Real alpha = Real::Zero(dx - r, dx - r);
      for (std::size_t k = 0; k < corner.size(); ++k)
        alpha(corner[k].first, corner[k].second) = step(first.back() + static_cast<Index>(k));
      next[0] += alpha * G[0];
      next[0].bottomLeftCorner(dx - r - q, q).setZero();
      const std::vector<Real> there = weights(next);
      const double value = square(there);
      if (value < best) {
        calm = value > best * (1 - 1e-9) ? calm + 1 : 0;
        G = std::move(next);
        v = there;
        best = value;
        damping = std::max(damping / 5, 1e-12);
        moved = true;
      } else {
        damping *= 4;
      }
    }
    if (!moved) break;
  }
  out.distance = std::sqrt(best);
  for (const Real& g : G) {
    if (!g.allFinite()) {
      out.distance = std::numeric_limits<double>::infinity();
      return out;
    }
    if (g.size() > 0) {
      const Eigen::JacobiSVD<Real> svd(g);
      out.condition =
          std::max(out.condition, svd.singularValues()(0) / std::max(svd.singularValues().tail(1)(0), 1e-300));
    }
    out.point.G.push_back(exactly(g));
  }
  return out;
}

}  // namespace rankscape::near
