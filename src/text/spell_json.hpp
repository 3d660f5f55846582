#pragma once
// How the program writes JSON for people.

#include <rankscape/exact_json.hpp>

#include <cstddef>
#include <string>

namespace rankscape::text {

/// Lists of scalars stand on one line, so a matrix is a line a row; everything else is indented by `step` more. What is
/// no UTF-8 (names of files need not be) becomes U+FFFD.
[[nodiscard]] std::string spelled(const Json& json, std::size_t step);

}  // namespace rankscape::text
