#pragma once
// The sizes of a landscape, as statements, reports and the command line spell them: integers and lists of integers in
// the order of the landscape's declaration. A single list is the shape itself: the widths of a network are 2,2,2.

#include <rankscape/exact_json.hpp>

#include <compare>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace rankscape {

class Shape {
 public:
  using Item = std::variant<long, std::vector<long>>;

  Shape() = default;
  Shape(std::initializer_list<long> numbers);
  explicit Shape(const std::vector<long>& numbers);
  /// One list alone stands for itself: {{2, 2}} is {2, 2}.
  explicit Shape(std::vector<Item> items);

  [[nodiscard]] const std::vector<Item>& items() const noexcept { return items_; }
  [[nodiscard]] bool empty() const noexcept { return items_.empty(); }
  /// Every number, in order, lists or not.
  [[nodiscard]] std::vector<long> numbers() const;
  /// Are all items integers? Then numbers() is the shape.
  [[nodiscard]] bool flat() const;

  /// `2,2,2` or `[3,2],[1]`: as on the command line.
  [[nodiscard]] std::string to_text() const;
  /// \throws InputError  one line without a place; what was found, what was expected
  [[nodiscard]] static Shape parse(std::string_view text);
  /// An array of integers and of arrays of integers.
  [[nodiscard]] Json to_json() const;
  /// \param place  JSON pointer, for messages. \throws InputError
  [[nodiscard]] static Shape from_json(const Json& json, const std::string& place);

  /// Shapes that differ in one number, smaller by one (none below 1), and those that lack one number of a list or, when
  /// flat, one item: where a search for smaller ones goes. Not all need be shapes of the landscape.
  [[nodiscard]] std::vector<Shape> smaller() const;

  /// Lexicographic by items, an integer before a list.
  [[nodiscard]] auto operator<=>(const Shape&) const = default;  // NOLINT: clang-tidy 14 takes it for a null pointer
  [[nodiscard]] bool operator==(const Shape&) const = default;

 private:
  std::vector<Item> items_;
};

}  // namespace rankscape
