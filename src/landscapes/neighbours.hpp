#pragma once
// Shapes one step away from a shape: where a search goes next.

#include <rankscape/shape.hpp>

#include <vector>

namespace rankscape {

/// Shape::smaller(), those with one number larger by one, and those with one number of a list, or of a flat shape,
/// twice (a layer more). Without repetition, in a fixed order. Not all need be shapes of the landscape.
[[nodiscard]] std::vector<Shape> neighbours(const Shape& shape);

}  // namespace rankscape
