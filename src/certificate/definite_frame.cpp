#include "certificate/definite_frame.hpp"

#include "exact/certain_signs.hpp"
#include "exact/decompositions.hpp"

#include <rankscape/exact/deadline.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace rankscape::certificate {

namespace {

constexpr Index large = 128;                // from here on a failure in floating point is always believed
constexpr double trusted_entries = 1e10;    // and for all matrices up to here, to save exact attempts
constexpr double longest_entry = 1L << 53;  // what a double holds
constexpr double growth = 4;                // from one attempt to the next

// Approximate eigenvectors as rows, for a matrix of doubles.
struct Spectrum {
  Vector<double> values;  // increasing
  Matrix<double> vectors;
};

Spectrum approximate(const Matrix<double>& a) {
  const Eigen::SelfAdjointEigenSolver<Matrix<double>> solver(a);
  return {solver.eigenvalues(), solver.eigenvectors().transpose()};
}

Matrix<double> rounded(const Matrix<double>& rows) {
  return rows.array().round();
}

RationalMatrix exactly(const Matrix<double>& integers) {
  RationalMatrix b(integers.rows(), integers.cols());
  for (Index k = 0; k < integers.size(); ++k)
    b(k) = Rational(static_cast<std::int64_t>(integers(k)));
  return b;
}

// Outward by about `relative` of its size and to eight digits; zero is left alone, the inertia proves it.
Enclosure loosened(const Enclosure& enclosure, const Rational& relative) {
  if (enclosure.lo == 0 && enclosure.hi == 0) return enclosure;
  const Rational margin = relative * std::max<Rational>(abs(enclosure.lo), abs(enclosure.hi));
  const DecimalEnclosure text = to_decimal(Enclosure(enclosure.lo - margin, enclosure.hi + margin), 8);
  return {parse_rational(text.lo), parse_rational(text.hi)};
}

template <class Scalar>
bool dominant_block(const Matrix<Scalar>& forms, Index first, Index last, int sign) {
  const Scalar zero(0);
  const Scalar size(last - first);
  for (Index i = first; i < last; ++i) {
    if (sign < 0 ? forms(i, i) >= zero : forms(i, i) <= zero) return false;
    for (Index j = first; j < i; ++j) {
      const Scalar scaled = size * forms(i, j);
      if (scaled * scaled > forms(i, i) * forms(j, j)) return false;
    }
  }
  return true;
}

// An interval that is claimed to contain the least (side -1) or greatest (side 1) eigenvalue.
template <class Scalar>
struct Claim {
  int side;
  Scalar lo;
  Scalar hi;
};

// What the vectors have to show (docs/certificates.md), over the rationals or, to save time, in floating point.
template <class Scalar>
bool shown(const Matrix<Scalar>& forms, const Matrix<Scalar>& lengths, Index negative, Index positive,
           const std::vector<Claim<Scalar>>& claims) {
  if (!dominant_block(forms, 0, negative, -1) || !dominant_block(forms, negative, negative + positive, 1)) return false;
  const Scalar zero(0);
  for (const auto& [side, lo, hi] : claims) {
    if (lo == zero && hi == zero) continue;  // the inertia
    const Scalar outer = side < 0 ? lo : hi;
    const Scalar inner = side < 0 ? hi : lo;
    const Matrix<Scalar> beyond = outer * lengths - forms;
    if (outer != zero && !dominant_block(beyond, 0, forms.rows(), side)) return false;
    bool reached = false;
    for (Index i = 0; i < forms.rows(); ++i) {
      const Scalar excess = forms(i, i) - inner * lengths(i, i);
      reached = reached || (lengths(i, i) > zero && (side < 0 ? excess <= zero : excess >= zero));
    }
    if (!reached) return false;
  }
  return true;
}

// Rows of V with R V = I, D the diagonal of the witness: V^T a V = D exactly, whatever the condition of a.
RationalMatrix exact_frame(const InertiaWitness& witness, Index negative) {
  const Index rank = witness.rows.rows();
  const RationalMatrix right = solve(witness.rows, RationalMatrix::Identity(rank, rank)).value();
  RationalMatrix frame(rank, right.rows());
  Index next_negative = 0;
  Index next_positive = negative;
  for (Index k = 0; k < rank; ++k) {
    const bool minus = witness.diagonal[static_cast<std::size_t>(k)] < 0;
    const RationalMatrix column = right.col(k);
    frame.row(minus ? next_negative++ : next_positive++) =
        to_rational({with_common_denominator(column).numerators, 1}).transpose();
  }
  return frame;
}

// Rows v_i whose forms v_i^T b v_i are about +-1 for every b of the claims: then an error of rounding weighs the same
// in all of them, and no row is longer than its own eigenvalue makes it.
Matrix<double> scaled_rows(const Spectrum& spectrum, Index negative, Index positive,
                           const std::vector<Claim<double>>& claims) {
  const Index n = spectrum.values.size();
  // eigenvalues below are noise
  const double floor = std::ldexp(static_cast<double>(n), -53) * spectrum.values.cwiseAbs().maxCoeff();
  Matrix<double> rows(n, n);
  Index next = 0;
  const auto append = [&](Index k, bool of_inertia) {
    const double value = spectrum.values(k);
    double least = of_inertia ? std::abs(value) : std::numeric_limits<double>::infinity();
    for (const auto& [side, lo, hi] : claims) {
      const double outer = side < 0 ? lo : hi;
      if (outer != 0) least = std::min(least, std::abs(outer - value));
    }
    rows.row(next++) = spectrum.vectors.row(k) / std::sqrt(std::isfinite(least) ? std::max(least, floor) : 1.0);
  };
  for (Index k = 0; k < negative; ++k)
    append(k, true);
  for (Index k = n - positive; k < n; ++k)
    append(k, true);
  for (Index k = negative; k < n - positive; ++k)
    append(k, false);
  return rows;
}

// The same for the inertia alone.
Matrix<double> scaled_rows(const Matrix<double>& a, Index negative, Index positive) {
  const Matrix<double> s = exact::scaled_eigenvectors(a, negative + positive);
  const Vector<double> forms = (a * s).cwiseProduct(s).colwise().sum();
  std::vector<Index> order;
  order.reserve(static_cast<std::size_t>(s.cols()));
  for (const bool minus : {true, false}) {
    for (Index k = 0; k < s.cols(); ++k) {
      if ((forms(k) < 0) == minus) order.push_back(k);
    }
  }
  return s(Eigen::all, order).transpose();
}

// d a d / 2^exponent, rounded, d the diagonal of the 2^scale.
struct Approximation {
  Matrix<double> entries;
  long exponent = 0;
  std::vector<long> scale;
};

// Rows r d for integer rows r, times a power of two.
RationalMatrix exactly(const Matrix<double>& integers, const std::vector<long>& scale) {
  RationalMatrix rows = exactly(integers);
  if (scale.empty()) return rows;
  const long least = *std::min_element(scale.begin(), scale.end());
  for (Index k = 0; k < rows.cols(); ++k) {
    const auto more = static_cast<unsigned>(scale[static_cast<std::size_t>(k)] - least);
    if (more > 0) rows.col(k) *= Rational(Integer(1) << more);
  }
  return rows;
}

// The rows, a frame of the approximation, times a number that is as small as will do for a, rounded; no rows: nothing
// does.
RationalMatrix shortest(const RationalMatrix& a, const Approximation& approximation, const Matrix<double>& rows,
                        const Inertia& inertia, const std::vector<Claim<Rational>>& claims) {
  std::vector<Claim<double>> rough;
  rough.reserve(claims.size());
  for (const auto& [side, lo, hi] : claims)
    rough.push_back({side, exact::rounded(lo, approximation.exponent), exact::rounded(hi, approximation.exponent)});
  const auto promising = [&](const Matrix<double>& frame) {
    const Matrix<double> forms = frame * approximation.entries * frame.transpose();
    const Matrix<double> lengths = claims.empty() ? Matrix<double>() : Matrix<double>(frame * frame.transpose());
    return shown<double>(forms, lengths, inertia.negative, inertia.positive, rough);
  };
  const double largest = rows.size() > 0 ? rows.cwiseAbs().maxCoeff() : 0;
  const bool is_large = rows.rows() >= large;
  if (!std::isfinite(largest) || (is_large && !promising(rows))) return RationalMatrix(0, a.cols());
  // the first factor is about what the rounding of all entries by a quarter asks for: few attempts are in vain
  for (double factor = std::max(1.0, static_cast<double>(rows.rows())) / (growth * growth * growth);
       factor * largest <= longest_entry; factor *= growth) {
    check_deadline();
    const Matrix<double> frame = rounded(rows * factor);
    if ((is_large || factor * largest <= trusted_entries) && !promising(frame)) continue;
    RationalMatrix exact = exactly(frame, approximation.scale);
    const RationalMatrix exact_lengths = claims.empty() ? RationalMatrix() : multiply(exact, exact.transpose());
    if (shown<Rational>(multiply({exact, a, exact.transpose()}), exact_lengths, inertia.negative, inertia.positive,
                        claims))
      return exact;
  }
  return RationalMatrix(0, a.cols());
}

// A frame of all vectors, for the enclosures too.
RationalMatrix full_frame(const RationalMatrix& a, const Inertia& inertia, const Enclosure& least,
                          const Enclosure& greatest) {
  exact::RoundedMatrix near = exact::rounded(a);
  const long exponent = near.exponent;
  const Matrix<double> rows =
      scaled_rows(approximate(near.entries), inertia.negative, inertia.positive,
                  {{-1, exact::rounded(least.lo, exponent), exact::rounded(least.hi, exponent)},
                   {1, exact::rounded(greatest.lo, exponent), exact::rounded(greatest.hi, exponent)}});
  return shortest(a, {std::move(near.entries), exponent, {}}, rows, inertia,
                  {{-1, least.lo, least.hi}, {1, greatest.lo, greatest.hi}});
}

RationalMatrix frame_of_inertia(const RationalMatrix& a, const Inertia& inertia) {
  exact::EquilibratedMatrix near = exact::equilibrated(a);
  const Matrix<double> rows = scaled_rows(near.entries, inertia.negative, inertia.positive);
  return shortest(a, {std::move(near.entries), 0, std::move(near.exponents)}, rows, inertia, {});
}

}  // namespace

DefiniteFrame definite_frame(const RationalMatrix& a, const Inertia& inertia,
                             const std::optional<Enclosure>& lambda_min, const std::optional<Enclosure>& lambda_max) {
  if (a.rows() == 0) return {RationalMatrix(0, 0), {}, {}};
  if (lambda_min && lambda_max) {
    const Rational margin(1, 1000000);
    const Enclosure least = loosened(*lambda_min, margin);
    const Enclosure greatest = loosened(*lambda_max, margin);
    RationalMatrix frame = full_frame(a, inertia, least, greatest);
    if (frame.rows() > 0) return {std::move(frame), least, greatest};
  }
  RationalMatrix frame = frame_of_inertia(a, inertia);
  if (frame.rows() == inertia.negative + inertia.positive) return {std::move(frame), {}, {}};
  return {exact_frame(witnessed_inertia(a).witness, inertia.negative), {}, {}};
}

}  // namespace rankscape::certificate
