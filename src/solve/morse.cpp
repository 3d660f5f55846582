#include "solve/morse.hpp"

#include <fmt/format.h>

#include <rankscape/error.hpp>

namespace rankscape::critical_set {

namespace {

// \return false where it is degenerate
bool add_point(MorseSum& found, const Inertia& inertia) {
  if (inertia.zero > 0) return false;
  ++found.points;
  if (found.sum) *found.sum += inertia.negative % 2 == 0 ? 1 : -1;
  return true;
}

}  // namespace

std::optional<MorseSum> morse_sum(const Solution& solution) {
  if (!solution.complete() || !solution.coercive || !solution.gauge.empty()) return std::nullopt;
  MorseSum found;
  found.sum = 0;
  for (const Component& component : solution.components) {
    if (component.reality == Reality::none) continue;
    if (component.dimension > 0) return std::nullopt;
    if (component.reality == Reality::open) found.sum.reset();
    for (const Sample& sample : component.samples) {
      if (!sample.has_inertia) {
        found.sum.reset();
      } else if (!add_point(found, sample.inertia)) {
        return std::nullopt;
      }
    }
  }
  return found;
}

std::optional<MorseSum> morse_sum(const Counted& counted) {
  if (!counted.coercive) return std::nullopt;
  MorseSum found;
  found.sum = 0;
  for (const CountedPoint& point : counted.points) {
    if (!add_point(found, point.inertia)) return std::nullopt;
  }
  return found;
}

void check_morse_sum(const std::optional<MorseSum>& found) {
  if (found && found->sum && *found->sum != 1)
    throw InternalDisagreement(
        fmt::format("solve: the sum of (-1)^index over the {} critical points that were found is {}; it must be 1",
                    found->points, *found->sum));
}

}  // namespace rankscape::critical_set
