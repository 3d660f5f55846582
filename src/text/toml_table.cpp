// Strict reading of TOML.
#include "text/toml_table.hpp"

#include "text/words.hpp"

#include <rankscape/error.hpp>

#include <fmt/format.h>
#include <algorithm>

namespace rankscape::text {

namespace {

std::string_view type_name(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table:
      return "a table";
    case toml::node_type::array:
      return node.is_array_of_tables() ? "an array of tables" : "an array";
    case toml::node_type::string:
      return "a string";
    case toml::node_type::integer:
      return "an integer";
    case toml::node_type::floating_point:
      return "a decimal number";
    case toml::node_type::boolean:
      return "a truth value";
    default:
      return "a date or time";
  }
}

constexpr std::size_t max_levels = 64;

// The end of the string that starts at `at`, or of the text.
std::size_t string_end(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const bool several_lines = text.substr(at).starts_with(std::string(3, quote));
  const std::string end(several_lines ? 3 : 1, quote);
  for (at += end.size(); at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;
    } else if (text.substr(at).starts_with(end)) {
      return at + end.size();
    } else if (!several_lines && text[at] == '\n') {  // not closed: toml++ says so
      return at;
    }
  }
  return text.size();
}

// toml++ reads levels of keys and values by recursion: where they are deeper than anybody writes them, the text is
// refused before.
std::optional<Place> too_deep(std::string_view text) {
  std::size_t brackets = 0;  // around here
  std::size_t dots = 0;      // in this key; a decimal number has one
  int line = 1;
  std::size_t line_begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '"' || c == '\'') {
      const std::size_t end = string_end(text, at);
      for (; at < end; ++at) {
        if (text[at] != '\n') continue;
        ++line;
        line_begin = at + 1;
      }
      continue;
    }
    if (c == '#') {
      at = std::min(text.find('\n', at), text.size());
      continue;
    }
    if (c == '[' || c == '{') ++brackets;
    if ((c == ']' || c == '}') && brackets > 0) --brackets;
    if (c == '.') ++dots;
    if (c == '\n' || c == '=' || c == ',' || c == '{' || c == '[') dots = 0;
    if (brackets > max_levels || dots > max_levels) return Place{line, static_cast<int>(at - line_begin) + 1};
    if (c == '\n') {
      ++line;
      line_begin = at + 1;
    }
    ++at;
  }
  return std::nullopt;
}

std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text)
    line += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  return line;
}

}  // namespace

TomlFile::TomlFile(std::string_view text, std::string filename) : filename_(std::move(filename)), source_(text) {
  if (const auto deep = too_deep(text)) {
    fail(*deep, fmt::format("found more than {} levels of keys, arrays or tables, expected at most that", max_levels));
  }
  try {
    root_ = toml::parse(text);
  } catch (const toml::parse_error& error) {
    fail(place_of(error.source()), "found no valid TOML: " + one_line(error.description()));
  }
}

void TomlFile::fail(Place place, const std::string& message) const {
  throw InputError(
      fmt::format("{}:{}:{}: {}", one_line(filename_), std::max(place.line, 1), std::max(place.column, 1), message));
}

Place TomlFile::place_of(const toml::source_region& region) {
  return {static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

PlacedText TomlFile::text(const toml::node& node, const std::string& what) const {
  const auto* string = node.as_string();
  if (string == nullptr) fail(node, fmt::format("found {}, expected {} as a string", type_name(node), what));
  return source_.at(place_of(node), string->get());
}

PlacedText TomlFile::text(const toml::key& key) const {
  return source_.at(place_of(key.source()), key.str());
}

std::string TomlFile::line(const toml::node& node, const std::string& what) const {
  PlacedText placed = text(node, what);
  if (placed.text.empty()) fail(node, "found an empty string, expected " + what);
  for (std::size_t k = 0; k < placed.text.size(); ++k) {
    const auto c = static_cast<unsigned char>(placed.text[k]);
    if (c < 0x20 || c == 0x7F) {
      fail(placed.places[k], fmt::format("found the control character {}, expected {} on one line",
                                         quote(placed.text.substr(k, 1)), what));
    }
  }
  return std::move(placed.text);
}

std::vector<std::string> TomlFile::lines(const toml::node& node, const std::string& what) const {
  const auto* array = node.as_array();
  if (array == nullptr) fail(node, fmt::format("found {}, expected an array of strings, {}", type_name(node), what));
  std::vector<std::string> all;
  for (const toml::node& item : *array)
    all.push_back(line(item, what));
  return all;
}

long TomlFile::integer(const toml::node& node, const std::string& what, long least, long most) const {
  const auto* integer = node.as_integer();
  if (integer == nullptr) fail(node, fmt::format("found {}, expected {}, an integer", type_name(node), what));
  if (integer->get() < least || integer->get() > most) {
    fail(node, fmt::format("found {}, expected {} from {} to {}", integer->get(), what, least, most));
  }
  return static_cast<long>(integer->get());
}

const toml::table& TomlFile::table(const toml::node& node, const std::string& what) const {
  const auto* table = node.as_table();
  if (table == nullptr) fail(node, fmt::format("found {}, expected the table {}", type_name(node), what));
  return *table;
}

std::vector<const toml::table*> TomlFile::tables(const std::string& what) const {
  std::vector<const toml::table*> all;
  const toml::node* node = root_.get(what);
  if (node == nullptr) return all;
  const std::string wanted = fmt::format("[[{}]], an array of tables", what);
  const auto* array = node->as_array();
  if (array == nullptr) fail(*node, fmt::format("found {}, expected {}", type_name(*node), wanted));
  for (const toml::node& item : *array) {
    if (!item.is_table()) fail(item, fmt::format("found {}, expected {}", type_name(item), wanted));
    all.push_back(item.as_table());
  }
  return all;
}

void TomlFile::check_keys(const toml::table& table, const std::vector<std::string>& known,
                          const std::string& where) const {
  for (const Entry& entry : in_order(table)) {
    const std::string key(entry.key->str());
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    const std::string hint = suggestion(key, known);
    fail(place_of(entry.key->source()),
         fmt::format("found the unknown key {} in {}, expected {}{}", quote(key), where, listed(known), hint));
  }
}

const toml::node& TomlFile::required(const toml::table& table, const std::string& key, const std::string& where) const {
  const toml::node* node = table.get(key);
  if (node == nullptr) fail(table, fmt::format("found no key '{}' in {}, expected one", key, where));
  return *node;
}

std::vector<TomlFile::Entry> TomlFile::in_order(const toml::table& table) {
  std::vector<Entry> entries;
  for (const auto& [key, value] : table)
    entries.push_back({&key, &value});
  const auto position = [](const Entry& e) {
    const auto& begin = e.key->source().begin;
    return std::pair(begin.line, begin.column);
  };
  std::stable_sort(entries.begin(), entries.end(),
                   [&](const Entry& a, const Entry& b) { return position(a) < position(b); });
  return entries;
}

}  // namespace rankscape::text
