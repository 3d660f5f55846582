#pragma once
// Where the characters of a TOML string stand in its file: toml++ tells where a value starts, and a fault lies
// somewhere inside it, behind escapes and line breaks.

#include <rankscape/place.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rankscape::text {

// A string of the file, with the place of each of its bytes and of its end.
struct PlacedText {
  std::string text;
  std::vector<Place> places;  // text.size() + 1
};

class TomlSource {
 public:
  // text must be valid UTF-8 and outlive this.
  explicit TomlSource(std::string_view text);

  // The string (basic, literal, of one or several lines) or bare key that starts at a place.
  // Throws std::logic_error when it is not spelled `value` there: our reading of TOML would differ from toml++'s.
  [[nodiscard]] PlacedText at(Place begin, std::string_view value) const;

 private:
  class Cursor;

  std::string_view text_;
  std::vector<std::uint32_t> characters_;  // offset of every character, and of the end
  std::vector<std::uint32_t> lines_;       // first character of every line
};

}  // namespace rankscape::text
