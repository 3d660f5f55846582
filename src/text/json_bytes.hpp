#pragma once
// What nlohmann's parser passes over in silence: a byte order mark before JSON, and everything behind a NUL byte.

#include <rankscape/error.hpp>
#include <string>
#include <string_view>

namespace rankscape::text {

/// \param name  stands for the text in messages \throws InputError  a byte order mark, or a NUL byte anywhere
inline void check_json_bytes(std::string_view text, const std::string& name) {
  if (text.starts_with("\xEF\xBB\xBF")) throw InputError(name + ":1:1: found a byte order mark, expected JSON");
  if (const std::size_t at = text.find('\0'); at != std::string_view::npos)
    throw InputError(name + ": found a NUL byte at offset " + std::to_string(at) + ", expected JSON");
}

}  // namespace rankscape::text
