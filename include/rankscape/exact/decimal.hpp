#pragma once
// Which numbers decimals are for.

#include <rankscape/exact/enclosure.hpp>

namespace rankscape {

/// Can both ends be spelled as a decimal that parse_rational reads: are they 0 or between 10^-80000 and 10^80000 in
/// absolute value? Others are printed as fractions or not at all; to_decimal throws std::range_error.
[[nodiscard]] bool has_decimal(const Enclosure& a);

}  // namespace rankscape
