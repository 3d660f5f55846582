#pragma once
// Text that grows to the size of a report without filling the memory: what is more than a piece goes to an unnamed file
// until it is written out. Texts of one report, which grow in turns, share the file.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rankscape::report {

/// Vanishes with the object, and with the process however that ends. Made when something is put there.
class SpillFile {
 public:
  /// \param report  path of the report to come, beside which there is room for it; "-" or empty: the usual folder for
  ///                temporary files
  explicit SpillFile(std::string report);
  SpillFile(const SpillFile&) = delete;
  SpillFile& operator=(const SpillFile&) = delete;
  SpillFile(SpillFile&&) = delete;
  SpillFile& operator=(SpillFile&&) = delete;
  ~SpillFile();

  /// \return where it begins. \throws InputError  the disk is full
  std::uint64_t put(std::string_view text);
  void write(std::ostream& out, std::uint64_t begin, std::uint64_t size) const;

 private:
  void open();
  [[noreturn]] void refuse() const;

  std::filesystem::path folder_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

class ChunkedText {
 public:
  /// Of a size that is bounded otherwise.
  ChunkedText() = default;
  explicit ChunkedText(std::shared_ptr<SpillFile> file) : file_(std::move(file)) {}

  void append(std::string_view text) {
    if (file_ && tail_.size() + text.size() > chunk_size && !tail_.empty()) {
      chunks_.emplace_back(file_->put(tail_), tail_.size());
      tail_.clear();
    }
    tail_ += text;
  }
  [[nodiscard]] bool empty() const { return chunks_.empty() && tail_.empty(); }
  friend std::ostream& operator<<(std::ostream& out, const ChunkedText& text) {
    for (const auto& [begin, size] : text.chunks_)
      text.file_->write(out, begin, size);
    return out << text.tail_;
  }

 private:
  static constexpr std::size_t chunk_size = std::size_t{1} << 18U;
  std::shared_ptr<SpillFile> file_;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> chunks_;  // where they begin in the file, and their sizes
  std::string tail_;
};

}  // namespace rankscape::report
