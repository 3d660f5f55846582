#pragma once
// Point files, as JSON.

#include "landscapes/locate.hpp"

#include <rankscape/exact_json.hpp>

namespace rankscape {

/// The fields that a point file has, and nothing else. \throws InputError  with a JSON pointer, as the following
void check_point_fields(const Json& json);
[[nodiscard]] Point read_point(const Landscape::Data& data, const Json& json);
[[nodiscard]] Json write_point(const Landscape::Data& data, const Point& point);
/// A number, a list of numbers (a column), or an array of rows.
[[nodiscard]] GivenArray array_from_json(const Json& json, const std::string& place);
[[nodiscard]] std::map<std::string, Shape::Item> sizes_from_json(const Json& json);

}  // namespace rankscape
