#pragma once
// Commands that reports print, to be typed again.

#include <string>

namespace rankscape::text {

/// One word for a shell, whatever stands in it.
inline std::string shell_word(const std::string& text) {
  std::string result = "'";
  for (const char c : text)
    result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

}  // namespace rankscape::text
