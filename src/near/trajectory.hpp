#pragma once
// A run of training as a walk past critical points: what is proved at each checkpoint, and the visits, stretches of
// checkpoints whose nearest certified critical point lies in the ball where every critical point has this S.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "near/report.hpp"

namespace rankscape::near {

struct Checkpoint {
  long step = 0;
  std::string name;  ///< the file, or ARCHIVE:STEP
  std::function<std::vector<NamedMatrix>()> read;
};

struct Run {
  std::vector<Checkpoint> checkpoints;  ///< by step
  std::vector<std::string> notes;       ///< what lies beside them
};

/// A folder with a file for each checkpoint, the last number in whose name is the step, or an .npz whose members are
/// called STEP/NAME. \param data  a file that is no checkpoint
/// \throws InputError  no checkpoints, of two runs, two of one step
[[nodiscard]] Run read_run(const std::string& path, const std::string& data);

/// sum_i w_i |network(x_i) - y_i|^2; nothing where only Sxx and Sxy are given.
[[nodiscard]] std::optional<Rational> loss_of(const Inputs& inputs);

struct Stop {
  long step = 0;
  std::string name;
  std::optional<Rational> loss;
  Problem problem;
  Answer answer;
  /// The S of the visit: proved of every critical point within a radius that holds the nearest certified one.
  [[nodiscard]] const Selection* sits() const;
};

struct Visit {
  std::size_t first = 0;  ///< of the stops
  std::size_t last = 0;
  Selection S;
  std::size_t closest = 0;  ///< the stop whose nearest certified point is nearest
  /// The nearest certified points of each verdict on the visit: (stop, index in its answer).
  std::optional<std::pair<std::size_t, std::size_t>> strict;
  std::optional<std::pair<std::size_t, std::size_t>> non_strict;
};
[[nodiscard]] std::vector<Visit> visits(const std::vector<Stop>& stops);

/// From the weights to the collapsed stratum of S, the most degenerate one: an upper bound, where one is certified.
[[nodiscard]] std::optional<Rational> to_collapsed(const Problem& problem, const Selection& S);

}  // namespace rankscape::near
