#include "certificate/definite_frame.hpp"

#include <Eigen/Eigenvalues>
#include <cmath>
#include <vector>

namespace rankscape::certificate {

namespace {

constexpr int most_frame_digits = 15;  // of a double
constexpr int trusted_digits = 10;     // up to here a failure in floating point is believed, to save the exact attempt

struct Approximation {
  Matrix<double> matrix;        // a / scale
  Matrix<double> eigenvectors;  // orthonormal, as rows, by increasing eigenvalue
  Rational scale;
};

Approximation approximate(const RationalMatrix& a) {
  Approximation result{Matrix<double>(a.rows(), a.cols()), {}, 1};
  for (Index k = 0; k < a.size(); ++k)
    result.scale = std::max<Rational>(result.scale, abs(a(k)));
  for (Index k = 0; k < a.size(); ++k)
    result.matrix(k) = Rational(a(k) / result.scale).convert_to<double>();
  const Eigen::SelfAdjointEigenSolver<Matrix<double>> solver(result.matrix);
  result.eigenvectors = solver.eigenvectors().transpose();
  return result;
}

Matrix<double> rounded(const Matrix<double>& rows, int digits) {
  return (rows * std::pow(10.0, digits)).array().round();
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

}  // namespace

DefiniteFrame definite_frame(const RationalMatrix& a, const WitnessedInertia& inertia,
                             const std::optional<Enclosure>& lambda_min, const std::optional<Enclosure>& lambda_max) {
  const Index negative = inertia.inertia.negative;
  const Index zero = inertia.inertia.zero;
  const Index positive = inertia.inertia.positive;
  if (a.rows() == 0) return {RationalMatrix(0, 0), {}, {}};
  const Approximation approximation = approximate(a);
  const Matrix<double>& v = approximation.eigenvectors;
  Matrix<double> ordered(a.rows(), a.rows());
  ordered << v.topRows(negative), v.bottomRows(positive), v.middleRows(negative, zero);

  // with as few digits as prove the enclosures too, or else the inertia alone
  const auto attempt = [&](const Matrix<double>& rows, const std::vector<Claim<Rational>>& claims) {
    std::vector<Claim<double>> rough;
    for (const auto& [side, lo, hi] : claims)
      rough.push_back({side, Rational(lo / approximation.scale).convert_to<double>(),
                       Rational(hi / approximation.scale).convert_to<double>()});
    for (int digits = 1; digits <= most_frame_digits; ++digits) {
      const Matrix<double> frame = rounded(rows, digits);
      const Matrix<double> forms = frame * approximation.matrix * frame.transpose();
      const Matrix<double> lengths = frame * frame.transpose();
      if (digits <= trusted_digits && !shown<double>(forms, lengths, negative, positive, rough)) continue;
      const RationalMatrix exact = exactly(frame);
      if (shown<Rational>(multiply({exact, a, exact.transpose()}), multiply(exact, exact.transpose()), negative,
                          positive, claims))
        return exact;
    }
    return RationalMatrix(0, a.cols());
  };
  if (lambda_min && lambda_max) {
    const Rational margin(1, 1000000);
    const Enclosure least = loosened(*lambda_min, margin);
    const Enclosure greatest = loosened(*lambda_max, margin);
    RationalMatrix frame = attempt(ordered, {{-1, least.lo, least.hi}, {1, greatest.lo, greatest.hi}});
    if (frame.rows() > 0) return {std::move(frame), least, greatest};
  }
  RationalMatrix frame = attempt(ordered.topRows(negative + positive), {});
  if (frame.rows() == negative + positive) return {std::move(frame), {}, {}};
  return {exact_frame(inertia.witness, negative), {}, {}};
}

}  // namespace rankscape::certificate
