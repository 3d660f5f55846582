#include "regions/spectrum.hpp"

#include <rankscape/exact/inertia.hpp>
#include <rankscape/numeric/eigen.hpp>

#include <algorithm>
#include <cmath>

#include "exact/decompositions.hpp"

namespace rankscape::regions {

LeastEigenvalue least_eigenvalue(const EnclosedMatrix& h) {
  const Index n = h.rows;
  const RationalMatrix middle = h.midpoint();
  Rational radius = 0;
  Rational size = 1;
  for (Index i = 0; i < n; ++i) {
    Rational row = 0;
    for (Index j = 0; j < n; ++j) {
      row += h(i, j).width() / 2;
      size = std::max(size, Rational(abs(middle(i, j)) * n));
    }
    radius = std::max(radius, row);
  }
  Matrix<double> approximate(n, n);
  for (Index k = 0; k < n * n; ++k)
    approximate(k) = middle(k).convert_to<double>();
  const Eigen::SelfAdjointEigenSolver<Matrix<double>> solver(approximate);
  LeastEigenvalue result{-size, RationalVector::Zero(n)};  // below every eigenvalue, by Gershgorin's theorem
  const double proposed = solver.eigenvalues()(0);
  if (std::isfinite(proposed)) {
    const Rational bound = Rational(proposed) - (size + radius) / (1 << 20);
    if (inertia(middle - bound * RationalMatrix::Identity(n, n)).negative == 0) result.below = bound;
    for (Index i = 0; i < n; ++i)
      result.vector(i) = static_cast<long>(std::lround(solver.eigenvectors()(i, 0) * (1 << 16)));
  }
  if (is_zero(result.vector)) result.vector(0) = 1;
  result.below -= radius;
  return result;
}

Real of_box(const Enclosure& enclosure) {
  if (enclosure.is_exact()) return Real(enclosure.lo);
  return Real(Real::Refine([enclosure](const Rational&) { return enclosure; }));
}

Real least_eigenvalue_at(RationalMatrix h) {
  return Real(Real::Refine([matrix = std::move(h)](const Rational& width) {
    return enclose_eigenvalues(matrix, {.width = width}).values.front();
  }));
}

Real lambda_min(const program::EnclosedLoss& loss, std::span<const EnclosedMatrix> inputs) {
  const EnclosedMatrix h = loss.hessian(inputs);
  if (h.is_exact()) return least_eigenvalue_at(h.midpoint());
  const LeastEigenvalue least = least_eigenvalue(h);
  // Z^T H Z / |Z|^2 is at least the least eigenvalue, whatever Z != 0
  std::vector<RationalMatrix> z;
  Index offset = 0;
  for (const program::Input& input : loss.loss().loss().inputs) {
    if (!input.is_weight) continue;
    const RationalVector part = least.vector.segment(offset, input.rows * input.cols);
    z.emplace_back(part.reshaped(input.rows, input.cols));
    offset += part.size();
  }
  const Enclosure form = loss.second_derivative(inputs, z);
  return of_box({least.below, std::max(least.below, Rational(form.hi / least.vector.squaredNorm()))});
}

}  // namespace rankscape::regions
