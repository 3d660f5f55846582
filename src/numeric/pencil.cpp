#include "numeric/pencil.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "exact/decompositions.hpp"

namespace rankscape::numeric {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

double least_eigenvalue(const std::vector<Pencil>& blocks, const VectorXd& t) {
  double least = INFINITY;
  for (const Pencil& block : blocks) {
    if (block.constant.rows() == 0) continue;
    const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(block.at(t), Eigen::EigenvaluesOnly);
    least = std::min(least, solver.eigenvalues()(0));
  }
  return least;
}

// -weight s - log det (F(t) - s I) + ridge |t|^2 in x = (t, s); nothing outside of its domain.
class Barrier {
 public:
  Barrier(const std::vector<Pencil>& blocks, double ridge) : blocks_(blocks), ridge_(ridge) {}

  [[nodiscard]] std::optional<double> value(const VectorXd& x, double weight) const {
    const Index q = x.size() - 1;
    double sum = -weight * x(q) + ridge_ * x.head(q).squaredNorm();
    for (const Pencil& block : blocks_) {
      const Eigen::LLT<MatrixXd> factor(shifted(block, x));
      if (factor.info() != Eigen::Success) return std::nullopt;
      for (Index i = 0; i < block.constant.rows(); ++i)
        sum -= 2 * std::log(factor.matrixLLT()(i, i));
    }
    return std::isfinite(sum) ? std::optional(sum) : std::nullopt;
  }

  [[nodiscard]] std::pair<VectorXd, MatrixXd> derivatives(const VectorXd& x, double weight) const {
    const Index q = x.size() - 1;
    VectorXd slope = VectorXd::Zero(q + 1);
    MatrixXd hessian = MatrixXd::Zero(q + 1, q + 1);
    slope.head(q) = 2 * ridge_ * x.head(q);
    hessian.diagonal().head(q).setConstant(2 * ridge_);
    slope(q) = -weight;
    for (const Pencil& block : blocks_) {
      const Index n = block.constant.rows();
      const Eigen::LLT<MatrixXd> factor(shifted(block, x));
      std::vector<MatrixXd> moved;
      moved.reserve(static_cast<std::size_t>(q) + 1);
      for (const MatrixXd& along : block.slopes)
        moved.emplace_back(factor.solve(along));
      moved.emplace_back(-factor.solve(MatrixXd::Identity(n, n)));
      for (Index i = 0; i <= q; ++i) {
        slope(i) -= moved[static_cast<std::size_t>(i)].trace();
        for (Index j = 0; j <= i; ++j) {
          const MatrixXd& a = moved[static_cast<std::size_t>(i)];
          const double entry = a.cwiseProduct(moved[static_cast<std::size_t>(j)].transpose()).sum();
          hessian(i, j) += entry;
          if (i != j) hessian(j, i) += entry;
        }
      }
    }
    return {slope, hessian};
  }

 private:
  static MatrixXd shifted(const Pencil& block, const VectorXd& x) {
    const Index q = x.size() - 1;
    MatrixXd f = block.at(x.head(q));
    f.diagonal().array() -= x(q);
    return f;
  }

  const std::vector<Pencil>& blocks_;
  double ridge_;
};

}  // namespace

MatrixXd Pencil::at(const VectorXd& t) const {
  MatrixXd sum = constant;
  for (Index i = 0; i < t.size(); ++i)
    sum += t(i) * slopes[static_cast<std::size_t>(i)];
  return sum;
}

std::vector<VectorXd> central_path(const std::vector<Pencil>& blocks) {
  const auto q = static_cast<Index>(blocks.front().slopes.size());
  double scale = 0;
  for (const Pencil& block : blocks) {
    scale = std::max(scale, block.constant.size() == 0 ? 0 : block.constant.cwiseAbs().maxCoeff());
  }
  if (scale == 0) scale = 1;
  VectorXd x = VectorXd::Zero(q + 1);
  const double start = least_eigenvalue(blocks, x.head(q));
  x(q) = (std::isfinite(start) ? start : 0) - scale;
  const Barrier barrier(blocks, 1e-9 / (scale * scale));
  std::vector<VectorXd> path;
  constexpr int stages = 9;
  constexpr int newton_steps = 40;
  for (int stage = 0; stage < stages; ++stage) {
    const double weight = std::pow(8.0, stage) / scale;
    for (int step = 0; step < newton_steps; ++step) {
      const auto derived = barrier.derivatives(x, weight);
      const VectorXd move = -derived.second.ldlt().solve(derived.first);
      const double decrease = -derived.first.dot(move);
      const auto here = barrier.value(x, weight);
      if (!here || !std::isfinite(decrease) || decrease < 1e-9) break;
      double length = 1;
      auto there = barrier.value(x + move, weight);
      while ((!there || *there > *here - length * decrease / 4) && length > 1e-10) {
        length /= 2;
        there = barrier.value(x + length * move, weight);
      }
      if (!there || *there > *here) break;
      x += length * move;
    }
    path.emplace_back(x.head(q));
  }
  return path;
}

}  // namespace rankscape::numeric
