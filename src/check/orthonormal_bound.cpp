#include "check/orthonormal_bound.hpp"

#include <algorithm>
#include <cmath>

#include "certificate/evidence.hpp"
#include "check/local_problem.hpp"
#include "exact/decompositions.hpp"
#include "exact/doubles.hpp"
#include "exact/simplest.hpp"
#include "landscapes/constraints.hpp"
#include "numeric/pencil.hpp"
#include "program/lagrangian.hpp"
#include "symmetry/polynomial_program.hpp"

namespace rankscape {

namespace {

using certificate::OrthonormalBound;

constexpr Index most_parameters = 100;
constexpr std::int64_t most_products = 1'000'000;

RationalMatrix as_matrix(const RationalVector& v, Index rows) {
  return v.reshaped(rows, v.size() / rows);
}

// The constraints as polynomials in the weights, and the entries of X^T X - I on and above the diagonal, row by row, as
// combinations of them.
std::optional<RationalMatrix> combination(const Instance& instance, const RationalMatrix& x) {
  const program::Program constraints = program::constraints_of(instance.program());
  symmetry::PolynomialRing ring(most_products);
  const std::vector<symmetry::Polynomial> column =
      symmetry::evaluate_along(constraints, instance.program_data(), symmetry::variables(x.size()), ring)
          .front()
          .entries;
  std::vector<symmetry::Polynomial> wanted;
  for (Index i = 0; i < x.cols(); ++i) {
    for (Index j = i; j < x.cols(); ++j) {
      symmetry::Polynomial& sum = wanted.emplace_back(Rational(i == j ? -1 : 0));
      for (Index a = 0; a < x.rows(); ++a)
        sum.add({static_cast<char16_t>(i * x.rows() + a), static_cast<char16_t>(j * x.rows() + a)}, 1);
    }
  }
  return symmetry::as_combinations(wanted, column);
}

// Which symmetric D make a quadratic form convex.
class Multipliers {
 public:
  Multipliers(RationalMatrix x, RationalMatrix l, const RationalMatrix& jacobian)
      : x_(std::move(x)), l_(std::move(l)), n_(x_.rows()), k_(x_.cols()) {
    for (Index i = 0; i < k_; ++i) {
      for (Index j = i; j < k_; ++j) {
        RationalMatrix& unit = units_.emplace_back(RationalMatrix::Zero(k_, k_));
        unit(i, j) = unit(j, i) = 1;
      }
    }
    demand(jacobian);
  }

  [[nodiscard]] bool square() const { return n_ == k_; }
  /// L + 2 (I (x) X D X^T - D (x) I)
  [[nodiscard]] RationalMatrix form(const RationalMatrix& d) const {
    const RationalMatrix middle = multiply({x_, d, x_.transpose()});
    return l_ + Rational(2) * (kronecker(RationalMatrix::Identity(k_, k_), middle) -
                               kronecker(d, RationalMatrix::Identity(n_, n_)));
  }

  [[nodiscard]] std::optional<OrthonormalBound> search() const {
    const auto first = solve(left_, right_);
    if (!first) return std::nullopt;
    const RationalMatrix start = combined(first->col(0));
    const RationalMatrix free = null_space(left_);
    std::vector<RationalMatrix> directions;
    directions.reserve(static_cast<std::size_t>(free.cols()));
    for (Index i = 0; i < free.cols(); ++i)
      directions.push_back(combined(free.col(i)));
    if (directions.empty()) return checked(start);
    for (const Eigen::VectorXd& t : numeric::central_path(blocks(start, directions))) {
      for (const int bits : {0, 2, 5, 10, 20}) {
        RationalMatrix d = start;
        for (std::size_t i = 0; i < directions.size(); ++i)
          d += rounded(t(static_cast<Index>(i)), bits) * directions[i];
        if (plausible(d))
          if (auto found = checked(d)) return found;
      }
    }
    return std::nullopt;
  }

 private:
  static Rational rounded(double t, int bits) {
    constexpr double large = 1e12;
    if (!(std::abs(t) < large)) return 0;
    return Rational(static_cast<long>(std::llround(std::ldexp(t, bits)))) / Rational(Integer(1) << bits);
  }

  [[nodiscard]] RationalMatrix combined(const RationalVector& coefficients) const {
    RationalMatrix d = RationalMatrix::Zero(k_, k_);
    for (std::size_t i = 0; i < units_.size(); ++i)
      d += coefficients(static_cast<Index>(i)) * units_[i];
    return d;
  }

  // Where the form is zero whatever D is, a semidefinite one has null vectors: on tangent vectors X W + V, X^T V = 0,
  // it is that of L less 2 <D, V^T V>, on X S, S symmetric, that of L. That is linear in D: left d = right.
  void demand(const RationalMatrix& jacobian) {
    const RationalMatrix tangent = null_space(jacobian);
    const RationalMatrix inner = null_space(multiply({tangent.transpose(), l_, tangent}));
    null_ = tangent.cols() == 0 ? RationalMatrix(n_ * k_, 0) : multiply(tangent, inner);
    RationalMatrix beyond(0, k_);  // rows y with D y^T = 0
    if (!square()) {
      const RationalMatrix complement = RationalMatrix::Identity(n_, n_) - multiply(x_, x_.transpose());
      for (Index i = 0; i < null_.cols(); ++i) {
        const RationalMatrix v = multiply(complement, as_matrix(null_.col(i), n_));
        beyond.conservativeResize(beyond.rows() + n_, k_);
        beyond.bottomRows(n_) = v;
      }
    }
    RationalMatrix normal(n_ * k_, static_cast<Index>(units_.size()));
    for (std::size_t i = 0; i < units_.size(); ++i)
      normal.col(static_cast<Index>(i)) = RationalMatrix(multiply(x_, units_[i])).reshaped();
    const RationalMatrix outer = multiply(normal, null_space(multiply({normal.transpose(), l_, normal})));
    null_.conservativeResize(n_ * k_, null_.cols() + outer.cols());
    null_.rightCols(outer.cols()) = outer;
    kernel_of_d_ = beyond.rows() == 0 ? RationalMatrix(k_, 0) : column_basis(RationalMatrix(beyond.transpose()));

    const RationalMatrix at_zero = form(RationalMatrix::Zero(k_, k_));
    const Index conditions = n_ * k_ * null_.cols() + k_ * kernel_of_d_.cols();
    left_ = RationalMatrix::Zero(conditions, static_cast<Index>(units_.size()));
    right_ = RationalMatrix::Zero(conditions, 1);
    const auto put = [&](Index column, const RationalMatrix& image, const RationalMatrix& of_d) {
      left_.col(column).head(image.size()) = image.reshaped();
      left_.col(column).tail(of_d.size()) = of_d.reshaped();
    };
    for (std::size_t i = 0; i < units_.size(); ++i)
      put(static_cast<Index>(i), multiply(RationalMatrix(form(units_[i]) - at_zero), null_),
          multiply(units_[i], kernel_of_d_));
    const RationalMatrix constant = multiply(at_zero, null_);
    right_.col(0).head(constant.size()) = -constant.reshaped();
  }

  // On the complement of what is zero in any case; in an orthonormal basis, so that eigenvalues mean something.
  [[nodiscard]] std::vector<numeric::Pencil> blocks(const RationalMatrix& start,
                                                    const std::vector<RationalMatrix>& directions) const {
    const RationalMatrix at_zero = form(RationalMatrix::Zero(k_, k_));
    const auto restricted = [](const Eigen::MatrixXd& basis, const RationalMatrix& a) {
      return Eigen::MatrixXd(basis.transpose() * in_doubles(a) * basis);
    };
    const Eigen::MatrixXd moving = complement_of(null_);
    std::vector<numeric::Pencil> result;
    numeric::Pencil& of_form = result.emplace_back(numeric::Pencil{restricted(moving, form(start)), {}});
    for (const RationalMatrix& direction : directions)
      of_form.slopes.push_back(restricted(moving, form(direction) - at_zero));
    if (square()) return result;
    const Eigen::MatrixXd basis = complement_of(kernel_of_d_);
    numeric::Pencil of_d{restricted(basis, start), {}};
    for (const RationalMatrix& direction : directions)
      of_d.slopes.push_back(restricted(basis, direction));
    result.push_back(std::move(of_d));
    return result;
  }

  static Eigen::MatrixXd complement_of(const RationalMatrix& columns) {
    const RationalMatrix basis = columns.cols() == 0 ? RationalMatrix::Identity(columns.rows(), columns.rows()).eval()
                                                     : null_space(RationalMatrix(columns.transpose()));
    const Eigen::HouseholderQR<Eigen::MatrixXd> qr(in_doubles(basis));
    return qr.householderQ() * Eigen::MatrixXd::Identity(basis.rows(), basis.cols());
  }

  // A cheap look before the exact one.
  [[nodiscard]] bool plausible(const RationalMatrix& d) const {
    const auto least = [](const RationalMatrix& a) {
      return a.rows() == 0 ? 0
                           : Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(in_doubles(a), Eigen::EigenvaluesOnly)
                                 .eigenvalues()(0);
    };
    constexpr double noise = 1e-6;
    return least(form(d)) > -noise && (square() || least(d) > -noise);
  }

  [[nodiscard]] std::optional<OrthonormalBound> checked(const RationalMatrix& d) const {
    OrthonormalBound bound;
    auto convex = certificate::semidefinite(form(d));
    if (!convex) return std::nullopt;
    bound.convex = *std::move(convex);
    if (!square()) {
      bound.above = certificate::semidefinite(d);
      if (!bound.above) return std::nullopt;
    }
    bound.multipliers = d;
    return bound;
  }

  RationalMatrix x_;
  RationalMatrix l_;
  Index n_;
  Index k_;
  std::vector<RationalMatrix> units_;
  RationalMatrix null_;         // columns: in the null space whatever D is
  RationalMatrix kernel_of_d_;  // columns
  RationalMatrix left_;
  RationalMatrix right_;
};

RationalMatrix reflection_at(const RationalVector& e) {
  return RationalMatrix::Identity(e.size(), e.size()) - Rational(2 / e.dot(e)) * multiply(e, e.transpose());
}

// A reflection F at e and s >= 0 such that K - s F is positive semidefinite, where K has one negative eigenvalue, e
// close to its eigenvector: equal to it where that is rational.
std::optional<OrthonormalBound::Reflection> reflection_below(const RationalMatrix& k) {
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(in_doubles(k));
  const double lowest = solver.eigenvalues()(0);
  const double next = k.rows() > 1 ? solver.eigenvalues()(1) : -lowest;
  if (!std::isfinite(next - lowest)) return std::nullopt;  // too large for doubles
  std::vector<RationalVector> vectors;
  const auto exact = real_eigenvalues(k).back().rational();
  if (exact) {
    const RationalMatrix null = null_space(k - *exact * RationalMatrix::Identity(k.rows(), k.rows()));
    if (null.cols() == 1) vectors.emplace_back(null.col(0));
  }
  for (const int bits : {6, 12, 24}) {
    RationalVector& e = vectors.emplace_back(k.rows());
    for (Index i = 0; i < k.rows(); ++i)
      e(i) = Rational(std::lround(std::ldexp(solver.eigenvectors()(i, 0), bits)));
  }
  for (const RationalVector& e : vectors) {
    if (e.dot(e) == 0) continue;
    const RationalMatrix f = reflection_at(e);
    std::vector<Rational> scales{simplest_near((next - lowest) / 2, std::max(0.0, (next + lowest) / 4) + 1e-12)};
    if (exact) scales.push_back(-*exact);
    for (const Rational& s : scales)
      if (s >= 0 && certificate::semidefinite(k - s * f)) return OrthonormalBound::Reflection{s, e};
  }
  return std::nullopt;
}

// Where the Lagrangian is that of a linear function: L = K (x) I.
std::optional<OrthonormalBound> among_rotations(const RationalMatrix& l, Index n) {
  RationalMatrix k(n, n);
  for (Index i = 0; i < n; ++i)
    for (Index j = 0; j < n; ++j)
      k(i, j) = l(i * n, j * n);
  if (l != kronecker(k, RationalMatrix::Identity(n, n)) || inertia(k).negative != 1) return std::nullopt;
  OrthonormalBound bound;
  bound.reflection = reflection_below(k);
  if (!bound.reflection) return std::nullopt;
  const RationalMatrix turned = bound.reflection->scale * reflection_at(bound.reflection->vector);
  bound.convex = certificate::semidefinite(l - kronecker(turned, RationalMatrix::Identity(n, n))).value();
  bound.multipliers = RationalMatrix::Zero(n, n);
  return bound;
}

}  // namespace

bool of_rotations_only(const Instance& instance) {
  const std::vector<RationalMatrix>& weights = instance.point().weights;
  if (weights.size() != 1 || weights.front().rows() != weights.front().cols()) return false;
  const Landscape::Data& data = instance.landscape().internals();
  if (data.arrays.size() != data.data_count + 1) return false;  // a list without members beside it, say
  const std::string& name = data.arrays.back().name;
  return std::any_of(data.domain.begin(), data.domain.end(), [&](const Condition& condition) {
    if (condition.pattern.form != Pattern::Form::plain) return false;  // of indices that may not occur
    const Expr& tree = *condition.holds.tree;
    const auto* comparison = tree.as<language::Comparison>();
    if (comparison == nullptr || comparison->relations != std::vector{language::Relation::greater}) return false;
    const Expr& left = tree.child(0);
    const auto* zero = tree.child(1).as<language::Number>();
    if (zero == nullptr || zero->value != 0 || !left.is(language::Function::determinant)) return false;
    const auto* weight = left.child(0).as<language::Feature>();
    return weight != nullptr && weight->name == name;
  });
}

std::optional<OrthonormalBound> prove_global_by_columns(const Instance& instance) {
  const std::vector<RationalMatrix>& weights = instance.point().weights;
  if (weights.size() != 1 || weights.front().size() > most_parameters || !is_quadratic(instance)) return std::nullopt;
  const RationalMatrix& x = weights.front();
  if (x.cols() > x.rows() || x.cols() == 0) return std::nullopt;
  if (multiply(RationalMatrix(x.transpose()), x) != RationalMatrix::Identity(x.cols(), x.cols())) return std::nullopt;
  std::optional<RationalMatrix> combine;
  try {
    combine = combination(instance, x);
  } catch (const symmetry::TooLarge&) {  // nothing is proved
  }
  if (!combine) return std::nullopt;
  const ConstraintsHere& constraints = *constraints_at(instance);
  const RationalMatrix second = constraints.second_derivatives();
  auto bound = Multipliers(x, second, constraints.jacobian()).search();
  if (!bound && of_rotations_only(instance)) bound = among_rotations(second, x.rows());
  if (bound) bound->combine = *std::move(combine);
  return bound;
}

}  // namespace rankscape
