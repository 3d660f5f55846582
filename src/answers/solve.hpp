#pragma once
// All critical points of a small polynomial landscape: what `solve` answers on the command line and in Python.

#include <rankscape/landscape.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "solve/complete.hpp"
#include "solve/count.hpp"

namespace rankscape::answers {

struct SolveQuestion {
  std::string landscape;  ///< its id or file, with
  std::string size;       ///< its shape; or else
  std::string loss;       ///< a loss, with
  std::string at;         ///< shapes of its unknowns that are no numbers
  std::string data;       ///< constants; of a landscape also a kind of data
  bool gauge = false;     ///< modulo symmetries
  std::uint64_t seed = 1;
  std::chrono::duration<double> seconds{60};  ///< for each of the two questions to Singular
  bool real = false;                          ///< real points only
  /// By Bezout's bound alone, without Singular; else that is tried where Singular is missing or leaves something open.
  bool count = false;
};

struct Solved {
  std::shared_ptr<const Landscape> inline_landscape;
  std::unique_ptr<const Instance> instance;
  std::optional<critical_set::Solution> solution;
  std::optional<critical_set::Counted> counted;  ///< in place of it
  std::string undecided;                         ///< why there is neither

  [[nodiscard]] bool answered() const { return solution || counted; }
  [[nodiscard]] bool complete() const { return counted || (solution && solution->complete()); }
  [[nodiscard]] bool decided() const { return counted || (solution && solution->decided()); }
  /// rankscape-solution/1 \pre answered
  [[nodiscard]] Json json() const {
    return counted ? critical_set::to_json(*instance, *counted) : critical_set::to_json(*instance, *solution);
  }
  /// \pre complete
  [[nodiscard]] std::string certificate() const {
    return critical_set::certificate_text(counted ? critical_set::certificate_json(*instance, *counted)
                                                  : critical_set::certificate_json(*instance, *solution));
  }
};

/// The decomposition of larger systems seldom ends.
constexpr Index usual_unknowns = 12;

/// \param large  called before a system beyond usual_unknowns is tried without gauge, with its number of unknowns
/// \throws InputError
[[nodiscard]] Solved solve(const Library& library, const SolveQuestion& question,
                           const std::function<void(Index)>& large);

}  // namespace rankscape::answers
