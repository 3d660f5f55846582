#pragma once
// rankscape-complete/1: a loss, components, and the proof that its critical points are theirs (docs/solve.md). And
// rankscape-solution/1: what was found.

#include <rankscape/exact_json.hpp>

#include "solve/solution.hpp"

namespace rankscape::critical_set {

/// \pre solution.complete()
[[nodiscard]] Json certificate_json(const Instance& instance, const Solution& solution);
/// As it stands in the file: a node of the tree on a line.
[[nodiscard]] std::string certificate_text(const Json& certificate);

[[nodiscard]] Json to_json(const Instance& instance, const Solution& solution);

}  // namespace rankscape::critical_set
