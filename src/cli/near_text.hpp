#pragma once
// What `near` prints, for a point and for a run.

#include "answers/near_text.hpp"

#include <string>

#include "near/inputs.hpp"
#include "near/report.hpp"

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
/// --strata. \throws InputError  not one number
[[nodiscard]] int strata_asked(const std::string& option);

}  // namespace rankscape::cli
