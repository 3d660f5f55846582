#pragma once
// Where the verdict can change on a component: the rank of the Hessian is largest off a subset that is given by one
// more equation, and along paths that avoid it the inertia does not change. Its components are found and judged as
// those of the critical set are, and again where the rank drops on them.

#include "solve/components.hpp"

namespace rankscape::critical_set {

/// Fills `drops` of all components that have `rank_drops`, as far as it gets in `limits.seconds` of the wall clock.
/// \param systems  one for each slice
void find_rank_drops(std::vector<Component>& components, const std::vector<System>& systems, const Instance& instance,
                     const ProcessLimits& limits);

}  // namespace rankscape::critical_set
