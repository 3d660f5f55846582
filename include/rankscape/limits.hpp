#pragma once
// Limits that several rooms share.

#include <cstdint>

namespace rankscape {

/// Beyond this, a list of cases would not fit the machine. Lists are refused above it, and counts of what would be
/// listed stop soon after it. What is taken one case after the other (`check`) has no such limit.
constexpr std::uint64_t most_cases = 4'000'000;

/// Nobody's run ends with more cases: shapes that have more are a slip.
constexpr std::uint64_t most_streamed_cases = 1'000'000'000'000;

}  // namespace rankscape
