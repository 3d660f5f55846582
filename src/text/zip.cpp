// The central directory says where members lie; it is found by its end record, which must close the file with its
// comment. What the local headers say again is compared: two readers must not see two archives.
#include "text/zip.hpp"

#include <zlib.h>

#include <rankscape/error.hpp>
#include <set>

#include "text/binary_number.hpp"

namespace rankscape::text {

namespace {

constexpr std::uint64_t end_signature = 0x06054b50;
constexpr std::uint64_t directory_signature = 0x02014b50;
constexpr std::uint64_t local_signature = 0x04034b50;
constexpr std::size_t end_length = 22;
constexpr std::size_t directory_length = 46;
constexpr std::size_t local_length = 30;
constexpr std::uint64_t stored = 0;
constexpr std::uint64_t deflated = 8;
constexpr std::size_t most_ratio = 1032;  // of deflate: 258 bytes from two bits

struct Directory {
  std::uint64_t count;
  std::size_t begin;
  std::size_t end;
};

// The bytes PK\5\6 may also stand in a member or in the comment: the record that counts is the one whose comment ends
// with the file and whose directory ends where it begins.
Directory find_directory(std::string_view bytes) {
  constexpr std::size_t longest_comment = 0xffff;
  bool seen = false;
  for (std::size_t at = bytes.size() < end_length ? std::string_view::npos : bytes.size() - end_length;
       at != std::string_view::npos && at + end_length + longest_comment >= bytes.size();
       at = at == 0 ? std::string_view::npos : at - 1) {
    if (unsigned_at(bytes, at, 4) != end_signature) continue;
    seen = true;
    if (at + end_length + unsigned_at(bytes, at + 20, 2) != bytes.size()) continue;
    const std::uint64_t count = unsigned_at(bytes, at + 10, 2);
    const std::size_t length = unsigned_at(bytes, at + 12, 4);
    const std::size_t begin = unsigned_at(bytes, at + 16, 4);
    if (unsigned_at(bytes, at + 4, 4) != 0 || unsigned_at(bytes, at + 8, 2) != count)
      throw InputError("an archive of several parts, which are not read");
    if (begin > at || at - begin != length) continue;
    return {count, begin, at};
  }
  throw InputError(seen ? "the end of the archive is damaged" : "not a zip archive, as .npz files are, or cut off");
}

std::string inflated(std::string_view packed, std::size_t size) {
  if (size / most_ratio > packed.size()) throw InputError("it claims more bytes than it can hold");
  std::string out(size, '\0');
  z_stream stream{};
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): zlib reads only, but was written before const was
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  unsigned char none = 0;  // where nothing is expected
  stream.next_out = size == 0 ? &none : reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(size);
  constexpr int raw = -15;  // windowBits: no header, no checksum of its own
  if (::inflateInit2(&stream, raw) != Z_OK) throw std::bad_alloc();
  const int state = ::inflate(&stream, Z_FINISH);
  ::inflateEnd(&stream);
  if (state == Z_MEM_ERROR) throw std::bad_alloc();
  if (state != Z_STREAM_END || stream.avail_out != 0 || stream.avail_in != 0)
    throw InputError("its compressed bytes are damaged");
  return out;
}

// The member whose entry of the directory begins at `at`.
std::string contents(std::string_view bytes, std::size_t at, std::string_view name, std::size_t directory) {
  const std::uint64_t flags = unsigned_at(bytes, at + 8, 2);
  const std::uint64_t method = unsigned_at(bytes, at + 10, 2);
  const std::uint64_t crc = unsigned_at(bytes, at + 16, 4);
  const std::size_t packed = unsigned_at(bytes, at + 20, 4);
  const std::size_t size = unsigned_at(bytes, at + 24, 4);
  const std::size_t local = unsigned_at(bytes, at + 42, 4);
  if ((flags & 1U) != 0) throw InputError("it is encrypted");
  if (method != stored && method != deflated)
    throw InputError("it is compressed by method " + std::to_string(method) + ", expected stored or deflated");
  if (unsigned_at(bytes, local, 4) != local_signature || unsigned_at(bytes, local + 8, 2) != method)
    throw InputError("its own header is damaged");
  const std::size_t name_length = unsigned_at(bytes, local + 26, 2);
  const std::size_t body = local + local_length + name_length + unsigned_at(bytes, local + 28, 2);
  if (body > directory || packed > directory - body) throw InputError("it ends too early");
  if (bytes.substr(local + local_length, name_length) != name) throw InputError("its own header has another name");
  if (method == stored && packed != size) throw InputError("its lengths disagree");
  const std::string_view raw = bytes.substr(body, packed);
  std::string out = method == stored ? std::string(raw) : inflated(raw, size);
  if (::crc32_z(0, reinterpret_cast<const Bytef*>(out.data()), out.size()) != crc)
    throw InputError("its checksum (CRC-32) is wrong: damaged");
  return out;
}

}  // namespace

std::vector<ZipMember> members_of_zip(std::string_view bytes, std::size_t most) {
  const Directory directory = find_directory(bytes);
  if (directory.count > (directory.end - directory.begin) / directory_length)
    throw InputError("the directory of the archive is damaged");
  std::vector<ZipMember> members;
  members.reserve(directory.count);
  std::set<std::string> names;
  std::size_t total = 0;
  std::size_t at = directory.begin;
  for (std::uint64_t k = 0; k < directory.count; ++k) {
    if (directory.end - at < directory_length || unsigned_at(bytes, at, 4) != directory_signature)
      throw InputError("the directory of the archive is damaged");
    const std::size_t name_length = unsigned_at(bytes, at + 28, 2);
    const std::size_t length =
        directory_length + name_length + unsigned_at(bytes, at + 30, 2) + unsigned_at(bytes, at + 32, 2);
    if (length > directory.end - at) throw InputError("the directory of the archive is damaged");
    std::string name(bytes.substr(at + directory_length, name_length));
    if (!names.insert(name).second) throw InputError("the name " + name + " stands twice");
    total += unsigned_at(bytes, at + 24, 4);
    if (total > most) throw InputError("larger than " + std::to_string(most >> 20U) + " MiB when it is decompressed");
    try {
      std::string inside = contents(bytes, at, name, directory.begin);
      members.push_back({std::move(name), std::move(inside)});
    } catch (const InputError& error) {
      throw InputError(name + ": " + error.what());
    }
    at += length;
  }
  if (at != directory.end) throw InputError("the directory of the archive is damaged");
  return members;
}

}  // namespace rankscape::text
