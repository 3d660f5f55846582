#pragma once
// From what was written to what it means: names are resolved, kinds inferred, sense checked, before anything runs.

#include "language/syntax.hpp"
#include "language/tree.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rankscape::language {

// A definition as others see it.
struct DefinitionType {
  std::string name;
  std::vector<std::string> parameters;
  Kind kind = Kind::truth;
  Extent extent;
  ExprPtr body;  // its parameters in slots 0, 1, ..; nothing while definitions are being read
};

// When are two symbolic shapes different enough to complain?
enum class ShapeCheck : unsigned char {
  as_polynomials,  // when they differ as polynomials in sizes, binders and |S|
  only_certain,    // when no values make them equal: where hypotheses may say that sizes agree
};

// What a formula may speak about.
struct Names {
  const Vocabulary* vocabulary = nullptr;
  std::vector<DefinitionType> definitions;
  ShapeCheck shapes = ShapeCheck::only_certain;
};

// Types a formula. `places` gives the place of every byte of the text (and of its end); `parameters` are the integer
// variables of the definition whose body it is. With `wanted`, the formula must be of that kind.
// Throws SyntaxError with the offset of the culprit.
[[nodiscard]] ExprPtr type_check(const Syntax& syntax, const Names& names, const std::vector<Place>& places,
                                 const std::vector<std::string>& parameters = {},
                                 std::optional<Kind> wanted = std::nullopt);

// Throws SyntaxError unless a binder, parameter or definition may have this name. All of them may hide features of
// the landscape: a file must not break when that learns a new word. (Definitions do not hide common ones:
// definitions.cpp.)
void check_new_name(std::string_view name, std::size_t offset);

// All names that occur, with their offsets: which definitions a definition needs.
struct Mention {
  std::string name;
  std::size_t offset;
};
[[nodiscard]] std::vector<Mention> mentions(const Syntax& syntax);

}  // namespace rankscape::language
