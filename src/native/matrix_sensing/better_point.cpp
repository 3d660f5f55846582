#include "native/matrix_sensing/better_point.hpp"

#include <cmath>

#include "exact/decompositions.hpp"
#include "exact/doubles.hpp"
#include "exact/random.hpp"

namespace rankscape::matrix_sensing {

namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

// To multiples of 2^-bits.
RationalMatrix rounded(const MatrixXd& a, int bits) {
  RationalMatrix result(a.rows(), a.cols());
  for (Index k = 0; k < a.size(); ++k)
    result(k) = Rational(static_cast<long>(std::llround(std::ldexp(a(k), bits)))) / Rational(Integer(1) << bits);
  return result;
}

constexpr double largest_entry = 1e9;  // beyond it rounding would overflow, and no proposal is worth it

void propose(const MatrixXd& v, std::vector<RationalMatrix>& proposals) {
  if (!v.allFinite() || v.cwiseAbs().maxCoeff() > largest_entry) return;
  for (const int bits : {2, 6, 12, 28})
    proposals.push_back(rounded(v, bits));
}

struct Residual {
  VectorXd value;
  MatrixXd jacobian;
};

Residual residual_at(const std::vector<MatrixXd>& A, const VectorXd& b, const MatrixXd& v) {
  Residual at{VectorXd(b.size()), MatrixXd(b.size(), v.size())};
  const MatrixXd gram = v * v.transpose();
  for (Index l = 0; l < b.size(); ++l) {
    const MatrixXd& a = A[static_cast<std::size_t>(l)];
    at.value(l) = (a.array() * gram.array()).sum() - b(l);
    const MatrixXd slope = (a + a.transpose()) * v;
    at.jacobian.row(l) = Eigen::Map<const VectorXd>(slope.data(), slope.size()).transpose();
  }
  return at;
}

MatrixXd descend(const std::vector<MatrixXd>& A, const VectorXd& b, MatrixXd v) {
  double damping = 1e-2;
  Residual at = residual_at(A, b, v);
  for (int step = 0; step < 200 && damping < 1e12; ++step) {
    MatrixXd normal = at.jacobian.transpose() * at.jacobian;
    normal.diagonal().array() += damping * (1 + normal.diagonal().maxCoeff());
    const VectorXd move = normal.ldlt().solve(at.jacobian.transpose() * at.value);
    const MatrixXd next = v - Eigen::Map<const MatrixXd>(move.data(), v.rows(), v.cols());
    Residual there = residual_at(A, b, next);
    if (there.value.squaredNorm() < at.value.squaredNorm()) {
      v = next;
      at = std::move(there);
      damping /= 4;
    } else {
      damping *= 8;
    }
  }
  return v;
}

}  // namespace

std::vector<RationalMatrix> approximate_factors(const RationalMatrix& m, Index k) {
  std::vector<RationalMatrix> proposals;
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(in_doubles(m));
  const Index n = m.rows();
  const Index used = std::min(n, k);
  MatrixXd v = MatrixXd::Zero(n, k);
  for (Index j = 0; j < used; ++j) {
    const double value = solver.eigenvalues()(n - 1 - j);
    if (value > 0) v.col(j) = std::sqrt(value) * solver.eigenvectors().col(n - 1 - j);
  }
  propose(v, proposals);
  return proposals;
}

std::vector<RationalMatrix> approximate_minimizers(const std::vector<RationalMatrix>& A, const std::vector<Rational>& b,
                                                   const RationalMatrix& u) {
  constexpr int starts = 6;
  std::vector<MatrixXd> a;
  for (const RationalMatrix& matrix : A)
    a.push_back(in_doubles(matrix));
  VectorXd right(static_cast<Index>(b.size()));
  for (std::size_t l = 0; l < b.size(); ++l)
    right(static_cast<Index>(l)) = b[l].convert_to<double>();
  Random random(1);
  const MatrixXd start = in_doubles(u);
  // of the size of a solution: ||V||^4 about ||b||^2 over the size of A
  double scale = start.norm();
  for (const MatrixXd& matrix : a)
    scale = std::max(scale, std::sqrt(right.norm() / (1e-3 + matrix.norm())));
  std::vector<RationalMatrix> proposals;
  for (int k = 0; k < starts; ++k) {
    MatrixXd from = k % 2 == 0 ? start : MatrixXd(MatrixXd::Zero(u.rows(), u.cols()));
    for (Index entry = 0; entry < from.size(); ++entry)
      from(entry) += (k % 2 == 0 ? 0.1 : 1.0) * scale * static_cast<double>(random.integer(-8, 8)) / 8;
    propose(descend(a, right, from), proposals);
  }
  return proposals;
}

}  // namespace rankscape::matrix_sensing
