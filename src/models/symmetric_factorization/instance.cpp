#include "models/symmetric_factorization/instance.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>

#include "models/evidence_json.hpp"
#include "models/point_reader.hpp"
#include "models/symmetric_factorization/calculus.hpp"

namespace rankscape::symmetric_factorization {

SymmetricInstance::SymmetricInstance(Point point) : point_(std::move(point)) {
  const PointReader reader(point_);
  reader.require_data({"M"});
  reader.require_weights(1);
  M_ = reader.matrix("M");
  PointReader::require_shape("/data/M", M_, n(), n(), "square, with as many rows as X");
  if (!is_symmetric(M_)) throw InputError("/data/M: not symmetric");
  reader.require_parameters(5000);
}

Rational SymmetricInstance::loss(const Weights& weights) const {
  const RationalMatrix& x = weights.front();
  const RationalMatrix difference = multiply(x, x.transpose()) - M_;
  return trace(multiply(difference, difference)) / 4;
}

RationalVector SymmetricInstance::gradient() const {
  if (!gradient_) gradient_ = symmetric_factorization::gradient(X(), M_);
  return *gradient_;
}

RationalVector SymmetricInstance::gradient_at(const Weights& weights) const {
  return symmetric_factorization::gradient(weights.front(), M_);
}

RationalMatrix SymmetricInstance::hessian() const {
  return symmetric_factorization::hessian(X(), M_);
}

bool SymmetricInstance::critical() const {
  return is_zero(gradient());
}

Index SymmetricInstance::q() const {
  if (!q_) q_ = rank(X());
  return *q_;
}

const std::vector<RealRoot>& SymmetricInstance::lambda() const {
  if (!lambda_) lambda_ = real_eigenvalues(M_);
  return *lambda_;
}

const Selection& SymmetricInstance::selection() const {
  if (!selection_) {
    if (!critical()) throw Undefined("the point is not critical: no eigenvalues are selected");
    // M X = X (X^T X): the range of X is invariant under M
    auto values = eigenvalues_on_range(M_, X());
    auto found = values ? select_from(lambda(), *std::move(values)) : std::nullopt;
    if (!found) throw InternalDisagreement("the gradient is zero, but the range of X is not invariant under M");
    selection_ = std::move(*found);
  }
  return *selection_;
}

IndexSet SymmetricInstance::S() const {
  if (!selection().set) throw Undefined("S is not unique: an eigenvalue of M is repeated across it");
  return *selection().set;
}

Index SymmetricInstance::orbit() const {
  return orbit_dimension(generators<Rational>(n(), k()), point_.weights);
}

GlobalComparison SymmetricInstance::global_comparison() const {
  // X X^T ranges over the positive semidefinite matrices of rank <= k: the best keeps the k largest positive
  // eigenvalues
  const RealRoot zero{Rational(0)};
  const auto top = static_cast<std::size_t>(std::min(n(), k()));
  std::vector<RealRoot> best;
  for (std::size_t i = 0; i < top && lambda()[i] > zero; ++i)
    best.push_back(lambda()[i]);
  Real infimum{trace(multiply(M_, M_))};
  for (const RealRoot& value : best)
    infimum = infimum - Real(value) * Real(value);
  infimum = infimum * Real(Rational(1, 4));
  GlobalComparison result;
  result.infimum = infimum;
  if (critical()) {
    // the loss is 1/4 of the sum of the squares of the eigenvalues left out
    result.is_minimum = truth(selection().selected == best);
    result.reason = "the eigenvalues selected by X are compared with the k largest positive ones of M";
  } else {
    result.is_minimum = equal(Real(loss(point_.weights)), infimum);
    result.reason = "the value is compared with the best approximation of rank k";
  }
  return result;
}

Labels SymmetricInstance::labels() const {
  Cell S;
  Cell type;
  Cell left_out;
  if (critical()) {
    const Selection& at = selection();
    if (at.set) S = *at.set;
    type = at.leading() ? "leading" : "other";
    const RealRoot zero{Rational(0)};
    const auto& rest = at.unselected;
    left_out = rest.empty()                     ? "nothing"
               : rest.front() < zero            ? "negative"
               : rest.front() == zero           ? "zero"
               : q() == 0 && rest.back() > zero ? "all of them positive"
                                                : "positive";
  }
  return {{"q", q()}, {"S", S}, {"S_type", type}, {"left_out", left_out}};
}

Json SymmetricInstance::certificate_claims() const {
  Json json = Json::object();
  if (!critical() || global_comparison().is_minimum != Truth::yes) return json;
  // f >= (||M||^2 - ||T||^2 - 2 c tr T - k c^2)/4 for c >= 0 and T, T + c I - M positive semidefinite; with equality
  // for T the part of M - c I on the range of X, c between what is selected and what is not
  const Selection& at = selection();
  const RealRoot zero{Rational(0)};
  Rational c = 0;
  if (q() == k() && !at.unselected.empty() && at.unselected.front() > zero)
    c = separator(at.selected.back(), at.unselected.front());
  RationalMatrix cover = multiply(X(), X().transpose()) - c * projector_onto_range(X());
  json["global"]["minimizer"] = true;
  json["global"]["by"] = "trace_bound";
  json["global"]["separator"] = number_to_json(c);
  json["global"]["cover"] = matrix_to_json(cover);
  return json;
}

}  // namespace rankscape::symmetric_factorization
