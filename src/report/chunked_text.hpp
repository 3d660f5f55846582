#pragma once
// Text that grows to the size of a report without being copied: a list of pieces of about a mebibyte.

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace rankscape::report {

class ChunkedText {
 public:
  void append(std::string_view text) {
    if (chunks_.empty() || chunks_.back().size() + text.size() > chunk_size) {
      chunks_.emplace_back();
      // Small texts stay small; a text that went beyond the first piece will need whole ones.
      if (chunks_.size() > 1) chunks_.back().reserve(std::max(chunk_size, text.size()));
    }
    chunks_.back() += text;
  }
  [[nodiscard]] bool empty() const { return chunks_.empty(); }
  friend std::ostream& operator<<(std::ostream& out, const ChunkedText& text) {
    for (const std::string& chunk : text.chunks_)
      out << chunk;
    return out;
  }

 private:
  static constexpr std::size_t chunk_size = std::size_t{1} << 20U;
  std::vector<std::string> chunks_;
};

}  // namespace rankscape::report
