// UTF-8.
#include "text/utf8.hpp"

#include <array>

namespace rankscape::text {

namespace {

constexpr char32_t replacement = 0xFFFD;

// C0, DEL, C1; line and paragraph separators; marks, embeddings, overrides and isolates of direction; the byte order
// mark
bool steers(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0x200E || c == 0x200F ||
         c == 0x61C || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

std::string hexadecimal(char32_t value) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (; value != 0 || text.size() < 2; value >>= 4U)
    text.insert(text.begin(), digits[value & 15U]);
  return text;
}

}  // namespace

char32_t next_code_point(std::string_view& text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(0);
  std::size_t length = 1;
  char32_t value = first;
  if (first >= 0x80) {
    length = first >= 0xF0 && first <= 0xF4 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1;
    if (length == 1 || first > 0xF4 || text.size() < length) {
      text.remove_prefix(1);
      return replacement;
    }
    value = first & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
      if ((byte(i) & 0xC0U) != 0x80U) {
        text.remove_prefix(1);
        return replacement;
      }
      value = (value << 6U) | (byte(i) & 0x3FU);
    }
    constexpr std::array<char32_t, 5> least = {0, 0, 0x80, 0x800, 0x10000};  // longer forms are not UTF-8
    if (value < least[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
      text.remove_prefix(1);
      return replacement;
    }
  }
  text.remove_prefix(length);
  return value;
}

std::size_t code_points(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count)
    static_cast<void>(next_code_point(text));
  return count;
}

void append_utf8(std::string& text, char32_t code_point) {
  const auto put = [&](char32_t bits) { text += static_cast<char>(static_cast<unsigned char>(bits)); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0U | (code_point >> 6U));
    put(0x80U | (code_point & 0x3FU));
  } else if (code_point < 0x10000) {
    put(0xE0U | (code_point >> 12U));
    put(0x80U | ((code_point >> 6U) & 0x3FU));
    put(0x80U | (code_point & 0x3FU));
  } else {
    put(0xF0U | (code_point >> 18U));
    put(0x80U | ((code_point >> 12U) & 0x3FU));
    put(0x80U | ((code_point >> 6U) & 0x3FU));
    put(0x80U | (code_point & 0x3FU));
  }
}

std::string printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::string_view before = text;
    const char32_t c = next_code_point(text);
    const std::string_view bytes = before.substr(0, before.size() - text.size());
    if (c == replacement && bytes.size() == 1) {
      out += "\\x" + hexadecimal(static_cast<unsigned char>(bytes.front()));
    } else if (!steers(c)) {
      out += bytes;
    } else if (c == U'\n' || c == U'\r' || c == U'\t') {
      out += c == U'\n' ? "\\n" : c == U'\r' ? "\\r" : "\\t";
    } else {
      out += c < 0x80 ? "\\x" + hexadecimal(c) : "\\u{" + hexadecimal(c) + "}";
    }
  }
  return out;
}

std::size_t character_length(std::string_view text) {
  const std::size_t before = text.size();
  static_cast<void>(next_code_point(text));
  return before - text.size();
}

}  // namespace rankscape::text
