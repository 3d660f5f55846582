// From an exact point to a certified verdict.
#include <rankscape/check/evidence.hpp>

#include <rankscape/error.hpp>
#include <rankscape/numeric/eigen.hpp>

#include <algorithm>

#include "check/falsify.hpp"
#include "check/loss_along.hpp"

namespace rankscape {

namespace {

void measure_gradient(const RationalVector& gradient, Evidence& evidence) {
  Rational square = 0;
  for (const Rational& entry : gradient) {
    square += entry * entry;
    if (abs(entry) > abs(evidence.largest_gradient_entry)) evidence.largest_gradient_entry = entry;
  }
  evidence.gradient_norm = sqrt(Enclosure(square));
}

void reverse(Weights& direction) {
  for (RationalMatrix& w : direction)
    w = -w;
}

bool goes(const LinePolynomial& line, Way way) {
  return line.order > 0 && sign(line.coefficients[static_cast<std::size_t>(line.order)]) == static_cast<int>(way);
}

// A curve in the kernel of the Hessian along which the loss falls (or rises), if the search finds one.
std::optional<LinePolynomial> searched_curve(const Instance& instance, const RationalMatrix& hessian, Way way) {
  Attempts found = find_curve(instance, hessian, way);
  if (found.least_order == 0) return std::nullopt;
  const int direction = sign(found.coefficients[static_cast<std::size_t>(found.least_order)]);
  if (direction != static_cast<int>(way)) {  // of odd order: t -> -t
    reverse(found.curve.front());
    found.coefficients = loss_along(instance, found.curve);
  }
  LinePolynomial curve;
  curve.direction = std::move(found.curve.front());
  if (found.curve.size() > 1) curve.bend = std::move(found.curve.back());
  curve.coefficients = std::move(found.coefficients);
  curve.order = found.least_order;
  return curve;
}

// The first proposal along which the loss certainly falls (or rises), else what a search finds.
std::optional<LinePolynomial> certified_curve(const Instance& instance, const RationalMatrix& hessian, Way way) {
  for (const Weights& proposal : instance.descent_proposals()) {
    LinePolynomial line = along_line(instance, proposal);
    if (goes(line, way)) return line;
  }
  return searched_curve(instance, hessian, way);
}

// Nothing in the Hessian rises: is the point a local maximizer?
void look_upwards(const Instance& instance, Evidence& evidence) {
  if (evidence.hessian->inertia.positive == 0) {
    if (evidence.descent && evidence.descent->order % 2 == 1) {
      evidence.ascent = *evidence.descent;
      reverse(evidence.ascent->direction);
      for (std::size_t k = 1; k < evidence.ascent->coefficients.size(); k += 2)
        evidence.ascent->coefficients[k] = -evidence.ascent->coefficients[k];
    } else {
      evidence.ascent = certified_curve(instance, *evidence.hessian_matrix, Way::up);
    }
    if (!evidence.ascent) return;
  }
  evidence.possible = evidence.possible & not_maximizers();
}

void judge_semidefinite(const Instance& instance, Evidence& evidence) {
  const Inertia& inertia = evidence.hessian->inertia;
  if (evidence.global.is_minimum == Truth::yes) {
    evidence.verdict = Verdict::global_minimizer;
    evidence.possible = classes_of(evidence.verdict);
    evidence.reason = evidence.global.reason;
    return;
  }
  const bool not_global = evidence.global.is_minimum == Truth::no;
  if (inertia.zero == 0) {
    // a strict local minimizer; whether it is global may be open
    evidence.possible = not_global ? VerdictSet{Verdict::local_minimizer}
                                   : VerdictSet{Verdict::local_minimizer, Verdict::global_minimizer};
    evidence.verdict = not_global ? Verdict::local_minimizer : Verdict::second_order;
    evidence.reason = not_global ? "the Hessian is positive definite and the value is above the infimum"
                                 : "the Hessian is positive definite; not known to be global or not";
    return;
  }
  evidence.descent = certified_curve(instance, *evidence.hessian_matrix, Way::down);
  if (evidence.descent) {
    evidence.verdict = Verdict::non_strict_saddle;
    evidence.possible = classes_of(evidence.verdict);
    evidence.reason = "positive semidefinite Hessian; along a " +
                      std::string(evidence.descent->bend.empty() ? "line" : "curve") + " the loss falls at order " +
                      std::to_string(evidence.descent->order);
    look_upwards(instance, evidence);
    return;
  }
  evidence.verdict = Verdict::second_order;
  evidence.possible = classes_of(evidence.verdict);
  look_upwards(instance, evidence);
  if (not_global) evidence.possible = evidence.possible & not_global_minimizers();
  evidence.reason = "positive semidefinite Hessian; no descent found, no proof of minimality";
}

}  // namespace

LinePolynomial along_line(const Instance& instance, const Weights& direction) {
  LinePolynomial line;
  line.direction = direction;
  line.coefficients = loss_along(instance, {direction});
  line.order = lowest_order(line.coefficients);
  return line;
}

Evidence examine(const Instance& instance, const ExamineOptions& options) {
  Evidence evidence;
  const RationalVector gradient = instance.gradient();
  evidence.parameters = gradient.size();
  evidence.value = instance.loss(instance.point().weights);
  evidence.critical = std::all_of(gradient.begin(), gradient.end(), [](const Rational& entry) { return entry == 0; });
  if (!evidence.critical) {
    measure_gradient(gradient, evidence);
    evidence.verdict = Verdict::not_critical;
    evidence.possible = {};
    evidence.reason = "the gradient is not zero";
    return evidence;
  }
  const auto hessian = std::make_shared<const RationalMatrix>(instance.hessian());
  evidence.hessian_matrix = hessian;
  evidence.hessian = options.witness ? witnessed_inertia(*hessian) : WitnessedInertia{inertia(*hessian), {}};
  const Inertia& inertia = evidence.hessian->inertia;
  if (options.eigenvalues) {
    const auto values = enclose_eigenvalues(*hessian, inertia, {.width = options.width}).values;
    evidence.lambda_min = values.front();
    evidence.lambda_max = values.back();
  }
  evidence.global = instance.global_comparison();
  if (inertia.negative == 0) {
    judge_semidefinite(instance, evidence);
    return evidence;
  }
  if (evidence.global.is_minimum == Truth::yes) {
    throw InternalDisagreement("the exact inertia has " + std::to_string(inertia.negative) +
                               " negative eigenvalues, but the model says that the point is a global minimizer");
  }
  const bool maximizer = inertia.negative == evidence.parameters;
  evidence.verdict = maximizer ? Verdict::local_maximizer : Verdict::strict_saddle;
  evidence.possible = classes_of(evidence.verdict);
  evidence.reason = maximizer ? "the Hessian is negative definite" : "the Hessian has a negative eigenvalue";
  if (!maximizer) look_upwards(instance, evidence);
  return evidence;
}

std::optional<int> escape_order(const Evidence& evidence) {
  if (evidence.hessian && evidence.hessian->inertia.negative > 0) return 2;
  if (evidence.descent) return evidence.descent->order;
  return std::nullopt;
}

}  // namespace rankscape
