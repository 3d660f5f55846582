#include "near/bordered.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "exact/decompositions.hpp"
#include "exact/doubles.hpp"

namespace rankscape::near {

namespace {

constexpr unsigned newton_bits = 200;
constexpr unsigned matrix_bits = 60;
constexpr unsigned border_bits = 40;

RationalVector rounded(const RationalVector& x, unsigned bits) {
  return x.unaryExpr([bits](const Rational& entry) { return rounded_down(entry, bits); });
}

RationalVector head(const std::vector<Rational>& y, Index n) {
  RationalVector x(n);
  for (Index i = 0; i < n; ++i)
    x(i) = y[static_cast<std::size_t>(i)];
  return x;
}

// [[h, n], [n^T, 0]]
template <class Scalar>
Matrix<Scalar> bordered(const Matrix<Scalar>& h, const Matrix<Scalar>& n) {
  Matrix<Scalar> b = Matrix<Scalar>::Zero(h.rows() + n.cols(), h.rows() + n.cols());
  b.topLeftCorner(h.rows(), h.cols()) = h;
  b.topRightCorner(n.rows(), n.cols()) = n;
  b.bottomLeftCorner(n.cols(), n.rows()) = n.transpose();
  return b;
}

double quality_of(const Matrix<double>& b) {
  if (!b.allFinite()) return 0;
  const Vector<double> values = Eigen::BDCSVD<Matrix<double>>(b).singularValues();
  return values(0) > 0 ? values(values.size() - 1) / values(0) : 0;
}

}  // namespace

Rational scale_of(const RationalVector& x) {
  Rational scale = 1;
  for (Index i = 0; i < x.size(); ++i) {
    while (scale < abs(x(i)))
      scale *= 2;
  }
  return scale;
}

std::vector<EnclosedMatrix> LossOverBoxes::inputs(const Box& box) const {
  std::vector<EnclosedMatrix> all;
  std::size_t datum = 0;
  std::size_t at = 0;
  for (const program::Input& input : loss_.program().inputs) {
    if (!input.is_weight) {
      all.push_back(enclosed(loss_.data()[datum++]));
      continue;
    }
    EnclosedMatrix weight(input.rows, input.cols);
    for (Enclosure& entry : weight.entries)
      entry = box[at++];
    all.push_back(std::move(weight));
  }
  return all;
}

std::vector<Border> borders(const symmetry::Loss& loss, const RationalVector& x0,
                            const std::vector<symmetry::Field>& fields) {
  const Index n = x0.size();
  const Matrix<double> hessian = in_doubles(loss.hessian(x0));
  const RationalMatrix values = symmetry::values_at(fields, x0);
  std::set<Index> ranks{0};
  Eigen::BDCSVD<Matrix<double>> svd;
  if (values.cols() > 0) {
    svd.compute(in_doubles(values), Eigen::ComputeThinV);
    const Vector<double> sigma = svd.singularValues();
    // where symmetries have a fixed point, the floats beside it still move a little
    for (const double threshold : {1e-2, 1e-4, 1e-6, 1e-9, 1e-12}) {
      for (const double scale : {sigma(0), 1.0})
        ranks.insert((sigma.array() > threshold * scale).count());
    }
  }
  std::vector<Border> found;
  for (const Index p : ranks) {
    Border border;
    border.C = RationalMatrix::Zero(values.cols(), p);
    for (Index j = 0; j < p; ++j) {
      for (Index i = 0; i < values.cols(); ++i)
        border.C(i, j) = rounded_down(Rational(svd.matrixV()(i, j) / svd.singularValues()(j)), border_bits);
    }
    border.N = p == 0 ? RationalMatrix(RationalMatrix::Zero(n, 0)) : multiply(values, border.C);
    border.quality = quality_of(bordered<double>(hessian, in_doubles(border.N)));
    found.push_back(std::move(border));
  }
  std::stable_sort(found.begin(), found.end(), [](const Border& a, const Border& b) { return a.quality > b.quality; });
  return found;
}

Bordered::Bordered(const LossOverBoxes& loss, const RationalVector& x0, const Border& border,
                   const std::vector<symmetry::Field>& fields)
    : loss_(loss), x0_(x0), border_(border), fields_(fields) {
  system_.value = [this](const std::vector<Rational>& y) { return value(y); };
  system_.jacobian = [this](const Box& box) { return jacobian(box); };
}

std::vector<Rational> Bordered::value(const std::vector<Rational>& y) const {
  const Index n = x0_.size();
  const Index p = border_.N.cols();
  const RationalVector x = head(y, n);
  const RationalVector gradient = loss_.loss().gradient(x);
  std::vector<Rational> result(y.size());
  for (Index i = 0; i < n; ++i) {
    Rational& entry = result[static_cast<std::size_t>(i)];
    entry = gradient(i);
    for (Index j = 0; j < p; ++j)
      entry += border_.N(i, j) * y[static_cast<std::size_t>(n + j)];
  }
  for (Index j = 0; j < p; ++j) {
    Rational& entry = result[static_cast<std::size_t>(n + j)];
    for (Index i = 0; i < n; ++i)
      entry += border_.N(i, j) * (x(i) - x0_(i));
  }
  return result;
}

EnclosedMatrix Bordered::jacobian(const Box& box) const {
  const Index n = x0_.size();
  const Index p = border_.N.cols();
  const EnclosedMatrix hessian = loss_.hessian(box);
  EnclosedMatrix b(n + p, n + p);
  for (Index j = 0; j < n; ++j) {
    for (Index i = 0; i < n; ++i)
      b(i, j) = hessian(i, j);
  }
  for (Index j = 0; j < p; ++j) {
    for (Index i = 0; i < n; ++i)
      b(i, n + j) = b(n + j, i) = Enclosure(border_.N(i, j));
  }
  return b;
}

RationalMatrix Bordered::matrix(const RationalVector& x) const {
  return bordered<Rational>(loss_.loss().hessian(x), border_.N);
}

std::optional<RationalVector> Bordered::solution() const {
  constexpr int most_steps = 60;
  constexpr double far_step = 1e-6;  // then the matrix is taken anew
  const Index n = x0_.size();
  const auto size = static_cast<std::size_t>(n + border_.N.cols());
  const double scale = scale_of(x0_).convert_to<double>();
  RationalVector x = x0_;
  Eigen::PartialPivLU<Matrix<double>> solver;
  double step_size = scale;
  for (int k = 0; k < most_steps; ++k) {
    std::vector<Rational> y(size);
    std::copy(x.data(), x.data() + n, y.begin());
    const std::vector<Rational> f = value(y);
    if (step_size > far_step * scale) {
      const Matrix<double> b = in_doubles(matrix(k == 0 ? x : rounded(x, matrix_bits)));
      if (!b.allFinite()) return std::nullopt;
      solver.compute(b);
    }
    Vector<double> right(static_cast<Index>(size));
    for (std::size_t i = 0; i < size; ++i)
      right(static_cast<Index>(i)) = f[i].convert_to<double>();
    const Vector<double> step = solver.solve(right);
    if (!step.allFinite() || step.norm() > 1e6 * scale) return std::nullopt;
    for (Index i = 0; i < n; ++i)
      x(i) = rounded_down(x(i) - Rational(step(i)), newton_bits);
    step_size = step.head(n).lpNorm<Eigen::Infinity>();
    if (step_size <= std::ldexp(scale, -160)) return x;
  }
  return std::nullopt;
}

bool Bordered::crosses_orbits(const Box& box) const {
  const Index n = x0_.size();
  if (border_.N.cols() == 0) return true;
  EnclosedMatrix values(n, static_cast<Index>(fields_.size()));
  for (std::size_t k = 0; k < fields_.size(); ++k) {
    const auto column = static_cast<Index>(k);
    for (const symmetry::Field::Entry& entry : fields_[k].linear) {
      values(entry.row, column) =
          values(entry.row, column) + Enclosure(entry.value) * box[static_cast<std::size_t>(entry.column)];
    }
    for (const auto& [row, constant] : fields_[k].constant)
      values(row, column) = values(row, column) + Enclosure(constant);
  }
  const EnclosedMatrix m = enclosed(RationalMatrix(border_.N.transpose())) * (values * enclosed(border_.C));
  const auto inverted = approximate_inverse(m.midpoint());
  if (!inverted) return false;
  const EnclosedMatrix product = enclosed(*inverted) * m;
  for (Index i = 0; i < product.rows; ++i) {
    Rational sum = 0;
    for (Index j = 0; j < product.cols; ++j) {
      const Enclosure off = Enclosure(Rational(i == j ? 1 : 0)) - product(i, j);
      sum += std::max(Rational(abs(off.lo)), Rational(abs(off.hi)));
    }
    if (sum >= 1) return false;
  }
  return true;
}

}  // namespace rankscape::near
