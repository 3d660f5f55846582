#include "solve/rank_drops.hpp"

#include <algorithm>

#include <rankscape/exact/deadline.hpp>

#include "solve/tree.hpp"

namespace rankscape::critical_set {

namespace {

constexpr std::chrono::duration<double> most_seconds{10};
constexpr std::size_t most_at_once = 24;
// Of the equation of a place: larger ones are not decomposed in seconds. So what is found does not hang on the clock.
constexpr std::size_t most_terms = 40;
constexpr std::size_t most_degree = 12;

using Level = std::vector<Component*>;

void add_those_that_drop(std::vector<Component>& components, Level& level) {
  for (Component& component : components) {
    const auto& where = component.rank_drops;
    if (where && where->terms().size() <= most_terms && where->degree() <= most_degree && level.size() < most_at_once)
      level.push_back(&component);
  }
}

System system_of_drop(const Component& component, const System& system) {
  System place = system;
  place.lemmas.clear();
  place.real = true;
  place.equations = component.generators;
  place.equations.push_back(*component.rank_drops);
  return place;
}

void find_drops_of(const Level& level, const std::vector<System>& systems, const Instance& instance,
                   const ProcessLimits& limits) {
  std::vector<System> places;
  places.reserve(level.size());
  for (const Component* component : level)
    places.push_back(system_of_drop(*component, systems[component->slice]));
  auto proposals = propose_components(places, limits);
  std::vector<std::vector<Polynomials>> generators(level.size());
  for (std::size_t k = 0; k < level.size(); ++k) {
    for (ProposedComponent& proposed : proposals[k]) {
      Component& drop = level[k]->drops.emplace_back(examined_with_aims(places[k], instance, proposed, limits));
      drop.slice = level[k]->slice;
      generators[k].push_back(drop.generators);
    }
  }
  const std::vector<Tree> trees = propose_trees(places, generators, limits);
  for (std::size_t k = 0; k < level.size(); ++k)
    level[k]->drops_complete = !flaw(trees[k], places[k], generators[k]);
}

}  // namespace

void find_rank_drops(std::vector<Component>& components, const std::vector<System>& systems, const Instance& instance,
                     ProcessLimits limits) {
  limits.seconds = std::min(limits.seconds, most_seconds);
  const DeadlineScope scope(2 * limits.seconds);
  Level level;
  add_those_that_drop(components, level);
  try {
    while (!level.empty()) {
      find_drops_of(level, systems, instance, limits);
      Level next;
      for (Component* component : level)
        add_those_that_drop(component->drops, next);
      level = std::move(next);
    }
  } catch (const NoProposal&) {
    // what is left is open
  } catch (const DeadlineExceeded&) {
  }
}

}  // namespace rankscape::critical_set
