#include "models/phase_retrieval/instance.hpp"

#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>

#include "models/feature_table.hpp"
#include "models/phase_retrieval/calculus.hpp"
#include "models/point_reader.hpp"

namespace rankscape::phase_retrieval {

PhaseInstance::PhaseInstance(Point point) : point_(std::move(point)) {
  const PointReader reader(point_);
  reader.require_data({"u"});
  reader.require_weights(1);
  u_ = reader.matrix("u");
  PointReader::require_shape("/weights/0", x(), x().rows(), 1, "x is a column");
  PointReader::require_shape("/data/u", u_, x().rows(), 1, "a column of the length of x");
  reader.require_parameters(5000);
}

Rational PhaseInstance::loss(const Weights& weights) const {
  return phase_retrieval::loss(weights.front(), u_);
}

RationalVector PhaseInstance::gradient() const {
  return phase_retrieval::gradient(x(), u_);
}

RationalVector PhaseInstance::gradient_at(const Weights& weights) const {
  return phase_retrieval::gradient(weights.front(), u_);
}

RationalMatrix PhaseInstance::hessian() const {
  return phase_retrieval::hessian(x(), u_);
}

bool PhaseInstance::critical() const {
  return is_zero(gradient());
}

Index PhaseInstance::orbit() const {
  return orbit_dimension(generators(u_, is_zero(u_)), point_.weights);
}

GlobalComparison PhaseInstance::global_comparison() const {
  // an expectation of squares that is zero at u
  GlobalComparison result;
  result.infimum = Real(Rational(0));
  result.is_minimum = truth(loss(point_.weights) == 0);
  result.reason = "the value is compared with zero, which the loss has at u";
  return result;
}

Labels PhaseInstance::labels() const {
  if (!critical()) return {{"kind", {}}};
  const bool zero = is_zero(x());
  const bool signal = x() == u_ || x() == RationalMatrix(-u_);
  return {{"kind", zero && signal ? "zero signal" : zero ? "origin" : signal ? "signal" : "orthogonal"}};
}

Json PhaseInstance::certificate_claims() const {
  Json json = Json::object();
  if (global_comparison().is_minimum != Truth::yes) return json;
  json["global"]["minimizer"] = true;
  json["global"]["by"] = "zero";
  return json;
}

namespace {

const FeatureTable<PhaseInstance>& table() {
  using I = const PhaseInstance&;
  using A = std::span<const Value>;
  constexpr Kind matrix = Kind::matrix;
  static const FeatureTable<PhaseInstance> features({
      {{"n", {}, Kind::integer, "n", "length of x and u"}, [](I at, A) -> Value { return long{at.x().size()}; }},
      {{"x", {}, matrix, "x", "the point, a column"}, [](I at, A) -> Value { return at.x(); }},
      {{"u", {}, matrix, "u", "the signal, a column"}, [](I at, A) -> Value { return at.u(); }},
      {{"xu", {}, Kind::real, "x^{T}u", "inner product of x and u"},
       [](I at, A) -> Value { return Real(inner(at.x(), at.u())); }},
      {{"hessian", {}, matrix, "\\nabla^2 L", "second derivatives of the loss, n x n"},
       [](I at, A) -> Value { return at.hessian(); }},
      {{"orbit_dimension",
        {},
        Kind::integer,
        "\\dim O(n)_u\\, x",
        "dimension of the orbit of x under the rotations that fix u"},
       [](I at, A) -> Value { return long{at.orbit()}; }},
  });
  return features;
}

}  // namespace

const std::vector<FeatureDeclaration>& feature_declarations() {
  return table().declarations();
}

Value PhaseInstance::feature(std::size_t position, std::span<const Value> arguments) const {
  return table().evaluate(*this, position, arguments);
}

}  // namespace rankscape::phase_retrieval
