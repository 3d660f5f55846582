#pragma once
// A file line by line, of which no more than a piece is held.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rankscape::journal {

class Lines {
 public:
  /// Of the bytes from `begin` to `end` of an open file; leaves its position alone.
  /// \param path  for messages, outlives this \param at_once  bytes to read
  Lines(int file, const std::string& path, std::uint64_t begin, std::uint64_t end, std::size_t at_once);

  /// The next line without its line feed, valid until the next call; nothing where none is left, or one without an end.
  /// \throws InputError  unreadable; a line longer than any that a journal has
  [[nodiscard]] std::optional<std::string_view> next();
  /// Where in the file what `next` did not give yet begins.
  [[nodiscard]] std::uint64_t position() const { return position_; }

 private:
  bool fill();

  int file_;
  const std::string* path_;
  std::uint64_t position_;
  std::uint64_t read_;  // of the file, so far
  std::uint64_t end_;
  std::size_t at_once_;
  std::string buffer_;     // from before position_ to read_
  std::size_t given_ = 0;  // bytes of the buffer before position_
};

}  // namespace rankscape::journal
