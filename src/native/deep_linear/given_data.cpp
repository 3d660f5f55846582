// Everything follows from the eigenvectors of Sigma; what is not rational or outside the hypotheses is named.
#include "native/deep_linear/given_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <rankscape/error.hpp>
#include <rankscape/exact/real_roots.hpp>

namespace rankscape::deep_linear {

GivenData::GivenData(const RationalMatrix& X, const RationalMatrix& Y) : X_(X), Y_(Y) {
  const Index dx = X.rows();
  const Index dy = Y.rows();
  if (X.cols() != Y.cols()) throw InputError(fmt::format("X has {} columns, Y {}", X.cols(), Y.cols()));
  if (dy > dx) throw InputError(fmt::format("dy = {} > dx = {}, which the hypothesis H1 excludes", dy, dx));
  const RationalMatrix sxx = multiply(X, X.transpose());
  const RationalMatrix sxy = multiply(X, Y.transpose());
  const auto whitened = solve(sxx, sxy);
  if (rank(sxx) != dx || !whitened) throw InputError("X X^T is singular, which the hypothesis H2 excludes");
  if (rank(sxy) != dy) throw InputError("X Y^T has rank below dy, which the hypothesis H3 excludes");
  const RationalMatrix sigma = multiply(sxy.transpose(), *whitened);
  vectors_ = RationalMatrix(dy, dy);
  Index k = 0;
  for (const RealRoot& eigenvalue : real_eigenvalues(sigma)) {
    const auto value = eigenvalue.rational();
    if (!value) {
      const DecimalEnclosure about = to_decimal(eigenvalue.enclose(Rational(1, 1'000'000)), 6);
      throw InputError(
          fmt::format("the eigenvalue of Sigma in [{}, {}] is irrational (of degree {}): critical points "
                      "that select it have no rational entries",
                      about.lo, about.hi, eigenvalue.minimal_polynomial().size() - 1));
    }
    if (!lambda_.empty() && lambda_.back() == *value)
      throw InputError("the eigenvalue " + rankscape::to_string(*value) +
                       " of Sigma is repeated, which the hypothesis H4 excludes");
    lambda_.push_back(*value);
    const RationalMatrix vector = null_space(sigma - *value * RationalMatrix::Identity(dy, dy));
    vectors_.col(k) = vector.col(0);
    squares_.push_back(multiply(vector.transpose(), vector)(0, 0));
    ++k;
  }
  coordinates_ = RationalMatrix(dx, dx);
  coordinates_.topRows(dy) = multiply(*whitened, vectors_).transpose();
  if (dx > dy) coordinates_.bottomRows(dx - dy) = null_space(sxy.transpose()).transpose();
}

ExactData GivenData::selecting(const std::vector<int>& S) const {
  ExactData data;
  data.X = X_;
  data.Y = Y_;
  data.output_rotation = vectors_;
  data.whitening = coordinates_;
  data.inputs = X_.rows();
  for (std::size_t k = 0; k < lambda_.size(); ++k) {
    const bool selected = std::find(S.begin(), S.end(), static_cast<int>(k) + 1) != S.end();
    data.sigma.push_back(selected ? Rational(1 / squares_[k]) : Rational(lambda_[k] * squares_[k]));
  }
  return data;
}

}  // namespace rankscape::deep_linear
