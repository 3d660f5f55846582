// Exact quantities of one point: the loss and its derivatives, the reference, global minimality.
#include "models/matrix_sensing/instance.hpp"

#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <rankscape/exact/inertia.hpp>

#include "models/evidence_json.hpp"
#include "models/matrix_sensing/better_point.hpp"
#include "models/point_reader.hpp"

namespace rankscape::matrix_sensing {

namespace {

bool positive_semidefinite(const RationalMatrix& a) {
  return inertia(a).negative == 0;
}

Real larger(const Real& a, const Real& b) {
  return less(a, b) == Truth::yes ? b : a;
}

}  // namespace

MatrixSensingInstance::MatrixSensingInstance(Point point) : point_(std::move(point)) {
  const PointReader reader(point_);
  const bool named = point_.data.contains("M");
  if (named) {
    reader.require_data({"A", "b", "M"});
  } else {
    reader.require_data({"A", "b"});
  }
  reader.require_weights(1);
  reader.require_parameters(300);
  const Index n = u().rows();
  // the form on symmetric matrices has n^2 (n + 1)^2 / 4 entries, and its eigenvalues are algebraic numbers
  if (n > 12)
    throw InputError("/weights/0: more than 12 rows; the exact constants of the measurements are out of reach");
  data_.A = reader.matrices("A");
  data_.b = reader.numbers("b");
  if (data_.A.size() != data_.b.size()) {
    throw InputError("/data/b: " + std::to_string(data_.b.size()) + " numbers, expected " +
                     std::to_string(data_.A.size()) + " (as many as matrices in /data/A)");
  }
  if (data_.A.size() > 2000) throw InputError("/data/A: more than 2000 measurements");
  for (std::size_t l = 0; l < data_.A.size(); ++l)
    PointReader::require_shape("/data/A/" + std::to_string(l), data_.A[l], n, n, "square, with the rows of U");
  if (named) {
    const RationalMatrix& m = reader.matrix("M");
    PointReader::require_shape("/data/M", m, n, n, "square, with the rows of U");
    if (!is_symmetric(m)) throw InputError("/data/M: not symmetric");
    reference_.emplace(m);
  }
  form_ = form_of(data_.A, n);
}

Rational MatrixSensingInstance::loss(const Weights& weights) const {
  Rational sum = 0;
  for (const Rational& e : residuals(data_, weights.front()))
    sum += e * e;
  return sum;
}

RationalVector MatrixSensingInstance::gradient() const {
  return matrix_sensing::gradient(data_, u());
}

RationalVector MatrixSensingInstance::gradient_at(const Weights& weights) const {
  return matrix_sensing::gradient(data_, weights.front());
}

RationalMatrix MatrixSensingInstance::hessian() const {
  return matrix_sensing::hessian(data_, u());
}

const RationalMatrix& MatrixSensingInstance::slope() const {
  if (!slope_) slope_ = twice_adjoint(data_, residuals(data_, u()), u().rows()) / Rational(2);
  return *slope_;
}

const RationalMatrix& MatrixSensingInstance::reference() const {
  if (!reference_) {
    reference_.emplace();
    if (rank(form_) == form_.rows()) {
      const RationalMatrix moments = moments_of(data_.A, data_.b, u().rows());
      *reference_ = from_coordinates(solve(form_, moments).value(), u().rows());
    }
  }
  if (!*reference_) throw Undefined("M: the measurements do not determine it, and the point does not name it");
  return **reference_;
}

const Rational& MatrixSensingInstance::noise() const {
  if (!noise_) {
    Rational sum = 0;
    for (std::size_t l = 0; l < data_.A.size(); ++l) {
      const Rational w = data_.b[l] - inner_product(data_.A[l], reference());
      sum += w * w;
    }
    noise_ = sum;
  }
  return *noise_;
}

const RestrictedBounds& MatrixSensingInstance::bounds() const {
  if (!bounds_) bounds_ = restricted_bounds(form_, u().rows(), 2 * u().cols());
  return *bounds_;
}

Real MatrixSensingInstance::delta() const {
  const Real one{Rational(1)};
  return larger(bounds().upper - one, one - bounds().lower);
}

bool MatrixSensingInstance::attainable() const {
  try {
    return noise() == 0 && rank(reference()) <= u().cols() && positive_semidefinite(reference());
  } catch (const Undefined&) {
    return false;
  }
}

const std::optional<RationalMatrix>& MatrixSensingInstance::better() const {
  if (!better_) {
    better_.emplace();
    const Rational value = loss(point_.weights);
    auto proposals =
        attainable() ? approximate_factors(reference(), u().cols()) : approximate_minimizers(data_.A, data_.b, u());
    for (RationalMatrix& proposal : proposals) {
      if (loss({proposal}) >= value) continue;
      *better_ = std::move(proposal);
      break;
    }
  }
  return *better_;
}

GlobalComparison MatrixSensingInstance::global_comparison() const {
  GlobalComparison result;
  const Rational value = loss(point_.weights);
  if (value == 0) {
    result.is_minimum = Truth::yes;
    result.infimum = Real(value);
    result.reason = "the value is 0, and no value is negative";
  } else if (is_zero(gradient()) && positive_semidefinite(slope())) {
    // f(V) >= f(U) + 2 <slope, V V^T - U U^T>, since X -> ||A(X) - b||^2 is convex, and slope U = 0
    result.is_minimum = Truth::yes;
    result.infimum = Real(value);
    result.reason =
        "A*(A(U U^T) - b) is positive semidefinite: U U^T is optimal among all positive semidefinite matrices";
  } else if (attainable()) {
    result.is_minimum = Truth::no;
    result.infimum = Real(Rational(0));
    result.reason = "the infimum is 0: b = A(M) with M positive semidefinite of rank at most r";
  } else if (is_zero(gradient()) && inertia(hessian()).negative > 0) {
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

Labels MatrixSensingInstance::labels() const {
  const Real constant = delta();
  return {{"r", u().cols()},
          {"rank", rank(u())},
          {"delta", constant.exact() != nullptr ? to_string(*constant.exact())
                                                : to_decimal(constant.enclose(Rational(1, 1'000'000)), 5).hi},
          {"delta_exact", bounds().exact}};
}

Json MatrixSensingInstance::certificate_claims() const {
  Json json = Json::object();
  const GlobalComparison comparison = global_comparison();
  Json& global = json["global"];
  if (comparison.is_minimum == Truth::yes) {
    global["minimizer"] = true;
    global["by"] = loss(point_.weights) == 0 ? "zero" : "convex";
  } else if (comparison.is_minimum == Truth::no && (attainable() || inertia(hessian()).negative == 0) && better()) {
    global["minimizer"] = false;
    global["better"] = Json::array({matrix_to_json(*better())});
  } else {
    json.erase("global");
  }
  return json;
}

}  // namespace rankscape::matrix_sensing
