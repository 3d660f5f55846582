#pragma once
// gzip (RFC 1952): what is read may be compressed, what is written is where the name ends in .gz. Reports of many
// thousand cases shrink to a thirtieth.

#include <cstddef>
#include <memory>
#include <streambuf>
#include <string>
#include <string_view>

namespace rankscape::text {

/// Does `name` end in .gz?
[[nodiscard]] bool named_gzip(std::string_view name);

/// Does `bytes` begin as gzip does?
[[nodiscard]] bool is_gzip(std::string_view bytes);

/// What was compressed, all members of it. Stops as soon as there is more than `most`, so that a small file cannot fill
/// the memory.
/// \param name  stands for the bytes in messages
/// \throws InputError  cut off, damaged, followed by something else, or longer than `most` bytes
[[nodiscard]] std::string gunzip(std::string_view bytes, const std::string& name, std::size_t most);

/// Compresses what is written into it and passes it to `out`. The same text gives the same bytes: there is no time and
/// no name in the header.
class GzipBuffer : public std::streambuf {
 public:
  explicit GzipBuffer(std::streambuf& out);
  ~GzipBuffer() override;
  GzipBuffer(const GzipBuffer&) = delete;
  GzipBuffer& operator=(const GzipBuffer&) = delete;
  GzipBuffer(GzipBuffer&&) = delete;
  GzipBuffer& operator=(GzipBuffer&&) = delete;
  /// Ends the stream; nothing may be written afterwards. Returns whether `out` took all of it.
  [[nodiscard]] bool finish();

 protected:
  int_type overflow(int_type c) override;

 private:
  struct State;
  bool compress(bool last);
  std::unique_ptr<State> state_;
};

}  // namespace rankscape::text
