#pragma once
// rankscape-complete/1: a loss, components, and the proof that its critical points are theirs (docs/solve.md). And
// rankscape-solution/1: what was found.

#include <rankscape/exact_json.hpp>

#include "solve/morse.hpp"

namespace rankscape::critical_set {

/// Of a certificate: format, loss, program, unknowns.
[[nodiscard]] Json certificate_head(const Instance& instance, const System& system);
/// Adds `morse_sum`, null where it is open; nothing where the theorem says nothing.
void add_morse_sum(Json& json, const std::optional<MorseSum>& found);
[[nodiscard]] Json texts(const Polynomials& polynomials);
/// rankscape-solution/1: format, loss, unknowns.
[[nodiscard]] Json solution_head(const Instance& instance, const System& system);
/// \pre solution.complete()
[[nodiscard]] Json certificate_json(const Instance& instance, const Solution& solution);
/// As it stands in the file: a node of the tree on a line.
[[nodiscard]] std::string certificate_text(const Json& certificate);

[[nodiscard]] Json to_json(const Instance& instance, const Solution& solution);

}  // namespace rankscape::critical_set
