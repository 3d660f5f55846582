#pragma once
// Files read as a whole, by every reader: what has no end is refused when it is too long, not when memory is.

#include <cstddef>
#include <string>

namespace rankscape::text {

/// All bytes; "-" is the standard input.
/// \param most  bytes, in messages as MiB: a multiple of 2^20
/// \throws InputError  missing, a directory, unreadable, or longer: names the path
[[nodiscard]] std::string read_file(const std::string& path, std::size_t most);

}  // namespace rankscape::text
