#include "check/falsify.hpp"

#include <algorithm>
#include <stdexcept>

#include "check/loss_along.hpp"
#include "exact/random.hpp"

namespace rankscape {

namespace {

Weights as_weights(const RationalVector& vector, const Weights& like) {
  Weights weights;
  Index at = 0;
  for (const RationalMatrix& w : like) {
    weights.emplace_back(vector.segment(at, w.size()).reshaped(w.rows(), w.cols()));
    at += w.size();
  }
  return weights;
}

class Search {
 public:
  /// \param known  order of a curve that is known, or 0
  Search(const Instance& instance, const RationalMatrix& hessian, int known, Way way, const FalsifyOptions& options)
      : instance_(instance), hessian_(hessian), way_(way), random_(options.seed), known_(known) {
    found_.least_order = known;
    if (done()) return;
    kernel_ = null_space(hessian_);
    lines(options.lines);
    // without a known descent the point may be one where only few of the kernel's directions bend downwards
    for (Index k = 0; known_ == 0 && k < std::min<Index>(kernel_.cols(), options.curves) && !done(); ++k)
      curves_along(kernel_.col(k));
    for (int k = 0; k < options.curves && !done(); ++k)
      curves_along(k % 2 == 0 ? combination(kernel_.cols()) : combination(2));
  }

  [[nodiscard]] Attempts result() && { return std::move(found_); }

 private:
  [[nodiscard]] const Weights& start() const { return instance_.point().weights; }

  /// Order 1 is excluded by the gradient, order 2 by the Hessian; without a known descent any will do.
  [[nodiscard]] bool done() const { return known_ == 0 ? found_.least_order > 0 : found_.least_order <= 3; }

  /// A combination of `terms` vectors of the null basis (with repetition), or of all, with small coefficients.
  RationalVector combination(Index terms) {
    RationalVector sum = RationalVector::Zero(kernel_.rows());
    for (Index k = 0; k < terms; ++k) {
      const Index column = terms == kernel_.cols() ? k : random_.integer(0, kernel_.cols() - 1);
      sum += Rational(random_.integer(-3, 3)) * kernel_.col(column);
    }
    return sum;
  }

  void attempt(const std::vector<Weights>& curve) {
    ++(curve.size() == 1 ? found_.lines : found_.curves);
    std::vector<Rational> coefficients = loss_along(instance_, curve);
    const int order = lowest_order(coefficients);
    if (order == 0 || (found_.least_order > 0 && order >= found_.least_order)) return;
    // at an odd order -t goes the one way where t goes the other
    const bool wanted = order % 2 == 1 || sign(coefficients[static_cast<std::size_t>(order)]) == static_cast<int>(way_);
    if (!wanted) return;
    found_.least_order = order;
    found_.curve = curve;
    found_.coefficients = std::move(coefficients);
  }

  void line(const RationalVector& v) {
    if (!done()) attempt({as_weights(v, start())});
  }

  void lines(int count) {
    // null bases of sparse Hessians are sparse: their vectors are directions that random ones miss
    const Index basis = std::min<Index>(kernel_.cols(), count);
    for (Index k = 0; k < basis; ++k)
      line(kernel_.col(kernel_.cols() == basis ? k : random_.integer(0, kernel_.cols() - 1)));
    for (int k = 0; k < count; ++k)
      line(combination(k % 3 == 0 ? kernel_.cols() : 2 + k % 4));
  }

  /// Gradient at V of the cubic form c: the coefficient of t^2 in the gradient of the loss at W + tV.
  RationalVector cubic_gradient(const RationalVector& v) const {
    const std::vector<Weights> direction{as_weights(v, start())};
    std::vector<RationalVector> values;
    for (int t = 0; t < std::max(3, instance_.degree()); ++t)  // enough values for a coefficient of t^2
      values.push_back(instance_.gradient_at(at_parameter(start(), direction, Rational(t))));
    RationalVector result(v.size());
    for (Index k = 0; k < v.size(); ++k) {
      std::vector<Rational> along;
      for (const RationalVector& value : values)
        along.push_back(value(k));
      result(k) = interpolate(std::move(along))[2];
    }
    return result;
  }

  void curves_along(const RationalVector& v) {
    const RationalVector slope = cubic_gradient(v);
    const auto best = solve(hessian_, RationalMatrix(-slope));
    if (!best) {
      for (Index k = 0; k < kernel_.cols(); ++k) {
        if (slope.dot(kernel_.col(k)) == 0) continue;
        for (const int s : {1, -1, 2})  // c(V + s b), a cubic in s that is not constant
          line(v + Rational(s) * kernel_.col(k));
      }
      return;
    }
    const RationalVector bend = best->col(0);
    const Weights direction = as_weights(v, start());
    const auto curve = [&](const RationalVector& u) {
      if (!done()) attempt({direction, as_weights(u, start())});
    };
    curve(bend);
    curve(bend + combination(2));
    curve(bend + combination(kernel_.cols()));
    curve(random_integers(v.size(), 1, 2, random_).col(0));
  }

  const Instance& instance_;
  const RationalMatrix& hessian_;
  Way way_;
  Random random_;
  int known_;
  RationalMatrix kernel_;
  Attempts found_;
};

}  // namespace

Attempts try_lower_orders(const Instance& instance, const Evidence& evidence, const FalsifyOptions& options) {
  return Search(instance, *evidence.hessian_matrix, escape_order(evidence).value(), Way::down, options).result();
}

Attempts find_curve(const Instance& instance, const RationalMatrix& hessian, Way way, const FalsifyOptions& options) {
  return Search(instance, hessian, 0, way, options).result();
}

}  // namespace rankscape
