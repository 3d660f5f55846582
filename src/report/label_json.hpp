#pragma once
// Labels as JSON and back: the edge between rows and files.

#include <rankscape/exact_json.hpp>
#include <rankscape/label.hpp>

#include <string>

namespace rankscape::report {

[[nodiscard]] Json to_json(const Cell& cell);
/// \param place  JSON pointer, for messages \throws InputError  an object, or a number that is no 64-bit integer
[[nodiscard]] Cell cell_from_json(const Json& json, const std::string& place);

/// Adds the labels as fields of an object.
void add_labels(Json& object, const Labels& labels);

}  // namespace rankscape::report
