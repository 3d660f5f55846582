#pragma once
// A guided random search for a point at which a statement is wrong: over shapes, cases, positions, data and their
// random choices, and over critical points that are found numerically and recognized exactly, which owe nothing to the
// model's recipes but the data. Where a try shows something new (another combination of what is said and what is
// found), its shape is tried and varied more often.

#include <rankscape/explore/mutants.hpp>

#include <chrono>

namespace rankscape {

struct SearchOptions {
  std::uint64_t tries = 2000;
  std::optional<std::chrono::duration<double>> time_limit;
  Index most_parameters = 60;  ///< larger shapes are not tried
  Index most_numeric = 16;     ///< with more parameters no critical points are looked for numerically
};

struct SearchReport {
  std::uint64_t tries = 0;
  std::uint64_t inside = 0;     ///< of which inside the hypotheses
  std::uint64_t undecided = 0;  ///< inside, and neither refuted nor in agreement
  std::uint64_t shapes = 0;     ///< different ones
  std::uint64_t numeric = 0;    ///< tries at which a critical point was looked for numerically, on the data of a recipe
  std::uint64_t recognized = 0;  ///< of which one was recognized exactly
  std::uint64_t novelties = 0;   ///< combinations of what was said and found
  bool out_of_time = false;
  std::optional<Counterexample> first;  ///< as it was found
  std::optional<Counterexample> smallest;
};

/// Stops at the first counterexample and shrinks it. Deterministic in the seed, whatever the number of threads, unless
/// the time limit ends it.
[[nodiscard]] SearchReport explore_variations(const Statement& statement, const ExploreOptions& options,
                                              const SearchOptions& search);

}  // namespace rankscape
