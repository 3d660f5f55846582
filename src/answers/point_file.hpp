#pragma once
// A point from a file, wherever a command takes one: POINT.json, or the certificate of a point.

#include <rankscape/exact_json.hpp>

#include <string>

namespace rankscape {

/// A rankscape-point/1 as it stands in the file (unchecked), or made of a rankscape-certificate/2: its landscape, data
/// and weights. "-" is the standard input.
/// \throws InputError  unreadable; a certificate of a loss that was spelled out (it has no formula any more)
[[nodiscard]] Json read_point_file(const std::string& path);

}  // namespace rankscape
