#pragma once
// Words in messages: what was found, what it looks like, what was probably meant.

#include <string>
#include <string_view>
#include <vector>

namespace rankscape::text {

// Quoted for a one-line message: control characters and broken UTF-8 are escaped, long text is shortened.
[[nodiscard]] std::string quote(std::string_view text);

// The token at an offset, quoted: 'word', '<', or "the end".
[[nodiscard]] std::string found_at(std::string_view text, std::size_t offset);

// Where a reader of other languages slips: " (equality is '==')" for "=..", or nothing.
[[nodiscard]] std::string spelling_hint(std::string_view text);

// The candidate nearest to `word` in edit distance, as " (did you mean 'rmax'?)"; nothing when none is near.
[[nodiscard]] std::string suggestion(std::string_view word, const std::vector<std::string>& candidates);

// The same, where other languages have another word for a candidate: " (did you mean 'norm2'?)" for norm.
[[nodiscard]] std::string suggestion_for_word(std::string_view word, const std::vector<std::string>& candidates);

// "a, b or c".
[[nodiscard]] std::string listed(const std::vector<std::string>& words, std::string_view last = "or");

}  // namespace rankscape::text
