#include "symmetry/descent.hpp"

#include <rankscape/exact/deadline.hpp>

#include <algorithm>

#include "exact/random.hpp"

namespace rankscape::symmetry {

std::optional<Descent> leading_term(const Loss& loss, const RationalVector& x, CurveVectors curve, int limit) {
  const int degree = loss.degree().value_or(limit) * static_cast<int>(curve.size());
  const int last = std::min(limit, degree);
  for (int order = std::min(4, last);; order = std::min(2 * order, last)) {  // most end early
    std::vector<Rational> coefficients = loss.along(x, curve, order);
    coefficients[0] = 0;
    const auto lowest =
        std::find_if(coefficients.begin(), coefficients.end(), [](const Rational& c) { return c != 0; });
    if (lowest != coefficients.end()) {
      const int k = static_cast<int>(lowest - coefficients.begin());
      coefficients.resize(static_cast<std::size_t>(k) + 1);
      return Descent{std::move(curve), std::move(coefficients), k};
    }
    if (order >= last) return std::nullopt;
  }
}

bool decides_on_constraints(const Loss& lagrangian, const RationalVector& x, const CurveVectors& curve,
                            Index multipliers, int order) {
  const std::vector<RationalVector> slopes = lagrangian.gradient_along(x, curve, order);
  const auto first_term = [&](const auto& part) {
    int k = 0;
    while (k <= order && part(slopes[static_cast<std::size_t>(k)]).isZero())
      ++k;
    return k;
  };
  const int feasible = first_term([&](const RationalVector& slope) { return slope.tail(multipliers); });  // m + 1
  const int residual = first_term([&](const RationalVector& slope) { return slope.head(x.size() - multipliers); });
  return feasible >= 2 && order <= feasible - 1 + std::min(residual, feasible);
}

std::optional<Descent> directed(std::optional<Descent> along, Direction direction) {
  if (!along) return std::nullopt;
  const bool falls = along->coefficients.back() < 0;
  if (falls == (direction == Direction::down)) return along;
  if (along->order % 2 == 0) return std::nullopt;
  return reversed(std::move(*along));
}

Descent reversed(Descent along) {
  for (std::size_t k = 0; k < along.curve.size(); k += 2)
    along.curve[k] = -along.curve[k];
  if (along.order % 2 != 0) along.coefficients.back() = -along.coefficients.back();
  return along;
}

namespace {

class Search {
 public:
  Search(const Loss& loss, const RationalVector& x, const RationalMatrix* hessian, Direction direction,
         const DescentOptions& options)
      : loss_(loss), x_(x), hessian_(hessian), direction_(direction), options_(options), random_(options.seed) {
    if (options_.below > 0) options_.largest_order = std::min(options_.largest_order, options_.below - 1);
    if (done()) return;
    if (hessian_ != nullptr && x.size() > options.largest_basis) return;
    if (hessian_ != nullptr) kernel_ = null_space(*hessian_);
    if (dimension() == 0) return;
    lines();
    const Index basis = std::min<Index>(dimension(), options.curves);
    for (Index k = 0; k < basis && !done(); ++k)
      grow(basis_vector(k));
    for (int k = 0; k < options.curves && !done(); ++k)
      grow(k % 2 == 0 ? combination(dimension()) : combination(2));
  }

  [[nodiscard]] DescentAttempts result() && { return std::move(found_); }

 private:
  /// Orders 1 and 2 are excluded by the gradient and the Hessian.
  [[nodiscard]] bool done() const {
    return options_.largest_order < 3 || (found_.best && (options_.below == 0 || found_.best->order == 3));
  }
  [[nodiscard]] Index dimension() const { return hessian_ == nullptr ? x_.size() : kernel_.cols(); }
  [[nodiscard]] RationalVector basis_vector(Index k) const {
    if (hessian_ != nullptr) return kernel_.col(k);
    RationalVector unit = RationalVector::Zero(x_.size());
    unit(k) = 1;
    return unit;
  }

  /// A combination of `terms` vectors of the null basis (with repetition), or of all, with small coefficients.
  RationalVector combination(Index terms) {
    RationalVector sum = RationalVector::Zero(x_.size());
    for (Index k = 0; k < terms; ++k) {
      const Index column = terms == dimension() ? k : random_.integer(0, dimension() - 1);
      const Rational factor(random_.integer(-3, 3));
      if (hessian_ == nullptr) {
        sum(column) += factor;
      } else if (factor != 0) {
        sum += factor * kernel_.col(column);
      }
    }
    return sum;
  }

  /// \return the order of the first term along the curve, or 0
  int attempt(CurveVectors curve) {
    check_deadline();
    ++(curve.size() == 1 ? found_.lines : found_.curves);
    std::optional<Descent> along = leading_term(loss_, x_, std::move(curve), options_.largest_order);
    const int order = along ? along->order : 0;
    if (along && options_.multipliers > 0 &&
        !decides_on_constraints(loss_, x_, along->curve, options_.multipliers, order))
      return 0;
    along = directed(std::move(along), direction_);
    if (along && (!found_.best || along->order < found_.best->order)) found_.best = std::move(along);
    return order;
  }

  void lines() {
    // null bases of sparse Hessians are sparse: their vectors are directions that random ones miss
    const Index basis = std::min<Index>(dimension(), options_.lines);
    for (Index k = 0; k < basis && !done(); ++k)
      attempt({basis_vector(dimension() == basis ? k : random_.integer(0, dimension() - 1))});
    for (int k = 0; k < options_.lines && !done(); ++k)
      attempt({combination(k % 3 == 0 ? dimension() : 2 + k % 4)});
  }

  void grow(const RationalVector& v) {
    CurveVectors curve{v};
    for (int m = 1; 2 * m <= options_.largest_order && !done(); ++m) {
      const int order = attempt(curve);
      if (order > 0 && order <= 2 * m + 1) return;  // no choice of what follows changes it
      const RationalVector slope = loss_.gradient_along(x_, curve, m + 1).back();
      const bool flat = slope.isZero();
      std::optional<RationalMatrix> next;
      if (!flat && hessian_ != nullptr) next = solve(*hessian_, RationalMatrix(-slope));
      if (!flat && !next) {
        perturb(curve, slope, m);
        return;
      }
      curve.push_back(flat ? RationalVector(RationalVector::Zero(v.size())) : RationalVector(next->col(0)));
    }
  }

  // The gradient along the curve, slope t^{m+1} + .., is not orthogonal to some b of the kernel: s t^j b falls.
  void perturb(const CurveVectors& curve, const RationalVector& slope, int m) {
    RationalVector b = slope;
    for (Index k = 0; hessian_ != nullptr && k < kernel_.cols(); ++k) {
      b = kernel_.col(k);
      if (slope.dot(b) != 0) break;
    }
    for (int j = 1; j <= m + 1; ++j) {
      for (const int s : {1, -1, 2, -2}) {
        if (done()) return;
        CurveVectors bent = curve;
        bent.resize(std::max(bent.size(), static_cast<std::size_t>(j)), RationalVector::Zero(b.size()));
        bent[static_cast<std::size_t>(j) - 1] += Rational(s) * b;
        attempt(std::move(bent));
      }
    }
  }

  const Loss& loss_;
  const RationalVector& x_;
  const RationalMatrix* hessian_;
  Direction direction_;
  DescentOptions options_;
  Random random_;
  RationalMatrix kernel_;
  DescentAttempts found_;
};

}  // namespace

DescentAttempts find_descent(const Loss& loss, const RationalVector& x, const RationalMatrix* hessian,
                             Direction direction, const DescentOptions& options) {
  return Search(loss, x, hessian, direction, options).result();
}

}  // namespace rankscape::symmetry
