// Dominance of a congruence with a bound of its rounding errors (Rump, Verification methods, Acta Numerica 2010, 3.2).
//
// Let u = 2^-53. For products of k terms summed in any order, with or without fused operations, |fl(x y) - x y| is at
// most gamma_k |x| |y|, gamma_k = k u / (1 - k u), plus k 2^-1074 where products underflow. With p = fl(a s) and
// t = fl(s^T p), and the matrix meant within 2^-50 |a| + 2^-1000 of a, the error of t is entrywise at most
//     (2 gamma_n + gamma_n^2 + (1 + gamma_n) 2^-50) |s|^T |a| |s| + n^2 2^-999 (max |s|)^2 + ...,
// and its row sums are those of this matrix: products of it with the vector of ones, which cost n^2. The constants
// below are at least twice what is needed, which covers the rounding of the bound itself.

#include "exact/certain_signs.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "exact/decompositions.hpp"

namespace rankscape::exact {
namespace {

constexpr long no_exponent = std::numeric_limits<long>::min();

// A number in [1/2, 1) in absolute value times 2^exponent, truncated to 53 bits.
struct Truncated {
  double mantissa = 0;
  long exponent = no_exponent;
};

Truncated truncated(mpz_srcptr value) {
  Truncated out;
  if (mpz_sgn(value) != 0) out.mantissa = mpz_get_d_2exp(&out.exponent, value);
  return out;
}

Truncated truncated(const Integer& value) {
  return truncated(value.backend().data());
}

// The mantissa is in (1/2, 2) in absolute value.
Truncated truncated(const Rational& value) {
  Truncated out = truncated(mpq_numref(value.backend().data()));
  const mpz_srcptr denominator = mpq_denref(value.backend().data());
  if (out.mantissa == 0 || mpz_cmp_ui(denominator, 1) == 0) return out;
  const Truncated below = truncated(denominator);
  return {out.mantissa / below.mantissa, out.exponent - below.exponent};
}

double shifted(const Truncated& value, long exponent) {
  constexpr long least = -1020;
  if (value.mantissa == 0 || value.exponent - exponent < least) return 0;
  return std::ldexp(value.mantissa, static_cast<int>(value.exponent - exponent));
}

// Entry (i, j) of d a d is mantissas(i, j) 2^exponents(i, j).
struct Scaled {
  Matrix<double> mantissas;
  Matrix<long> exponents;
  std::vector<long> scale;  // exponents of d
};

// The exponents of the largest entries of the columns; no_exponent: a column of zeros.
std::vector<long> largest_exponents(const Scaled& a) {
  std::vector<long> largest(a.scale.size(), no_exponent);
  for (Index j = 0; j < a.exponents.cols(); ++j) {
    for (Index i = 0; i < a.exponents.rows(); ++i) {
      if (a.mantissas(i, j) == 0) continue;
      long& of_column = largest[static_cast<std::size_t>(j)];
      of_column = std::max(of_column, a.exponents(i, j));
    }
  }
  return largest;
}

// d is multiplied by powers of two.
void scale_by(const std::vector<long>& powers, Scaled& a) {
  for (Index j = 0; j < a.exponents.cols(); ++j) {
    for (Index i = 0; i < a.exponents.rows(); ++i)
      a.exponents(i, j) += powers[static_cast<std::size_t>(i)] + powers[static_cast<std::size_t>(j)];
  }
  for (std::size_t k = 0; k < powers.size(); ++k)
    a.scale[k] += powers[k];
}

template <class Scalar>
EquilibratedMatrix equilibrated_matrix(const Matrix<Scalar>& a) {
  constexpr int most_turns = 40;  // each halves what is missing: 10^200 takes about ten
  Scaled scaled{Matrix<double>(a.rows(), a.cols()), Matrix<long>(a.rows(), a.cols()),
                std::vector<long>(static_cast<std::size_t>(a.rows()), 0)};
  for (Index k = 0; k < a.size(); ++k) {
    const Truncated entry = truncated(a.data()[k]);
    scaled.mantissas.data()[k] = entry.mantissa;
    scaled.exponents.data()[k] = entry.mantissa == 0 ? 0 : entry.exponent;
  }
  std::vector<long> powers(scaled.scale.size());
  for (int turn = 0; turn < most_turns; ++turn) {
    const std::vector<long> largest = largest_exponents(scaled);
    std::transform(largest.begin(), largest.end(), powers.begin(),
                   [](long exponent) { return exponent == no_exponent ? 0 : -exponent / 2; });
    if (std::all_of(powers.begin(), powers.end(), [](long power) { return power == 0; })) break;
    scale_by(powers, scaled);
  }
  const std::vector<long> largest = largest_exponents(scaled);
  const long most = largest.empty() ? no_exponent : *std::max_element(largest.begin(), largest.end());
  if (most >= 0) scale_by(std::vector<long>(powers.size(), -(most + 2) / 2), scaled);  // no entry beyond 1
  EquilibratedMatrix out{Matrix<double>(a.rows(), a.cols()), std::move(scaled.scale)};
  for (Index k = 0; k < a.size(); ++k)
    out.entries.data()[k] = shifted({scaled.mantissas.data()[k], scaled.exponents.data()[k]}, 0);
  return out;
}

}  // namespace

EquilibratedMatrix equilibrated(const IntegerMatrix& a) {
  return equilibrated_matrix(a);
}

EquilibratedMatrix equilibrated(const RationalMatrix& a) {
  return equilibrated_matrix(a);
}

RoundedMatrix rounded(const RationalMatrix& a) {
  RoundedMatrix out{Matrix<double>(a.rows(), a.cols()), no_exponent};
  for (Index k = 0; k < a.size(); ++k)
    out.exponent = std::max(out.exponent, truncated(a.data()[k]).exponent);
  out.exponent = out.exponent == no_exponent ? 0 : out.exponent + 1;
  for (Index k = 0; k < a.size(); ++k)
    out.entries.data()[k] = shifted(truncated(a.data()[k]), out.exponent);
  return out;
}

double rounded(const Rational& value, long exponent) {
  return shifted(truncated(value), exponent);
}

std::optional<Inertia> certain_signs(const Matrix<double>& a, const Matrix<double>& s) {
  constexpr Index most_rows = 1L << 15U;
  const double largest_factor = std::ldexp(1.0, 300);
  const Index n = a.rows();
  if (a.cols() != n || s.rows() != n || s.cols() > n || n > most_rows || !a.allFinite() || !s.allFinite() ||
      s.cwiseAbs().maxCoeff() > largest_factor)
    return std::nullopt;
  const Matrix<double> product = a * s;
  const Matrix<double> t = s.transpose() * product;
  if (!t.allFinite()) return std::nullopt;
  const Vector<double> ones = Vector<double>::Ones(s.cols());
  const Vector<double> from_right = a.cwiseAbs() * (s.cwiseAbs() * ones);
  const Vector<double> row_sums = s.cwiseAbs().transpose() * from_right;
  const double relative = std::ldexp(static_cast<double>(2 * n + 16), -52) + std::ldexp(1.0, -49);
  const double absolute = std::ldexp(1.0, -300);  // exceeds n^3 2^600 2^-999 and n^3 2^300 2^-1074
  constexpr double rounding_of_the_test = 1.001;  // relative; a sum of n terms has one below n 2^-52
  Inertia out;
  for (Index k = 0; k < t.rows(); ++k) {
    const double diagonal = t(k, k);
    const double rest = t.row(k).head(k).cwiseAbs().sum() + t.row(k).tail(t.cols() - k - 1).cwiseAbs().sum();
    if (!(std::abs(diagonal) > rounding_of_the_test * (rest + relative * row_sums(k)) + absolute)) return std::nullopt;
    ++(diagonal > 0 ? out.positive : out.negative);
  }
  return out;
}

Matrix<double> scaled_factors(const Matrix<double>& a, Index rank) {
  const Matrix<double> nothing = Matrix<double>::Constant(a.rows(), rank, std::numeric_limits<double>::quiet_NaN());
  if (rank == 0 || rank != a.rows()) return nothing;
  const Eigen::LDLT<Matrix<double>> factors(a);
  const Vector<double> sizes = factors.vectorD().cwiseAbs();
  if (!(sizes.minCoeff() > std::ldexp(sizes.maxCoeff(), -44))) return nothing;  // numerically singular
  Matrix<double> s = Matrix<double>::Identity(rank, rank);
  factors.matrixU().solveInPlace(s);
  s *= Vector<double>(sizes.cwiseSqrt().cwiseInverse()).asDiagonal();
  return factors.transpositionsP().transpose() * s;
}

Matrix<double> scaled_eigenvectors(const Matrix<double>& a, Index rank) {
  const Eigen::SelfAdjointEigenSolver<Matrix<double>> solver(a);
  const Vector<double> sizes = solver.eigenvalues().cwiseAbs();
  std::vector<Index> order(static_cast<std::size_t>(a.rows()));
  std::iota(order.begin(), order.end(), Index{0});
  std::sort(order.begin(), order.end(), [&](Index i, Index j) { return sizes(i) > sizes(j); });
  order.resize(static_cast<std::size_t>(std::min(rank, a.rows())));
  return solver.eigenvectors()(Eigen::all, order) *
         Vector<double>(sizes(order)).cwiseSqrt().cwiseInverse().asDiagonal();
}

}  // namespace rankscape::exact
