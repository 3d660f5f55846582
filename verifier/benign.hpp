#pragma once
// Losses <C, V V^T> of unit vectors v_1, .., v_n in R^p (the rows of V): that *every* second-order point, wherever it
// is, is a global minimizer. docs/certificates.md, "All second-order points", has the proof.

#include "verifier/constraints.hpp"

namespace verifier {

class Benign {
 public:
  Benign(const Constraints& constraints, const Field& field) : constraints_(constraints) {
    constraints.require_quadratic(field);  // so nothing is divided by a weight: all results are polynomials
    Object claim(field);
    read_vectors(claim.take("vectors"));
    const auto there = constraints.in_unknowns();
    check_lengths(claim.take("combine"), there);
    read_cost(field, there);
    if (claim.find("signs")) {
      check_condition(claim);
    } else {
      field.require(2 * p_ > n_, "there are no signs, and 2 p is not more than n");
    }
  }

 private:
  [[nodiscard]] std::size_t unknown(std::size_t i, std::size_t a) const { return vectors_[i * p_ + a]; }
  [[nodiscard]] static Monomial monomial(std::size_t x, std::size_t y) {
    return {static_cast<char16_t>(std::min(x, y)), static_cast<char16_t>(std::max(x, y))};
  }

  // Every unknown is one coordinate of one vector.
  void read_vectors(const Field& field) {
    const auto list = field.list();
    const std::size_t unknowns = constraints_.unknowns();
    n_ = list.size();
    field.require(n_ > 0 && unknowns % n_ == 0, "not vectors of one length");
    p_ = unknowns / n_;
    std::vector<char> taken(unknowns, 0);
    for (const Field& vector : list) {
      const auto coordinates = vector.list();
      vector.require(coordinates.size() == p_, "not vectors of one length");
      for (const Field& coordinate : coordinates) {
        vectors_.push_back(coordinate.position(unknowns));
        coordinate.require(taken[vectors_.back()]++ == 0, "named twice");
      }
    }
  }

  // The constraints say |v_i|^2 = 1, and no more.
  void check_lengths(const Field& field, const Values<Polynomial>& there) const {
    field.require(constraints_.count() == n_, "not as many constraints as vectors");
    Matrix<Polynomial> lengths(n_, 1);
    for (std::size_t i = 0; i < n_; ++i) {
      lengths(i, 0).add({}, -1);
      for (std::size_t a = 0; a < p_; ++a) lengths(i, 0).add(monomial(unknown(i, a), unknown(i, a)), 1);
    }
    field.require(equal(Matrix<Polynomial>(read_matrix(field)) * there[constraints_.node()], lengths),
                  "the constraints are not shown to be unit lengths");
  }

  // f = constant + sum of C_ij <v_i, v_j>: C is read off the first coordinates, then all of f is compared.
  void read_cost(const Field& field, const Values<Polynomial>& there) {
    const Matrix<Polynomial>& loss = there[constraints_.loss()];
    const Polynomial& f = loss.entries[0];
    budget.spend(n_ * n_ * p_);
    cost_ = Matrix<Z>(n_, n_, 2 * Polynomial(loss.denominator)[{}]);
    Polynomial whole(f[{}]);
    for (std::size_t i = 0; i < n_; ++i) {
      for (std::size_t j = i; j < n_; ++j) {
        const Z coefficient = f[monomial(unknown(i, 0), unknown(j, 0))];
        cost_(i, j) = cost_(j, i) = i == j ? Z(2 * coefficient) : coefficient;
        for (std::size_t a = 0; a < p_; ++a) whole.add(monomial(unknown(i, a), unknown(j, a)), coefficient);
      }
    }
    field.require(f == whole, "the loss is not a sum of inner products of the vectors");
  }

  // L_ij = x_i C_ij x_j for i != j, rows of sum 0, and Pi = diag(d) - d d^T: a Pi <= L <= b Pi, b < p a.
  void check_condition(Object& claim) const {
    const Field signs = claim.take("signs");
    const Matrix<Z> x = read_numbers(signs);
    signs.require(x.cols == n_ && p_ >= 2, "not a sign for each of at least two-dimensional vectors");
    for (std::size_t i = 0; i < n_; ++i) signs.require(abs(x.at(0, i)) == 1, "not a sign");
    const Field weights = claim.take("weights");
    const Matrix<Z> d = read_numbers(weights);
    weights.require(d.cols == n_, "not a number for each vector");
    Q total = 0;
    for (std::size_t i = 0; i < n_; ++i) {
      weights.require(d.at(0, i) > 0, "not positive");
      total += d.at(0, i);
    }
    weights.require(total == 1, "the sum is not 1");
    const Q least = claim.take("least").number();
    const Field greatest = claim.take("greatest");
    greatest.require(greatest.number() < Q(Z(p_)) * least, "not less than p times the least");
    const Matrix<Z> l = matrix_of(n_, n_, [&](std::size_t i, std::size_t j) {
      if (i != j) return Q(x.at(0, i) * cost_.at(i, j) * x.at(0, j));
      Q sum = 0;
      for (std::size_t k = 0; k < n_; ++k)
        if (k != i) sum -= x.at(0, i) * cost_.at(i, k) * x.at(0, k);
      return sum;
    });
    const Matrix<Z> pi = matrix_of(n_, n_, [&](std::size_t i, std::size_t j) {
      return Q((i == j ? d.at(0, i) : Q(0)) - d.at(0, i) * d.at(0, j));
    });
    const Field psd = claim.take("psd");
    const auto evidence = psd.list();
    psd.require(evidence.size() == 2, "not evidence for two matrices");
    check_semidefinite(evidence[0], l - scaled(least, pi));
    check_semidefinite(evidence[1], scaled(greatest.number(), pi) - l);
  }

  const Constraints& constraints_;
  std::size_t n_ = 0;  // vectors
  std::size_t p_ = 0;  // coordinates of each
  std::vector<std::size_t> vectors_;
  Matrix<Z> cost_;
};

}  // namespace verifier
