#pragma once
// Does a statement hold at all critical points of small instances, not only at those of the families that we know? The
// critical set at the data of a case is found as components, with a proof that they are all (docs/solve.md), and the
// statement is judged on each.

#include <rankscape/explore/mutants.hpp>

#include <rankscape/exact/real_roots.hpp>

#include <chrono>

namespace rankscape {

struct EverywhereOptions {
  std::size_t instances = 2;                     ///< for each shape: data of the cases, those of the smallest entries
  Index most_parameters = 12;                    ///< larger shapes are left out
  std::chrono::duration<double> time_limit{60};  ///< of each of the two questions to Singular, for an instance
};

/// The statement on one component of a critical set.
struct JudgedComponent {
  int dimension = 0;
  int degree = 0;                ///< over C; both are not proved
  Truth real = Truth::unknown;   ///< has it real points?
  std::vector<RealRoot> values;  ///< that the loss may have at its real points
  std::uint64_t points = 0;      ///< real points that were judged: samples of the component, and cases' points in it
  std::uint64_t cases = 0;       ///< of which points of the statement's cases
  std::uint64_t agree = 0;
  std::uint64_t refuted = 0;
  std::uint64_t silent = 0;      ///< outside the hypotheses, or in no case of the statement
  Truth holds = Truth::unknown;  ///< at *all* its real points
  std::string reason;            ///< of `holds`: one line
};

struct SolvedInstance {
  Shape shape;
  Index parameters = 0;
  std::string key;         ///< of the case with these data
  std::string unsolved;    ///< why no components were found; else empty
  std::string incomplete;  ///< why it is not proved that they are all; else empty
  std::vector<JudgedComponent> components;

  /// At all real critical points of the instance.
  [[nodiscard]] Truth holds() const;
};

struct EverywhereReport {
  std::vector<SolvedInstance> instances;
  std::vector<Shape> left_out;  ///< too many parameters or cases
  /// The smallest among rational points. (A statement may also be refuted at points that are not rational.)
  std::optional<Counterexample> counterexample;

  [[nodiscard]] Truth holds() const;  ///< at all real critical points of all instances; unknown where there are none
};

/// Solves the landscape at the data of the statement's cases and judges the statement on every component: at all its
/// points where these are finitely many, or where what is proved of the whole component suffices; else at samples, and
/// `holds` is unknown. Points that are not rational are judged by their value and inertia alone.
/// \throws InputError  no polynomial loss; as Landscape::cases
/// \throws std::runtime_error  Singular is not installed
/// \throws InternalDisagreement  a case's point lies in none of all components
[[nodiscard]] EverywhereReport explore_everywhere(const Statement& statement, const ExploreOptions& options,
                                                  const EverywhereOptions& everywhere);

}  // namespace rankscape
