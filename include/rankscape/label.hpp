#pragma once
// What identifies a point for the reader: names and printed values, in the order of the report. A label is a value that
// was already decided how to print, so a row that is read back from a file is the row that was written.

#include <rankscape/value.hpp>

#include <concepts>
#include <string>
#include <variant>
#include <vector>

namespace rankscape {

/// Nothing (the quantity has no meaning here), yes or no, an integer, words or a number as text, or a list of such.
class Cell {
 public:
  using List = std::vector<Cell>;
  using Variant = std::variant<std::monostate, bool, long, std::string, List>;

  Cell() = default;
  Cell(bool value) : value_(value) {}
  template <std::integral T>
  Cell(T value) : value_(static_cast<long>(value)) {}
  Cell(std::string value) : value_(std::move(value)) {}
  Cell(const char* value) : value_(std::string(value)) {}
  Cell(List value) : value_(std::move(value)) {}
  Cell(const std::vector<long>& values) : value_(List(values.begin(), values.end())) {}
  Cell(const IndexSet& values) : value_(List(values.begin(), values.end())) {}

  [[nodiscard]] const Variant& value() const noexcept { return value_; }
  [[nodiscard]] bool empty() const noexcept { return std::holds_alternative<std::monostate>(value_); }
  template <class T>
  [[nodiscard]] const T* as() const noexcept {
    return std::get_if<T>(&value_);
  }
  [[nodiscard]] bool operator==(const Cell& other) const { return value_ == other.value_; }

 private:
  Variant value_;
};

/// Different texts for different cells: `null`, `true`, `3`, `"leading"`, `[1,2]`.
[[nodiscard]] std::string to_string(const Cell& cell);

/// `name` as in the report's rows.
struct NamedCell {
  std::string name;
  Cell cell;
  [[nodiscard]] bool operator==(const NamedCell& other) const = default;
};
using Labels = std::vector<NamedCell>;

/// The cell of that name, an empty one where there is none.
[[nodiscard]] const Cell& find_label(const Labels& labels, std::string_view name);

}  // namespace rankscape
