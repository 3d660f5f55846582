#pragma once
// The finished cases of journals, merged into the order of the run. A run appends its cases in order, so that a journal
// consists of few ascending pieces: one for each time that it was gone on with, at most. Of each piece a buffer is
// held.

#include <rankscape/journal.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/lines.hpp"

namespace rankscape::journal {

/// The number of the case of a line, by which it begins.
[[nodiscard]] std::optional<std::uint64_t> case_of(std::string_view line);

class Reading final : public FinishedCases::Reading {
 public:
  explicit Reading(const std::vector<Piece>& pieces);

  [[nodiscard]] std::optional<KeptCase> take(std::uint64_t number) override;
  void finish() override;

 private:
  // A piece, and the line of it that comes next.
  struct Cursor {
    Lines lines;
    std::string path;
    std::size_t source;
    std::uint64_t number = 0;
    std::string_view line;

    [[nodiscard]] bool advance();
    [[nodiscard]] std::string place() const;
  };
  void push(std::unique_ptr<Cursor> cursor);
  [[noreturn]] void refuse(const Cursor& cursor) const;

  std::vector<std::unique_ptr<Cursor>> cursors_;  // a heap: the least number first
  std::optional<std::uint64_t> taken_;            // last
};

}  // namespace rankscape::journal
