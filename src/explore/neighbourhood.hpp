#pragma once
// Points beside the scope that tell one hypothesis from the others.

#include <rankscape/explore/mutants.hpp>

#include <memory>
#include <vector>

namespace rankscape::explore {

inline constexpr std::size_t neighbours_tried = 1500;          ///< points at which hypotheses are evaluated
inline constexpr std::size_t neighbours_kept = 24;             ///< for each hypothesis
inline constexpr std::size_t looked_at_around = 60;            ///< of the cases of an excursion, to see what it shows
inline constexpr std::uint64_t most_cases_of_neighbour = 300;  ///< larger shapes are left out

/// Points at which exactly one hypothesis does not hold and all others do. Of the statement's own data, at shapes one
/// step from those of its scope (a layer, a width, a size more or less); and for hypotheses that neither these nor the
/// scope and the excursions show violated alone, of every kind of data that the landscape has, at these shapes and the
/// scope's: the smallest shapes first. Deterministic; only hypotheses are evaluated.
[[nodiscard]] std::vector<std::unique_ptr<const Recipe>> lone_violations(const Statement& statement,
                                                                         const ExploreOptions& options);

}  // namespace rankscape::explore
