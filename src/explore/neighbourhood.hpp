#pragma once
// Points beside the scope that tell one hypothesis from the others.

#include <rankscape/explore/mutants.hpp>

#include <memory>
#include <vector>

namespace rankscape::explore {

inline constexpr std::size_t neighbours_tried = 1500;          ///< points at which hypotheses are evaluated
inline constexpr std::size_t neighbours_kept = 24;             ///< for each hypothesis
inline constexpr std::uint64_t most_cases_of_neighbour = 300;  ///< larger shapes are left out

/// Points of the statement's own data, and of every kind of data, at shapes one step from those of its scope (a layer,
/// a width, a size more or less) at which exactly one hypothesis does not hold and all others do: the smallest shapes
/// first. Deterministic; only hypotheses are evaluated.
[[nodiscard]] std::vector<std::unique_ptr<const Recipe>> lone_violations(const Statement& statement,
                                                                         const ExploreOptions& options);

}  // namespace rankscape::explore
