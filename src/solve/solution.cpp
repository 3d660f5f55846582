#include "solve/solution.hpp"

#include <algorithm>
#include <chrono>
#include <rankscape/error.hpp>
#include <rankscape/exact/deadline.hpp>

#include "landscapes/openness.hpp"
#include "solve/emptiness.hpp"
#include "solve/infinity.hpp"
#include "solve/morse.hpp"
#include "solve/rank_drops.hpp"
#include "solve/tree.hpp"

namespace rankscape::critical_set {

namespace {

// The terms of the highest degree are even powers with positive coefficients, and among them one of each unknown: that
// form is positive off 0.
bool grows(const Polynomial& loss, std::size_t unknowns) {
  const std::size_t degree = loss.degree();
  if (degree == 0) return false;
  const Polynomial top = loss.part(degree);
  std::size_t powers = 0;
  for (const auto& [monomial, coefficient] : top.terms()) {
    if (coefficient < 0) return false;
    for (std::size_t k = 0; k < degree; k += 2) {
      if (k + 1 == degree || monomial[k] != monomial[k + 1]) return false;
    }
    if (monomial.front() == monomial.back()) ++powers;
  }
  return powers == unknowns;
}

// Also of the places where the rank drops.
void collect_samples(std::vector<Component>& components, std::vector<Sample*>& samples) {
  for (Component& component : components) {
    for (Sample& sample : component.samples)
      samples.push_back(&sample);
    collect_samples(component.drops, samples);
  }
}

// What other points, and compact sublevel sets, say of a local minimizer.
void compare_values(Solution& solution) {
  std::vector<Sample*> samples;
  collect_samples(solution.components, samples);
  const RealRoot* least = nullptr;
  for (const Sample* sample : samples) {
    if (least == nullptr || sample->value < *least) least = &sample->value;
  }
  if (least == nullptr) return;
  const RealRoot smallest = *least;
  // Of dimension 0 the samples are all points; else the roots of its polynomial are what the loss may be.
  const auto may_be_less = [&](const Component& component) {
    if (component.reality == Reality::none) return false;
    if (component.reality == Reality::points && component.dimension == 0) return false;
    if (!component.value) return true;
    return real_roots(component.value->satisfies).back() < smallest;
  };
  const bool all_known =
      solution.complete() && std::none_of(solution.components.begin(), solution.components.end(), may_be_less);
  for (Sample* sample : samples) {
    const bool minimum = sample->value == smallest;
    const bool open = sample->verdict == Verdict::second_order || sample->verdict == Verdict::undecided;
    const bool at_floor = solution.floor && sample->value == RealRoot(*solution.floor);
    if (open && (at_floor || (minimum && all_known && solution.coercive))) {
      sample->verdict = Verdict::global_minimizer;
      sample->local = false;
      sample->reason = at_floor ? "the loss is this value and a sum of squares"
                                : "the least critical value of a loss with compact sublevel sets, and these are all";
    } else if (!minimum && sample->verdict == Verdict::second_order && sample->local) {
      sample->verdict = Verdict::local_minimizer;
      sample->local = false;
      sample->reason += "; another critical point has a smaller value";
    }
  }
}

constexpr std::size_t most_slices = 512;

void find_gauge(Solution& solution, const Instance& instance) {
  try {
    solution.gauge = normalizations(solution.system, instance);
  } catch (const symmetry::TooLarge&) {
    return;  // not shown to be a symmetry
  }
  // as many groups as there are slices for
  while (!solution.gauge.empty()) {
    solution.slices = slices(solution.gauge, instance, most_slices);
    if (!solution.slices.empty()) return;
    solution.gauge.pop_back();
  }
}

void solve_slices(Solution& solution, const Instance& instance, const SolveOptions& options) {
  std::vector<System> systems;
  systems.reserve(solution.slices.size());
  for (const Slice& slice : solution.slices)
    systems.push_back(sliced(solution.system, slice));
  std::vector<std::vector<Polynomials>> generators(systems.size());
  auto proposals = propose_components(systems, options.limits);
  for (std::size_t slice = 0; slice < systems.size(); ++slice) {
    for (ProposedComponent& proposed : proposals[slice]) {
      Component component = examined_with_aims(systems[slice], instance, proposed, options.limits);
      component.slice = slice;
      generators[slice].push_back(component.generators);
      solution.components.push_back(std::move(component));
    }
  }
  if (options.rank_drops) find_rank_drops(solution.components, systems, instance, options.limits);
  if (!options.certify) {
    solution.incomplete = "not asked for";
    return;
  }
  try {
    solution.trees = propose_trees(systems, generators, options.limits);
    for (std::size_t slice = 0; slice < systems.size() && solution.complete(); ++slice)
      solution.incomplete = flaw(solution.trees[slice], systems[slice], generators[slice]).value_or("");
  } catch (const NoProposal& reason) {
    solution.incomplete = reason.what();
  }
}

}  // namespace

bool Solution::real() const {
  const auto orthogonal = [](const Normalization& group) { return group.group == Normalization::Group::orthogonal; };
  const auto squares = [](const TreeNode& node) {
    return node.kind == TreeNode::Kind::positive || node.kind == TreeNode::Kind::squares;
  };
  return std::any_of(gauge.begin(), gauge.end(), orthogonal) ||
         std::any_of(trees.begin(), trees.end(),
                     [&](const Tree& tree) { return std::any_of(tree.begin(), tree.end(), squares); });
}

bool Solution::decided() const {
  return complete() && std::all_of(components.begin(), components.end(), [](const Component& component) {
           return component.reality == Reality::none ||
                  (component.reality == Reality::points && values_without_point(component).empty() &&
                   std::all_of(component.samples.begin(), component.samples.end(),
                               [](const Sample& sample) { return sample.verdict != Verdict::undecided; }));
         });
}

LossBounds bounds_of_loss(const Instance& instance, const System& system) {
  LossBounds bounds;
  PolynomialRing ring(1'000'000);
  try {
    const SquaresOfLoss squares = squares_of_loss(instance, ring);
    if (squares.bounded_below) bounds.floor = squares.least;
    bounds.coercive = squares.coercive || grows(system.loss, system.unknowns()) ||
                      (bounds.floor && regular_at_infinity(system.loss, system.unknowns()));
  } catch (const symmetry::TooLarge&) {
    bounds.coercive = false;  // not shown
  }
  return bounds;
}

namespace {

Solution solved(const Instance& instance, const SolveOptions& options) {
  // Singular's answers and what is checked of them
  const DeadlineScope scope(3 * options.limits.seconds);
  Solution solution;
  solution.system = critical_equations(instance);
  const LossBounds bounds = bounds_of_loss(instance, solution.system);
  solution.coercive = bounds.coercive;
  solution.floor = bounds.floor;
  if (options.gauge) find_gauge(solution, instance);
  if (solution.slices.empty()) solution.slices.emplace_back();
  solution.system.real = options.real;
  solution.system.lemmas = relations(solution.system, instance);
  solve_slices(solution, instance, options);
  compare_values(solution);
  check_morse_sum(morse_sum(solution));
  return solution;
}

}  // namespace

Solution solve(const Instance& instance, const SolveOptions& options) {
  check_domain_of_data(instance.landscape());
  if (!options.real || !options.certify) return solved(instance, options);
  std::optional<Solution> real;
  try {
    real = solved(instance, options);
    if (real->decided()) return std::move(*real);
  } catch (const NoProposal&) {
    // what follows may do better
  } catch (const DeadlineExceeded&) {
  }
  SolveOptions complex = options;
  complex.real = false;
  try {
    Solution all = solved(instance, complex);
    if (!real || all.decided() || (all.complete() && !real->complete())) return all;
  } catch (const NoProposal&) {
    if (!real) throw;
  } catch (const DeadlineExceeded&) {
    if (!real) throw;
  }
  return std::move(*real);
}

}  // namespace rankscape::critical_set
