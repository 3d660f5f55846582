// Reading by position, since the journal is appended to meanwhile.
#include "journal/lines.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <rankscape/error.hpp>
#include <system_error>

namespace rankscape::journal {

namespace {

constexpr std::size_t most_line = std::size_t{1} << 26U;

}  // namespace

Lines::Lines(int file, const std::string& path, std::uint64_t begin, std::uint64_t end, std::size_t at_once)
    : file_(file), path_(&path), position_(begin), read_(begin), end_(end), at_once_(at_once) {}

std::optional<std::string_view> Lines::next() {
  std::size_t searched = given_;
  for (;;) {
    const std::size_t feed = buffer_.find('\n', searched);
    if (feed != std::string::npos) {
      const std::string_view line = std::string_view(buffer_).substr(given_, feed - given_);
      given_ = feed + 1;
      position_ += line.size() + 1;
      return line;
    }
    searched = buffer_.size() - given_;  // fill drops what was given
    if (!fill()) return std::nullopt;
  }
}

bool Lines::fill() {
  buffer_.erase(0, given_);
  given_ = 0;
  if (read_ == end_) return false;
  if (buffer_.size() > most_line) throw InputError(*path_ + ": is not a journal of rankscape: a line without an end");
  const std::size_t held = buffer_.size();
  buffer_.resize(held + static_cast<std::size_t>(std::min<std::uint64_t>(at_once_, end_ - read_)));
  ssize_t count = 0;
  do {
    count = ::pread(file_, buffer_.data() + held, buffer_.size() - held, static_cast<off_t>(read_));
  } while (count < 0 && errno == EINTR);
  if (count < 0) throw InputError(*path_ + ": the journal cannot be read: " + std::generic_category().message(errno));
  if (count == 0) throw InputError(*path_ + ": the journal became shorter while it was read");
  buffer_.resize(held + static_cast<std::size_t>(count));
  read_ += static_cast<std::uint64_t>(count);
  return true;
}

}  // namespace rankscape::journal
