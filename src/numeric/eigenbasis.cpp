// Instances of Eigen's solver; alone in this file because they take long to compile.

#include "numeric/eigenbasis.hpp"

#include <Eigen/Eigenvalues>
#include <boost/multiprecision/mpfr.hpp>

#include <stdexcept>

namespace rankscape::numeric {
template <unsigned digits>
using Float =
    boost::multiprecision::number<boost::multiprecision::mpfr_float_backend<digits>, boost::multiprecision::et_off>;
}  // namespace rankscape::numeric

// Boost 1.74's traits lack infinity() and quiet_NaN(), which the hypotenuse of Eigen 3.4 uses; those that Eigen derives
// from std::numeric_limits have them.
template <unsigned digits>
struct Eigen::NumTraits<rankscape::numeric::Float<digits>>
    : Eigen::GenericNumTraits<rankscape::numeric::Float<digits>> {
  enum {
    IsComplex = 0,
    IsInteger = 0,
    IsSigned = 1,
    RequireInitialization = 1,
    ReadCost = 1,
    AddCost = 4,
    MulCost = 8
  };
};

namespace rankscape::numeric {
namespace {

void assign(double& to, const Rational& from) {
  to = mpq_get_d(from.backend().data());
}
void assign(arb_ptr to, double from) {
  arb_set_d(to, from);
}

template <unsigned digits>
void assign(Float<digits>& to, const Rational& from) {
  mpfr_set_q(to.backend().data(), from.backend().data(), MPFR_RNDN);
}
template <unsigned digits>
void assign(arb_ptr to, const Float<digits>& from) {
  arf_set_mpfr(arb_midref(to), from.backend().data());
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
  static_assert(solver_digits == std::array<unsigned, 5>{16, 50, 150, 400, 800});
  switch (digits) {
    case 16:
      return eigenbasis<double>(a);
    case 50:
      return eigenbasis<Float<50>>(a);
    case 150:
      return eigenbasis<Float<150>>(a);
    case 400:
      return eigenbasis<Float<400>>(a);
    case 800:
      return eigenbasis<Float<800>>(a);
    default:
      throw std::invalid_argument("approximate_eigenbasis: no arithmetic of this precision");
  }
}

}  // namespace rankscape::numeric
