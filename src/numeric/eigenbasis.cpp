// Eigen's solver over double and over one type of floating-point numbers whose precision is set for the call: a type
// for each precision (Boost's mpfr numbers of fixed precision) took most of a minute to compile.

#include "numeric/eigenbasis.hpp"

#include "exact/decompositions.hpp"
#include "exact/flint.hpp"

#include <arf.h>

#include <cmath>
#include <utility>

namespace rankscape::numeric {

// An arf number; each operation rounds to the precision that is set for this thread.
class Float {
 public:
  static thread_local slong bits;

  Float() { arf_init(value_); }
  Float(double from) : Float() {
    arf_set_d(value_, from);
  }  // NOLINT(google-explicit-constructor): Eigen writes 0 and 1
  Float(const Float& from) : Float() { arf_set(value_, from.value_); }
  Float(Float&& from) noexcept : Float() { arf_swap(value_, from.value_); }
  ~Float() { arf_clear(value_); }
  Float& operator=(const Float& from) {
    arf_set(value_, from.value_);
    return *this;
  }
  Float& operator=(Float&& from) noexcept {
    arf_swap(value_, from.value_);
    return *this;
  }

  [[nodiscard]] arf_srcptr get() const { return value_; }
  [[nodiscard]] arf_ptr get() { return value_; }

  Float& operator+=(const Float& y) {
    arf_add(value_, value_, y.value_, bits, ARF_RND_NEAR);
    return *this;
  }
  Float& operator-=(const Float& y) {
    arf_sub(value_, value_, y.value_, bits, ARF_RND_NEAR);
    return *this;
  }
  Float& operator*=(const Float& y) {
    arf_mul(value_, value_, y.value_, bits, ARF_RND_NEAR);
    return *this;
  }
  Float& operator/=(const Float& y) {
    arf_div(value_, value_, y.value_, bits, ARF_RND_NEAR);
    return *this;
  }
  friend Float operator+(Float x, const Float& y) { return std::move(x += y); }
  friend Float operator-(Float x, const Float& y) { return std::move(x -= y); }
  friend Float operator*(Float x, const Float& y) { return std::move(x *= y); }
  friend Float operator/(Float x, const Float& y) { return std::move(x /= y); }
  friend Float operator-(Float x) {
    arf_neg(x.value_, x.value_);
    return x;
  }
  friend bool operator==(const Float& x, const Float& y) { return arf_equal(x.value_, y.value_) != 0; }
  friend bool operator!=(const Float& x, const Float& y) { return !(x == y); }
  // comparisons with what is not a number are false
  friend bool operator<(const Float& x, const Float& y) { return ordered(x, y) && arf_cmp(x.value_, y.value_) < 0; }
  friend bool operator>(const Float& x, const Float& y) { return y < x; }
  friend bool operator<=(const Float& x, const Float& y) { return ordered(x, y) && arf_cmp(x.value_, y.value_) <= 0; }
  friend bool operator>=(const Float& x, const Float& y) { return y <= x; }
  friend Float abs(Float x) {
    arf_abs(x.value_, x.value_);
    return x;
  }
  friend Float sqrt(Float x) {
    arf_sqrt(x.value_, x.value_, bits, ARF_RND_NEAR);
    return x;
  }
  friend bool isfinite(const Float& x) { return arf_is_finite(x.value_) != 0; }
  friend bool isinf(const Float& x) { return arf_is_inf(x.value_) != 0; }
  friend bool isnan(const Float& x) { return arf_is_nan(x.value_) != 0; }

 private:
  static bool ordered(const Float& x, const Float& y) { return !isnan(x) && !isnan(y); }

  arf_t value_;
};

thread_local slong Float::bits = 53;

}  // namespace rankscape::numeric

template <>
struct Eigen::NumTraits<rankscape::numeric::Float> : Eigen::GenericNumTraits<double> {
  using Float = rankscape::numeric::Float;
  using Real = Float;
  using NonInteger = Float;
  using Literal = Float;
  using Nested = Float;
  enum {
    IsComplex = 0,
    IsInteger = 0,
    IsSigned = 1,
    RequireInitialization = 1,
    ReadCost = 1,
    AddCost = 4,
    MulCost = 8
  };
  static Float epsilon() {
    Float out(1);
    arf_mul_2exp_si(out.get(), out.get(), 1 - Float::bits);
    return out;
  }
  static Float dummy_precision() { return Float(1000) * epsilon(); }
  static Float infinity() {
    Float out;
    arf_pos_inf(out.get());
    return out;
  }
  static Float quiet_NaN() {  // NOLINT(readability-identifier-naming): Eigen's name
    Float out;
    arf_nan(out.get());
    return out;
  }
};

namespace rankscape::numeric {
namespace {

void assign(double& to, const Rational& from) {
  to = mpq_get_d(from.backend().data());
}
void assign(arb_ptr to, double from) {
  arb_set_d(to, from);
}

void assign(Float& to, const Rational& from) {
  flint::Int over;
  flint::Int under;
  fmpz_set_mpz(over.get(), mpq_numref(from.backend().data()));
  fmpz_set_mpz(under.get(), mpq_denref(from.backend().data()));
  arf_fmpz_div_fmpz(to.get(), over.get(), under.get(), Float::bits, ARF_RND_NEAR);
}
void assign(arb_ptr to, const Float& from) {
  arb_set_arf(to, from.get());
}

template <class Scalar>
BallMatrix eigenbasis(const RationalMatrix& a) {
  Matrix<Scalar> numbers(a.rows(), a.cols());
  for (Index k = 0; k < a.size(); ++k)
    assign(numbers.data()[k], a.data()[k]);
  const Eigen::SelfAdjointEigenSolver<Matrix<Scalar>> solver(numbers);
  BallMatrix basis(a.rows(), a.cols());
  for (Index j = 0; j < a.cols(); ++j) {
    for (Index i = 0; i < a.rows(); ++i)
      assign(basis.at(i, j), solver.eigenvectors()(i, j));
  }
  return basis;
}

}  // namespace

BallMatrix approximate_eigenbasis(const RationalMatrix& a, unsigned digits) {
  if (digits == solver_digits.front()) return eigenbasis<double>(a);
  constexpr double bits_per_digit = 3.3219280948873626;
  Float::bits = static_cast<slong>(std::ceil(digits * bits_per_digit));
  return eigenbasis<Float>(a);
}

}  // namespace rankscape::numeric
