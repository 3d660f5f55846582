#pragma once
// What `near` prints, for a point and for a run.

#include "answers/near_text.hpp"

#include <optional>
#include <string>
#include <vector>

#include "near/inputs.hpp"
#include "near/report.hpp"
#include "near/trajectory.hpp"

namespace rankscape::cli {

using answers::braces;
using answers::described;
using answers::one_based;
using answers::rounded_above;
using answers::rounded_below;

/// near --trajectory
struct TrajectoryOptions {
  std::string run;
  std::string data;
  near::Naming naming;
  std::string strata;
  std::string json;
  std::string figure;
};
[[nodiscard]] int run_trajectory(const TrajectoryOptions& options);
[[nodiscard]] int strata_to_try(const std::string& option, const near::Network& network);

/// The loss over the steps, visits labelled, and below the distances to the collapsed strata: SVG.
struct Curve {
  std::string label;
  std::vector<std::optional<Rational>> distance;  ///< by stop
};
[[nodiscard]] std::string itinerary_svg(const std::string& title, const std::vector<near::Stop>& stops,
                                        const std::vector<near::Visit>& visits, const std::vector<Curve>& curves);

}  // namespace rankscape::cli
