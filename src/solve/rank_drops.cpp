#include "solve/rank_drops.hpp"

#include <chrono>

#include <rankscape/exact/deadline.hpp>

#include "solve/tree.hpp"

namespace rankscape::critical_set {

namespace {

// Of the equation of a place: larger ones are not decomposed in seconds. So what is found does not hang on the clock.
constexpr std::size_t most_terms = 40;
constexpr std::size_t most_degree = 12;
constexpr std::size_t most_places = 200;

System system_of_drop(const Component& component, const System& system) {
  System place = system;
  place.lemmas.clear();
  place.real = true;
  place.equations = component.generators;
  place.equations.push_back(*component.rank_drops);
  return place;
}

bool is_small(const Polynomial& where) {
  return where.terms().size() <= most_terms && where.degree() <= most_degree;
}

class Search {
 public:
  using Clock = DeadlineScope::Clock;
  Search(const std::vector<System>& systems, const Instance& instance, const ProcessLimits& limits,
         Clock::time_point end)
      : systems_(systems), instance_(instance), limits_(limits), end_(end) {}

  // A place that is not found in time leaves only itself open.
  void search(std::vector<Component>& components) {
    for (Component& component : components) {
      if (!component.rank_drops || !is_small(*component.rank_drops) || places_ == most_places) continue;
      ++places_;
      try {
        find_drops(component);
      } catch (const NoProposal&) {
        continue;
      }
      search(component.drops);
    }
  }

 private:
  ProcessLimits what_is_left() const {
    ProcessLimits left = limits_;
    left.seconds = end_ - Clock::now();
    if (left.seconds <= std::chrono::duration<double>::zero()) throw DeadlineExceeded();
    return left;
  }

  void find_drops(Component& component) {
    const System place = system_of_drop(component, systems_[component.slice]);
    std::vector<Polynomials> generators;
    auto proposals = propose_components({place}, what_is_left());
    for (ProposedComponent& proposed : proposals.front()) {
      Component& drop = component.drops.emplace_back(examined_with_aims(place, instance_, proposed, what_is_left()));
      drop.slice = component.slice;
      generators.push_back(drop.generators);
    }
    const std::vector<Tree> trees = propose_trees({place}, {generators}, what_is_left());
    component.drops_complete = !flaw(trees.front(), place, generators);
  }

  const std::vector<System>& systems_;
  const Instance& instance_;
  ProcessLimits limits_;
  Clock::time_point end_;
  std::size_t places_ = 0;
};

}  // namespace

void find_rank_drops(std::vector<Component>& components, const std::vector<System>& systems, const Instance& instance,
                     const ProcessLimits& limits) {
  const auto end = Search::Clock::now() + std::chrono::duration_cast<Search::Clock::duration>(limits.seconds);
  const DeadlineScope scope(end);
  try {
    Search(systems, instance, limits, end).search(components);
  } catch (const DeadlineExceeded&) {
    // what is left is open
  }
}

}  // namespace rankscape::critical_set
