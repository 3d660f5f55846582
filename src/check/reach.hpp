#pragma once
// Where a statement that judged nothing would judge something.

#include <rankscape/statements/statement.hpp>

#include <cstdint>
#include <string>

namespace rankscape {

/// Looks at other data, other positions and neighbouring shapes for a point of which the statement says something, and
/// says what to ask for; or that there was none. Only hypotheses and conditions are evaluated, at `most_tried` points
/// at most. Deterministic; quiet about what the landscape refuses. \param scope  as it was checked, shapes filled in
/// \throws DeadlineExceeded
[[nodiscard]] std::string what_reaches(const Statement& statement, const Landscape& landscape, const Scope& scope,
                                       std::uint64_t seed);

inline constexpr std::size_t most_tried = 2000;

}  // namespace rankscape
