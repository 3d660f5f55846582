#pragma once
// Rational matrices as FLINT integer matrices with one common denominator each: the ring in which points are evaluated.
// Products multiply denominators, sums take least common multiples; greatest common divisors are taken of scalars only,
// so that no entry of a matrix is ever reduced before the last step.

#include "exact/flint.hpp"
#include "program/evaluate.hpp"

namespace rankscape::program {

struct FractionMatrix {
  FractionMatrix(Index rows, Index cols) : numerators(rows, cols) { fmpz_one(denominator.get()); }
  explicit FractionMatrix(const RationalMatrix& exact);
  FractionMatrix(FractionMatrix&& other) noexcept : numerators(std::move(other.numerators)) {
    fmpz_swap(denominator.get(), other.denominator.get());
  }
  FractionMatrix(const FractionMatrix&) = delete;
  FractionMatrix& operator=(const FractionMatrix&) = delete;
  FractionMatrix& operator=(FractionMatrix&&) = delete;
  ~FractionMatrix() = default;

  [[nodiscard]] Index rows() const { return fmpz_mat_nrows(numerators.get()); }
  [[nodiscard]] Index cols() const { return fmpz_mat_ncols(numerators.get()); }
  [[nodiscard]] RationalMatrix to_rational() const;
  /// \pre 1 x 1
  [[nodiscard]] Rational scalar() const { return flint::to_rational(numerators.at(0, 0), denominator.get()); }

  flint::IntMat numerators;
  flint::Int denominator;  ///< > 0
};

class FractionRing {
 public:
  using Value = FractionMatrix;
  [[nodiscard]] Value copy(const Value& a) const;
  [[nodiscard]] Value constant(const RationalMatrix& a) const { return Value(a); }
  [[nodiscard]] Value add(const Value& a, const Value& b) const;
  [[nodiscard]] Value subtract(const Value& a, const Value& b) const;
  [[nodiscard]] Value multiply(const Value& a, const Value& b) const;
  [[nodiscard]] Value hadamard(const Value& a, const Value& b) const;
  [[nodiscard]] Value dot(const Value& a, const Value& b) const;
  [[nodiscard]] Value scale(const Rational& factor, const Value& a) const;
  [[nodiscard]] Value scalar_multiply(const Value& s, const Value& a) const;
  [[nodiscard]] Value transpose(const Value& a) const;
  /// \throws std::domain_error  s = 0
  [[nodiscard]] Value reciprocal(const Value& s) const;
};

[[nodiscard]] std::vector<FractionMatrix> to_fractions(std::span<const RationalMatrix> values);

}  // namespace rankscape::program
