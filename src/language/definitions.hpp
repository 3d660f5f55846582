#pragma once
// A table of definitions: formulas with names, in any order, without circles. What [define] of a statement, [define] of
// a landscape and [family.let] have in common.

#include "language/typing.hpp"
#include "text/toml_source.hpp"

#include <stdexcept>
#include <vector>

namespace rankscape::language {

struct DefinitionSource {
  text::PlacedText key;
  text::PlacedText formula;
};

// A fault at a place of the file.
class PlacedError : public std::runtime_error {
 public:
  PlacedError(Place where, const std::string& message) : std::runtime_error(message), place(where) {}
  Place place;
};

// Runs `read`, giving its complaints about a text their place in the file.
template <class Read>
auto with_places(const text::PlacedText& text, const Read& read) {
  try {
    return read();
  } catch (const SyntaxError& error) {
    throw PlacedError(text.places.at(std::min(error.offset, text.text.size())), error.what());
  }
}

// A formula with its place. Throws PlacedError.
[[nodiscard]] Expression read_formula(const text::PlacedText& text, const Names& names,
                                      const std::vector<std::string>& parameters = {},
                                      std::optional<Kind> wanted = std::nullopt);

// The definitions in the order of the sources, which are also appended to `names`, for those that come after. Throws
// PlacedError.
[[nodiscard]] std::vector<Definition> read_definitions(const std::vector<DefinitionSource>& sources, Names& names);

}  // namespace rankscape::language
