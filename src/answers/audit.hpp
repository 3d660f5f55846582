#pragma once
// What an audit of a landscape file found: what `landscape` answers on the command line and in Python.

#include <rankscape/audit.hpp>
#include <rankscape/exact_json.hpp>

namespace rankscape::answers {

[[nodiscard]] Json finding_json(const Landscape& landscape, const Finding& finding);
/// rankscape-landscape-audit/1
/// \param good  null where the time ended and nothing was wrong up to there
[[nodiscard]] Json audit_json(const Landscape& landscape, Json good, Json findings);

}  // namespace rankscape::answers
