// Pipes do not know their length, so bytes are counted while they come. What a path leads to is asked of the opened
// file, so that it cannot change in between; and opening must not wait: that of a named pipe does until somebody
// writes.
#include "text/read_file.hpp"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <rankscape/error.hpp>
#include <system_error>
#include <vector>

#include "text/gzip.hpp"

namespace rankscape::text {

namespace {

class OpenFile {
 public:
  explicit OpenFile(const std::string& path)
      : path_(path),
        own_(path != "-" && path != "/dev/stdin"),
        number_(own_ ? ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY) : STDIN_FILENO) {
    if (number_ < 0 && errno == ENOENT) throw InputError(path_ + ": no such file");
    if (number_ < 0 && errno == ENXIO) throw InputError(path_ + ": is no regular file");  // a socket
    if (number_ < 0) unreadable();
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  OpenFile(OpenFile&&) = delete;
  OpenFile& operator=(OpenFile&&) = delete;
  ~OpenFile() {
    if (own_) ::close(number_);
  }

  // Returns the length, where it is known. \throws InputError  nothing that can be read to its end
  [[nodiscard]] std::size_t check_kind() const {
    struct stat status {};
    if (::fstat(number_, &status) != 0) unreadable();
    if (S_ISDIR(status.st_mode)) throw InputError(path_ + ": is a directory");
    if (S_ISREG(status.st_mode)) return static_cast<std::size_t>(status.st_size);
    if (!own_) return 0;
    if (!S_ISFIFO(status.st_mode)) throw InputError(path_ + ": is a device, expected a file");
    // a pipe without a name lives in a file system of its own
    struct statfs system {};
    if (::fstatfs(number_, &system) != 0) unreadable();
    if (system.f_type != PIPEFS_MAGIC) {
      throw InputError(path_ + ": is a named pipe, which may never be written to; pipes are read as - or <(command)");
    }
    // reading may wait: whoever writes has opened it
    if (::fcntl(number_, F_SETFL, ::fcntl(number_, F_GETFL) & ~O_NONBLOCK) != 0) unreadable();
    return 0;
  }

  // Returns 0 at the end.
  [[nodiscard]] std::size_t read(std::vector<char>& into) const {
    ssize_t count = 0;
    do
      count = ::read(number_, into.data(), into.size());
    while (count < 0 && errno == EINTR);
    if (count < 0) unreadable();
    return static_cast<std::size_t>(count);
  }

 private:
  [[noreturn]] void unreadable() const {
    throw InputError(path_ + ": cannot be read: " + std::generic_category().message(errno));
  }

  const std::string& path_;
  bool own_;
  int number_;
};

}  // namespace

std::string read_file(const std::string& path, std::size_t most) {
  const auto check_length = [&](std::size_t length) {
    if (length > most)
      throw InputError(path + ": larger than " + std::to_string(most >> 20U) + " MiB, which no such file is");
  };
  const OpenFile file(path);
  check_length(file.check_kind());
  std::string text;
  std::vector<char> part(std::size_t{1} << 16U);
  for (std::size_t count = file.read(part); count > 0; count = file.read(part)) {
    text.append(part.data(), count);
    check_length(text.size());
  }
  return is_gzip(text) ? gunzip(text, path, most) : text;
}

}  // namespace rankscape::text
