#pragma once
// Evidence for the answer of `rankscape near` that is checked by multiplying rational matrices: approximate inverses
// and eigenbases, short, whose errors their residuals bound (docs/certificates.md).

#include <rankscape/exact_json.hpp>

#include "near/report.hpp"

namespace rankscape::near {

/// A rankscape-near/1, or where no critical point was certified a rankscape-free/1; nothing where there is nothing to
/// claim. It is about the user's weights, biases and data. Cost: the singular bases of
/// all partial products once more.
[[nodiscard]] std::optional<Json> certificate_of(const Problem& problem, const Answer& answer);

}  // namespace rankscape::near
