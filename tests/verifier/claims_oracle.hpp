#pragma once
// Is what a certificate claims true? Decided by the library's own derivatives and eliminations, never by the verifier
// and without looking at the evidence: the independent rule by which the hostile suite tells a wrong acceptance from
// the acceptance of another way to say something true. Extrema are tested at random exact points, which can only
// refute.

#include <optional>
#include <string>

#include "verifier/samples.hpp"

namespace samples {

/// \return nothing when no claim is found to be false, else the place of one that is (also one that makes no sense)
[[nodiscard]] std::optional<std::string> false_claim(const Json& certificate);

}  // namespace samples
