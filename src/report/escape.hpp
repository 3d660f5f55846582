#pragma once
// User's text made safe for the languages that reports are written in. Input is UTF-8; what is not is replaced by
// U+FFFD.

#include "text/utf8.hpp"

#include <string>
#include <string_view>

namespace rankscape::report {

using text::append_utf8;
using text::code_points;
using text::next_code_point;
using text::printable;

/// For text and quoted attributes of XML 1.0 and HTML. Characters that XML cannot hold are replaced by U+FFFD; line
/// breaks and tabs become character references, so that attributes keep them.
[[nodiscard]] std::string xml(std::string_view text);

}  // namespace rankscape::report
