#pragma once
// Matrices of fractions over one common denominator, over two rings: integers (values) and polynomials in many
// variables (identities, curves, families). Denominators are in the ring too, so that 1/s is an exchange; they are
// never reduced, and almost always equal.

#include <algorithm>
#include <map>
#include <type_traits>
#include <utility>
#include <vector>

#include "verifier/words.hpp"

namespace verifier {

// sum += a b, for each ring.
inline void add_product(Z& sum, const Z& a, const Z& b) {
  budget.spend(1 + mpz_size(a.get_mpz_t()) * mpz_size(b.get_mpz_t()));
  mpz_addmul(sum.get_mpz_t(), a.get_mpz_t(), b.get_mpz_t());
}

/// Variables with repetition, ascending: x_0^2 x_3 is {0, 0, 3}.
using Monomial = std::u16string;
/// Terms of a higher degree are dropped: whoever computes with polynomials says it first.
inline thread_local std::size_t most_degree = 0;
inline constexpr std::size_t any_degree = static_cast<std::size_t>(-1);

/// Of a polynomial over Z or Q: += coefficient x^monomial, paid for in steps and in memory.
template <class Number>
void add_term(std::map<Monomial, Number>& terms, Holding& holding, const Monomial& monomial,
              const Number& coefficient) {
  constexpr std::size_t node = 128;  // bytes beside the characters and words, roughly
  const auto bytes = [&](const Number& x) { return node + sizeof(char16_t) * monomial.size() + 8 * words(x); };
  const auto [found, fresh] = terms.try_emplace(monomial);
  if (!fresh) {
    budget.spend(1 + words(found->second) * words(coefficient));  // as fractions get a common denominator
    holding.drop(bytes(found->second));
  }
  found->second += coefficient;
  if (found->second == 0) {
    terms.erase(found);
  } else {
    holding.add(bytes(found->second));
  }
}

struct Polynomial {
  Holding holding;
  std::map<Monomial, Z> terms;  // none is zero
  Polynomial(const Z& number = 0) { add(Monomial(), number); }
  void add(const Monomial& monomial, const Z& coefficient) { add_term(terms, holding, monomial, coefficient); }
  [[nodiscard]] Z operator[](const Monomial& monomial) const {
    const auto found = terms.find(monomial);
    return found == terms.end() ? Z(0) : found->second;
  }
  bool operator==(const Polynomial& other) const { return terms == other.terms; }
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

template <class R>
R product(const R& a, const R& b) {
  R sum(0);
  add_product(sum, a, b);
  return sum;
}

inline void require_fit(bool fit) {
  if (!fit) throw Rejected("matrices do not fit together");
}

/// store(i, j, sum of a(i, k) b(j, k)) for all rows i, j (with `lower` for i >= j) of two lists of rows, where that is
/// worth it: many products of numbers that are short and mostly not zero. \return whether it was
template <class A, class B, class Store>
bool dense_product(std::size_t rows_a, std::size_t rows_b, std::size_t cols, const A& a, const B& b, bool lower,
                   const Store& store) {
  constexpr std::size_t least = 32;  // of rows and columns
  if (std::min({rows_a, rows_b, cols}) < least) return false;
  const std::size_t left = Words::digits_of(rows_a, cols, a);
  const std::size_t right = Words::digits_of(rows_b, cols, b);
  if (left == 0 || right == 0 || std::min(left, right) * cols > Words::most_products) return false;
  Words::multiply(Words(rows_a, cols, left, a), Words(rows_b, cols, right, b), lower, store);
  return true;
}

template <class R>
struct Matrix {
  std::size_t rows = 0;
  std::size_t cols = 0;
  R denominator = R(1);    // > 0 at the point
  std::vector<R> entries;  // row by row

  Matrix() = default;
  Matrix(std::size_t m, std::size_t n, const R& below = R(1)) : rows(m), cols(n), denominator(below) {
    // no overflow: a certificate has no place for more rows or columns than 2^26
    if (m * n > most_entries) throw Unreadable("limits: a matrix is too large");
    budget.spend(m * n);
    entries.assign(m * n, R(0));
  }
  Matrix(const Q& number) : Matrix(1, 1, R(number.get_den())) { entries[0] = R(number.get_num()); }
  template <class S>
  explicit Matrix(const Matrix<S>& a) : Matrix(a.rows, a.cols, R(a.denominator)) {
    entries.assign(a.entries.begin(), a.entries.end());
  }
  R& operator()(std::size_t i, std::size_t j) { return entries[i * cols + j]; }
  const R& operator()(std::size_t i, std::size_t j) const { return entries[i * cols + j]; }
  [[nodiscard]] bool is_zero() const {
    return std::all_of(entries.begin(), entries.end(), [](const R& x) { return x == R(0); });
  }
  [[nodiscard]] bool same_shape(const Matrix& b) const { return rows == b.rows && cols == b.cols; }
  [[nodiscard]] bool is_scalar() const { return rows == 1 && cols == 1; }
  [[nodiscard]] Q at(std::size_t i, std::size_t j) const {
    Q x((*this)(i, j), denominator);
    x.canonicalize();
    return x;
  }

  friend Matrix operator*(const Matrix& a, const Matrix& b) {
    require_fit(a.cols == b.rows);
    Matrix c(a.rows, b.cols, product(a.denominator, b.denominator));
    budget.spend(a.rows * a.cols);  // also where b has no columns
    if constexpr (std::is_same_v<R, Z>) {
      const auto left = [&](std::size_t i, std::size_t k) -> const Z& { return a(i, k); };
      const auto right = [&](std::size_t j, std::size_t k) -> const Z& { return b(k, j); };
      const auto store = [&](std::size_t i, std::size_t j, const Z& sum) { c(i, j) = sum; };
      if (dense_product(a.rows, b.cols, a.cols, left, right, false, store)) return c;
    }
    for (std::size_t i = 0; i < a.rows; ++i)
      for (std::size_t k = 0; k < a.cols; ++k)
        if (a(i, k) != R(0))
          for (std::size_t j = 0; j < b.cols; ++j) add_product(c(i, j), a(i, k), b(k, j));
    return c;
  }
  friend Matrix operator+(const Matrix& a, const Matrix& b) { return plus(a, R(1), b); }
  friend Matrix operator-(const Matrix& a, const Matrix& b) { return plus(a, R(-1), b); }
  /// s a, s of shape 1 x 1
  friend Matrix scaled(const Matrix& s, const Matrix& a) {
    require_fit(s.is_scalar());
    return entrywise({a.rows, a.cols}, 1, s, 0, a);
  }
  /// Entry by entry.
  friend Matrix hadamard(const Matrix& a, const Matrix& b) {
    require_fit(a.same_shape(b));
    return entrywise({a.rows, a.cols}, 1, a, 1, b);
  }
  /// The sum of all a_ij b_ij, of shape 1 x 1.
  friend Matrix dot(const Matrix& a, const Matrix& b) {
    require_fit(a.same_shape(b));
    return entrywise({1, 1}, 0, a, 1, b);
  }
  friend Matrix transposed(const Matrix& a) {
    Matrix b(a.cols, a.rows, a.denominator);
    for (std::size_t i = 0; i < a.rows; ++i)
      for (std::size_t j = 0; j < a.cols; ++j) b(j, i) = a(i, j);
    return b;
  }
  /// 1/s, s of shape 1 x 1
  friend Matrix reciprocal(const Matrix& s) {
    require_fit(s.is_scalar());
    if (s.is_zero()) throw Rejected("a reciprocal of zero");
    const R sign(Polynomial(s.entries[0])[{}] < 0 ? -1 : 1);
    Matrix b(1, 1, product(s.entries[0], sign));
    b.entries[0] = product(s.denominator, sign);
    return b;
  }
  friend bool equal(const Matrix& a, const Matrix& b) { return a.same_shape(b) && (a - b).is_zero(); }

 private:
  // c += a b along the entries of b; the strides are 1, or 0 for a single entry.
  static Matrix entrywise(Matrix c, std::size_t stride_c, const Matrix& a, std::size_t stride_a, const Matrix& b) {
    c.denominator = product(a.denominator, b.denominator);
    for (std::size_t k = 0; k < b.entries.size(); ++k)
      add_product(c.entries[k * stride_c], a.entries[k * stride_a], b.entries[k]);
    return c;
  }
  // a + sign b
  static Matrix plus(const Matrix& a, const R& sign, const Matrix& b) {
    require_fit(a.same_shape(b));
    R left(1);
    R right = sign;
    Matrix c(a.rows, a.cols, a.denominator);
    if (a.denominator != b.denominator) {
      left = b.denominator;
      right = product(a.denominator, sign);
      c.denominator = product(a.denominator, b.denominator);
      const Polynomial x(a.denominator);
      const Polynomial y(b.denominator);
      if (x == Polynomial(x[{}]) && y == Polynomial(y[{}])) {
        const Z common = common_multiple(x[{}], y[{}]);
        left = R(common / x[{}]), right = product(R(common / y[{}]), sign), c.denominator = R(common);
      }
    }
    for (std::size_t k = 0; k < a.entries.size(); ++k) {
      add_product(c.entries[k], a.entries[k], left);
      add_product(c.entries[k], b.entries[k], right);
    }
    return c;
  }
};

/// number(i, j) at (i, j)
template <class Number>
Matrix<Z> matrix_of(std::size_t rows, std::size_t cols, const Number& number) {
  Matrix<Z> a(rows, cols);
  std::vector<Q> numbers;
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) {
      numbers.push_back(number(i, j));
      a.denominator = common_multiple(a.denominator, numbers.back().get_den());
    }
  }
  for (std::size_t k = 0; k < numbers.size(); ++k)
    a.entries[k] = numbers[k].get_num() * (a.denominator / numbers[k].get_den());
  return a;
}

inline Matrix<Z> identity(std::size_t n) {
  return matrix_of(n, n, [](std::size_t i, std::size_t j) { return i == j ? 1 : 0; });
}

inline Matrix<Z> symmetric_part(const Matrix<Z>& a) { return scaled(Q(1, 2), a + transposed(a)); }

}  // namespace verifier
