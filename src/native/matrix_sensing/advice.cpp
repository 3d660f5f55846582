// Exact quantities of one point: the constants of its measurements, the reference, global minimality.
#include "native/matrix_sensing/advice.hpp"

#include <rankscape/exact/inertia.hpp>

#include "native/matrix_sensing/adviser.hpp"
#include "native/matrix_sensing/better_point.hpp"

namespace rankscape::matrix_sensing {

namespace {

// The form on symmetric matrices has n^2 (n + 1)^2 / 4 entries, and its eigenvalues are algebraic numbers.
constexpr Index most_rows_enclosed = 12;

bool positive_semidefinite(const RationalMatrix& a) {
  return inertia(a).negative == 0;
}

Real larger(const Real& a, const Real& b) {
  return less(a, b) == Truth::yes ? b : a;
}

}  // namespace

MatrixSensingAdvice::MatrixSensingAdvice(const Instance& at)
    : at_(at), U_(at.point().weights.front()), A_(at.matrices("A")), b_(at.numbers("b")) {}

Value MatrixSensingAdvice::word(std::size_t position, std::span<const Value> arguments) const {
  return words().evaluate(*this, position, arguments);
}

const RationalMatrix& MatrixSensingAdvice::form() const {
  if (U_.rows() > most_rows_enclosed)
    throw Undefined("more than 12 rows: exact constants of the measurements are out of reach");
  if (!form_) form_ = form_of(A_, U_.rows());
  return *form_;
}

const RationalMatrix& MatrixSensingAdvice::slope() const {
  if (!slope_) {
    const RationalMatrix gram = multiply(U_, U_.transpose());
    RationalMatrix sum = RationalMatrix::Zero(U_.rows(), U_.rows());
    for (std::size_t l = 0; l < A_.size(); ++l)
      sum += (inner_product(A_[l], gram) - b_[l]) / 2 * (A_[l] + A_[l].transpose());
    slope_ = sum;
  }
  return *slope_;
}

const RationalMatrix& MatrixSensingAdvice::least_squares() const {
  if (!least_squares_) {
    least_squares_.emplace();
    if (rank(form()) == form().rows()) {
      const RationalMatrix moments = moments_of(A_, b_, U_.rows());
      *least_squares_ = from_coordinates(solve(form(), moments).value(), U_.rows());
    }
  }
  if (!*least_squares_) throw Undefined("M: the measurements do not determine it, and the point does not name it");
  return **least_squares_;
}

const RationalMatrix& MatrixSensingAdvice::reference() const {
  return at_.point().data.contains("M") ? at_.matrix("M") : least_squares();
}

Rational MatrixSensingAdvice::noise() const {
  Rational sum = 0;
  for (std::size_t l = 0; l < A_.size(); ++l) {
    const Rational w = b_[l] - inner_product(A_[l], reference());
    sum += w * w;
  }
  return sum;
}

const RestrictedBounds& MatrixSensingAdvice::bounds() const {
  if (!bounds_) bounds_ = restricted_bounds(form(), U_.rows(), 2 * U_.cols());
  return *bounds_;
}

Real MatrixSensingAdvice::delta() const {
  const Real one{Rational(1)};
  return larger(bounds().upper - one, one - bounds().lower);
}

bool MatrixSensingAdvice::attainable() const {
  try {
    return noise() == 0 && rank(reference()) <= U_.cols() && positive_semidefinite(reference());
  } catch (const Undefined&) {
    return false;
  }
}

const std::optional<RationalMatrix>& MatrixSensingAdvice::better() const {
  if (!better_) {
    better_.emplace();
    auto proposals = attainable() ? approximate_factors(reference(), U_.cols()) : approximate_minimizers(A_, b_, U_);
    for (RationalMatrix& proposal : proposals) {
      if (at_.loss_at({proposal}) >= at_.value()) continue;
      *better_ = std::move(proposal);
      break;
    }
  }
  return *better_;
}

GlobalComparison MatrixSensingAdvice::global_comparison() const {
  GlobalComparison result;
  if (at_.value() == 0) {
    result.is_minimum = Truth::yes;
    result.infimum = Real(at_.value());
    result.reason = "the value is 0, and no value is negative";
  } else if (at_.critical() && positive_semidefinite(slope())) {
    // f(V) >= f(U) + 2 <slope, V V^T - U U^T>, since X -> ||A(X) - b||^2 is convex, and slope U = 0
    result.is_minimum = Truth::yes;
    result.infimum = Real(at_.value());
    result.reason =
        "A*(A(U U^T) - b) is positive semidefinite: U U^T is optimal among all positive semidefinite matrices";
  } else if (attainable()) {
    result.is_minimum = Truth::no;
    result.infimum = Real(Rational(0));
    result.reason = "the infimum is 0: b = A(M) with M positive semidefinite of rank at most r";
  } else if (at_.critical() && inertia(at_.hessian()).negative > 0) {
    result.is_minimum = Truth::no;
    result.reason = "the Hessian has a negative eigenvalue";
  } else if (better()) {
    result.is_minimum = Truth::no;
    result.reason = "a point with a smaller value is known";
  } else {
    result.reason = "the infimum is not known";
  }
  return result;
}

Labels MatrixSensingAdvice::labels() const {
  try {
    const Real constant = delta();
    return {{"delta", constant.exact() != nullptr ? to_string(*constant.exact())
                                                  : to_decimal(constant.enclose(Rational(1, 1'000'000)), 5).hi},
            {"delta_exact", bounds().exact}};
  } catch (const Undefined&) {  // too large
    return {{"delta", Cell()}, {"delta_exact", Cell()}};
  }
}

}  // namespace rankscape::matrix_sensing
