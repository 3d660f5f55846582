#pragma once
// Local extrema where the Hessian is semidefinite and singular: along symmetries, along families of critical points,
// and along further directions in which a leading form decides. docs/certificates.md, `local`, has the proofs.

#include "verifier/point.hpp"

namespace verifier {

/// Checks the claim for a critical point whose Hessian has `zero` zero eigenvalues and no eigenvalue of sign -`sign`.
class Local {
 public:
  Local(const Point& point, std::size_t zero, int sign) : point_(point), zero_(zero), sign_(sign) {}

  void check(const Field& field) {
    Object claim(field);
    if (const auto fields = claim.find("fields")) check_fields(*fields);
    if (const auto map = claim.find("map")) check_map(*map, claim);
    check_independent(field, claim);
  }

 private:
  static Polynomial variable(std::size_t i, const Z& times = 1) {
    Polynomial x;
    x.add(Monomial(1, static_cast<char16_t>(i)), times);
    return x;
  }

  // sum_i xi_i dL/dx_i = 0 identically, for affine fields xi
  void check_fields(const Field& list) {
    const std::size_t n = point_.parameters;
    if (n > 65535) throw Unreadable("limits: too many parameters for polynomials");
    most_degree = any_degree;
    const Matrix<Z> x = point_.row();
    const Values<Polynomial> values(
        point_.program, point_.leaves_with(point_.split<Polynomial>(1, [](std::size_t i) { return variable(i); })));
    for (const Field& field : list.list()) {
      std::vector<Polynomial> velocity(n);
      Matrix<Z> value(1, n, x.denominator);
      for (const Field& item : field.list()) {
        const auto parts = item.list();
        item.require(parts.size() == 3, "not [i, j, INTEGER]");
        const std::size_t i = parts[0].position(n);
        const std::size_t j = parts[1].count(0, n);
        const Z factor = parts[2].integer();
        add_product(velocity[i], j < n ? variable(j) : Polynomial(1), Polynomial(factor));
        add_product(value(0, i), factor, j < n ? x(0, j) : x.denominator);
      }
      const auto moves = point_.moved(point_.split<Polynomial>(1, [&](std::size_t i) { return velocity[i]; }));
      field.require(!values.derivatives(moves).back(), "the loss is not constant along the field");
      vectors_.push_back(std::move(value));
    }
  }

  // c(z) = W + sum of z^a V_a is a family of critical points, or the loss along c has a definite leading form, to whose
  // order the gradient is small.
  void check_map(const Field& field, Object& claim) {
    Object map(field);
    const Matrix<Z> directions = read_rows(map.take("directions"), point_.parameters);
    std::size_t q = 0;
    std::vector<Monomial> powers;
    for (const Field& item : map.take("powers").list()) powers.push_back(monomial(item, q));
    field.require(powers.size() == directions.rows && q > 0, "not one power for each direction");
    for (std::size_t i = 0; i < q; ++i) {
      const auto linear = std::find(powers.begin(), powers.end(), Monomial(1, static_cast<char16_t>(i)));
      field.require(linear != powers.end(), "a parameter has no linear term");
      Matrix<Z>& vector = vectors_.emplace_back(1, directions.cols, directions.denominator);
      std::copy_n(&directions.entries[static_cast<std::size_t>(linear - powers.begin()) * directions.cols],
                  directions.cols, vector.entries.begin());
    }
    const std::set<Monomial> distinct(powers.begin(), powers.end());
    field.require(distinct.size() == powers.size() && !distinct.contains({}), "a power is empty, or stands twice");
    const auto given = claim.find("order");
    const std::size_t order = given ? given->count(1, 64) : 0;
    most_degree = given ? order / 2 : any_degree;  // e = floor(k/2) + 1 is the least with k < 2e
    field.require(point_.is_critical(point_.along(directions, powers)),
                  "the gradient does not vanish along the map, to the order needed");
    if (!given) return;
    most_degree = order;
    const Matrix<Polynomial> rise = point_.rise(point_.along(directions, powers));
    for (const auto& [power, coefficient] : rise.entries[0].terms)
      field.require(power.size() == order, "not the leading order");
    Matrix<Polynomial> form(1, 1);  // the leading form, with the sign that is to be shown positive
    add_product(form.entries[0], rise.entries[0], Polynomial(sign_));
    form.denominator = rise.denominator[{}];
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
    Object gram(field);
    const Matrix<Z> s = read_matrix(gram.take("matrix"));
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
    const Spectrum spectrum = read_inertia(gram.take("inertia"), s.rows, symmetric(s));
    field.require(spectrum.pos == s.rows, "the matrix is not positive definite");
    field.require(equal(transposed(u) * Matrix<Polynomial>(s) * u, form), "the matrix is not that of the leading form");
  }

  // Restricted to some columns, times `inverse`, the vectors give the identity.
  void check_independent(const Field& field, Object& claim) {
    field.require(vectors_.size() == zero_, "not as many directions as zero eigenvalues");
    const auto columns = claim.take("columns").positions(zero_, point_.parameters);
    const Matrix<Z> minor =
        matrix_of(zero_, zero_, [&](std::size_t i, std::size_t j) { return vectors_[i].at(0, columns[j]); });
    const Field inverse = claim.take("inverse");
    inverse.require(equal(minor * read_matrix(inverse), identity(zero_)), "not the inverse of the directions' minor");
  }

  const Point& point_;
  std::size_t zero_;
  int sign_;
  std::vector<Matrix<Z>> vectors_;  // one row each
};

}  // namespace verifier
