#pragma once
// One exact critical point of a deep linear network: what `point` answers on the command line and in Python.

#include <rankscape/landscape.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "native/deep_linear/given_data.hpp"
#include "native/deep_linear/strata.hpp"

namespace rankscape::answers {

struct DeepLinearPoint {
  deep_linear::Widths widths;
  std::vector<long> S;                                  ///< 1-based
  std::string stratum;                                  ///< as `--stratum` spells it
  std::string position = "generic";                     ///< or aligned
  std::string data = "general";                         ///< what kind of data, or what the given ones are called
  std::shared_ptr<const deep_linear::GivenData> given;  ///< data of one's own
  std::uint64_t seed = 1;
};

/// A rankscape-point/1. \throws InputError
[[nodiscard]] Json point(const Library& library, const DeepLinearPoint& asked);

}  // namespace rankscape::answers
