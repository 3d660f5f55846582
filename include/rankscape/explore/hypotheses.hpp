#pragma once
// What fails when a hypothesis goes? The statement without it, on points that violate it and nothing else.

#include <rankscape/explore/mutants.hpp>

#include <map>

namespace rankscape {

struct DropReport {
  std::string hypothesis;                  ///< its name
  std::uint64_t cases = 0;                 ///< looked at
  std::uint64_t violating = 0;             ///< the hypothesis does not hold
  std::uint64_t undecided_hypotheses = 0;  ///< some hypothesis has no definite truth
  /// Among the violating, how often each of the other hypotheses fails too.
  std::vector<std::pair<std::string, std::uint64_t>> also_failing;
  // The points that violate it alone:
  std::uint64_t alone = 0;
  std::uint64_t refuted = 0;
  std::uint64_t agree = 0;
  std::uint64_t undecided = 0;
  /// What is said and what is found there, with counts.
  struct Line {
    std::vector<std::string> matched;  ///< the statement's cases; empty: none applies
    std::vector<std::string> predicted;
    Verdict found = Verdict::undecided;
    Truth agrees = Truth::unknown;
    std::vector<std::string> false_claims;
    std::uint64_t points = 0;  ///< points and readings
    std::string first;         ///< key of the first
  };
  std::vector<Line> lines;
  /// The smallest, made as small as it will go.
  std::optional<Counterexample> counterexample;
};

/// \throws InputError  no such hypothesis (names the nearest); as Landscape::cases
[[nodiscard]] DropReport explore_without(const Statement& statement, const std::string& hypothesis,
                                         const ExploreOptions& options);

}  // namespace rankscape
