#pragma once
// Local extrema where the Hessian is semidefinite and singular: along symmetries, along families of critical points,
// and along further directions in which a leading form decides. docs/certificates.md, `local`, has the proofs.

#include "verifier/point.hpp"

namespace verifier {

/// Checks the claim for a critical point whose Hessian has `zero` zero eigenvalues and no eigenvalue of sign -`sign`.
class Local {
 public:
  Local(const Point& point, std::size_t zero, int sign, Untaken& untaken)
      : point_(point), zero_(zero), sign_(sign), untaken_(untaken) {}

  void check(const Field& field) {
    Object claim(field, untaken_);
    if (claim.has("fields")) check_fields(claim.take("fields"));
    if (claim.has("map")) check_map(claim.take("map"), claim);
    check_independent(field, claim);
  }

 private:
  using Weights = std::vector<Matrix<Polynomial>>;
  static Polynomial variable(std::size_t i, const Z& times = 1) {
    Polynomial x;
    x.add(Monomial(1, static_cast<char16_t>(i)), times);
    return x;
  }

  // sum_i xi_i dL/dx_i = 0 identically, for affine fields xi
  void check_fields(const Field& list) {
    const std::size_t n = point_.parameters;
    if (n > 65535) throw Unreadable("limits: too many parameters for polynomials");
    Weights variables;
    for (const Matrix<Z>& w : point_.weights) variables.emplace_back(w.rows, w.cols);
    std::vector<Q> x(n + 1);
    point_.each_parameter([&](std::size_t i, std::size_t h, std::size_t row, std::size_t col) {
      variables[h](row, col) = variable(i);
      x[i] = entry(point_.weights[h], row, col);
    });
    x[n] = 1;
    Expansion expansion(point_.program, point_.inputs(variables));
    for (const Field& field : list.list()) {
      std::vector<Polynomial> velocity(n);
      std::vector<Q> value(n);
      for (const Field& item : field.list()) {
        const auto parts = item.list();
        item.require(parts.size() == 3, "not [i, j, INTEGER]");
        const std::size_t i = parts[0].count(0, n - 1);
        const std::size_t j = parts[1].count(0, n);
        const Z factor = parts[2].integer();
        add_product(velocity[i], j < n ? variable(j) : Polynomial(1), Polynomial(factor));
        value[i] += factor * x[j];
      }
      std::vector<Expansion::Move> moves(point_.data.size());
      for (const Matrix<Polynomial>& w : variables) moves.emplace_back(Matrix<Polynomial>(w.rows, w.cols));
      point_.each_parameter([&](std::size_t i, std::size_t h, std::size_t row, std::size_t col) {
        (*moves[point_.data.size() + h])(row, col) = velocity[i];
      });
      for (Expansion::Move& move : moves)
        if (move && move->is_zero()) move.reset();
      field.require(expansion.annihilates(moves), "the loss is not constant along the field");
      vectors_.push_back(std::move(value));
    }
  }

  // c(z) = W + sum of z^a V_a is a family of critical points, or the loss along c has a definite leading form, to whose
  // order the gradient is small.
  void check_map(const Field& field, Object& claim) {
    Object map(field, untaken_);
    const Matrix<Z> directions = read_directions(map.take("directions"), point_.parameters, untaken_);
    std::size_t q = 0;
    std::vector<Monomial> powers;
    for (const Field& item : map.take("powers").list()) powers.push_back(monomial(item, q));
    field.require(powers.size() == directions.rows && q > 0, "not one power for each direction");
    for (std::size_t i = 0; i < q; ++i) {
      const auto linear = std::find(powers.begin(), powers.end(), Monomial(1, static_cast<char16_t>(i)));
      field.require(linear != powers.end(), "a parameter has no linear term");
      vectors_.emplace_back();
      for (std::size_t k = 0; k < point_.parameters; ++k)
        vectors_.back().push_back(entry(directions, static_cast<std::size_t>(linear - powers.begin()), k));
    }
    const std::set<Monomial> distinct(powers.begin(), powers.end());
    field.require(distinct.size() == powers.size() && !distinct.contains({}), "a power is empty, or stands twice");
    const auto moved = point_.along(directions, powers);
    const std::size_t order = claim.has("order") ? claim.take("order").count(1, 64) : 0;
    {
      const Truncation below(order > 0 ? order / 2 : most_degree);  // e = floor(k/2) + 1 is the least with k < 2e
      for (const Matrix<Polynomial>& g : point_.slopes_at(moved))
        field.require(g.is_zero(), "the gradient does not vanish along the map, to the order needed");
    }
    if (order == 0) return;
    const Truncation at(order);
    const Matrix<Polynomial> rise = point_.rise(moved);
    for (const auto& [power, coefficient] : rise.entries[0].terms)
      field.require(power.size() == order, "not the leading order");
    Matrix<Polynomial> form(1, 1);  // the leading form, with the sign that is to be shown positive
    add_product(form.entries[0], rise.entries[0], Polynomial(sign_));
    form.denominator = Polynomial(constant_term(rise.denominator));
    if (q == 1) {
      field.require(order % 2 == 0 && form.entries[0][Monomial(order, u'\0')] > 0, "the leading form is not definite");
    } else {
      check_definite(claim.take("gram"), form, q, order);
    }
  }

  // [a_1, .., a_q]; q = 0: not known yet
  static Monomial monomial(const Field& field, std::size_t& q) {
    const auto powers = field.list();
    if (q == 0) q = powers.size();
    field.require(powers.size() == q && q > 0 && q < 65536, "not one exponent for each parameter");
    Monomial result;
    for (std::size_t i = 0; i < q; ++i) result.append(powers[i].count(0, 64), static_cast<char16_t>(i));
    return result;
  }

  // form = u^T S u with S positive definite, and monomials u without a common zero but 0
  void check_definite(const Field& field, const Matrix<Polynomial>& form, std::size_t q, std::size_t order) {
    Object gram(field, untaken_);
    const Matrix<Z> s = read_matrix(gram.take("matrix"), untaken_);
    std::set<Monomial> pure;
    Matrix<Polynomial> u(s.rows, 1);
    const auto exponents = gram.take("exponents").list();
    field.require(exponents.size() == s.rows && equal(s, transposed(s)), "not a symmetric matrix of the right size");
    for (std::size_t i = 0; i < s.rows; ++i) {
      const Monomial power = monomial(exponents[i], q);
      exponents[i].require(2 * power.size() == order, "not half the order");
      if (power.front() == power.back()) pure.insert(power);
      u(i, 0).add(power, 1);
    }
    field.require(pure.size() == q, "a power of a parameter is missing");
    const Spectrum spectrum = read_inertia(gram.take("inertia"), s.rows, symmetric(s), untaken_);
    field.require(spectrum.pos == s.rows, "the matrix is not positive definite");
    field.require(equal(transposed(u) * lift<Polynomial>(s) * u, form), "the matrix is not that of the leading form");
  }

  // Restricted to some columns, times `inverse`, the vectors give the identity.
  void check_independent(const Field& field, Object& claim) {
    field.require(vectors_.size() == zero_, "not as many directions as zero eigenvalues");
    const auto columns = claim.take("columns").positions(zero_, point_.parameters);
    Matrix<Z> minor(zero_, zero_);
    for (const std::vector<Q>& vector : vectors_)
      for (const Q& x : vector) minor.denominator = lcm(minor.denominator, x.get_den());
    for (std::size_t i = 0; i < zero_; ++i) {
      for (std::size_t j = 0; j < zero_; ++j) {
        const Q& x = vectors_[i][columns[j]];
        minor(i, j) = x.get_num() * (minor.denominator / x.get_den());
      }
    }
    const Field inverse = claim.take("inverse");
    inverse.require(equal(minor * read_matrix(inverse, untaken_), identity(zero_)),
                    "not the inverse of the directions' minor");
  }

  const Point& point_;
  std::size_t zero_;
  int sign_;
  Untaken& untaken_;
  std::vector<std::vector<Q>> vectors_;
};

}  // namespace verifier
