#pragma once
// The border between Eigen matrices over GMP numbers and FLINT: owners for FLINT's C objects and conversions that move
// limbs, never strings. FLINT keeps its integers in per-thread pools: see release_thread_caches().

#include <rankscape/exact/matrix.hpp>

#include <flint/fmpq.h>
#include <flint/fmpz.h>
#include <flint/fmpz_mat.h>
#include <flint/fmpz_poly.h>
#include <flint/nmod_mat.h>

#include <cstdint>
#include <vector>

#include "exact/prime_field.hpp"

namespace rankscape::flint {

class Int {
 public:
  Int() { fmpz_init(value_); }
  Int(const Int&) = delete;
  Int& operator=(const Int&) = delete;
  ~Int() { fmpz_clear(value_); }
  [[nodiscard]] fmpz* get() { return value_; }
  [[nodiscard]] const fmpz* get() const { return value_; }

 private:
  fmpz_t value_;
};

class IntMat {
 public:
  IntMat(Index rows, Index cols) { fmpz_mat_init(value_, rows, cols); }
  IntMat(IntMat&& other) noexcept {
    fmpz_mat_init(value_, 0, 0);
    fmpz_mat_swap(value_, other.value_);
  }
  IntMat(const IntMat&) = delete;
  IntMat& operator=(const IntMat&) = delete;
  IntMat& operator=(IntMat&&) = delete;
  ~IntMat() { fmpz_mat_clear(value_); }
  [[nodiscard]] fmpz_mat_struct* get() { return value_; }
  [[nodiscard]] const fmpz_mat_struct* get() const { return value_; }
  [[nodiscard]] fmpz* at(Index i, Index j) { return fmpz_mat_entry(value_, i, j); }
  [[nodiscard]] const fmpz* at(Index i, Index j) const { return fmpz_mat_entry(value_, i, j); }

 private:
  fmpz_mat_t value_;
};

/// Residues modulo a prime of one word.
class ModMat {
 public:
  ModMat(Index rows, Index cols, std::uint64_t prime) { nmod_mat_init(value_, rows, cols, prime); }
  ModMat(const ModMat&) = delete;
  ModMat& operator=(const ModMat&) = delete;
  ~ModMat() { nmod_mat_clear(value_); }
  [[nodiscard]] nmod_mat_struct* get() { return value_; }
  [[nodiscard]] const nmod_mat_struct* get() const { return value_; }
  [[nodiscard]] mp_limb_t& at(Index i, Index j) { return nmod_mat_entry(value_, i, j); }
  [[nodiscard]] mp_limb_t at(Index i, Index j) const { return nmod_mat_entry(value_, i, j); }
  /// To reduced row echelon form, in place; \return the columns of the pivots, ascending
  std::vector<Index> reduce() {
    const Index rank = nmod_mat_rref(value_);
    std::vector<Index> pivots;
    Index column = 0;
    for (Index row = 0; row < rank; ++row) {
      while (at(row, column) == 0)
        ++column;
      pivots.push_back(column++);
    }
    return pivots;
  }

 private:
  nmod_mat_t value_;
};

class IntPoly {
 public:
  IntPoly() { fmpz_poly_init(value_); }
  IntPoly(const IntPoly& other) {
    fmpz_poly_init(value_);
    fmpz_poly_set(value_, other.value_);
  }
  IntPoly& operator=(const IntPoly&) = delete;
  ~IntPoly() { fmpz_poly_clear(value_); }
  [[nodiscard]] fmpz_poly_struct* get() { return value_; }
  [[nodiscard]] const fmpz_poly_struct* get() const { return value_; }

 private:
  fmpz_poly_t value_;
};

inline void assign(fmpz* to, const Integer& from) {
  fmpz_set_mpz(to, from.backend().data());
}

/// Entry by entry. \pre `to` has the shape of `from`, modulo the field's prime
inline void assign(ModMat& to, const IntegerMatrix& from, const exact::PrimeField& field) {
  for (Index j = 0; j < from.cols(); ++j) {
    for (Index i = 0; i < from.rows(); ++i)
      to.at(i, j) = field.reduce(from(i, j));
  }
}

inline Integer to_integer(const fmpz* from) {
  Integer to;
  fmpz_get_mpz(to.backend().data(), from);
  return to;
}

/// numerator / denominator, reduced; denominator != 0
inline Rational to_rational(const fmpz* numerator, const fmpz* denominator) {
  Rational to;
  fmpz_get_mpz(mpq_numref(to.backend().data()), numerator);
  fmpz_get_mpz(mpq_denref(to.backend().data()), denominator);
  mpq_canonicalize(to.backend().data());
  return to;
}

}  // namespace rankscape::flint
