#pragma once
// Rows that a run takes from an earlier one instead of examining their point again.

#include <rankscape/check/run.hpp>

namespace rankscape {

/// Computes once more what follows from other fields of the row, the statement and the number of parameters: names and
/// predictions of the matched cases, whether the verdict agrees with them, that the inertia counts every parameter
/// (under constraints the dimensions of a tangent space, of which there are not more).
/// What it cannot know without the point (verdict, value, claims) it believes. \throws InputError  names the key and
/// what contradicts what
void check_taken(const Row& row, const Statement& statement, Index parameters, bool constrained);

}  // namespace rankscape
