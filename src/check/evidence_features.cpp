#include "check/evidence_features.hpp"

#include <rankscape/exact/real_roots.hpp>
#include <rankscape/numeric/eigen.hpp>

#include <set>
#include <string_view>

#include "check/local_problem.hpp"
#include "check/nearby_point.hpp"
#include "numeric/tangent_spectrum.hpp"
#include "symmetry/descent.hpp"

namespace rankscape {

namespace {

// An extreme eigenvalue as a real number: enclosed again, more narrowly, whenever somebody asks; where that does not
// decide (a bound is attained), a root of the characteristic polynomial, up to the degree for which that is done.
Real eigenvalue(const Evidence& evidence, bool least) {
  const auto matrix = evidence.hessian_matrix;
  if (evidence.by_normal_form) throw Undefined("the inertia is one by the normal form: the Hessian was not formed");
  if (!matrix) return Real(Rational(0));
  const Inertia inertia = *evidence.hessian;
  if (inertia.negative + inertia.zero + inertia.positive == 0)
    throw Undefined("the tangent space of the constraints is zero");
  const auto refine = [matrix, inertia, least](const Rational& width) {
    const auto values = enclose_eigenvalues_on(inertia, *matrix, {.width = width});
    return least ? values.front() : values.back();
  };
  const auto exactly = [matrix, inertia, least]() -> std::optional<RealRoot> {
    if (static_cast<std::size_t>(matrix->rows()) > most_degree) return std::nullopt;
    auto values = real_eigenvalues(*matrix);  // decreasing; zeros on the normal space of constraints do not count
    const auto first = values.begin() + inertia.positive;
    values.erase(first, values.end() - inertia.negative - inertia.zero);
    return least ? values.back() : values.front();
  };
  return Real(Real::Refine(refine), Real::Exactly(exactly));
}

// Least order of the descents that a search finds, the certified one among them.
long least_order_tried(const Instance& instance, const Evidence& evidence) {
  const int certified = escape_order(evidence).value();
  if (certified <= 3) return certified;  // order 1 is excluded by the gradient, order 2 by the Hessian
  const LocalProblem problem(instance);
  symmetry::DescentOptions options;
  options.multipliers = problem.multipliers;
  options.below = certified;
  const auto found = symmetry::find_descent(problem.loss, problem.point, problem.hessian(evidence),
                                            symmetry::Direction::down, options);
  return found.best ? found.best->order : certified;
}

}  // namespace

Value EvidenceFeatures::feature(std::size_t position, std::span<const Value> arguments) const {
  const Vocabulary& vocabulary = instance_->landscape().vocabulary();
  const NearbyPoint* nearby = evidence_->nearby.get();
  if (position < vocabulary.model_size())
    return nearby != nullptr ? nearby->feature(position, arguments) : instance_->feature(position, arguments);
  const std::string& name = vocabulary.features().at(position).name;
  static const std::set<std::string_view> enclosed{"value",      "hessian",    "hessian_trace",
                                                   "lambda_min", "lambda_max", "orbit_dimension"};
  if (nearby != nullptr && enclosed.contains(name)) return nearby->feature(position, arguments);
  if (name == "value") return Real(evidence_->value);
  if (name == "parameters") return static_cast<long>(evidence_->parameters);
  if (name == "orbit_dimension" || name == "hessian") return instance_->feature(position, arguments);
  if (!evidence_->hessian) throw Undefined("the point is not critical: its Hessian was not examined");
  const Inertia& inertia = *evidence_->hessian;
  if (name == "index") return static_cast<long>(inertia.negative);
  if (name == "nullity") return static_cast<long>(inertia.zero);
  if (name == "coindex") return static_cast<long>(inertia.positive);
  if (name == "lambda_min") return eigenvalue(*evidence_, true);
  if (name == "lambda_max") return eigenvalue(*evidence_, false);
  if (name == "hessian_trace" && !evidence_->by_normal_form) {
    return Real(evidence_->hessian_matrix ? trace(*evidence_->hessian_matrix) : Rational(0));
  }
  if (name == "escape_order" || name == "least_order_tried") {
    const auto order = escape_order(*evidence_);
    if (!order) throw Undefined(name + ": no descent is certified here");
    if (name == "least_order_tried" && evidence_->by_normal_form && *order > 2)
      throw Undefined(name + ": the Hessian was not formed");
    return name == "escape_order" ? static_cast<long>(*order) : least_order_tried(*instance_, *evidence_);
  }
  if (nearby != nullptr) throw Undefined(name + ": the point is known through an enclosure only");
  return instance_->feature(position, arguments);
}

RationalMatrix EvidenceFeatures::jacobian(std::size_t position, std::span<const Value> arguments) const {
  return evidence_->nearby ? evidence_->nearby->jacobian(position, arguments)
                           : instance_->jacobian(position, arguments);
}

std::optional<language::EnclosedFormula> EvidenceFeatures::enclosure(const language::Expr& tree,
                                                                     const std::vector<long>& variables,
                                                                     const std::vector<Definition>& definitions) const {
  return evidence_->nearby ? evidence_->nearby->enclosure(tree, variables, definitions) : std::nullopt;
}

}  // namespace rankscape
