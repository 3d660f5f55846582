#pragma once
// Points of a loss f under constraints c = 0 (format 3): the program is that of the Lagrangian f - <mu, c>, whose last
// weight are the multipliers mu. Its gradient is (grad f - J^T mu, -c), its Hessian [L, -J^T; -J, 0].
// docs/certificates.md, "Constraints", says what follows from it.

#include "verifier/point.hpp"

namespace verifier {

class Constraints {
 public:
  /// The program has that form, the point is feasible; where the claim has `columns`, J has full rank: restricted to
  /// them, times `inverse`, it is the identity.
  Constraints(const Point& point, const Field& field) : point_(point) {
    const Program& steps = point.program;
    const Instruction& last = steps.back();
    const bool difference = last.operation == Operation::subtract && steps[last.b].operation == Operation::dot;
    field.require(point.weights().size() >= 2 && difference, "the last result is no f - <mu, c>");
    loss_ = last.a;
    constraints_ = steps[last.b].b;
    std::vector<char> multipliers;
    for (const Instruction& s : steps) multipliers.push_back(!s.has_operands() && s.a == point.inputs ? 1 : 0);
    const auto free = depends(steps, multipliers);
    field.require(multipliers[steps[last.b].a] != 0 && free[loss_] == 0 && free[constraints_] == 0,
                  "the multipliers are not the last weight, or occur elsewhere");
    count_ = point.weights().back().entries.size();
    parameters_ = point.parameters - count_;
    field.require(point.at[constraints_].is_zero(), "not feasible");
    Object claim(field);
    if (const auto rotations = claim.find("rotations")) {
      const Matrix<Z>& x = point.weights().front();
      rotations->require(rotations->boolean() && point.weights().size() == 2 && x.rows == x.cols,
                         "not one weight, a square matrix");
      rotations->require(has_positive_determinant(x), "the determinant is not positive");
      rotations_ = true;
    }
    const auto independent = claim.find("columns");
    if (!independent) return;
    const auto columns = independent->positions(count_, parameters_);
    jacobian_ = hessian_rows(parameters_, point.parameters);
    Matrix<Z> minor(count_, count_, jacobian_.denominator);
    for (std::size_t i = 0; i < count_; ++i)
      for (std::size_t j = 0; j < count_; ++j) minor(i, j) = -jacobian_(i, columns[j]);
    const Field inverse = claim.take("inverse");
    inverse.require(equal(minor * read_matrix(inverse), identity(count_)), "not the inverse of that minor of J");
    regular_ = true;
  }

  [[nodiscard]] bool regular() const { return regular_; }
  /// The feasible set are the points of positive determinant alone.
  [[nodiscard]] bool rotations() const { return rotations_; }
  [[nodiscard]] static bool has_positive_determinant(
      Matrix<Z> a) {  // by elimination without fractions, denominator > 0
    int sign = 1;
    for (std::size_t k = 0; k < a.rows; ++k) {
      std::size_t pivot = k;
      while (pivot < a.rows && a(pivot, k) == 0) ++pivot;
      if (pivot == a.rows) return false;
      for (std::size_t j = 0; j < a.cols; ++j) std::swap(a(k, j), a(pivot, j));
      if (pivot != k) sign = -sign;
      for (std::size_t i = k + 1; i < a.rows; ++i) {
        for (std::size_t j = k + 1; j < a.cols; ++j) {
          Z entry = 0;
          add_product(entry, a(k, k), a(i, j));
          add_product(entry, Z(-a(i, k)), a(k, j));
          a(i, j) = k == 0 ? entry : Z(entry / a(k - 1, k - 1));
        }
      }
    }
    return a.rows == 0 || sign * sgn(a(a.rows - 1, a.cols - 1)) > 0;
  }
  [[nodiscard]] std::size_t node() const { return constraints_; }
  [[nodiscard]] std::size_t loss() const { return loss_; }
  [[nodiscard]] std::size_t count() const { return count_; }
  /// Entries of the weights, without multipliers.
  [[nodiscard]] std::size_t unknowns() const { return parameters_; }

  /// The program's results as polynomials in all weights, the i-th parameter being the i-th variable.
  [[nodiscard]] Values<Polynomial> in_unknowns() const {
    if (point_.parameters > 65535) throw Unreadable("limits: too many parameters for polynomials");
    most_degree = any_degree;
    const auto variable = [](std::size_t i) {
      Polynomial unknown;
      unknown.add(Monomial(1, static_cast<char16_t>(i)), 1);
      return unknown;
    };
    return {point_.program, point_.leaves_with(point_.split<Polynomial>(1, variable))};
  }
  /// f and c are polynomials of degree 2 at most in the weights, by the program alone.
  void require_quadratic(const Field& field) const {
    const auto degrees = degrees_in_weights();
    field.require(degrees[loss_] <= 2 && degrees[constraints_] <= 2, "loss or constraints are not evidently quadratic");
  }

  /// The point is not critical: J v = 0, <grad f, v> is not zero.
  void check_slope(const Field& field) const {
    field.require(regular_, "the point is not shown to be regular");
    const Matrix<Z> v = field.vectors(parameters_, 1);
    field.require(v.rows == 1, "not one vector");
    Matrix<Z> tangent(point_.parameters, 1);
    std::copy(v.entries.begin(), v.entries.end(), tangent.entries.begin());
    field.require((jacobian_ * tangent).is_zero(), "not tangent to the constraints");
    field.require(!(point_.gradient() * tangent).is_zero(), "the loss does not change along it");
  }

  /// From the Hessian of the Lagrangian to the one on ker J.
  void restrict_to_tangent_space(Spectrum& spectrum, const Field& field) const {
    field.require(regular_, "the point is not shown to be regular");
    spectrum.neg -= count_;  // as J has full rank there are at least as many, of either sign
    spectrum.pos -= count_;
  }

  /// Along the curve c = O(t^f), f >= 2, and the gradient of the Lagrangian by the weights is O(t^e): a term of order
  /// f - 1 + min(e, f) at most is that of a feasible curve. (Of f = 1 only order 1 would be left, with e >= 1, but then
  /// the whole gradient is zero at the point, and there is no term of order 1.)
  void check_order(const Values<Polynomial>& there, std::size_t order, const Field& field) const {
    field.require(regular_, "the point is not shown to be regular");
    const auto first = [&](std::size_t weight) {
      std::size_t least = most_degree + 1;
      if (const Matrix<Polynomial>* slope = point_.slope(there, weight))
        for (const Polynomial& p : slope->entries)
          for (const auto& [power, coefficient] : p.terms) least = std::min(least, power.size());
      return least;
    };
    const std::size_t multipliers = point_.weights().size() - 1;
    const std::size_t f = first(multipliers);
    std::size_t e = f;
    for (std::size_t weight = 0; weight < multipliers; ++weight) e = std::min(e, first(weight));
    field.require(order <= f - 1 + e, "not feasible to the order needed");
  }

  /// f - <mu, c> is a polynomial of degree 2 at most in the weights, its Hessian positive semidefinite.
  void check_convex_quadratic(const Field& field) const { check_semidefinite(field, quadratic_hessian(field)); }

  /// One weight X, n x k; X^T X = I follows from c = 0. With the symmetric multipliers D, which are positive
  /// semidefinite unless n = k, and s = 0 except among rotations, L + 2 (I (x) X D X^T - D (x) I) - s F (x) I is
  /// positive semidefinite.
  void check_orthonormal(const Field& field) const {
    Object claim(field);
    field.require(point_.weights().size() == 2, "there are other weights");
    const Matrix<Z> l = quadratic_hessian(field);
    const Matrix<Z>& x = point_.weights().front();
    const std::size_t n = x.rows;
    const std::size_t k = x.cols;
    const Field combine = claim.take("combine");
    const Values<Polynomial> there = in_unknowns();
    Matrix<Polynomial> unknowns(n, k);
    for (std::size_t j = 0; j < k; ++j)
      for (std::size_t i = 0; i < n; ++i) unknowns(i, j).add(Monomial(1, static_cast<char16_t>(j * n + i)), 1);
    const Matrix<Polynomial> gram = transposed(unknowns) * unknowns;
    Matrix<Polynomial> columns(k * (k + 1) / 2, 1);
    std::size_t next = 0;
    for (std::size_t i = 0; i < k; ++i) {
      for (std::size_t j = i; j < k; ++j) {
        Polynomial& entry = columns(next++, 0);
        entry = gram(i, j);
        if (i == j) entry.add({}, -1);
      }
    }
    combine.require(equal(Matrix<Polynomial>(read_matrix(combine)) * there[constraints_], columns),
                    "the columns are not shown to be orthonormal");
    const Matrix<Z> d = read_matrix(claim.take("multipliers"));
    const auto reflection = claim.find("reflection");
    const Matrix<Z> turned = reflection ? read_reflection(*reflection, n) : Matrix<Z>(k, k);
    const Matrix<Z> middle = x * d * transposed(x);
    const Field psd = claim.take("psd");
    const auto evidence = psd.list();
    psd.require(evidence.size() == (n == k ? 1U : 2U), "not evidence for one matrix, and for the multipliers if n > k");
    check_semidefinite(evidence[0], matrix_of(n * k, n * k, [&](std::size_t p, std::size_t q) {
                         Q sum = l.at(p, q);
                         if (p / n == q / n) sum += 2 * middle.at(p % n, q % n);
                         if (p % n == q % n) sum -= 2 * d.at(p / n, q / n) + turned.at(p / n, q / n);
                         return sum;
                       }));
    if (n > k) check_semidefinite(evidence[1], d);
  }

 private:
  /// s (I - 2 e e^T / e^T e)
  [[nodiscard]] Matrix<Z> read_reflection(const Field& field, std::size_t n) const {
    Object claim(field);
    field.require(rotations_, "not among rotations");
    const Field scale = claim.take("scale");
    const Q s = scale.number();
    scale.require(s >= 0, "is negative");
    const Field vector = claim.take("vector");
    const Matrix<Z> e = vector.vectors(n, 1);
    vector.require(!e.is_zero(), "not one vector, not zero");
    const Matrix<Z> square = e * transposed(e);
    return scaled(s, identity(n) - scaled(scaled(Q(2), reciprocal(square)), transposed(e) * e));
  }

  /// L, where f - <mu, c> is a polynomial of degree 2 at most in the weights.
  [[nodiscard]] Matrix<Z> quadratic_hessian(const Field& field) const {
    require_quadratic(field);
    const Matrix<Z> rows = hessian_rows(0, parameters_);
    return matrix_of(parameters_, parameters_, [&](std::size_t i, std::size_t j) { return rows.at(i, j); });
  }

  [[nodiscard]] Matrix<Z> hessian_rows(std::size_t first, std::size_t last) const {
    Matrix<Z> units(last - first, point_.parameters);
    for (std::size_t k = first; k < last; ++k) units(k - first, k) = 1;
    return point_.hessian_times(units);
  }

  // Upper bounds, by the program alone; 3 where it is more, or no polynomial.
  [[nodiscard]] std::vector<std::size_t> degrees_in_weights() const {
    std::vector<std::size_t> degrees;
    for (const Instruction& s : point_.program) {
      if (!s.has_operands()) {
        degrees.push_back(point_.is_weight(s) ? 1 : 0);
      } else if (s.operation == Operation::reciprocal) {
        degrees.push_back(degrees[s.a] > 0 ? 3 : 0);
      } else if (s.is_product()) {
        degrees.push_back(std::min<std::size_t>(3, degrees[s.a] + degrees[s.b]));
      } else {
        degrees.push_back(std::max(degrees[s.a], degrees[s.b]));
      }
    }
    return degrees;
  }

  const Point& point_;
  std::size_t loss_ = 0;
  std::size_t constraints_ = 0;
  std::size_t count_ = 0;       // m
  std::size_t parameters_ = 0;  // n
  bool regular_ = false;
  bool rotations_ = false;
  Matrix<Z> jacobian_;  // [-J, 0]
};

}  // namespace verifier
