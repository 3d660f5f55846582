#pragma once
// User's text made safe for the languages that reports are written in. Input is UTF-8; what is not is replaced by
// U+FFFD.

#include <string>
#include <string_view>

namespace rankscape::report {

/// The next character of `text`, which must not be empty; removes it from the front. An invalid byte is U+FFFD.
[[nodiscard]] char32_t next_code_point(std::string_view& text);
/// Characters: what a fixed-width terminal takes as columns, near enough for names with accents.
[[nodiscard]] std::size_t code_points(std::string_view text);
void append_utf8(std::string& text, char32_t code_point);

/// For text and quoted attributes of XML 1.0 and HTML. Characters that XML cannot hold are replaced by U+FFFD; line
/// breaks and tabs become character references, so that attributes keep them.
[[nodiscard]] std::string xml(std::string_view text);

/// For a terminal: control characters (a title must not move the cursor) are replaced by U+FFFD, line breaks by spaces.
[[nodiscard]] std::string plain(std::string_view text);

}  // namespace rankscape::report
