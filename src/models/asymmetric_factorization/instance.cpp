#include "models/asymmetric_factorization/instance.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>

#include "models/evidence_json.hpp"
#include "models/point_reader.hpp"

namespace rankscape::asymmetric_factorization {

AsymmetricInstance::AsymmetricInstance(rankscape::Point point) : point_(std::move(point)) {
  const PointReader reader(point_);
  reader.require_data({"M", "balance"});
  reader.require_weights(2);
  at_ = {point_.weights[0], point_.weights[1], reader.matrix("M"), reader.number("balance")};
  if (balance() < 0) throw InputError("/data/balance: is negative, expected a number >= 0");
  PointReader::require_shape("/weights/1", Y(), Y().rows(), X().cols(), "as many columns as X");
  PointReader::require_shape("/data/M", M(), X().rows(), Y().rows(), "the shape of X Y^T");
  reader.require_parameters(5000);
}

Rational AsymmetricInstance::loss(const Weights& weights) const {
  return asymmetric_factorization::loss(
      asymmetric_factorization::Point<Rational>{weights[0], weights[1], at_.M, at_.mu});
}

RationalVector AsymmetricInstance::gradient() const {
  if (!gradient_) gradient_ = asymmetric_factorization::gradient(at_);
  return *gradient_;
}

RationalVector AsymmetricInstance::gradient_at(const Weights& weights) const {
  return asymmetric_factorization::gradient(
      asymmetric_factorization::Point<Rational>{weights[0], weights[1], at_.M, at_.mu});
}

RationalMatrix AsymmetricInstance::hessian() const {
  return asymmetric_factorization::hessian(at_);
}

bool AsymmetricInstance::critical() const {
  return is_zero(gradient());
}

Index AsymmetricInstance::q() const {
  if (!q_) q_ = rank(product());
  return *q_;
}

const std::vector<RealRoot>& AsymmetricInstance::sigma() const {
  if (!sigma_) {
    const bool wide = M().rows() <= M().cols();
    sigma_ = roots_of_eigenvalues(wide ? multiply(M(), M().transpose()) : multiply(M().transpose(), M()));
  }
  return *sigma_;
}

const Selection& AsymmetricInstance::selection() const {
  if (!selection_) {
    if (!critical()) throw Undefined("the point is not critical: no singular values are selected");
    const RationalMatrix range = column_basis(product());
    const auto restricted = solve(range, multiply({M(), M().transpose(), range}));
    if (!restricted) throw Undefined("the range of X Y^T is not invariant under M M^T");
    auto found = select_from(sigma(), roots_of_eigenvalues(*restricted));
    if (!found) throw InternalDisagreement("M on an invariant subspace has a singular value that M has not");
    selection_ = std::move(*found);
  }
  return *selection_;
}

IndexSet AsymmetricInstance::S() const {
  if (!selection().set) throw Undefined("S is not unique: a singular value of M is repeated across it");
  return *selection().set;
}

Index AsymmetricInstance::orbit() const {
  return orbit_dimension(generators<Rational>(X().rows(), Y().rows(), k(), balance() != 0), point_.weights);
}

GlobalComparison AsymmetricInstance::global_comparison() const {
  // the first term is at least what the best approximation of rank k leaves, and a balanced factorization attains it
  const auto top = std::min<std::size_t>(static_cast<std::size_t>(k()), sigma().size());
  Real infimum{trace(multiply(M(), M().transpose()))};
  for (std::size_t i = 0; i < top; ++i)
    infimum = infimum - Real(sigma()[i]) * Real(sigma()[i]);
  infimum = infimum * Real(Rational(1, 2));
  GlobalComparison result;
  result.infimum = infimum;
  result.reason = "the singular values selected by X Y^T are compared with the k largest of M";
  if (critical() && balance() != 0 && !is_zero(imbalance())) {
    result.is_minimum = Truth::no;
    result.reason = "X^T X and Y^T Y differ: a balanced factorization of the same product has a smaller loss";
  } else if (critical()) {
    // the loss is half the sum of the squares of the singular values left out
    std::vector<RealRoot> selected = selection().selected;
    selected.resize(top, RealRoot(Rational(0)));
    result.is_minimum = truth(std::equal(selected.begin(), selected.end(), sigma().begin()));
  } else {
    result.is_minimum = equal(Real(loss(point_.weights)), infimum);
    result.reason = "the value is compared with the best approximation of rank k";
  }
  return result;
}

Labels AsymmetricInstance::labels() const {
  Cell S;
  Cell type;
  Cell left_out;
  try {
    const Selection& at = selection();
    if (at.set) S = *at.set;
    type = at.leading() ? "leading" : "other";
    const bool rest = !at.unselected.empty();
    left_out = !rest ? "nothing" : at.unselected.front() > RealRoot(Rational(0)) ? "positive" : "zero";
  } catch (const Undefined&) {
    // no selection: the labels stay empty
  }
  return {{"balance", balance() == 0 ? "zero" : "positive"},
          {"q", q()},
          {"S", S},
          {"S_type", type},
          {"left_out", left_out}};
}

Json AsymmetricInstance::certificate_claims() const {
  Json json = Json::object();
  if (!critical() || global_comparison().is_minimum != Truth::yes) return json;
  // 2 f >= ||M||^2 - tr(T) - k c for T and T + c I - M M^T positive semidefinite, c >= 0; with equality for T the part
  // of M M^T - c I on the range of X Y^T, c between the squares selected and left out
  const Index n = M().rows();
  const RationalMatrix gram = multiply(M(), M().transpose());
  Rational c = 0;
  if (q() == k() && q() < n) {
    const std::vector<RealRoot> values = real_eigenvalues(gram);
    c = separator(values[static_cast<std::size_t>(q()) - 1], values[static_cast<std::size_t>(q())]);
  }
  const RationalMatrix shifted = gram - c * RationalMatrix::Identity(n, n);
  json["global"]["minimizer"] = true;
  json["global"]["by"] = "trace_bound";
  json["global"]["separator"] = number_to_json(c);
  json["global"]["cover"] = matrix_to_json(multiply(shifted, projector_onto_range(product())));
  return json;
}

}  // namespace rankscape::asymmetric_factorization
