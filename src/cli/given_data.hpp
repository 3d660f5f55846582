#pragma once
// Data of deep linear networks from a file.

#include <memory>
#include <string>

#include "native/deep_linear/given_data.hpp"

namespace rankscape::cli {

/// {"X": .., "Y": ..}, or anything with such a "data" (a POINT.json, a certificate). "-" is the standard input.
/// \throws InputError  unreadable, or why no critical points can be built on it
[[nodiscard]] std::shared_ptr<const deep_linear::GivenData> read_given_data(const std::string& path);

}  // namespace rankscape::cli
