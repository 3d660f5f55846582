#include "check/evidence_features.hpp"

#include <rankscape/numeric/eigen.hpp>

#include "check/falsify.hpp"

namespace rankscape {

namespace {

// An extreme eigenvalue as a real number: enclosed again, more narrowly, whenever somebody asks.
Real eigenvalue(const Evidence& evidence, bool least) {
  const auto matrix = evidence.hessian_matrix;
  const Inertia inertia = evidence.hessian->inertia;
  return Real(Real::Refine([matrix, inertia, least](const Rational& width) {
    const auto values = enclose_eigenvalues(*matrix, inertia, {.width = width}).values;
    return least ? values.front() : values.back();
  }));
}

}  // namespace

Value EvidenceFeatures::feature(std::size_t position, std::span<const Value> arguments) const {
  if (position < model_size_) return instance_->feature(position, arguments);
  const auto which = static_cast<EngineFeature>(position - model_size_);
  if (which == EngineFeature::value) return Real(evidence_->value);
  if (which == EngineFeature::n) return static_cast<long>(evidence_->parameters);
  if (!evidence_->hessian) throw Undefined("the point is not critical: its Hessian was not examined");
  const Inertia& inertia = evidence_->hessian->inertia;
  switch (which) {
    case EngineFeature::index:
      return static_cast<long>(inertia.negative);
    case EngineFeature::nullity:
      return static_cast<long>(inertia.zero);
    case EngineFeature::coindex:
      return static_cast<long>(inertia.positive);
    case EngineFeature::lambda_min:
      return eigenvalue(*evidence_, true);
    case EngineFeature::lambda_max:
      return eigenvalue(*evidence_, false);
    case EngineFeature::escape_order: {
      const auto order = escape_order(*evidence_);
      if (!order) throw Undefined("escape_order: no descent is certified here");
      return static_cast<long>(*order);
    }
    case EngineFeature::least_order_tried:
      if (!escape_order(*evidence_)) throw Undefined("least_order_tried: no descent is certified here");
      return static_cast<long>(try_lower_orders(*instance_, *evidence_).least_order);
    case EngineFeature::hessian_trace:
      return Real(trace(*evidence_->hessian_matrix));
    case EngineFeature::hessian:
      return *evidence_->hessian_matrix;
    case EngineFeature::orbit_dimension:
      throw Undefined("orbit_dimension: this model declares no symmetries");
    case EngineFeature::value:
    case EngineFeature::n:
      break;  // answered above
  }
  throw std::logic_error("EvidenceFeatures: no such feature");
}

}  // namespace rankscape
