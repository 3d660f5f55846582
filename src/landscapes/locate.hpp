#pragma once
// From arrays, however they were given, to values of a landscape's words: sizes are read off them, everything declared
// is checked (landscape-format, "Inferring sizes").

#include "landscapes/data.hpp"

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace rankscape {

/// One array as it was spelled.
struct GivenArray {
  enum class Spelling : unsigned char { number, list, matrix };
  RationalMatrix value;  ///< 1 x 1; a column
  Spelling spelling = Spelling::matrix;
  std::string place;               ///< for messages: "/weights/0", "W(2)"
  std::optional<Indices> indices;  ///< where it is known whose they are
};

/// Items that belong to some declarations, in their order: all weights, or the parts of one list.
struct Run {
  std::vector<std::size_t> arrays;  ///< positions in Data::arrays
  std::vector<GivenArray> items;
  std::string place;
};

/// Where everything is: sizes, and the value of each array at each of its indices.
struct Found {
  Environment values;
  std::vector<std::map<Indices, RationalMatrix>> arrays;  ///< by position in Data::arrays; left to defaults: empty
  std::vector<bool> given;                                ///< by position in Data::arrays
};

/// \param fixed  sizes that were given by name
/// \throws InputError  `PLACE: ..`
[[nodiscard]] Found locate(const Landscape::Data& data, const std::vector<Run>& runs,
                           const std::map<std::string, Shape::Item>& fixed);

/// The same of a point whose weights are in order. \throws InputError  with JSON pointers
[[nodiscard]] Found locate_point(const Landscape::Data& data, const Point& point);
/// The point with all its sizes.
[[nodiscard]] Point point_of(const Landscape::Data& data, const Found& found);

/// The sizes that the arrays of a point do not tell, for any shape: names in Data::sizes.
[[nodiscard]] std::vector<std::string> sizes_not_inferred(const Landscape::Data& data);

/// Puts an array's values where formulas find them.
[[nodiscard]] Value value_of(Type::Form form, const RationalMatrix& array);
/// `W(2)`, `X`.
[[nodiscard]] std::string name_at(const Declaration& array, const Indices& indices);
[[nodiscard]] std::string name_at(const std::string& name, const Indices& indices);

/// Are two values of one kind the same? Unknown where exact arithmetic does not tell.
[[nodiscard]] Truth same_value(const Value& a, const Value& b);

/// An item from a value of the language. \throws Undefined  an irrational number, with its position
[[nodiscard]] GivenArray item_of(const Value& value);

}  // namespace rankscape
