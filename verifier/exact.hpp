#pragma once
// Exact matrices, and the two facts about them that are not a mere product: the inertia of a small symmetric matrix, by
// elimination, and a sufficient test of definiteness for large ones. Every multiplication is counted, so that no file
// can keep the checker busy for long.

#include <gmpxx.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace verifier {

using Z = mpz_class;
using Q = mpq_class;

/// Not a file of a known format, or checking it would cost more than the limits allow.
struct Unreadable : std::runtime_error {
  using std::runtime_error::runtime_error;
};
/// Something that the file claims is false, or lacks its evidence.
struct Rejected : std::runtime_error {
  using std::runtime_error::runtime_error;
};

inline constexpr std::size_t most_bytes = 16U << 20U;      // of a certificate
inline constexpr std::size_t most_manifest = 256U << 20U;  // bytes of a manifest
inline constexpr std::size_t most_depth = 16;              // of nested arrays and objects
inline constexpr std::size_t most_digits = 20'000;         // characters of one number
inline constexpr std::size_t most_parameters = 300;        // entries of all weights
inline constexpr std::size_t most_steps = 100'000'000;     // multiplications
inline constexpr std::chrono::seconds most_time{60};

struct Budget {
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
  std::size_t spent = 0;
  void spend(std::size_t steps) {
    const bool look_at_the_clock = spent / 64 != (spent + steps) / 64;
    spent += steps;
    if (spent > most_steps) throw Unreadable("limits: checking needs too many multiplications");
    if (look_at_the_clock && std::chrono::steady_clock::now() - start > most_time)
      throw Unreadable("limits: checking takes longer than a minute");
  }
};
inline thread_local Budget budget;  // of the certificate that is being checked

template <class T>
struct Matrix {
  std::size_t rows = 0;
  std::size_t cols = 0;
  std::vector<T> entries;  // row by row

  Matrix() = default;
  Matrix(std::size_t m, std::size_t n) : rows(m), cols(n), entries(m * n, T(0)) {}
  T& operator()(std::size_t i, std::size_t j) { return entries[i * cols + j]; }
  const T& operator()(std::size_t i, std::size_t j) const { return entries[i * cols + j]; }
  bool operator==(const Matrix& other) const = default;
};

/// sum += a b; overloaded for polynomials (losses.hpp).
template <class T>
void add_product(T& sum, const T& a, const T& b) {
  budget.spend(1);
  if (a != 0 && b != 0) sum += a * b;
}

inline void require_fit(bool fit) {
  if (!fit) throw Rejected("matrices do not fit together");
}

template <class T>
Matrix<T> operator*(const Matrix<T>& a, const Matrix<T>& b) {
  require_fit(a.cols == b.rows);
  Matrix<T> c(a.rows, b.cols);
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t k = 0; k < a.cols; ++k)
      for (std::size_t j = 0; j < b.cols; ++j) add_product(c(i, j), a(i, k), b(k, j));
  return c;
}

template <class T>
Matrix<T> plus(Matrix<T> a, const Q& factor, const Matrix<T>& b) {  // a + factor b
  require_fit(a.rows == b.rows && a.cols == b.cols);
  for (std::size_t k = 0; k < a.entries.size(); ++k) add_product(a.entries[k], T(factor), b.entries[k]);
  return a;
}

template <class T>
T inner(const Matrix<T>& a, const Matrix<T>& b) {  // sum of all a_ij b_ij
  require_fit(a.rows == b.rows && a.cols == b.cols);
  T sum(0);
  for (std::size_t k = 0; k < a.entries.size(); ++k) add_product(sum, a.entries[k], b.entries[k]);
  return sum;
}

template <class T>
Matrix<T> transposed(const Matrix<T>& a) {
  Matrix<T> b(a.cols, a.rows);
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t j = 0; j < a.cols; ++j) b(j, i) = a(i, j);
  return b;
}

inline Matrix<Q> identity(std::size_t n) {
  Matrix<Q> a(n, n);
  for (std::size_t i = 0; i < n; ++i) a(i, i) = 1;
  return a;
}

/// scale * a with the least positive integer `scale` that makes it integral.
inline Matrix<Z> integral(const Matrix<Q>& a, Z& scale) {
  scale = 1;
  for (const Q& x : a.entries) {
    budget.spend(1);
    scale = lcm(scale, x.get_den());
  }
  Matrix<Z> b(a.rows, a.cols);
  for (std::size_t k = 0; k < a.entries.size(); ++k)
    b.entries[k] = a.entries[k].get_num() * (scale / a.entries[k].get_den());
  return b;
}

struct Inertia {
  std::size_t neg = 0;
  std::size_t zero = 0;
  std::size_t pos = 0;
};

/// Of a symmetric matrix, by symmetric elimination; meant for a few dozen rows.
inline Inertia inertia(Matrix<Q> a) {
  if (a != transposed(a)) throw Rejected("a matrix that has to be symmetric is not");
  const std::size_t n = a.rows;
  Inertia count;
  for (std::size_t step = 0; step < n; ++step) {
    std::size_t pivot = step;
    while (pivot < n && a(pivot, pivot) == 0) ++pivot;
    // where the diagonal is zero, adding row and column j to i makes 2 a_ij on it
    for (std::size_t i = step; pivot == n && i < n; ++i) {
      for (std::size_t j = i + 1; pivot == n && j < n; ++j) {
        if (a(i, j) == 0) continue;
        for (std::size_t k = 0; k < n; ++k) a(i, k) += a(j, k);
        for (std::size_t k = 0; k < n; ++k) a(k, i) += a(k, j);
        pivot = i;
      }
    }
    if (pivot == n) {
      count.zero = n - step;
      break;
    }
    for (std::size_t k = 0; k < n; ++k) std::swap(a(step, k), a(pivot, k));
    for (std::size_t k = 0; k < n; ++k) std::swap(a(k, step), a(k, pivot));
    (a(step, step) < 0 ? count.neg : count.pos) += 1;
    for (std::size_t i = step + 1; i < n; ++i) {
      const Q factor = a(i, step) / a(step, step);
      for (std::size_t j = step; j < n; ++j) add_product<Q>(a(i, j), -factor, a(step, j));
    }
    for (std::size_t j = step + 1; j < n; ++j) a(step, j) = 0;
  }
  return count;
}

/// Is the block a[first..last), times `sign`, positive definite? Sufficient: with k rows, the diagonal is positive and
/// (k-1)^2 a_ij^2 < a_ii a_jj for i != j; for then the block, scaled to unit diagonal, is strictly diagonally dominant.
inline bool dominant(const Matrix<Z>& a, std::size_t first, std::size_t last, int sign) {
  for (std::size_t i = first; i < last; ++i) {
    if (sgn(a(i, i)) != sign) return false;
    for (std::size_t j = first; j < i; ++j) {
      budget.spend(3);
      const Z scaled = Z(last - first - 1) * a(i, j);
      if (scaled * scaled >= a(i, i) * a(j, j)) return false;
    }
  }
  return true;
}

}  // namespace verifier
