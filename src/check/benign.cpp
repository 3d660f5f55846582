#include "check/benign.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include "certificate/evidence.hpp"
#include "check/local_problem.hpp"
#include "exact/decompositions.hpp"
#include "exact/doubles.hpp"
#include "exact/simplest.hpp"
#include "landscapes/constraints.hpp"
#include "program/lagrangian.hpp"
#include "symmetry/polynomial_program.hpp"

namespace rankscape {

namespace {

using certificate::BenignClaim;
using symmetry::Monomial;
using symmetry::Polynomial;
using UnitVectors = std::vector<std::vector<Index>>;

constexpr Index most_unknowns = 200;
constexpr std::int64_t most_terms = 2'000'000;

Monomial product_of(Index x, Index y) {
  return {static_cast<char16_t>(std::min(x, y)), static_cast<char16_t>(std::max(x, y))};
}

// Loss and constraints, multiplied out in all entries of the weights.
struct Expanded {
  Polynomial loss;
  std::vector<Polynomial> constraints;
};

Expanded expanded(const Instance& instance) {
  symmetry::PolynomialRing ring(most_terms);
  program::Program both = instance.program();
  both.outputs = {both.outputs.front(),
                  {std::string(program::constraints_output), both.output(program::constraints_output)}};
  std::vector<symmetry::PolynomialMatrix> values = symmetry::evaluate_along(
      program::pruned(both), instance.program_data(), symmetry::variables(instance.parameters()), ring);
  return {std::move(values[0].entries.front()), std::move(values[1].entries)};
}

// The rows of a weight, its columns, the weights themselves: whatever has one length.
std::vector<UnitVectors> groupings(const Weights& weights) {
  UnitVectors rows;
  UnitVectors columns;
  UnitVectors whole;
  Index first = 0;
  for (const RationalMatrix& w : weights) {
    for (Index i = 0; i < w.rows(); ++i) {
      std::vector<Index>& row = rows.emplace_back();
      for (Index j = 0; j < w.cols(); ++j)
        row.push_back(first + i + j * w.rows());
    }
    for (Index j = 0; j < w.cols(); ++j) {
      std::vector<Index>& column = columns.emplace_back();
      for (Index i = 0; i < w.rows(); ++i)
        column.push_back(first + i + j * w.rows());
    }
    std::vector<Index>& all = whole.emplace_back();
    for (Index k = 0; k < w.size(); ++k)
      all.push_back(first + k);
    first += w.size();
  }
  std::vector<UnitVectors> found;
  for (UnitVectors* grouping : {&rows, &columns, &whole}) {
    const bool even = std::all_of(grouping->begin(), grouping->end(), [&](const auto& vector) {
      return !vector.empty() && vector.size() == grouping->front().size();
    });
    if (even) found.push_back(std::move(*grouping));
  }
  return found;
}

// The lengths as combinations of the constraints, where there are no others.
std::optional<RationalMatrix> lengths_from(const std::vector<Polynomial>& constraints, const UnitVectors& vectors) {
  if (constraints.size() != vectors.size()) return std::nullopt;
  std::vector<Polynomial> lengths;
  lengths.reserve(vectors.size());
  for (const std::vector<Index>& vector : vectors) {
    Polynomial& length = lengths.emplace_back(Rational(-1));
    for (const Index x : vector)
      length.add(product_of(x, x), 1);
  }
  return symmetry::as_combinations(lengths, constraints);
}

// C, where the loss is constant + sum of C_ij <v_i, v_j>.
std::optional<RationalMatrix> cost(const Polynomial& loss, const UnitVectors& vectors) {
  const auto n = static_cast<Index>(vectors.size());
  RationalMatrix c(n, n);
  Polynomial rest = loss;
  rest.add(Monomial(), -loss.constant_term());
  for (Index i = 0; i < n; ++i) {
    for (Index j = i; j < n; ++j) {
      const std::vector<Index>& v = vectors[static_cast<std::size_t>(i)];
      const std::vector<Index>& w = vectors[static_cast<std::size_t>(j)];
      const Rational coefficient = loss.coefficient(product_of(v.front(), w.front()));
      c(i, j) = c(j, i) = i == j ? coefficient : Rational(coefficient / 2);
      for (std::size_t a = 0; a < v.size(); ++a)
        rest.add(product_of(v[a], w[a]), -coefficient);
    }
  }
  if (!rest.is_zero()) return std::nullopt;
  return c;
}

// Vectors moved one by one to where the loss is least, from a random start: where all second-order points are one
// point, this finds it. Its signs, as those of products with the first vector.
std::vector<Rational> signs_by_descent(const Eigen::MatrixXd& c, Index p) {
  constexpr int most_sweeps = 1000;
  constexpr double still = 1e-9;
  const Index n = c.rows();
  std::mt19937 random(1);
  std::uniform_real_distribution<double> uniform(-1, 1);
  Eigen::MatrixXd v(n, p);
  for (Index k = 0; k < v.size(); ++k)
    v(k) = uniform(random);
  v.rowwise().normalize();
  for (int sweep = 0; sweep < most_sweeps; ++sweep) {
    double moved = 0;
    for (Index i = 0; i < n; ++i) {
      const Eigen::RowVectorXd pull = c(i, i) * v.row(i) - c.row(i) * v;
      const double length = pull.norm();
      if (length == 0) continue;
      moved = std::max(moved, (v.row(i) - pull / length).norm());
      v.row(i) = pull / length;
    }
    if (moved < still) break;
  }
  std::vector<Rational> signs;
  signs.reserve(static_cast<std::size_t>(n));
  for (Index i = 0; i < n; ++i)
    signs.emplace_back(v.row(i).dot(v.row(0)) < 0 ? -1 : 1);
  return signs;
}

RationalMatrix laplacian(const RationalMatrix& c, const std::vector<Rational>& signs) {
  RationalMatrix l(c.rows(), c.cols());
  for (Index i = 0; i < c.rows(); ++i)
    for (Index j = 0; j < c.cols(); ++j)
      l(i, j) = i == j ? Rational(0)
                       : Rational(signs[static_cast<std::size_t>(i)] * c(i, j) * signs[static_cast<std::size_t>(j)]);
  for (Index i = 0; i < c.rows(); ++i)
    l(i, i) = -l.row(i).sum();
  return l;
}

// The spectrum of L by diag(d), of which 0 belongs to (1, .., 1).
struct Relative {
  double least = 0;          // on the complement
  double greatest = 0;       // of all
  Eigen::VectorXd at_least;  // squared entries of eigenvectors
  Eigen::VectorXd at_greatest;

  Relative(const Eigen::MatrixXd& l, const Eigen::VectorXd& d) {
    const Eigen::VectorXd root = d.cwiseSqrt().cwiseInverse();
    const Eigen::MatrixXd scaled = root.asDiagonal() * l * root.asDiagonal();
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(scaled);
    const Index n = l.rows();
    least = solver.eigenvalues()(1);
    greatest = solver.eigenvalues()(n - 1);
    at_least = solver.eigenvectors().col(1).cwiseAbs2();
    at_greatest = solver.eigenvectors().col(n - 1).cwiseAbs2();
  }
  [[nodiscard]] double ratio() const { return least > 0 ? greatest / least : std::numeric_limits<double>::infinity(); }
};

std::vector<Rational> rounded(const Eigen::VectorXd& d, int bits) {
  std::vector<Rational> weights;
  weights.reserve(static_cast<std::size_t>(d.size()));
  Rational sum = 0;
  for (Index i = 0; i < d.size(); ++i) {
    const double scaled = std::ldexp(d(i) / d.maxCoeff(), bits);
    sum += weights.emplace_back(std::max(1L, std::lround(scaled)));
  }
  for (Rational& weight : weights)
    weight /= sum;
  return weights;
}

// Weights d for which the ratio is less than p, in floating point: equal ones, the diagonal, then downhill from the
// better of them: by log d_i the ratio changes by its multiple of at_least(i) - at_greatest(i).
class Weighing {
 public:
  Weighing(RationalMatrix l, Index p)
      : exact_(std::move(l)), l_(in_doubles(exact_)), p_(static_cast<double>(p)), rational_p_(p) {}

  [[nodiscard]] std::optional<BenignClaim::Condition> search() const {
    constexpr int most_steps = 300;
    const Index n = l_.rows();
    Eigen::VectorXd d = Eigen::VectorXd::Ones(n);
    if (auto found = at(d)) return found;
    const Eigen::VectorXd diagonal = l_.diagonal();
    if (diagonal.minCoeff() <= 0) return std::nullopt;
    if (auto found = at(diagonal)) return found;
    if (Relative(l_, diagonal).ratio() < Relative(l_, d).ratio()) d = diagonal;
    double best = std::numeric_limits<double>::infinity();
    Eigen::VectorXd weights = d;
    for (int step = 0; step < most_steps; ++step) {
      const Relative here(l_, d);
      if (!(here.ratio() < std::numeric_limits<double>::infinity())) break;
      if (here.ratio() < best) {
        best = here.ratio();
        weights = d;
      }
      const double length = 1 / (1 + 0.1 * step);
      d = (d.array() * (length * (here.at_greatest - here.at_least)).array().exp()).matrix();
      d /= d.maxCoeff();
    }
    return at(weights);
  }

 private:
  [[nodiscard]] std::optional<BenignClaim::Condition> at(const Eigen::VectorXd& d) const {
    if (!(Relative(l_, d).ratio() < p_)) return std::nullopt;
    for (const int bits : {0, 3, 6, 12, 24}) {
      if (auto found = checked(rounded(d, bits))) return found;
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<BenignClaim::Condition> checked(std::vector<Rational> weights) const {
    constexpr double noise = 1e-10;
    const Index n = exact_.rows();
    RationalMatrix pi(n, n);
    Eigen::VectorXd d(n);
    for (Index i = 0; i < n; ++i) {
      const Rational& weight = weights[static_cast<std::size_t>(i)];
      d(i) = weight.convert_to<double>();
      for (Index j = 0; j < n; ++j)
        pi(i, j) = Rational(i == j ? weight : Rational(0)) - weight * weights[static_cast<std::size_t>(j)];
    }
    const Relative relative(l_, d);
    const double room = p_ / relative.ratio();
    if (!(room > 1 + 100 * noise)) return std::nullopt;
    const double part = std::pow(room, 0.4);
    if (!std::isfinite(relative.greatest * part) || !std::isfinite(relative.greatest * (1 + noise)))
      return std::nullopt;
    BenignClaim::Condition condition;
    condition.least = simplest_between(Rational(relative.least / part), Rational(relative.least * (1 - noise)));
    condition.greatest =
        simplest_between(Rational(relative.greatest * (1 + noise)), Rational(relative.greatest * part));
    if (condition.greatest >= rational_p_ * condition.least) return std::nullopt;
    auto above = certificate::semidefinite(exact_ - condition.least * pi);
    auto below = certificate::semidefinite(condition.greatest * pi - exact_);
    if (!above || !below) return std::nullopt;
    condition.weights = std::move(weights);
    condition.above = *std::move(above);
    condition.below = *std::move(below);
    return condition;
  }

  RationalMatrix exact_;
  Eigen::MatrixXd l_;
  double p_;
  Rational rational_p_;
};

std::optional<BenignClaim::Condition> conditioned(const RationalMatrix& c, Index p) {
  if (p < 2 || c.rows() < 2) return std::nullopt;
  std::vector<Rational> signs = signs_by_descent(in_doubles(c), p);
  auto condition = Weighing(laplacian(c, signs), p).search();
  if (condition) condition->signs = std::move(signs);
  return condition;
}

}  // namespace

std::optional<BenignClaim> prove_benign(const Instance& instance) {
  if (constraints_at(instance) == nullptr || instance.parameters() > most_unknowns || !is_quadratic(instance))
    return std::nullopt;
  Expanded functions;
  try {
    functions = expanded(instance);
  } catch (const symmetry::TooLarge&) {
    return std::nullopt;  // nothing is proved
  }
  for (UnitVectors& vectors : groupings(instance.point().weights)) {
    auto combine = lengths_from(functions.constraints, vectors);
    if (!combine) continue;
    const auto c = cost(functions.loss, vectors);
    if (!c) continue;
    const auto p = static_cast<Index>(vectors.front().size());
    BenignClaim claim;
    claim.condition = conditioned(*c, p);
    if (!claim.condition && 2 * p <= c->rows()) return std::nullopt;
    claim.vectors = std::move(vectors);
    claim.combine = *std::move(combine);
    return claim;
  }
  return std::nullopt;
}

}  // namespace rankscape
