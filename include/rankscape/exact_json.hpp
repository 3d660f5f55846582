#pragma once
// JSON whose numbers are exact: `0.1` is one tenth, not the nearest double.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace rankscape {

using Json = nlohmann::ordered_json;

/// Numbers that are not 64-bit integers come back as strings with their spelling (what parse_rational reads).
/// \param name  stands for the text in messages
/// \throws InputError  not JSON (with line and column), a key twice in one object, more than 64 levels
[[nodiscard]] Json parse_exact_json(std::string_view text, const std::string& name);

/// \throws InputError  as parse_exact_json; a file that cannot be read, is a directory, or has more than 256 MiB
[[nodiscard]] Json read_exact_json(const std::string& path);

}  // namespace rankscape
