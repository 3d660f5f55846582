#pragma once
// Power series in t with rational matrices as coefficients, cut off after a given order: FLINT's polynomial matrices
// over one common denominator. A loss evaluated at W + t V_1 + t^2 V_2 + .. gives its exact coefficients along that
// curve.

#include "program/evaluate.hpp"

#include <flint/fmpz_poly_mat.h>

#include "exact/flint.hpp"

namespace rankscape::program {

class SeriesMatrix {
 public:
  SeriesMatrix(Index rows, Index cols) {
    fmpz_poly_mat_init(numerators_, rows, cols);
    fmpz_one(denominator_.get());
  }
  SeriesMatrix(SeriesMatrix&& other) noexcept : SeriesMatrix(0, 0) {
    fmpz_poly_mat_swap(numerators_, other.numerators_);
    fmpz_swap(denominator_.get(), other.denominator_.get());
  }
  SeriesMatrix(const SeriesMatrix&) = delete;
  SeriesMatrix& operator=(const SeriesMatrix&) = delete;
  SeriesMatrix& operator=(SeriesMatrix&&) = delete;
  ~SeriesMatrix() { fmpz_poly_mat_clear(numerators_); }

  [[nodiscard]] Index rows() const { return fmpz_poly_mat_nrows(numerators_); }
  [[nodiscard]] Index cols() const { return fmpz_poly_mat_ncols(numerators_); }
  [[nodiscard]] fmpz_poly_mat_struct* get() { return numerators_; }
  [[nodiscard]] const fmpz_poly_mat_struct* get() const { return numerators_; }
  [[nodiscard]] fmpz_poly_struct* at(Index i, Index j) { return fmpz_poly_mat_entry(numerators_, i, j); }
  [[nodiscard]] const fmpz_poly_struct* at(Index i, Index j) const { return fmpz_poly_mat_entry(numerators_, i, j); }
  [[nodiscard]] fmpz* denominator() { return denominator_.get(); }
  [[nodiscard]] const fmpz* denominator() const { return denominator_.get(); }
  /// The coefficient of t^order in one entry.
  [[nodiscard]] Rational coefficient(Index i, Index j, Index order) const;

 private:
  fmpz_poly_mat_t numerators_;
  flint::Int denominator_;  // > 0
};

class SeriesRing {
 public:
  using Value = SeriesMatrix;
  /// \param order  the highest power of t that is kept
  explicit SeriesRing(Index order) : length_(order + 1) {}

  /// sum of coefficients[k] t^k. \pre not empty, all of one shape
  [[nodiscard]] Value series(std::span<const RationalMatrix> coefficients) const;
  [[nodiscard]] Value copy(const Value& a) const;
  [[nodiscard]] Value constant(const RationalMatrix& a) const { return series({&a, 1}); }
  [[nodiscard]] Value add(const Value& a, const Value& b) const;
  [[nodiscard]] Value subtract(const Value& a, const Value& b) const;
  [[nodiscard]] Value multiply(const Value& a, const Value& b) const;
  [[nodiscard]] Value hadamard(const Value& a, const Value& b) const;
  [[nodiscard]] Value dot(const Value& a, const Value& b) const;
  [[nodiscard]] Value scale(const Rational& factor, const Value& a) const;
  [[nodiscard]] Value scalar_multiply(const Value& s, const Value& a) const;
  [[nodiscard]] Value transpose(const Value& a) const;
  /// \throws std::domain_error  s is 0 at t = 0
  [[nodiscard]] Value reciprocal(const Value& s) const;

 private:
  slong length_;
};

}  // namespace rankscape::program
