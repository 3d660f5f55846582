#pragma once
// What one statement's judgement of one examined point says in the report.

#include <rankscape/check/run.hpp>

#include <string>

namespace rankscape {

/// Everything but where the point comes from, its labels, validity and certificate.
[[nodiscard]] Row judged_row(const Statement& statement, const Judgement& judgement, const Evidence& evidence);
/// Of a case that was not examined to the end.
[[nodiscard]] Row undecided_row(const std::string& reason);

}  // namespace rankscape
