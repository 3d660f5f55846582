#pragma once
// Evidence for a critical point of Theorem 1 (nearby.hpp), checked by multiplying rational matrices and expanding the
// loss about the middle of a box (docs/certificates.md, rankscape-orbit/1).

#include <rankscape/exact_json.hpp>

#include "certificate/write.hpp"
#include "near/nearby.hpp"

namespace rankscape::near {

/// Nothing where the loss is no polynomial. \param statements  what they say of the point, if anything. Cost: exact
/// inverses and frames of B.
[[nodiscard]] std::optional<Json> orbit_certificate_of(
    const symmetry::Loss& loss, const RationalVector& x, const NearbyPoint& point,
    const certificate::Labels& labels = {}, const std::vector<certificate::CertifiedStatement>& statements = {});

}  // namespace rankscape::near
