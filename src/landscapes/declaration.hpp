#pragma once
// What a landscape declares: sizes, and arrays of declared types under them (data, weights, generators of symmetries).

#include "landscapes/words.hpp"

#include <rankscape/shape.hpp>

#include <optional>
#include <string>
#include <vector>

namespace rankscape {

/// An item of `sizes = ".."`: `n`, `bias in 0..1`, `d(0..H)`.
struct SizeItem {
  std::string name;
  std::size_t position = 0;  ///< in the words
  Place place;
  bool list = false;
  ExprPtr first;                       ///< of a list: its indices
  ExprPtr last;                        ///<
  std::optional<std::size_t> defines;  ///< position of the size that the end of the list defines
  ExprPtr least;                       ///< bounds of the value, where they are given
  ExprPtr most;                        ///<
  bool free = false;                   ///< no part of the shape
};

/// TYPE of an array.
struct Type {
  enum class Form : unsigned char { number, sequence, matrix, symmetric, skew };
  Form form = Form::number;
  std::vector<ExprPtr> extents;  ///< over the binders of the key
  std::string text;              ///< as written
  Place place;
};

struct Declaration {
  std::string name;
  std::string key;  ///< as written: "W(h in 1..H)"
  std::size_t position = 0;
  Place place;
  Pattern pattern;  ///< plain, or every
  Type type;
  bool has_default = false;
  std::string means;
};

/// Rows and columns at these indices; a sequence has one column, a number is 1 x 1. \throws Undefined
struct Extents {
  long rows = 1;
  long cols = 1;
};
[[nodiscard]] Extents extents_of(const Type& type, const FeatureSource& source, const Indices& indices);

/// "a 2 x 1 matrix", "a sequence of 3 numbers", "a number".
[[nodiscard]] std::string describe(Type::Form form, Extents extents);

/// Puts the values that a shape gives to sizes. \throws InputError  without a place: the shape is none of this
/// landscape
void put_sizes(const std::vector<SizeItem>& items, const Shape& shape, Environment& sizes);
/// The shape of known sizes.
[[nodiscard]] Shape shape_of(const std::vector<SizeItem>& items, const Environment& sizes);

}  // namespace rankscape
