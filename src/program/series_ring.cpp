#include "program/series_ring.hpp"

#include <stdexcept>

namespace rankscape::program {
namespace {

void reduce_scalar(SeriesMatrix& a) {
  if (a.rows() != 1 || a.cols() != 1 || fmpz_is_one(a.denominator())) return;
  flint::Int divisor;
  fmpz_poly_content(divisor.get(), a.at(0, 0));
  fmpz_gcd(divisor.get(), divisor.get(), a.denominator());
  if (fmpz_is_one(divisor.get())) return;
  fmpz_poly_scalar_divexact_fmpz(a.at(0, 0), a.at(0, 0), divisor.get());
  fmpz_divexact(a.denominator(), a.denominator(), divisor.get());
}

template <class Combine>
SeriesMatrix combined(const SeriesMatrix& a, const SeriesMatrix& b, Combine combine) {
  SeriesMatrix result(a.rows(), a.cols());
  if (fmpz_equal(a.denominator(), b.denominator())) {
    fmpz_set(result.denominator(), a.denominator());
    combine(result.get(), a.get(), b.get());
  } else {
    flint::Int by_a;
    flint::Int by_b;
    fmpz_lcm(result.denominator(), a.denominator(), b.denominator());
    fmpz_divexact(by_a.get(), result.denominator(), a.denominator());
    fmpz_divexact(by_b.get(), result.denominator(), b.denominator());
    SeriesMatrix other(a.rows(), a.cols());
    fmpz_poly_mat_scalar_mul_fmpz(result.get(), a.get(), by_a.get());
    fmpz_poly_mat_scalar_mul_fmpz(other.get(), b.get(), by_b.get());
    combine(result.get(), result.get(), other.get());
  }
  reduce_scalar(result);
  return result;
}

}  // namespace

Rational SeriesMatrix::coefficient(Index i, Index j, Index order) const {
  flint::Int numerator;
  fmpz_poly_get_coeff_fmpz(numerator.get(), at(i, j), order);
  return flint::to_rational(numerator.get(), denominator());
}

SeriesMatrix SeriesRing::series(std::span<const RationalMatrix> coefficients) const {
  const Index rows = coefficients[0].rows();
  const Index cols = coefficients[0].cols();
  SeriesMatrix result(rows, cols);
  flint::Int part;
  flint::Int entry;
  const slong used = std::min(static_cast<slong>(coefficients.size()), length_);
  for (const RationalMatrix& coefficient : coefficients) {
    if (coefficient.rows() != rows || coefficient.cols() != cols) {
      throw std::invalid_argument("matrix program: a curve of matrices of different shapes");
    }
    for (Index k = 0; k < coefficient.size(); ++k) {
      fmpz_set_mpz(part.get(), mpq_denref(coefficient(k).backend().data()));
      if (!fmpz_is_one(part.get())) fmpz_lcm(result.denominator(), result.denominator(), part.get());
    }
  }
  for (slong order = 0; order < used; ++order) {
    const RationalMatrix& coefficient = coefficients[static_cast<std::size_t>(order)];
    for (Index j = 0; j < cols; ++j) {
      for (Index i = 0; i < rows; ++i) {
        const auto& value = coefficient(i, j).backend().data();
        if (mpq_sgn(value) == 0) continue;
        fmpz_set_mpz(part.get(), mpq_denref(value));
        fmpz_divexact(part.get(), result.denominator(), part.get());
        fmpz_set_mpz(entry.get(), mpq_numref(value));
        fmpz_mul(entry.get(), entry.get(), part.get());
        fmpz_poly_set_coeff_fmpz(result.at(i, j), order, entry.get());
      }
    }
  }
  return result;
}

SeriesMatrix SeriesRing::copy(const Value& a) const {
  Value result(a.rows(), a.cols());
  fmpz_poly_mat_set(result.get(), a.get());
  fmpz_set(result.denominator(), a.denominator());
  return result;
}

SeriesMatrix SeriesRing::add(const Value& a, const Value& b) const {
  return combined(a, b, fmpz_poly_mat_add);
}

SeriesMatrix SeriesRing::subtract(const Value& a, const Value& b) const {
  return combined(a, b, fmpz_poly_mat_sub);
}

SeriesMatrix SeriesRing::multiply(const Value& a, const Value& b) const {
  Value result(a.rows(), b.cols());
  fmpz_poly_mat_mullow(result.get(), a.get(), b.get(), length_);
  fmpz_mul(result.denominator(), a.denominator(), b.denominator());
  reduce_scalar(result);
  return result;
}

SeriesMatrix SeriesRing::hadamard(const Value& a, const Value& b) const {
  Value result(a.rows(), a.cols());
  for (Index i = 0; i < a.rows(); ++i) {
    for (Index j = 0; j < a.cols(); ++j)
      fmpz_poly_mullow(result.at(i, j), a.at(i, j), b.at(i, j), length_);
  }
  fmpz_mul(result.denominator(), a.denominator(), b.denominator());
  return result;
}

SeriesMatrix SeriesRing::dot(const Value& a, const Value& b) const {
  Value result(1, 1);
  Value product(1, 1);
  for (Index i = 0; i < a.rows(); ++i) {
    for (Index j = 0; j < a.cols(); ++j) {
      fmpz_poly_mullow(product.at(0, 0), a.at(i, j), b.at(i, j), length_);
      fmpz_poly_add(result.at(0, 0), result.at(0, 0), product.at(0, 0));
    }
  }
  fmpz_mul(result.denominator(), a.denominator(), b.denominator());
  reduce_scalar(result);
  return result;
}

SeriesMatrix SeriesRing::scale(const Rational& factor, const Value& a) const {
  Value result(a.rows(), a.cols());
  flint::Int part;
  fmpz_set_mpz(part.get(), mpq_numref(factor.backend().data()));
  fmpz_poly_mat_scalar_mul_fmpz(result.get(), a.get(), part.get());
  fmpz_set_mpz(part.get(), mpq_denref(factor.backend().data()));
  fmpz_mul(result.denominator(), a.denominator(), part.get());
  reduce_scalar(result);
  return result;
}

SeriesMatrix SeriesRing::scalar_multiply(const Value& s, const Value& a) const {
  Value result(a.rows(), a.cols());
  for (Index i = 0; i < a.rows(); ++i) {
    for (Index j = 0; j < a.cols(); ++j)
      fmpz_poly_mullow(result.at(i, j), s.at(0, 0), a.at(i, j), length_);
  }
  fmpz_mul(result.denominator(), a.denominator(), s.denominator());
  reduce_scalar(result);
  return result;
}

SeriesMatrix SeriesRing::transpose(const Value& a) const {
  Value result(a.cols(), a.rows());
  fmpz_poly_mat_transpose(result.get(), a.get());
  fmpz_set(result.denominator(), a.denominator());
  return result;
}

// With s = p / d, p_0 != 0: 1 / s = d q / p_0^length, where q = p_0^length / p over the integers, by the recursion
// q_k = -(p_1 q_{k-1} + .. + p_k q_0) / p_0.
SeriesMatrix SeriesRing::reciprocal(const Value& s) const {
  const fmpz_poly_struct* const p = s.at(0, 0);
  flint::Int first;
  fmpz_poly_get_coeff_fmpz(first.get(), p, 0);
  if (fmpz_is_zero(first.get())) throw std::domain_error("division by zero");
  Value result(1, 1);
  fmpz_poly_struct* const q = result.at(0, 0);
  flint::Int entry;
  flint::Int sum;
  fmpz_pow_ui(entry.get(), first.get(), static_cast<ulong>(length_ - 1));
  fmpz_poly_set_coeff_fmpz(q, 0, entry.get());
  for (slong k = 1; k < length_; ++k) {
    fmpz_zero(sum.get());
    for (slong i = 1; i <= k && i < fmpz_poly_length(p); ++i) {
      fmpz_poly_get_coeff_fmpz(entry.get(), q, k - i);
      fmpz_submul(sum.get(), p->coeffs + i, entry.get());
    }
    fmpz_divexact(sum.get(), sum.get(), first.get());
    fmpz_poly_set_coeff_fmpz(q, k, sum.get());
  }
  fmpz_poly_scalar_mul_fmpz(q, q, s.denominator());
  fmpz_pow_ui(result.denominator(), first.get(), static_cast<ulong>(length_));
  if (fmpz_sgn(result.denominator()) < 0) {
    fmpz_neg(result.denominator(), result.denominator());
    fmpz_poly_neg(q, q);
  }
  reduce_scalar(result);
  return result;
}

}  // namespace rankscape::program
