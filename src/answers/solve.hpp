#pragma once
// All critical points of a small polynomial landscape: what `solve` answers on the command line and in Python.

#include <rankscape/landscape.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "solve/complete.hpp"

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
};

struct Solved {
  std::shared_ptr<const Landscape> inline_landscape;
  std::unique_ptr<const Instance> instance;
  std::optional<critical_set::Solution> solution;
  std::string undecided;  ///< why there is no solution

  /// rankscape-solution/1
  [[nodiscard]] Json json() const { return critical_set::to_json(*instance, *solution); }
  /// \pre it is complete
  [[nodiscard]] std::string certificate() const {
    return critical_set::certificate_text(critical_set::certificate_json(*instance, *solution));
  }
};

/// The decomposition of larger systems seldom ends.
constexpr Index usual_unknowns = 12;

/// \param large  called before a system beyond usual_unknowns is tried without gauge, with its number of unknowns
/// \throws InputError
[[nodiscard]] Solved solve(const Library& library, const SolveQuestion& question,
                           const std::function<void(Index)>& large);

}  // namespace rankscape::answers
