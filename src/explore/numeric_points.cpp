#include "explore/numeric_points.hpp"

#include <algorithm>
#include <cmath>
#include <rankscape/error.hpp>
#include <vector>

#include "exact/decompositions.hpp"
#include "exact/simplest.hpp"

namespace rankscape::explore {

namespace {

using Values = Eigen::VectorXd;

// The loss at fixed data, as a function of the flat vector of weights: exact at exact points.
class AtData {
 public:
  AtData(const Landscape& landscape, Point point)
      : landscape_(landscape), point_(std::move(point)), size_(parameters_of(point_.weights)) {}

  [[nodiscard]] Index size() const { return size_; }

  [[nodiscard]] Point at(const std::vector<Rational>& x) const {
    Point moved = point_;
    std::size_t k = 0;
    for (RationalMatrix& w : moved.weights) {
      for (Index j = 0; j < w.cols(); ++j) {
        for (Index i = 0; i < w.rows(); ++i)
          w(i, j) = x[k++];
      }
    }
    return moved;
  }

  [[nodiscard]] std::unique_ptr<Instance> instance(const Values& x) const {
    std::vector<Rational> exact;
    for (const double value : x)
      exact.emplace_back(value);
    return landscape_.instance(at(exact));
  }

  [[nodiscard]] bool critical(const std::vector<Rational>& x) const {
    const RationalVector gradient = landscape_.instance(at(x))->gradient();
    return std::all_of(gradient.begin(), gradient.end(), [](const Rational& entry) { return entry == 0; });
  }

 private:
  const Landscape& landscape_;
  Point point_;
  Index size_;
};

Values to_double(const RationalVector& v) {
  Values result(v.size());
  for (Index k = 0; k < v.size(); ++k)
    result(k) = static_cast<double>(v(k));
  return result;
}

// Steps on |grad|^2 in the coordinates that are free. \return the last |grad|
double descend(const AtData& landscape, Values& x, const std::vector<bool>& fixed, int most_steps) {
  std::vector<Index> free;
  for (Index k = 0; k < x.size(); ++k) {
    if (!fixed[static_cast<std::size_t>(k)]) free.push_back(k);
  }
  double norm = to_double(landscape.instance(x)->gradient()).norm();
  double factor = 1;
  for (int step = 0; step < most_steps && norm > 1e-13 && !free.empty(); ++step) {
    const auto here = landscape.instance(x);
    const Values gradient = to_double(here->gradient());
    const RationalMatrix exact = here->hessian();
    Eigen::MatrixXd jacobian(x.size(), static_cast<Index>(free.size()));
    for (std::size_t c = 0; c < free.size(); ++c) {
      for (Index i = 0; i < x.size(); ++i)
        jacobian(i, static_cast<Index>(c)) = static_cast<double>(exact(i, free[c]));
    }
    Eigen::MatrixXd normal = jacobian.transpose() * jacobian;
    const double damping = factor * norm * std::sqrt(norm) + 1e-15;
    normal.diagonal().array() += damping;
    const Values direction = Eigen::LLT<Eigen::MatrixXd>(normal).solve(jacobian.transpose() * gradient);
    Values moved = x;
    for (std::size_t c = 0; c < free.size(); ++c)
      moved(free[c]) -= direction(static_cast<Index>(c));
    if (!moved.allFinite() || moved.cwiseAbs().maxCoeff() > 1e6) return norm;
    const double next = to_double(landscape.instance(moved)->gradient()).norm();
    if (next < norm) {
      x = moved;
      norm = next;
      factor = std::max(factor / 4, 1e-6);
    } else {
      factor *= 8;
      if (factor > 1e9) break;
    }
  }
  return norm;
}

// Where the Hessian is singular beyond the tangent space of the critical set, a gradient of 1e-9 may be 1e-3 away.
constexpr double near_enough = 1e-7;

}  // namespace

std::optional<Point> recognized_critical_point(const Landscape& of, Point start, Random& random) {
  const AtData landscape(of, std::move(start));
  const Index n = landscape.size();
  Values x(n);
  // low rank starts are as likely as others: saddles of low rank attract few of the rest
  const long scale = random.integer(1, 4);
  for (double& value : x)
    value = random.integer(0, 3) == 0 ? 0.0 : static_cast<double>(random.integer(-1000, 1000) * scale) / 1000;
  std::vector<bool> fixed(static_cast<std::size_t>(n), false);
  if (descend(landscape, x, fixed, 120) > near_enough) return std::nullopt;

  // Fix one coordinate after the other at the simplest rational nearby, and let the others follow. Those that will not
  // be fixed are determined by the fixed ones.
  for (Index k = 0; k < n; ++k) {
    const Rational simple = simplest_near(x(k), 0.13);
    Values trial = x;
    trial(k) = static_cast<double>(simple);
    fixed[static_cast<std::size_t>(k)] = true;
    if (descend(landscape, trial, fixed, 40) < near_enough && (trial - x).cwiseAbs().maxCoeff() < 1) {
      x = trial;
    } else {
      fixed[static_cast<std::size_t>(k)] = false;
    }
  }
  descend(landscape, x, fixed, 40);
  for (const double width : {1e-3, 1e-5, 1e-8, 1e-11}) {
    std::vector<Rational> exact;
    for (Index k = 0; k < n; ++k)
      exact.push_back(simplest_near(x(k), fixed[static_cast<std::size_t>(k)] ? 1e-12 : width));
    if (landscape.critical(exact)) return landscape.at(exact);
  }
  return std::nullopt;
}

}  // namespace rankscape::explore
