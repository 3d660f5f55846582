// From an exact point to a certified verdict.
#include <rankscape/check/evidence.hpp>

#include <rankscape/adviser.hpp>
#include <rankscape/error.hpp>
#include <rankscape/exact/decimal.hpp>

#include <fmt/format.h>

#include <algorithm>

#include "check/global_bounds.hpp"
#include "check/local_problem.hpp"
#include "check/orthonormal_bound.hpp"
#include "exact/deflation.hpp"
#include "landscapes/constraints.hpp"
#include "landscapes/instance.hpp"
#include "numeric/extreme_eigenvalues.hpp"
#include "symmetry/better_point.hpp"
#include "symmetry/feasible_point.hpp"
#include "symmetry/local_analysis.hpp"

namespace rankscape {

namespace {

// Up to here a Hessian that vanishes is found out by looking at it.
constexpr Index most_looked_at = 500;
// Up to here the Hessian is formed although the adviser knows its inertia: it is the cross-check, and has eigenvalues.
constexpr Index most_cross_checked = 1500;

void measure_gradient(const RationalVector& gradient, Evidence& evidence) {
  Rational square = 0;
  for (const Rational& entry : gradient) {
    square += entry * entry;
    if (abs(entry) > abs(evidence.largest_gradient_entry)) evidence.largest_gradient_entry = entry;
  }
  evidence.gradient_norm = sqrt(Enclosure(square));
}

int lowest_order(const std::vector<Rational>& coefficients) {
  const auto lowest = std::find_if(coefficients.begin(), coefficients.end(), [](const Rational& c) { return c != 0; });
  return lowest == coefficients.end() ? 0 : static_cast<int>(lowest - coefficients.begin());
}

void turn_round(CurveExpansion& line) {
  for (std::size_t k = 0; k < line.curve.size(); k += 2) {  // t -> -t
    for (RationalMatrix& w : line.curve[k])
      w = -w;
  }
  for (std::size_t k = 1; k < line.coefficients.size(); k += 2)
    line.coefficients[k] = -line.coefficients[k];
}

// The analysis of one point whose Hessian does not decide.
class Degenerate {
 public:
  Degenerate(const Instance& instance, Evidence& evidence) : instance_(instance), evidence_(evidence) {}

  void look() {
    const Inertia& inertia = *evidence_.hessian;
    if (inertia.negative == 0 && !evidence_.descent) evidence_.descent = proposed(-1);
    if (inertia.positive == 0 && evidence_.descent) {
      if (evidence_.descent->order % 2 == 1) {
        evidence_.ascent = evidence_.descent;
        turn_round(*evidence_.ascent);
      } else {
        evidence_.ascent = proposed(1);
      }
    }
    const bool done = evidence_.descent && (inertia.positive > 0 || evidence_.ascent);
    if (!done) analyse();
  }

  void look_for_better_point() {
    if (evidence_.better) return;
    const auto found = evidence_.bordered ? symmetry::find_better_feasible_point(problem().loss, problem().point,
                                                                                 problem().multipliers)
                                          : symmetry::find_better_point(problem().loss, problem().point);
    if (!found) return;
    Weights there = weights(*found);
    // a smaller loss elsewhere says nothing of the loss on the landscape's domain
    Weights feasible(there.begin(), there.begin() + static_cast<std::ptrdiff_t>(instance_.point().weights.size()));
    if (lies_in_domain(instance_, feasible)) evidence_.better = std::move(there);
  }

 private:
  // A curve that the adviser or a family knows, if the loss certainly goes that way.
  [[nodiscard]] std::optional<CurveExpansion> proposed(int sign_wanted) const {
    if (evidence_.bordered) return std::nullopt;  // no curve of weights alone is one of the Lagrangian
    for (const Curve& proposal : instance_.descents()) {
      CurveExpansion line;
      line.curve.push_back(proposal.direction);
      if (!proposal.bend.empty()) line.curve.push_back(proposal.bend);
      const bool polynomial = instance_.degree().has_value();
      line.coefficients = instance_.along(line.curve, polynomial ? std::nullopt : std::optional(10));
      line.order = lowest_order(line.coefficients);
      if (line.order == 0) continue;
      if (line.order % 2 == 1 && sign(line.coefficients[static_cast<std::size_t>(line.order)]) != sign_wanted)
        turn_round(line);
      if (sign(line.coefficients[static_cast<std::size_t>(line.order)]) == sign_wanted) return line;
    }
    return std::nullopt;
  }

  void analyse() {
    symmetry::LocalOptions options;
    options.descent.multipliers = problem().multipliers;
    symmetry::LocalAnalysis found = symmetry::analyse(problem().loss, problem().point, LocalProblem::hessian(evidence_),
                                                      *evidence_.hessian, options);
    if (!evidence_.descent) {
      evidence_.descent = expansion(std::move(found.descent));
      if (found.local) evidence_.local = std::make_shared<const symmetry::LocalProof>(std::move(*found.local));
    }
    if (!evidence_.ascent) evidence_.ascent = expansion(std::move(found.ascent));
  }

  [[nodiscard]] std::optional<CurveExpansion> expansion(std::optional<symmetry::Descent> found) {
    if (!found) return std::nullopt;
    CurveExpansion line;
    for (const RationalVector& direction : found->curve)
      line.curve.push_back(weights(direction));
    line.coefficients = std::move(found->coefficients);
    line.order = found->order;
    return line;
  }

  [[nodiscard]] const LocalProblem& problem() {
    if (!problem_) problem_.emplace(instance_);
    return *problem_;
  }
  [[nodiscard]] Weights weights(const RationalVector& x) { return symmetry::as_weights(x, problem().loss.program()); }

  const Instance& instance_;
  Evidence& evidence_;
  std::optional<LocalProblem> problem_;
};

// Neither global minimizer nor certainly not: does a bound decide, or a better point?
void compare_globally(const Instance& instance, Degenerate& degenerate, Evidence& evidence, bool minimizer) {
  if (evidence.global.is_minimum == Truth::unknown && evidence.bordered) {
    if (is_convex_quadratic_lagrangian(instance)) {
      evidence.global = {Truth::yes, Real(evidence.value), "the Lagrangian is a convex quadratic function"};
    } else if (prove_global_by_columns(instance)) {
      evidence.global = {Truth::yes, Real(evidence.value), "a convex quadratic function below the loss touches it"};
    }
  } else if (evidence.global.is_minimum == Truth::unknown) {
    if (auto bounds = prove_global(instance)) {
      evidence.global = {Truth::yes, Real(evidence.value), "a lower bound of the loss is attained"};
      evidence.bounds = std::make_shared<const std::vector<certificate::Bound>>(std::move(*bounds));
      return;
    }
  }
  if (!minimizer || evidence.global.is_minimum != Truth::unknown) return;
  degenerate.look_for_better_point();
  if (evidence.better) evidence.global = {Truth::no, std::nullopt, "a point with a smaller value is known"};
}

void settle(Evidence& evidence, Verdict verdict, std::string reason) {
  evidence.verdict = verdict;
  evidence.possible = classes_of(verdict);
  evidence.reason = std::move(reason);
  const bool rises = evidence.hessian->positive > 0 || evidence.ascent;
  if (rises) evidence.possible = evidence.possible & not_maximizers();
}

std::string order_text(const CurveExpansion& line) {
  return std::string("along a ") + (line.curve.size() == 1 ? "line" : "curve") + " the loss falls at order " +
         std::to_string(line.order);
}

void judge_local_minimizer(Evidence& evidence, const std::string& why) {
  if (evidence.global.is_minimum == Truth::no) {
    settle(evidence, Verdict::local_minimizer, why + " and the value is above the infimum");
    return;
  }
  settle(evidence, Verdict::second_order, why + "; not known to be global or not");
  evidence.possible = {Verdict::local_minimizer, Verdict::global_minimizer};
}

// Positive semidefinite where no Hessian was formed, so that no curve is looked for.
void judge_by_theorem(const Instance& instance, Evidence& evidence) {
  const std::string theorem = instance.advice()->local_minimizers_are_global();
  if (evidence.global.is_minimum == Truth::no && !theorem.empty()) {
    settle(evidence, Verdict::non_strict_saddle,
           "positive semidefinite Hessian; the value is above the infimum, and " + theorem);
    return;
  }
  settle(evidence, Verdict::second_order, "positive semidefinite Hessian; no descent was looked for");
  if (evidence.global.is_minimum == Truth::no) evidence.possible = evidence.possible & not_global_minimizers();
}

void judge_semidefinite(const Instance& instance, Evidence& evidence) {
  Degenerate degenerate(instance, evidence);
  compare_globally(instance, degenerate, evidence, false);
  if (evidence.global.is_minimum == Truth::yes) {
    settle(evidence, Verdict::global_minimizer, evidence.global.reason);
    return;
  }
  if (evidence.by_normal_form) {
    judge_by_theorem(instance, evidence);
    return;
  }
  const bool definite = evidence.hessian->zero == 0;
  if (!definite) degenerate.look();
  if (evidence.descent) {
    settle(evidence, Verdict::non_strict_saddle, "positive semidefinite Hessian; " + order_text(*evidence.descent));
    return;
  }
  if (definite || evidence.local) {
    compare_globally(instance, degenerate, evidence, true);
    judge_local_minimizer(evidence, definite ? "the Hessian is positive definite"
                                             : "a local minimizer: the null space of the Hessian is accounted for");
    return;
  }
  settle(evidence, Verdict::second_order, "positive semidefinite Hessian; no descent found, no proof of minimality");
  if (evidence.global.is_minimum == Truth::no) evidence.possible = evidence.possible & not_global_minimizers();
}

void judge_indefinite(const Instance& instance, Evidence& evidence) {
  const Inertia& inertia = *evidence.hessian;
  if (inertia.zero == 0 && inertia.positive == 0) {
    settle(evidence, Verdict::local_maximizer, "the Hessian is negative definite");
    return;
  }
  if (inertia.positive == 0) Degenerate(instance, evidence).look();
  if (evidence.local) {
    settle(evidence, Verdict::local_maximizer,
           "a local maximizer: negative semidefinite Hessian, and its null space is accounted for");
  } else {
    settle(evidence, Verdict::strict_saddle, "the Hessian has a negative eigenvalue");
  }
}

void enclose_extremes(const ExamineOptions& options, Evidence& evidence) {
  try {
    const auto extremes = extreme_eigenvalues(*evidence.hessian, *evidence.hessian_matrix, {.width = options.width});
    if (!extremes || !has_decimal(extremes->least) || !has_decimal(extremes->greatest))
      return;  // nobody could read them
    evidence.lambda_min = extremes->least;
    evidence.lambda_max = extremes->greatest;
  } catch (const WidthNotReached&) {  // the inertia is exact without them; who asks for the bounds finds none
  }
}

// The velocities of the declared symmetries, which are null vectors of the Hessian at a critical point.
std::vector<exact::SparseVector> velocities_at(const Instance& instance) {
  std::vector<exact::SparseVector> out;
  try {
    for_each_velocity(instance, [&](const Weights& velocity) {
      exact::SparseVector& vector = out.emplace_back();
      Index offset = 0;
      for (const RationalMatrix& part : velocity) {
        for (Index k = 0; k < part.size(); ++k) {
          if (!part.data()[k].is_zero()) vector.emplace_back(offset + k, part.data()[k]);
        }
        offset += part.size();
      }
    });
  } catch (const Undefined&) {  // then that many are known
  }
  return out;
}

Inertia inertia_of(const RationalMatrix& hessian, const Instance& instance, bool critical) {
  if (!critical) return inertia(hessian);
  return exact::inertia_beside(hessian, [&] { return velocities_at(instance); });
}

// The Hessian of the Lagrangian has m positive and m negative eigenvalues more than the one on the tangent space, which
// is computed by itself.
void take_constrained_hessian(const Instance& instance, const ConstraintsHere& constraints, Evidence& evidence) {
  evidence.hessian_matrix = hessian_at(instance);
  evidence.hessian = inertia(constraints.on_tangent_space());
  Bordered bordered{constraints.bordered(), {}};
  bordered.inertia = inertia(bordered.matrix);
  const auto& [negative, zero, positive] = *evidence.hessian;
  const Index m = constraints.count();
  if (!(bordered.inertia == Inertia{negative + m, zero, positive + m}))
    throw InternalDisagreement("the inertia of the bordered matrix is not the one on the tangent space");
  evidence.bordered = std::make_shared<const Bordered>(std::move(bordered));
}

// At a critical point: what the adviser proves, alone where the Hessian is large and nobody asks for it.
[[nodiscard]] std::optional<Inertia> known_inertia(const Instance& instance, const ExamineOptions& options,
                                                   Evidence& evidence) {
  const Advice* known = evidence.critical ? instance.advice() : nullptr;
  const std::optional<Inertia> inertia = known == nullptr ? std::nullopt : known->known_inertia();
  if (!inertia) return std::nullopt;
  if (inertia->negative < 0 || inertia->zero < 0 || inertia->positive < 0)
    throw InternalDisagreement("a normal form with a negative number of eigenvalues");
  if (evidence.parameters > most_cross_checked && !options.form_hessian && !options.everywhere) {
    evidence.hessian = *inertia;
    evidence.by_normal_form = true;
  }
  return inertia;
}

void take_hessian(const Instance& instance, const ExamineOptions& options, Evidence& evidence) {
  const std::optional<Inertia> known = known_inertia(instance, options, evidence);
  if (evidence.by_normal_form) return;
  if (const ConstraintsHere* constraints = constraints_at(instance)) {
    take_constrained_hessian(instance, *constraints, evidence);
  } else {
    if (evidence.parameters > most_looked_at) {
      const LocalProblem problem(instance);
      if (problem.loss.hessian_vanishes(problem.point)) {
        evidence.hessian = Inertia{0, evidence.parameters, 0};
        evidence.lambda_min = evidence.lambda_max = Enclosure(Rational(0));
        return;
      }
    }
    evidence.hessian_matrix = hessian_at(instance);
    evidence.hessian = inertia_of(*evidence.hessian_matrix, instance, evidence.critical);
  }
  if (known && !(*known == *evidence.hessian))
    throw InternalDisagreement(
        fmt::format("by the normal form the Hessian has {}, {}, {} negative, zero, positive "
                    "eigenvalues, by elimination {}, {}, {}",
                    known->negative, known->zero, known->positive, evidence.hessian->negative, evidence.hessian->zero,
                    evidence.hessian->positive));
  if (options.eigenvalues) enclose_extremes(options, evidence);
}

Evidence examine_defined(const Instance& instance, const ExamineOptions& options) {
  Evidence evidence;
  evidence.parameters = instance.parameters();
  evidence.value = instance.value();
  evidence.critical = instance.critical();
  const ConstraintsHere* constraints = constraints_at(instance);
  if (constraints != nullptr && !constraints->regular()) {
    evidence.reason =
        "not proved to be a regular point of the feasible set: the Jacobian of the constraints has rank " +
        std::to_string(constraints->rank()) + ", and " + std::to_string(constraints->count()) + " are independent";
    return evidence;
  }
  if (!evidence.critical) {
    measure_gradient(instance.gradient(), evidence);
    evidence.verdict = Verdict::not_critical;
    evidence.possible = {};
    evidence.reason = constraints == nullptr ? "the gradient is not zero"
                                             : "the gradient is not a combination of those of the constraints";
    if (options.everywhere) take_hessian(instance, options, evidence);
    return evidence;
  }
  take_hessian(instance, options, evidence);
  evidence.global = instance.global_comparison();
  const Inertia& inertia = *evidence.hessian;
  if (inertia.negative > 0 && evidence.global.is_minimum == Truth::yes) {
    throw InternalDisagreement("the exact inertia has " + std::to_string(inertia.negative) +
                               " negative eigenvalues, but the adviser says that the point is a global minimizer");
  }
  if (inertia.negative == 0) {
    judge_semidefinite(instance, evidence);
  } else {
    judge_indefinite(instance, evidence);
  }
  if (evidence.by_normal_form) evidence.reason += " (inertia by the normal form)";
  return evidence;
}

}  // namespace

bool Evidence::local_minimizer() const {
  return hessian && hessian->negative == 0 && (hessian->zero == 0 || local != nullptr || nearby != nullptr);
}

Evidence examine(const Instance& instance, const ExamineOptions& options) {
  try {
    return examine_defined(instance, options);
  } catch (const Undefined& undefined) {
    throw InputError(std::string("/weights: ") + undefined.what());
  }
}

std::optional<int> escape_order(const Evidence& evidence) {
  if (!evidence.critical) return std::nullopt;
  if (evidence.hessian && evidence.hessian->negative > 0) return 2;
  if (evidence.descent) return evidence.descent->order;
  return std::nullopt;
}

}  // namespace rankscape
