#pragma once
// Zip archives (PKWARE's APPNOTE), as numpy.savez and savez_compressed write them: members that are stored or deflated,
// each held against its length and its CRC-32.

#include <string>
#include <string_view>
#include <vector>

namespace rankscape::text {

struct ZipMember {
  std::string name;
  std::string bytes;  ///< decompressed
};

/// In the order of the central directory. What a length claims is compared with the file before memory is taken for it:
/// a deflated member holds at most 1032 times its own length.
/// \param most  bytes of all members together, decompressed
/// \throws InputError  no zip archive, damaged, cut off, of several parts, encrypted, of another method, with a name
/// that stands twice, or longer than `most`
[[nodiscard]] std::vector<ZipMember> members_of_zip(std::string_view bytes, std::size_t most);

}  // namespace rankscape::text
