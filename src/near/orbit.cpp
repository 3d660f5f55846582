#include "near/orbit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
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

// Left and right eigenvectors of A A^T and A^T A, and both spectra: from A itself, so that small ones are right too.
struct Squares {
  Real left_vectors, right_vectors;
  Vector<double> left, right;
  explicit Squares(const Real& a) : left(Vector<double>::Zero(a.rows())), right(Vector<double>::Zero(a.cols())) {
    const Eigen::BDCSVD<Real> svd(a, Eigen::ComputeFullU | Eigen::ComputeFullV);
    left_vectors = svd.matrixU();
    right_vectors = svd.matrixV();
    left.head(svd.singularValues().size()) = svd.singularValues().cwiseAbs2();
    right.head(svd.singularValues().size()) = svd.singularValues().cwiseAbs2();
  }
};

// a -> S a + a B inverted, S and B diagonal in the bases given. Directions that do not move the weights, up to
// rounding, are left alone: they would only spoil the condition of G.
class Sylvester {
 public:
  Sylvester() = default;
  Sylvester(Real left, const Vector<double>& s, Real right, const Vector<double>& b, double scale)
      : left_(std::move(left)), right_(std::move(right)) {
    inverse_ = s.replicate(1, b.size()) + b.transpose().replicate(s.size(), 1);
    const double least = scale * 1e-24;
    inverse_ = inverse_.unaryExpr([least](double x) { return x > least ? 1 / x : 0; });
  }

  template <class Block>
  [[nodiscard]] Real solve(const Block& a) const {
    const Real inner = (left_.transpose() * a * right_).cwiseProduct(inverse_);
    return left_ * inner * right_.transpose();
  }

 private:
  Real left_, right_, inverse_;
};

// R with R^T T R = 1, for T > 0.
Real inverse_root(const Real& t) {
  const Eigen::SelfAdjointEigenSolver<Real> scale(t);
  const double least = scale.eigenvalues().maxCoeff() * 1e-14;
  return scale.eigenvectors() * scale.eigenvalues().cwiseMax(least).cwiseSqrt().cwiseInverse().asDiagonal();
}

}  // namespace

// front = V_1 K_, back = U_Q^T V_H
struct Orbit::At {
  std::vector<Real> v;
  Real front, back;
};

// The blocks of the normal equations on the diagonal: one for each A_h, 1 <= h < H, and for the corners of A_0. What
// they leave out couples neighbours alone, so that the preconditioned matrix has its eigenvalues between 0 and about 2.
class Orbit::Preconditioner {
 public:
  Preconditioner(const Frame& frame, const At& at) : q_(frame.q), rest_(frame.K.rows() - frame.q) {
    std::vector<Squares> squares;
    squares.reserve(at.v.size());
    hidden_.reserve(at.v.size());
    for (const Real& v : at.v)
      squares.emplace_back(v);
    for (std::size_t h = 1; h < at.v.size(); ++h) {
      const double scale = at.v[h].squaredNorm() + at.v[h - 1].squaredNorm();
      hidden_.emplace_back(squares[h].right_vectors, squares[h].right, squares[h - 1].left_vectors, squares[h - 1].left,
                           scale);
    }
    // A_0 acts on the first layer by a -> front a K, its corner on the last by a -> a back
    const double scale = at.v.front().squaredNorm() * frame.K_.squaredNorm();
    if (q_ > 0) {
      const Squares front(at.front.leftCols(q_));
      const Real root = inverse_root(frame.K.topRows(q_) * frame.K.topRows(q_).transpose());
      const Squares back(root.transpose() * at.back);
      corner_ = {front.right_vectors, front.right, root * back.left_vectors, back.left,
                 scale + at.v.back().squaredNorm() * root.squaredNorm()};
      if (rest_ > 0) {
        const Real beside = inverse_root(frame.K.bottomRows(rest_) * frame.K.bottomRows(rest_).transpose());
        beside_ = {front.right_vectors, front.right, beside, Vector<double>::Zero(rest_), scale};
      }
    }
    if (rest_ > 0) {
      const Squares front(at.front.rightCols(rest_));
      const Real root = inverse_root(frame.K.bottomRows(rest_) * frame.K.bottomRows(rest_).transpose());
      below_ = {front.right_vectors, front.right, root, Vector<double>::Zero(rest_), scale};
    }
  }

  [[nodiscard]] Step solve(const Step& a) const {
    Step solved(a.size());
    solved[0] = Real::Zero(a[0].rows(), a[0].cols());
    if (q_ > 0) solved[0].topLeftCorner(q_, q_) = corner_.solve(a[0].topLeftCorner(q_, q_));
    if (rest_ > 0) {
      if (q_ > 0) solved[0].topRightCorner(q_, rest_) = beside_.solve(a[0].topRightCorner(q_, rest_));
      solved[0].bottomRightCorner(rest_, rest_) = below_.solve(a[0].bottomRightCorner(rest_, rest_));
    }
    for (std::size_t h = 1; h < a.size(); ++h)
      solved[h] = hidden_[h - 1].solve(a[h]);
    return solved;
  }

 private:
  Index q_, rest_;
  std::vector<Sylvester> hidden_;
  Sylvester corner_, beside_, below_;
};

Orbit::Orbit(const Frame& frame, const Layout& layout, const std::vector<Real>& weights) : frame_(frame), W_(weights) {
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
  return std::isfinite(sum) ? sum : std::numeric_limits<double>::infinity();
}

// dW_h = A_h W_h - W_h A_{h-1}; A_0 acts on the inputs by K_ A_0 K, its corner a on the outputs by U_Q a U_Q^T.
std::vector<Real> Orbit::tangent(const At& at, const Step& a) const {
  const std::size_t H = at.v.size();
  const Index q = frame_.q;
  std::vector<Real> d(H);
  d[0] = a[1] * at.v[0] - at.front * (a[0] * frame_.K);
  for (std::size_t h = 2; h < H; ++h)
    d[h - 1] = a[h] * at.v[h - 1] - at.v[h - 1] * a[h - 1];
  d[H - 1] = frame_.U_Q * (a[0].topLeftCorner(q, q) * at.back) - at.v[H - 1] * a[H - 1];
  return d;
}

Orbit::Step Orbit::adjoint(const At& at, const std::vector<Real>& d) const {
  const std::size_t H = at.v.size();
  const Index q = frame_.q;
  Step a(H);
  for (std::size_t h = 1; h < H; ++h)
    a[h] = d[h - 1] * at.v[h - 1].transpose() - at.v[h].transpose() * d[h];
  a[0] = -at.front.transpose() * (d[0] * frame_.K.transpose());
  a[0].topLeftCorner(q, q) += (frame_.U_Q.transpose() * d[H - 1]) * at.back.transpose();
  a[0].bottomLeftCorner(a[0].rows() - q, q).setZero();
  return a;
}

// (T^T T + damping M) step = -gradient, T the tangent map, M the preconditioner, by conjugate gradients.
Orbit::Step Orbit::step(const At& at, const Preconditioner& about, const Step& gradient, double damping,
                        double tolerance, int most) const {
  Step x = gradient;
  for (Real& part : x)
    part.setZero();
  Step residual = gradient;
  for (Real& part : residual)
    part = -part;
  Step z = about.solve(residual);
  Step direction = z;
  Step scaled = residual;  // M times the direction
  double rz = dot(residual, z);
  const double enough = rz * tolerance * tolerance;
  for (int k = 0; k < most && rz > enough; ++k) {
    check_deadline();
    Step image = adjoint(at, tangent(at, direction));
    add_multiple(image, damping, scaled);
    const double curvature = dot(direction, image);
    if (!(curvature > 0)) break;
    const double length = rz / curvature;
    add_multiple(x, length, direction);
    add_multiple(residual, -length, image);
    z = about.solve(residual);
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

double Orbit::approach(std::vector<Real>& G) const {
  const Index q = frame_.q;
  At at{weights_at(G), {}, {}};
  double best = square_distance(at.v);
  Index width = 0;
  for (const Real& w : W_)
    width = std::max({width, w.rows(), w.cols()});
  const Effort effort = effort_for(width);
  double damping = 1e-3;
  int calm = 0;
  for (int iteration = 0; iteration < effort.iterations && calm < 3 && std::isfinite(best); ++iteration) {
    at.front = at.v[0] * frame_.K_;
    at.back = frame_.U_Q.transpose() * at.v.back();
    std::vector<Real> residual = at.v;
    for (std::size_t h = 0; h < residual.size(); ++h)
      residual[h] -= W_[h];
    const Step gradient = adjoint(at, residual);
    const Preconditioner about(frame_, at);
    bool moved = false;
    for (int attempt = 0; attempt < 12 && !moved; ++attempt) {
      const Step a = step(at, about, gradient, damping, effort.tolerance, effort.steps);
      std::vector<Real> next = G;
      for (std::size_t h = 0; h < G.size(); ++h)
        next[h] += a[h] * G[h];
      next[0].bottomLeftCorner(next[0].rows() - q, q).setZero();
      std::vector<Real> there = weights_at(next);
      const double value = square_distance(there);
      if (value < best) {
        calm = value > best * (1 - effort.least_gain) ? calm + 1 : 0;
        G = std::move(next);
        at.v = std::move(there);
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
