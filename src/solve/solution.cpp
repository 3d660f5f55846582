#include "solve/solution.hpp"

#include <algorithm>

#include "solve/emptiness.hpp"
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

// What other points, and compact sublevel sets, say of a local minimizer.
void compare_values(Solution& solution) {
  const RealRoot* least = nullptr;
  for (const Component& component : solution.components) {
    for (const Sample& sample : component.samples) {
      if (least == nullptr || sample.value < *least) least = &sample.value;
    }
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
  for (Component& component : solution.components) {
    for (Sample& sample : component.samples) {
      const bool minimum = sample.value == smallest;
      if (minimum && all_known && solution.coercive &&
          (sample.verdict == Verdict::second_order || sample.verdict == Verdict::undecided)) {
        sample.verdict = Verdict::global_minimizer;
        sample.local = false;
        sample.reason = "the least critical value of a loss with compact sublevel sets, and these are all";
      } else if (!minimum && sample.verdict == Verdict::second_order && sample.local) {
        sample.verdict = Verdict::local_minimizer;
        sample.local = false;
        sample.reason += "; another critical point has a smaller value";
      }
    }
  }
}

}  // namespace

std::vector<RealRoot> values_without_point(const Component& component) {
  std::vector<RealRoot> open;
  if (component.dimension == 0 || component.samples.empty() || !component.value) return open;
  for (const RealRoot& root : real_roots(component.value->satisfies)) {
    if (std::none_of(component.samples.begin(), component.samples.end(),
                     [&](const Sample& sample) { return sample.value == root; }))
      open.push_back(root);
  }
  return open;
}

bool Solution::decided() const {
  return complete() && std::all_of(components.begin(), components.end(), [](const Component& component) {
           return component.reality == Reality::none ||
                  (component.reality == Reality::points && values_without_point(component).empty() &&
                   std::all_of(component.samples.begin(), component.samples.end(),
                               [](const Sample& sample) { return sample.verdict != Verdict::undecided; }));
         });
}

Solution solve(const Instance& instance, const SolveOptions& options) {
  Solution solution;
  solution.system = critical_equations(instance);
  {
    PolynomialRing ring(1'000'000);
    try {
      solution.coercive =
          grows(solution.system.loss, solution.system.unknowns()) || squares_of_loss(instance, ring).coercive;
    } catch (const symmetry::TooLarge&) {
      solution.coercive = false;  // not shown
    }
  }
  std::vector<Polynomials> generators;
  for (const ProposedComponent& proposed : propose_components(solution.system, options.limits)) {
    solution.components.push_back(examined(solution.system, instance, proposed));
    generators.push_back(solution.components.back().generators);
  }
  if (!options.certify) {
    solution.incomplete = "not asked for";
  } else {
    try {
      solution.tree = propose_tree(solution.system, generators, options.limits);
      if (const auto found = flaw(solution.tree, solution.system, generators)) solution.incomplete = *found;
    } catch (const NoProposal& reason) {
      solution.incomplete = reason.what();
    }
  }
  compare_values(solution);
  return solution;
}

}  // namespace rankscape::critical_set
