#pragma once
// Matrices of fractions over one common denominator, over three rings: integers (values), dual numbers a + b e with
// e^2 = 0 (a Hessian times a vector), polynomials in many variables (identities, curves, families). Denominators are in
// the ring too, so that 1/s is an exchange; they are never reduced, and almost always equal.

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "verifier/exact.hpp"

namespace verifier {

// sum += a b, for each ring.
inline void add_product(Z& sum, const Z& a, const Z& b) {
  budget.spend(1 + mpz_size(a.get_mpz_t()) * mpz_size(b.get_mpz_t()));
  mpz_addmul(sum.get_mpz_t(), a.get_mpz_t(), b.get_mpz_t());
}

struct Dual {
  Z value;
  Z slope;
  Dual(const Z& constant = 0, const Z& derivative = 0) : value(constant), slope(derivative) {}
  bool operator==(const Dual&) const = default;
};
inline void add_product(Dual& sum, const Dual& a, const Dual& b) {
  add_product(sum.value, a.value, b.value);
  add_product(sum.slope, a.value, b.slope);
  add_product(sum.slope, a.slope, b.value);
}

/// Variables with repetition, ascending: x_0^2 x_3 is {0, 0, 3}.
using Monomial = std::u16string;
struct Polynomial {
  std::map<Monomial, Z> terms;  // none is zero
  Polynomial(const Z& constant = 0) {
    if (constant != 0) terms.emplace(Monomial(), constant);
  }
  void add(const Monomial& monomial, const Z& coefficient) {
    const auto found = terms.try_emplace(monomial).first;
    found->second += coefficient;
    if (found->second == 0) terms.erase(found);
  }
  [[nodiscard]] Z operator[](const Monomial& monomial) const {
    const auto found = terms.find(monomial);
    return found == terms.end() ? Z(0) : found->second;
  }
  bool operator==(const Polynomial&) const = default;
};
/// Terms of a higher degree are dropped.
inline thread_local std::size_t most_degree = static_cast<std::size_t>(-1);
struct Truncation {
  std::size_t before = most_degree;
  explicit Truncation(std::size_t degree) { most_degree = degree; }
  Truncation(const Truncation&) = delete;
  Truncation& operator=(const Truncation&) = delete;
  ~Truncation() { most_degree = before; }
};
inline void add_product(Polynomial& sum, const Polynomial& a, const Polynomial& b) {
  budget.spend(1);
  for (const auto& [m, x] : a.terms) {
    for (const auto& [n, y] : b.terms) {
      budget.spend(10 + m.size() + n.size() + mpz_size(x.get_mpz_t()) * mpz_size(y.get_mpz_t()));
      if (m.size() + n.size() > most_degree) continue;
      Monomial product(m.size() + n.size(), u'\0');
      std::merge(m.begin(), m.end(), n.begin(), n.end(), product.begin());
      sum.add(product, x * y);
    }
  }
}

inline bool is_constant(const Z&) { return true; }
inline bool is_constant(const Dual& a) { return a.slope == 0; }
inline bool is_constant(const Polynomial& a) { return a == Polynomial(a[{}]); }
inline const Z& constant_term(const Z& a) { return a; }
inline const Z& constant_term(const Dual& a) { return a.value; }
inline Z constant_term(const Polynomial& a) { return a[{}]; }

template <class R>
R product(const R& a, const R& b) {
  R sum(0);
  add_product(sum, a, b);
  return sum;
}

template <class R>
struct Matrix {
  std::size_t rows = 0;
  std::size_t cols = 0;
  R denominator = R(1);    // > 0 at the point
  std::vector<R> entries;  // row by row

  Matrix() = default;
  Matrix(std::size_t m, std::size_t n) : rows(m), cols(n) {
    if (m > most_entries || n > most_entries || m * n > most_entries) throw Unreadable("limits: a matrix is too large");
    budget.spend(m * n);
    entries.assign(m * n, R(0));
  }
  R& operator()(std::size_t i, std::size_t j) { return entries[i * cols + j]; }
  const R& operator()(std::size_t i, std::size_t j) const { return entries[i * cols + j]; }
  [[nodiscard]] bool is_zero() const {
    return std::all_of(entries.begin(), entries.end(), [](const R& x) { return x == R(0); });
  }
  [[nodiscard]] bool same_shape(const Matrix& b) const { return rows == b.rows && cols == b.cols; }
  [[nodiscard]] bool is_scalar() const { return rows == 1 && cols == 1; }
};

inline void require_fit(bool fit) {
  if (!fit) throw Rejected("matrices do not fit together");
}

template <class R>
Matrix<R> lift(const Matrix<Z>& a) {
  Matrix<R> b(a.rows, a.cols);
  b.denominator = R(a.denominator);
  for (std::size_t k = 0; k < a.entries.size(); ++k) b.entries[k] = R(a.entries[k]);
  return b;
}

inline Q entry(const Matrix<Z>& a, std::size_t i, std::size_t j) {
  Q x(a(i, j), a.denominator);
  x.canonicalize();
  return x;
}

template <class R>
Matrix<R> operator*(const Matrix<R>& a, const Matrix<R>& b) {
  require_fit(a.cols == b.rows);
  Matrix<R> c(a.rows, b.cols);
  c.denominator = product(a.denominator, b.denominator);
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t k = 0; k < a.cols; ++k)
      if (a(i, k) != R(0))
        for (std::size_t j = 0; j < b.cols; ++j) add_product(c(i, j), a(i, k), b(k, j));
  return c;
}

/// a + sign b
template <class R>
Matrix<R> plus(const Matrix<R>& a, int sign, const Matrix<R>& b) {
  require_fit(a.same_shape(b));
  R above(1);
  R below(sign);
  Matrix<R> c(a.rows, a.cols);
  c.denominator = a.denominator;
  if (a.denominator != b.denominator) {
    above = b.denominator;
    below = product(a.denominator, R(sign));
    c.denominator = product(a.denominator, b.denominator);
    if (is_constant(a.denominator) && is_constant(b.denominator)) {
      const Z x = constant_term(a.denominator);
      const Z y = constant_term(b.denominator);
      const Z least = lcm(x, y);
      above = R(least / x), below = R(sign * (least / y)), c.denominator = R(least);
    }
  }
  for (std::size_t k = 0; k < a.entries.size(); ++k) {
    add_product(c.entries[k], a.entries[k], above);
    add_product(c.entries[k], b.entries[k], below);
  }
  return c;
}

/// s a, s of shape 1 x 1
template <class R>
Matrix<R> scaled(const Matrix<R>& s, const Matrix<R>& a) {
  require_fit(s.is_scalar());
  Matrix<R> c(a.rows, a.cols);
  c.denominator = product(s.denominator, a.denominator);
  for (std::size_t k = 0; k < a.entries.size(); ++k) add_product(c.entries[k], s.entries[0], a.entries[k]);
  return c;
}

template <class R>
Matrix<R> number(const Q& q) {
  Matrix<R> s(1, 1);
  s.entries[0] = R(q.get_num()), s.denominator = R(q.get_den());
  return s;
}

/// Entry by entry.
template <class R>
Matrix<R> hadamard(const Matrix<R>& a, const Matrix<R>& b) {
  require_fit(a.same_shape(b));
  Matrix<R> c(a.rows, a.cols);
  c.denominator = product(a.denominator, b.denominator);
  for (std::size_t k = 0; k < a.entries.size(); ++k) add_product(c.entries[k], a.entries[k], b.entries[k]);
  return c;
}

/// The sum of all a_ij b_ij, of shape 1 x 1.
template <class R>
Matrix<R> dot(const Matrix<R>& a, const Matrix<R>& b) {
  require_fit(a.same_shape(b));
  Matrix<R> s(1, 1);
  s.denominator = product(a.denominator, b.denominator);
  for (std::size_t k = 0; k < a.entries.size(); ++k) add_product(s.entries[0], a.entries[k], b.entries[k]);
  return s;
}

template <class R>
Matrix<R> transposed(const Matrix<R>& a) {
  Matrix<R> b(a.cols, a.rows);
  b.denominator = a.denominator;
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t j = 0; j < a.cols; ++j) b(j, i) = a(i, j);
  return b;
}

inline Matrix<Z> identity(std::size_t n) {
  Matrix<Z> a(n, n);
  for (std::size_t i = 0; i < n; ++i) a(i, i) = 1;
  return a;
}

template <class R>
bool equal(const Matrix<R>& a, const Matrix<R>& b) {
  return a.same_shape(b) && plus(a, -1, b).is_zero();
}

}  // namespace verifier
