#pragma once
// The strata of the critical set of a deep linear network, counted and listed: what `strata` answers on the command
// line and in Python.

#include <rankscape/exact_json.hpp>

#include <cstdint>
#include <functional>
#include <vector>

#include "native/deep_linear/strata.hpp"

namespace rankscape::answers {

using deep_linear::Widths;

struct StrataCount {
  Widths widths;
  std::uint64_t strata = 0;
  std::uint64_t cases = 0;  ///< pairs (S, stratum)
  std::vector<std::uint64_t> by_rank;

  [[nodiscard]] Json json() const;  ///< without a list
};

/// \throws InputError  no widths
[[nodiscard]] StrataCount count_strata(const Widths& widths);
/// \param visit  sees each stratum and its rank \throws InputError  too many to list
[[nodiscard]] Json list_strata(const StrataCount& count,
                               const std::function<void(long, const deep_linear::Stratum&)>& visit);

}  // namespace rankscape::answers
