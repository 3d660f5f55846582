#include "program/fraction_ring.hpp"

#include <stdexcept>

namespace rankscape::program {
namespace {

// A scalar is kept reduced: that is one greatest common divisor, and keeps towers of quotients small.
void reduce_scalar(FractionMatrix& a) {
  if (a.rows() != 1 || a.cols() != 1 || fmpz_is_one(a.denominator.get())) return;
  flint::Int divisor;
  fmpz_gcd(divisor.get(), a.numerators.at(0, 0), a.denominator.get());
  if (fmpz_is_one(divisor.get())) return;
  fmpz_divexact(a.numerators.at(0, 0), a.numerators.at(0, 0), divisor.get());
  fmpz_divexact(a.denominator.get(), a.denominator.get(), divisor.get());
}

template <class Combine>
FractionMatrix combined(const FractionMatrix& a, const FractionMatrix& b, Combine combine) {
  FractionMatrix result(a.rows(), a.cols());
  if (fmpz_equal(a.denominator.get(), b.denominator.get())) {
    fmpz_set(result.denominator.get(), a.denominator.get());
    combine(result.numerators.get(), a.numerators.get(), b.numerators.get());
  } else {
    flint::Int by_a;
    flint::Int by_b;
    fmpz_lcm(result.denominator.get(), a.denominator.get(), b.denominator.get());
    fmpz_divexact(by_a.get(), result.denominator.get(), a.denominator.get());
    fmpz_divexact(by_b.get(), result.denominator.get(), b.denominator.get());
    flint::IntMat other(a.rows(), a.cols());
    fmpz_mat_scalar_mul_fmpz(result.numerators.get(), a.numerators.get(), by_a.get());
    fmpz_mat_scalar_mul_fmpz(other.get(), b.numerators.get(), by_b.get());
    combine(result.numerators.get(), result.numerators.get(), other.get());
  }
  reduce_scalar(result);
  return result;
}

}  // namespace

FractionMatrix::FractionMatrix(const RationalMatrix& exact) : numerators(exact.rows(), exact.cols()) {
  fmpz_one(denominator.get());
  flint::Int part;
  for (Index k = 0; k < exact.size(); ++k) {
    const auto& value = exact(k).backend().data();
    if (mpz_cmp_ui(mpq_denref(value), 1) == 0) continue;
    fmpz_set_mpz(part.get(), mpq_denref(value));
    fmpz_lcm(denominator.get(), denominator.get(), part.get());
  }
  const bool integral = fmpz_is_one(denominator.get());
  for (Index j = 0; j < exact.cols(); ++j) {
    for (Index i = 0; i < exact.rows(); ++i) {
      const auto& value = exact(i, j).backend().data();
      fmpz* const to = numerators.at(i, j);
      fmpz_set_mpz(to, mpq_numref(value));
      if (integral || fmpz_is_zero(to)) continue;
      fmpz_set_mpz(part.get(), mpq_denref(value));
      fmpz_divexact(part.get(), denominator.get(), part.get());
      fmpz_mul(to, to, part.get());
    }
  }
}

RationalMatrix FractionMatrix::to_rational() const {
  RationalMatrix result(rows(), cols());
  for (Index j = 0; j < cols(); ++j) {
    for (Index i = 0; i < rows(); ++i)
      result(i, j) = flint::to_rational(numerators.at(i, j), denominator.get());
  }
  return result;
}

FractionMatrix FractionRing::copy(const Value& a) const {
  Value result(a.rows(), a.cols());
  fmpz_mat_set(result.numerators.get(), a.numerators.get());
  fmpz_set(result.denominator.get(), a.denominator.get());
  return result;
}

FractionMatrix FractionRing::add(const Value& a, const Value& b) const {
  return combined(a, b, fmpz_mat_add);
}

FractionMatrix FractionRing::subtract(const Value& a, const Value& b) const {
  return combined(a, b, fmpz_mat_sub);
}

FractionMatrix FractionRing::multiply(const Value& a, const Value& b) const {
  Value result(a.rows(), b.cols());
  fmpz_mat_mul(result.numerators.get(), a.numerators.get(), b.numerators.get());
  fmpz_mul(result.denominator.get(), a.denominator.get(), b.denominator.get());
  reduce_scalar(result);
  return result;
}

FractionMatrix FractionRing::hadamard(const Value& a, const Value& b) const {
  Value result(a.rows(), a.cols());
  for (Index i = 0; i < a.rows(); ++i) {
    for (Index j = 0; j < a.cols(); ++j)
      fmpz_mul(result.numerators.at(i, j), a.numerators.at(i, j), b.numerators.at(i, j));
  }
  fmpz_mul(result.denominator.get(), a.denominator.get(), b.denominator.get());
  return result;
}

FractionMatrix FractionRing::dot(const Value& a, const Value& b) const {
  Value result(1, 1);
  fmpz* const sum = result.numerators.at(0, 0);
  for (Index i = 0; i < a.rows(); ++i) {
    for (Index j = 0; j < a.cols(); ++j)
      fmpz_addmul(sum, a.numerators.at(i, j), b.numerators.at(i, j));
  }
  fmpz_mul(result.denominator.get(), a.denominator.get(), b.denominator.get());
  reduce_scalar(result);
  return result;
}

FractionMatrix FractionRing::scale(const Rational& factor, const Value& a) const {
  Value result(a.rows(), a.cols());
  flint::Int numerator;
  flint::Int common;
  fmpz_set_mpz(numerator.get(), mpq_numref(factor.backend().data()));
  fmpz_gcd(common.get(), numerator.get(), a.denominator.get());
  fmpz_divexact(numerator.get(), numerator.get(), common.get());
  fmpz_divexact(common.get(), a.denominator.get(), common.get());
  fmpz_mat_scalar_mul_fmpz(result.numerators.get(), a.numerators.get(), numerator.get());
  fmpz_set_mpz(numerator.get(), mpq_denref(factor.backend().data()));
  fmpz_mul(result.denominator.get(), common.get(), numerator.get());
  reduce_scalar(result);
  return result;
}

FractionMatrix FractionRing::scalar_multiply(const Value& s, const Value& a) const {
  Value result(a.rows(), a.cols());
  fmpz_mat_scalar_mul_fmpz(result.numerators.get(), a.numerators.get(), s.numerators.at(0, 0));
  fmpz_mul(result.denominator.get(), a.denominator.get(), s.denominator.get());
  reduce_scalar(result);
  return result;
}

FractionMatrix FractionRing::transpose(const Value& a) const {
  Value result(a.cols(), a.rows());
  fmpz_mat_transpose(result.numerators.get(), a.numerators.get());
  fmpz_set(result.denominator.get(), a.denominator.get());
  return result;
}

FractionMatrix FractionRing::reciprocal(const Value& s) const {
  if (fmpz_is_zero(s.numerators.at(0, 0))) throw std::domain_error("division by zero");
  Value result(1, 1);
  fmpz_set(result.numerators.at(0, 0), s.denominator.get());
  fmpz_set(result.denominator.get(), s.numerators.at(0, 0));
  if (fmpz_sgn(result.denominator.get()) < 0) {
    fmpz_neg(result.numerators.at(0, 0), result.numerators.at(0, 0));
    fmpz_neg(result.denominator.get(), result.denominator.get());
  }
  reduce_scalar(result);
  return result;
}

std::vector<FractionMatrix> to_fractions(std::span<const RationalMatrix> values) {
  std::vector<FractionMatrix> result;
  result.reserve(values.size());
  for (const RationalMatrix& value : values)
    result.emplace_back(value);
  return result;
}

}  // namespace rankscape::program
