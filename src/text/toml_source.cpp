// TOML strings, read once more for the places of their characters.
#include "text/toml_source.hpp"

#include "text/utf8.hpp"

#include <algorithm>
#include <stdexcept>

namespace rankscape::text {

class TomlSource::Cursor {
 public:
  Cursor(const TomlSource& source, Place begin)
      : source_(source),
        index_(source.lines_.at(static_cast<std::size_t>(begin.line - 1)) + static_cast<std::size_t>(begin.column - 1)),
        place_(begin) {}

  [[nodiscard]] bool done() const { return index_ + 1 >= source_.characters_.size(); }
  [[nodiscard]] bool sees(std::string_view what) const { return rest().starts_with(what); }
  [[nodiscard]] std::string_view rest() const {
    return done() ? std::string_view() : source_.text_.substr(source_.characters_[index_]);
  }
  [[nodiscard]] std::string_view character() const {
    if (done()) throw std::logic_error("a TOML string does not end where toml++ says it does");
    return rest().substr(0, source_.characters_[index_ + 1] - source_.characters_[index_]);
  }
  void advance() {
    const bool newline = character() == "\n";
    ++index_;
    place_ = newline ? Place{place_.line + 1, 1} : Place{place_.line, place_.column + 1};
  }
  void advance(std::size_t characters) {
    for (; characters > 0; --characters)
      advance();
  }
  [[nodiscard]] bool at_newline() const { return sees("\n") || sees("\r\n"); }
  void skip_newline() { advance(sees("\r\n") ? 2 : 1); }
  [[nodiscard]] Place place() const { return place_; }

  // Appends what a backslash stands for and moves behind it.
  void escape(PlacedText& out, bool several_lines);

 private:
  const TomlSource& source_;
  std::size_t index_;
  Place place_;
};

namespace {

void append(PlacedText& out, std::string_view bytes, Place place) {
  out.text += bytes;
  out.places.insert(out.places.end(), bytes.size(), place);
}

}  // namespace

void TomlSource::Cursor::escape(PlacedText& out, bool several_lines) {
  const Place at = place_;
  advance();
  const char kind = rest().empty() ? '\0' : rest().front();
  if (several_lines && (kind == ' ' || kind == '\t' || kind == '\n' || kind == '\r')) {  // joins lines
    while (sees(" ") || sees("\t") || sees("\n") || sees("\r"))
      advance();
    return;
  }
  if (kind == 'u' || kind == 'U') {
    const std::size_t digits = kind == 'u' ? 4 : 8;
    std::string character;
    append_utf8(character, static_cast<char32_t>(std::stoul(std::string(rest().substr(1, digits)), nullptr, 16)));
    append(out, character, at);
    advance(1 + digits);
    return;
  }
  constexpr std::string_view names = "btnfr\"\\";
  constexpr std::string_view values = "\b\t\n\f\r\"\\";
  const std::size_t k = names.find(kind);
  if (k == std::string_view::npos) throw std::logic_error("an escape that toml++ knows and we do not");
  append(out, values.substr(k, 1), at);
  advance();
}

TomlSource::TomlSource(std::string_view text) : text_(text) {
  lines_.push_back(0);
  for (std::size_t at = 0; at < text.size(); at += character_length(text.substr(at))) {
    characters_.push_back(static_cast<std::uint32_t>(at));
    if (text[at] == '\n') lines_.push_back(static_cast<std::uint32_t>(characters_.size()));
  }
  characters_.push_back(static_cast<std::uint32_t>(text.size()));
}

PlacedText TomlSource::at(Place begin, std::string_view value) const {
  Cursor cursor(*this, begin);
  PlacedText out;
  const bool several_lines = cursor.sees("\"\"\"") || cursor.sees("'''");
  const bool basic = cursor.sees("\"");
  if (basic || cursor.sees("'")) {
    const std::string_view quotes = basic ? (several_lines ? "\"\"\"" : "\"") : (several_lines ? "'''" : "'");
    cursor.advance(quotes.size());
    if (several_lines && cursor.at_newline()) cursor.skip_newline();
    // Up to two quotes may stand directly before the closing three.
    while (!cursor.sees(quotes) || (several_lines && cursor.sees(std::string(quotes) + quotes[0]))) {
      if (basic && cursor.sees("\\")) {
        cursor.escape(out, several_lines);
      } else if (cursor.at_newline()) {
        append(out, "\n", cursor.place());
        cursor.skip_newline();
      } else {
        append(out, cursor.character(), cursor.place());
        cursor.advance();
      }
    }
  } else {
    while (out.text.size() < value.size()) {
      append(out, cursor.character(), cursor.place());
      cursor.advance();
    }
  }
  out.places.push_back(cursor.place());
  if (out.text != value) throw std::logic_error("a TOML string is not spelled as toml++ reads it");
  return out;
}

}  // namespace rankscape::text
