#pragma once
// Data of deep linear networks from a file.

#include <rankscape/exact_json.hpp>

#include <memory>
#include <string>

#include "native/deep_linear/given_data.hpp"

namespace rankscape {

/// {"X": .., "Y": ..}, or anything with such a "data" (a POINT.json, a certificate). "-" is the standard input.
/// \throws InputError  unreadable, or why no critical points can be built on it
[[nodiscard]] std::shared_ptr<const deep_linear::GivenData> read_given_data(const std::string& path);

/// The same, of what a file would hold. \param file  for messages; empty where there is none \throws InputError
[[nodiscard]] std::shared_ptr<const deep_linear::GivenData> given_data_of(const Json& json, const std::string& file);

}  // namespace rankscape
