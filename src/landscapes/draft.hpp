#pragma once
// A landscape as it was written, before anything means something: strings with the places of their characters. Made
// from a file (draft.cpp) or from a point that spells out its loss (inline.cpp); reader.cpp gives it a meaning.

#include <rankscape/shape.hpp>

#include "text/toml_source.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rankscape {

using text::PlacedText;

/// A key and its formula or type, with what a table in place of the string may say besides.
struct DraftEntry {
  PlacedText key;
  PlacedText is;
  std::string means;
  std::string latex;
  std::optional<PlacedText> fallback;  ///< `default`
};

struct DraftSymmetry {
  Place place;
  std::string name;
  std::vector<DraftEntry> over;
  std::optional<PlacedText> where;
  std::vector<DraftEntry> moves;
};

struct DraftBound {
  PlacedText kind;
  PlacedText in;
  std::optional<PlacedText> rank;
};

struct DraftBasis {
  Place place;
  std::vector<DraftEntry> over;
  std::vector<DraftEntry> moves;
  std::optional<PlacedText> form;
};

struct DraftFamily {
  Place place;
  PlacedText name;
  std::optional<PlacedText> where;
  std::optional<PlacedText> accept;
  bool approximate = false;
  std::vector<DraftEntry> choose;
  std::vector<DraftEntry> kinds;
  std::vector<DraftEntry> draw;
  std::vector<DraftEntry> let;
  std::vector<DraftEntry> set;
  std::vector<DraftEntry> descent;
  std::vector<DraftEntry> bend;
  std::vector<DraftEntry> realizes;
  std::optional<DraftBasis> basis;
};

struct Draft {
  std::string filename;
  std::string input;
  std::string id;
  std::string title;
  std::string source;
  std::string note;
  std::optional<PlacedText> adviser;
  PlacedText loss;
  std::vector<PlacedText> columns;

  std::string shape_key = "sizes";
  std::optional<PlacedText> sizes;
  std::optional<PlacedText> free;
  std::optional<PlacedText> require;
  std::vector<std::pair<Place, Shape>> examples;

  std::vector<DraftEntry> data;
  std::vector<DraftEntry> weights;
  std::vector<DraftEntry> constraints;
  std::vector<DraftEntry> domain;
  std::vector<DraftEntry> define;
  std::vector<DraftSymmetry> symmetries;
  std::vector<DraftBound> bounds;
  std::vector<DraftFamily> families;

  /// JSON pointers of an inline loss's formulas: the place of a character of formula k has the line -1 - k.
  std::vector<std::string> pointers;
  /// \throws InputError  `FILE:LINE:COLUMN: ..`, or `POINTER: at character COLUMN: ..`
  [[noreturn]] void fail(Place place, const std::string& message) const;
};

/// Reads TOML strictly. \throws InputError
[[nodiscard]] Draft draft_of_file(std::string_view text, const std::string& filename);

}  // namespace rankscape
