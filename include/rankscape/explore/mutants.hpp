#pragma once
// How sharp is a statement, and how good is its scope? Every single edit of the statement is judged on every case; an
// edit that no case refutes is either no change, or a weaker statement, or one that the scope does not tell apart.

#include <rankscape/explore/counterexample.hpp>
#include <rankscape/statements/mutation.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace rankscape {

struct ExploreOptions {
  const Library* library = nullptr;  ///< where statements' landscapes come from
  unsigned jobs = 0;                 ///< 0: as many as the machine has
  std::uint64_t seed = 1;
  std::vector<Shape> shapes;  ///< instead of those in the statement's scope, when not empty
  std::optional<int> samples;
  std::function<void(std::uint64_t cases)> begin = [](std::uint64_t) {};  ///< told how many cases there are at most
  std::function<void()> case_finished = [] {};
};

/// What became of a mutant. Only `killed` is certified; the others say how it compares with the statement on all cases
/// that were explored.
enum class Fate : unsigned char {
  killed,      ///< refuted by a certified counterexample inside its own hypotheses
  equivalent,  ///< says the same as the statement at every case
  weaker,      ///< never says more, somewhere less: refutable only where the statement is
  stronger,    ///< somewhere says more, and is right there
  different,   ///< somewhere more, somewhere less, nowhere refuted
  untested,    ///< it drops a hypothesis, or a part of one, that no point explored violates alone
  undecided,   ///< not refuted, but at some case its truth is unknown
};
[[nodiscard]] std::string_view to_string(Fate fate);

struct MutantReport {
  Mutation mutation;
  Fate fate = Fate::undecided;
  std::string analysis;  ///< of a survivor, and of a mutant killed beyond the cases: one line
  std::optional<Counterexample> counterexample;
  /// Of a mutant that survives the cases explored and is killed by a search beyond them: what it is on the cases. The
  /// shape or the data of its counterexample are missing in the scope.
  std::optional<Fate> beyond;
};

struct MutationReport {
  std::uint64_t cases = 0;
  std::vector<MutantReport> mutants;
  /// Where the statement itself is refuted: then little can be said of its sharpness.
  std::optional<Counterexample> refuted;

  [[nodiscard]] std::size_t count(Fate fate) const;
};

/// Judges all mutants on the statement's scope, on the landscape's excursions off the usual hypotheses, and on points
/// at neighbouring shapes that violate just one hypothesis. The counterexample of a killed mutant is the smallest of
/// all. Deterministic in the seed, whatever the number of threads. Every case is examined once; cases with more
/// parameters than a mutant's counterexample are not judged for it.
/// \param tries_beyond  when positive, survivors that are not weaker are also searched for a counterexample near the
/// scope (explore_variations), with so many tries each; one that is found kills them
/// \throws InputError  as Landscape::cases
[[nodiscard]] MutationReport explore_mutants(const Statement& statement, const ExploreOptions& options,
                                             std::uint64_t tries_beyond = 0);

}  // namespace rankscape
