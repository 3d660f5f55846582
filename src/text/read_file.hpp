#pragma once
// Files read as a whole, by every reader. What has no end is refused when it is too long, not when memory is; what may
// never begin (a named pipe that nobody writes to) is not read at all.

#include <cstddef>
#include <string>

namespace rankscape::text {

/// All bytes, decompressed where they are gzip. "-" and /dev/stdin are the standard input, whatever it is; any other
/// path is a regular file, or a pipe without a name as the shell makes for `<(command)`. \param most  bytes, in
/// messages as MiB: a multiple of 2^20; also of what is decompressed \throws InputError  missing, a directory, a
/// device, a socket, a named pipe, unreadable, longer, or damaged gzip: names
///                     the path
[[nodiscard]] std::string read_file(const std::string& path, std::size_t most);

}  // namespace rankscape::text
