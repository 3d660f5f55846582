#pragma once
// Limits that several rooms share.

#include <cstdint>

namespace rankscape {

/// Beyond this, the list of cases itself would not fit the machine. Lists are refused above it, and counts stop soon
/// after it.
constexpr std::uint64_t most_cases = 4'000'000;

}  // namespace rankscape
