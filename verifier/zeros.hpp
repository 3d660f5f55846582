#pragma once
// All critical points of a loss by counting: the n derivatives have degrees d_1, .., d_n; the degrees of all components
// of their common zeros add up to at most d_1 .. d_n (Bezout's inequality), so that as many zeros, each alone in a box
// of its own, are all there are, and none of them is multiple. Boxes are polydiscs |z_k - c_k| <= r with a matrix A:
// where |1 - A J| <= q < 1 for the Jacobian J everywhere in one, and |A g(c)| <= (1 - q) r, z - A g(z) is a contraction
// of it, with one fixed point, and J is invertible. |x + iy| is bounded by |x| + |y|, and what J varies in the polydisc
// term by term. Real: a polydisc around a real point is its own conjugate, and so is its only zero; and J, the Hessian,
// is invertible at all of its real points, so that its inertia is that at c.

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "verifier/sparse.hpp"

namespace verifier {

class Zeros {
 public:
  explicit Zeros(const std::vector<Sparse>& gradient) : gradient_(gradient), jacobian_(gradient.size()) {
    for (std::size_t i = 0; i < gradient.size(); ++i)
      for (std::size_t j = 0; j < gradient.size(); ++j) jacobian_[i].push_back(derivative(gradient[i], j));
  }

  void check(const Field& field) {
    const auto list = field.list();
    std::size_t bound = 1;
    for (const Sparse& part : gradient_) {
      std::size_t degree = 0;
      for (const auto& [monomial, coefficient] : part.terms()) degree = std::max(degree, monomial.size());
      field.require(degree > 0 && bound <= list.size() / degree, "not as many as the product of the degrees");
      bound *= degree;
    }
    field.require(bound == list.size(), "not as many as the product of the degrees");
    for (const Field& zero : list) read(zero);
    for (std::size_t a = 0; a < list.size(); ++a)
      for (std::size_t b = 0; b < a; ++b) list[a].require(apart(discs_[a], discs_[b]), "meets one before it");
  }

  [[nodiscard]] Texts verified() const {
    Texts facts{"all critical points are isolated and simple: " + std::to_string(discs_.size()) +
                " complex ones, of which " + std::to_string(real_) + " are real"};
    for (const auto& [signs, count] : inertias_)
      facts.push_back("inertia (" + std::to_string(signs[0]) + ", " + std::to_string(signs[1]) + ", " +
                      std::to_string(signs[2]) + ") of the Hessian: at " + std::to_string(count) + " of them");
    return facts;
  }

 private:
  struct Complex {
    Q re = 0;
    Q im = 0;
  };
  struct Disc {
    std::vector<Complex> centre;
    Q radius;
  };

  static Q times(const Q& a, const Q& b) {
    budget.spend(20 + words(a) * words(b));
    return a * b;
  }
  static void add_product(Complex& sum, const Complex& a, const Complex& b) {
    sum.re += times(a.re, b.re) - times(a.im, b.im);
    sum.im += times(a.re, b.im) + times(a.im, b.re);
  }
  static Q size(const Complex& z) { return abs(z.re) + abs(z.im); }

  static Sparse derivative(const Sparse& f, std::size_t by) {
    Sparse result;
    const auto variable = static_cast<char16_t>(by);
    for (const auto& [monomial, coefficient] : f.terms()) {
      const auto power = std::count(monomial.begin(), monomial.end(), variable);
      if (power == 0) continue;
      Monomial rest = monomial;
      rest.erase(rest.find(variable), 1);
      result.add(rest, times(coefficient, Q(static_cast<long>(power))));
    }
    return result;
  }
  static Complex value(const Sparse& f, const std::vector<Complex>& at) {
    Complex sum;
    for (const auto& [monomial, coefficient] : f.terms()) {
      Complex term{coefficient, 0};
      for (const char16_t position : monomial) {
        Complex next;
        add_product(next, term, at[position]);
        term = std::move(next);
      }
      sum.re += term.re;
      sum.im += term.im;
    }
    return sum;
  }
  // |f(z) - f(c)| in the disc at most: |(c + h)^m - c^m| <= (|c| + r)^m - |c|^m
  static Q variation(const Sparse& f, const Disc& disc) {
    Q sum = 0;
    for (const auto& [monomial, coefficient] : f.terms()) {
      Q inner = abs(coefficient);
      Q outer = inner;
      for (const char16_t position : monomial) {
        const Q here = size(disc.centre[position]);
        inner = times(inner, here);
        outer = times(outer, here + disc.radius);
      }
      sum += outer - inner;
    }
    return sum;
  }
  static Complex read_complex(const Field& field) {
    const auto parts = field.list();
    field.require(parts.size() == 2, "not a real and an imaginary part");
    return {parts[0].number(), parts[1].number()};
  }
  [[nodiscard]] std::vector<Complex> read_row(const Field& field) const {
    std::vector<Complex> row;
    for (const Field& entry : field.list()) row.push_back(read_complex(entry));
    field.require(row.size() == gradient_.size(), "not a number for each unknown");
    return row;
  }

  void read(const Field& field) {
    const std::size_t n = gradient_.size();
    Object object(field);
    Disc disc{read_row(object.take("at")), object.take("radius").number()};
    field.require(disc.radius > 0, "the radius is not positive");
    const Field inverse = object.take("inverse");
    std::vector<std::vector<Complex>> a;
    for (const Field& row : inverse.list()) a.push_back(read_row(row));
    inverse.require(a.size() == n, "not a row for each unknown");
    std::vector<Complex> values;
    std::vector<std::vector<Complex>> slopes(n);
    std::vector<std::vector<Q>> variations(n);
    for (std::size_t i = 0; i < n; ++i) {
      values.push_back(value(gradient_[i], disc.centre));
      for (std::size_t j = 0; j < n; ++j) {
        slopes[i].push_back(value(jacobian_[i][j], disc.centre));
        variations[i].push_back(variation(jacobian_[i][j], disc));
      }
    }
    Q contraction = 0;
    Q step = 0;
    for (std::size_t i = 0; i < n; ++i) {
      Q row = 0;
      Complex moved;
      for (std::size_t j = 0; j < n; ++j) {
        Complex entry{i == j ? -1 : 0, 0};
        for (std::size_t k = 0; k < n; ++k) {
          add_product(entry, a[i][k], slopes[k][j]);
          row += times(size(a[i][k]), variations[k][j]);
        }
        row += size(entry);
        add_product(moved, a[i][j], values[j]);
      }
      contraction = std::max(contraction, row);
      step = std::max(step, size(moved));
    }
    field.require(contraction < 1 && step <= times(1 - contraction, disc.radius), "no zero is proved to be there");
    bool real = true;
    bool off = false;
    for (const Complex& z : disc.centre) {
      real = real && z.im == 0;
      off = off || abs(z.im) > disc.radius;
    }
    field.require(real || off, "it is open whether the zero is real");
    if (real) ++real_;
    if (const auto inertia = object.find("inertia")) {
      inertia->require(real, "of a point that is not real");
      Object claim(*inertia);
      const std::array<std::size_t, 3> said{claim.take("neg").count(0, n), claim.take("zero").count(0, n),
                                            claim.take("pos").count(0, n)};
      inertia->require(said == signs_of(slopes), "the Hessian has another one");
      ++inertias_[said];
    }
    discs_.push_back(std::move(disc));
  }

  // By congruence: a pivot on the diagonal, which is made where there is none.
  static std::array<std::size_t, 3> signs_of(const std::vector<std::vector<Complex>>& hessian) {
    const std::size_t n = hessian.size();
    std::vector<std::vector<Q>> h(n);
    for (std::size_t i = 0; i < n; ++i)
      for (const Complex& entry : hessian[i]) h[i].push_back(entry.re);
    std::array<std::size_t, 3> signs{0, 0, 0};
    std::vector<char> done(n, 0);
    for (std::size_t round = 0; round < n; ++round) {
      std::size_t pivot = n;
      for (std::size_t i = 0; i < n && pivot == n; ++i)
        if (done[i] == 0 && h[i][i] != 0) pivot = i;
      for (std::size_t i = 0; i < n && pivot == n; ++i)
        for (std::size_t j = 0; j < i && pivot == n; ++j) {
          if (done[i] != 0 || done[j] != 0 || h[i][j] == 0) continue;
          for (std::size_t k = 0; k < n; ++k) h[i][k] += h[j][k];
          for (std::size_t k = 0; k < n; ++k) h[k][i] += h[k][j];
          pivot = i;
        }
      if (pivot == n) break;
      done[pivot] = 1;
      ++signs[h[pivot][pivot] < 0 ? 0 : 2];
      for (std::size_t i = 0; i < n; ++i) {
        if (done[i] != 0) continue;
        const Q factor = h[i][pivot] / h[pivot][pivot];
        for (std::size_t j = 0; j < n; ++j)
          if (done[j] == 0) h[i][j] -= times(factor, h[pivot][j]);
      }
    }
    signs[1] = n - signs[0] - signs[2];
    return signs;
  }

  static bool apart(const Disc& a, const Disc& b) {
    const Q reach = a.radius + b.radius;
    for (std::size_t k = 0; k < a.centre.size(); ++k) {
      budget.spend(20);
      if (abs(a.centre[k].re - b.centre[k].re) > reach || abs(a.centre[k].im - b.centre[k].im) > reach) return true;
    }
    return false;
  }

  const std::vector<Sparse>& gradient_;
  std::vector<std::vector<Sparse>> jacobian_;
  std::vector<Disc> discs_;
  std::size_t real_ = 0;
  std::map<std::array<std::size_t, 3>, std::size_t> inertias_;
};

}  // namespace verifier
