#include "near/tangent.hpp"

#include <algorithm>
#include <cmath>
#include <rankscape/exact/deadline.hpp>

#include "exact/decompositions.hpp"

namespace rankscape::near {

namespace {

double dot(const std::vector<Real>& a, const std::vector<Real>& b) {
  double sum = 0;
  for (std::size_t h = 0; h < a.size(); ++h)
    sum += a[h].cwiseProduct(b[h]).sum();
  return sum;
}

void add_multiple(std::vector<Real>& a, double factor, const std::vector<Real>& b) {
  for (std::size_t h = 0; h < a.size(); ++h)
    a[h] += factor * b[h];
}

// All singular vectors, of A itself and not of A^T A, so that small singular values are right too.
struct FullSvd {
  Real left, right;
  Vector<double> values;
  explicit FullSvd(const Real& a) {
    const Eigen::BDCSVD<Real> svd(a, Eigen::ComputeFullU | Eigen::ComputeFullV);
    left = svd.matrixU();
    right = svd.matrixV();
    values = svd.singularValues();
  }
  // as many as there are vectors on that side
  [[nodiscard]] static Vector<double> padded(const Vector<double>& values, Index size) {
    Vector<double> all = Vector<double>::Zero(size);
    all.head(values.size()) = values;
    return all;
  }
  [[nodiscard]] Vector<double> left_squares() const { return padded(values, left.rows()).cwiseAbs2(); }
  [[nodiscard]] Vector<double> right_squares() const { return padded(values, right.rows()).cwiseAbs2(); }
};

// 1 / (s_i + t_j). Directions that do not move the weights, up to rounding, are left alone: they would only spoil the
// condition of G.
Real inverted(const Vector<double>& s, const Vector<double>& t, double scale) {
  const double least = scale * 1e-24;
  const Real sums = s.replicate(1, t.size()) + t.transpose().replicate(s.size(), 1);
  return sums.unaryExpr([least](double x) { return x > least ? 1 / x : 0; });
}

// R with R^T T R = 1, for T > 0.
Real inverse_root(const Real& t) {
  const Eigen::SelfAdjointEigenSolver<Real> scale(t);
  const double least = scale.eigenvalues().maxCoeff() * 1e-14;
  return scale.eigenvectors() * scale.eigenvalues().cwiseMax(least).cwiseSqrt().cwiseInverse().asDiagonal();
}

}  // namespace

Tangent::Tangent(const Frame& frame, const std::vector<Real>& v, const LastBias* bias)
    : q_(frame.q), rest_(frame.K.rows() - frame.q), bias_(bias) {
  const std::size_t H = v.size();
  std::vector<FullSvd> svd;
  svd.reserve(H);
  for (const Real& layer : v)
    svd.emplace_back(layer);
  from_.resize(H);
  to_.resize(H);
  left_.resize(H);
  right_.resize(H);
  inverse_.resize(H);
  for (std::size_t h = 1; h < H; ++h) {
    from_[h] = svd[h - 1].left;
    to_[h] = svd[h].right;
    inverse_[h] =
        inverted(svd[h].right_squares(), svd[h - 1].left_squares(), v[h].squaredNorm() + v[h - 1].squaredNorm());
  }
  for (std::size_t h = 1; h + 1 < H; ++h) {
    right_[h] = svd[h].left.transpose() * v[h] * from_[h];
    left_[h] = to_[h + 1].transpose() * v[h] * to_[h];
  }
  first_ = svd.front().values;
  input_ = svd.front().right;

  // A_0 acts on the first layer by a -> front a K, its corner on the last by a -> a back
  const Real front = v.front() * frame.K_;
  const double scale = v.front().squaredNorm() * frame.K_.squaredNorm();
  Real ahead(front.rows(), q_ + rest_);
  Real inputs(q_ + rest_, input_.rows());
  inverse_[0] = Real::Zero(q_ + rest_, q_ + rest_);
  Vector<double> squares(0);
  if (q_ > 0) {
    const FullSvd outer(front.leftCols(q_));
    const Real rows = frame.K.topRows(q_);
    const Real root = inverse_root(rows * rows.transpose());
    const Real back = root.transpose() * (frame.U_Q.transpose() * v.back());
    const FullSvd inner(back);
    to_a_ = outer.right;
    from_a_ = root * inner.left;
    squares = outer.right_squares();
    inverse_[0].topLeftCorner(q_, q_) =
        inverted(squares, inner.left_squares(), scale + v.back().squaredNorm() * root.squaredNorm());
    ahead.leftCols(q_) = front.leftCols(q_) * to_a_;
    inputs.topRows(q_) = from_a_.transpose() * rows;
    right_[H - 1] = inner.left.transpose() * back * from_[H - 1];
  } else {
    to_a_.resize(0, 0);
    right_[H - 1].resize(0, v.back().cols());
  }
  if (rest_ > 0) {
    const FullSvd outer(front.rightCols(rest_));
    const Real rows = frame.K.bottomRows(rest_);
    to_c_ = outer.right;
    from_c_ = inverse_root(rows * rows.transpose());
    const Vector<double> none = Vector<double>::Zero(rest_);
    if (q_ > 0) inverse_[0].topRightCorner(q_, rest_) = inverted(squares, none, scale);
    inverse_[0].bottomRightCorner(rest_, rest_) = inverted(outer.right_squares(), none, scale);
    ahead.rightCols(rest_) = front.rightCols(rest_) * to_c_;
    inputs.bottomRows(rest_) = from_c_.transpose() * rows;
  }
  left_[0] = to_[1].transpose() * ahead;
  right_[0] = inputs * input_;
  output_.resize(frame.U_S.rows(), frame.r + q_);
  output_.leftCols(frame.r) = frame.U_S;
  if (q_ > 0) output_.rightCols(q_) = frame.U_Q * to_a_;
  left_[H - 1] = output_.transpose() * v.back() * to_[H - 1];
  for (std::size_t h = 0; bias != nullptr && h < H; ++h) {
    behind_.emplace_back(bias->left(h) * (h + 1 < H ? to_[h + 1] : output_));
    mean_.emplace_back((h > 0 ? from_[h] : input_).transpose() * bias->mean(h));
  }
}

// dW_h = A_h W_h - W_h A_{h-1}; A_0 acts on the inputs by K_ A_0 K, its corner a on the outputs by U_Q a U_Q^T.
std::vector<Real> Tangent::image(const Step& b) const {
  const std::size_t H = b.size();
  std::vector<Real> e(H);
  e[0] = -(left_[0] * (b[0] * right_[0]));
  e[0].leftCols(first_.size()) += b[1].leftCols(first_.size()) * first_.asDiagonal();
  for (std::size_t h = 1; h < H; ++h) {
    e[h] = -(left_[h] * b[h]);
    if (h + 1 < H) {
      e[h] += b[h + 1] * right_[h];
    } else {
      e[h].bottomRows(q_) += b[0].topLeftCorner(q_, q_) * right_[h];
    }
  }
  return e;
}

Tangent::Step Tangent::adjoint(const std::vector<Real>& e) const {
  const std::size_t H = e.size();
  Step b(H);
  for (std::size_t h = 1; h < H; ++h) {
    b[h] = -(left_[h].transpose() * e[h]);
    if (h > 1) {
      b[h] += e[h - 1] * right_[h - 1].transpose();
    } else {
      b[h].leftCols(first_.size()) += e[0].leftCols(first_.size()) * first_.asDiagonal();
    }
  }
  b[0] = -(left_[0].transpose() * (e[0] * right_[0].transpose()));
  b[0].topLeftCorner(q_, q_) += e[H - 1].bottomRows(q_) * right_[H - 1].transpose();
  b[0].bottomLeftCorner(rest_, q_).setZero();
  return b;
}

Tangent::Step Tangent::gradient(const std::vector<Real>& residual) const {
  const std::size_t H = residual.size();
  std::vector<Real> e(H);
  e[0] = to_[1].transpose() * residual[0] * input_;
  for (std::size_t h = 1; h < H; ++h)
    e[h] = (h + 1 < H ? to_[h + 1] : output_).transpose() * residual[h] * from_[h];
  if (bias_ != nullptr) add_bias(e, bias_->share());
  return adjoint(e);
}

// The adjoint of the move of the mean residual.
void Tangent::add_bias(std::vector<Real>& e, const Real& share) const {
  for (std::size_t h = 0; h < e.size(); ++h)
    e[h] += (behind_[h].transpose() * share) * mean_[h].transpose();
}

Tangent::Step Tangent::preconditioned(Step b) const {
  for (std::size_t h = 0; h < b.size(); ++h)
    b[h].array() *= inverse_[h].array();
  return b;
}

Tangent::Step Tangent::solve(const Step& gradient, double damping, double tolerance, int most) const {
  Step x = gradient;
  for (Real& part : x)
    part.setZero();
  Step residual = gradient;
  for (Real& part : residual)
    part = -part;
  Step z = preconditioned(residual);
  Step direction = z;
  Step scaled = residual;  // M times the direction
  double rz = dot(residual, z);
  const double enough = rz * tolerance * tolerance;
  for (int k = 0; k < most && rz > enough; ++k) {
    check_deadline();
    std::vector<Real> moved = image(direction);
    if (bias_ != nullptr) {
      Real residual_moved = Real::Zero(behind_.back().rows(), 1);
      for (std::size_t h = 0; h < moved.size(); ++h)
        residual_moved += behind_[h] * (moved[h] * mean_[h]);
      add_bias(moved, bias_->weighted(residual_moved));
    }
    Step curved = adjoint(moved);
    add_multiple(curved, damping, scaled);
    const double curvature = dot(direction, curved);
    if (!(curvature > 0)) break;
    const double length = rz / curvature;
    add_multiple(x, length, direction);
    add_multiple(residual, -length, curved);
    z = preconditioned(residual);
    const double next = dot(residual, z);
    const double turn = next / rz;
    for (std::size_t h = 0; h < direction.size(); ++h) {
      direction[h] = z[h] + turn * direction[h];
      scaled[h] = residual[h] + turn * scaled[h];
    }
    rz = next;
  }
  return x;
}

std::vector<Real> Tangent::matrices(const Step& step) const {
  std::vector<Real> a(step.size());
  a[0] = Real::Zero(q_ + rest_, q_ + rest_);
  if (q_ > 0) a[0].topLeftCorner(q_, q_) = to_a_ * step[0].topLeftCorner(q_, q_) * from_a_.transpose();
  if (rest_ > 0) {
    if (q_ > 0) a[0].topRightCorner(q_, rest_) = to_a_ * step[0].topRightCorner(q_, rest_) * from_c_.transpose();
    a[0].bottomRightCorner(rest_, rest_) = to_c_ * step[0].bottomRightCorner(rest_, rest_) * from_c_.transpose();
  }
  for (std::size_t h = 1; h < step.size(); ++h)
    a[h] = to_[h] * step[h] * from_[h].transpose();
  return a;
}

}  // namespace rankscape::near
