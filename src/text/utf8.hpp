#pragma once
// UTF-8, read and written in one place for the whole project.

#include <cstddef>
#include <string>
#include <string_view>

namespace rankscape::text {

// The next character of `text`, which must not be empty; removes it from the front. An invalid byte is U+FFFD.
[[nodiscard]] char32_t next_code_point(std::string_view& text);
// Characters: what a fixed-width terminal takes as columns, near enough for names with accents.
[[nodiscard]] std::size_t code_points(std::string_view text);
void append_utf8(std::string& text, char32_t code_point);

// Length in bytes of the character that text starts with; 1 for a byte that starts none.
[[nodiscard]] std::size_t character_length(std::string_view text);

// For a terminal or a log, where a file that somebody else wrote must not forge a line, move the cursor or turn the
// writing direction: control characters, line breaks too, and what steers the layout are escaped as \n, \x1b, \u{202e},
// ill-formed UTF-8 byte by byte; everything else stays as it is.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace rankscape::text
