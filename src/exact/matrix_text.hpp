#pragma once
// An exact matrix on one line.

#include <rankscape/exact/matrix.hpp>

#include <string>

namespace rankscape {

/// `[[1, 1/2], [0, -3]]`
[[nodiscard]] std::string to_text(const RationalMatrix& a);

}  // namespace rankscape
