#pragma once
// How large the numbers of the language may become, so that a short formula cannot ask for an endless computation.

namespace rankscape::language {

/// Of a power, in absolute value.
inline constexpr long max_exponent = 1000;
/// Elements of a range first..last.
inline constexpr long max_range = 1'000'000;

}  // namespace rankscape::language
