// A merge of ascending pieces by a heap.
#include "journal/reading.hpp"

#include <algorithm>
#include <charconv>
#include <rankscape/error.hpp>

namespace rankscape::journal {

namespace {

constexpr std::string_view before_number = "{\"case\":";
constexpr std::size_t all_buffers = std::size_t{1} << 22U;
constexpr std::size_t least_buffer = std::size_t{1} << 12U;
constexpr std::size_t most_buffer = std::size_t{1} << 17U;

}  // namespace

std::optional<std::uint64_t> case_of(std::string_view line) {
  if (!line.starts_with(before_number)) return std::nullopt;
  const char* const begin = line.data() + before_number.size();
  const char* const end = line.data() + line.size();
  std::uint64_t number = 0;
  const auto [after, error] = std::from_chars(begin, end, number);
  if (error != std::errc() || after == end || *after != ',') return std::nullopt;
  return number;
}

bool Reading::Cursor::advance() {
  const auto next = lines.next();
  if (!next) return false;
  const auto given = case_of(*next);
  if (!given) throw InputError(path + ": the journal changed while it was read");
  line = *next;
  number = *given;
  return true;
}

std::string Reading::Cursor::place() const {
  return path + ": case " + std::to_string(number);
}

Reading::Reading(const std::vector<Piece>& pieces) {
  cursors_.reserve(pieces.size());
  for (const Piece& piece : pieces) {
    const std::size_t buffer = std::clamp(all_buffers / pieces.size(), least_buffer, most_buffer);
    push(std::make_unique<Cursor>(
        Cursor{Lines(piece.file, *piece.path, piece.begin, piece.end, buffer), *piece.path, piece.source, 0, {}}));
  }
}

void Reading::push(std::unique_ptr<Cursor> cursor) {
  if (!cursor->advance()) return;
  cursors_.push_back(std::move(cursor));
  std::push_heap(cursors_.begin(), cursors_.end(), [](const auto& a, const auto& b) { return a->number > b->number; });
}

void Reading::refuse(const Cursor& cursor) const {
  throw InputError(cursor.place() + (taken_ == cursor.number ? ": stands there twice" : ": the run has no such case"));
}

std::optional<KeptCase> Reading::take(std::uint64_t number) {
  if (cursors_.empty() || cursors_.front()->number > number) return std::nullopt;
  if (cursors_.front()->number < number) refuse(*cursors_.front());
  std::pop_heap(cursors_.begin(), cursors_.end(), [](const auto& a, const auto& b) { return a->number > b->number; });
  std::unique_ptr<Cursor> cursor = std::move(cursors_.back());
  cursors_.pop_back();
  taken_ = number;
  KeptCase kept{std::string(cursor->line), cursor->place(), cursor->source};
  push(std::move(cursor));
  return kept;
}

void Reading::finish() {
  if (!cursors_.empty()) refuse(*cursors_.front());
}

}  // namespace rankscape::journal
