#pragma once
// Random exact values of the names of a family (landscape-format, section 4).

#include "landscapes/data.hpp"

#include "exact/random.hpp"

namespace rankscape {

/// Puts a value for every index of the draw. \param aligned  orthogonal matrices are permutations, invertible ones the
/// identity. \throws Undefined  an argument is, or nothing can be drawn (between(1, 0))
void draw_value(const Draw& draw, bool aligned, Environment& values, Random& random);

}  // namespace rankscape
