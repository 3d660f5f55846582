#pragma once
// Files that are there as a whole or not at all.

#include <functional>
#include <iosfwd>
#include <string>

namespace rankscape {

/// Could write_file write there now? Finds out by creating (and removing) a file next to the target, so that a long run
/// does not end in an error that was visible at its start. "-" is always writable. Folders on the way are made, as
/// write_file makes them.
/// \throws InputError  naming the path and the reason
void check_writable(const std::string& path);

/// Lets `write` fill a temporary file in the target's directory, syncs it to the disk and renames it to `path`. When
/// anything fails, also inside `write`, the target is what it was before and nothing is left behind. "-" is the
/// standard output; a device or a pipe is written directly, and a symbolic link is followed, not replaced. Where `path`
/// ends in .gz, the file is gzip; the same text gives the same bytes.
/// \throws InputError  the target cannot be written, or the disk is full; names the path
void write_file(const std::string& path, const std::function<void(std::ostream&)>& write);

}  // namespace rankscape
