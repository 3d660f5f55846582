#pragma once
// Evidence for a critical point of Theorem 1 (nearby.hpp), checked by multiplying rational matrices and expanding the
// loss about the middle of a box (docs/certificates.md, rankscape-orbit/1).

#include <rankscape/exact_json.hpp>

#include "near/nearby.hpp"

namespace rankscape::near {

/// Nothing where no point was certified, or the loss is no polynomial. Cost: exact inverses and frames of B.
[[nodiscard]] std::optional<Json> orbit_certificate_of(const symmetry::Loss& loss, const RationalVector& x,
                                                       const NearbyAnswer& answer);

}  // namespace rankscape::near
