// The file is unlinked as soon as it is open.
#include "report/chunked_text.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <rankscape/error.hpp>
#include <system_error>

namespace rankscape::report {

namespace {

constexpr std::uint64_t read_at_once = std::uint64_t{1} << 18U;

}  // namespace

SpillFile::SpillFile(std::string report) {
  const std::filesystem::path path(std::move(report));
  std::error_code error;
  if (!path.empty() && path != "-") {
    folder_ = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    // A device, or a folder in which one may write this file alone.
    if (!std::filesystem::is_directory(folder_, error) || ::access(folder_.c_str(), W_OK) != 0 ||
        (std::filesystem::exists(path, error) && !std::filesystem::is_regular_file(path, error)))
      folder_.clear();
  }
  if (folder_.empty()) folder_ = std::filesystem::temp_directory_path(error);
}

SpillFile::~SpillFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void SpillFile::refuse() const {
  throw InputError(folder_.string() + ": no room to keep what a report is made of: " +
                   std::generic_category().message(errno != 0 ? errno : EIO));
}

void SpillFile::open() {
  std::string name = (folder_ / ".rankscape-XXXXXX").string();
  descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor_ < 0) refuse();
  ::unlink(name.c_str());
}

std::uint64_t SpillFile::put(std::string_view text) {
  errno = 0;
  if (descriptor_ < 0) open();
  const std::uint64_t begin = size_;
  while (!text.empty()) {
    const ssize_t count = ::pwrite(descriptor_, text.data(), text.size(), static_cast<off_t>(size_));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) refuse();
    text.remove_prefix(static_cast<std::size_t>(count));
    size_ += static_cast<std::uint64_t>(count);
  }
  return begin;
}

void SpillFile::write(std::ostream& out, std::uint64_t begin, std::uint64_t size) const {
  std::string buffer(static_cast<std::size_t>(std::min(size, read_at_once)), '\0');
  while (size > 0) {
    errno = 0;
    const ssize_t count =
        ::pread(descriptor_, buffer.data(), static_cast<std::size_t>(std::min<std::uint64_t>(size, buffer.size())),
                static_cast<off_t>(begin));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) refuse();
    out.write(buffer.data(), count);
    begin += static_cast<std::uint64_t>(count);
    size -= static_cast<std::uint64_t>(count);
  }
}

}  // namespace rankscape::report
