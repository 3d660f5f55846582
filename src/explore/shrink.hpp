#pragma once
// Makes counterexamples small. Every candidate is examined exactly and must still refute the statement inside its
// hypotheses; the first by PointSize wins.

#include <rankscape/explore/mutants.hpp>

#include <string>
#include <vector>

namespace rankscape::explore {

/// The counterexample that `point` is, or nothing: not critical, outside the hypotheses, not refuting, not a point of
/// the landscape at all.
[[nodiscard]] std::optional<Counterexample> counterexample_at(const Landscape& landscape, const Statement& statement,
                                                              Point point, const std::string& key);

/// Point by point: the landscape's simplifications, then entries replaced by smaller ones and set to zero, as long as
/// anything helps. The result is never larger. Deterministic.
[[nodiscard]] Counterexample simplified(const Landscape& landscape, const Statement& statement, Counterexample start);

/// Goes through the recipes of all shapes that are nowhere larger than the counterexample's (fewer layers included),
/// the smallest first, and takes the smallest counterexample of the first group that has any; then simplified(). At
/// most `most_cases` are examined.
[[nodiscard]] Counterexample shrunk(const Landscape& landscape, const Statement& statement, const Shape& shape,
                                    Counterexample start, const ExploreOptions& options,
                                    std::uint64_t most_cases = 20'000);

/// The shapes with entries from 1 up to those of some subsequence of `shape`, itself included, in a fixed order; at
/// most `most`.
[[nodiscard]] std::vector<Shape> smaller_shapes(const Shape& shape, std::size_t most);

}  // namespace rankscape::explore
