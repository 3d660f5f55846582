// Shapes and sizes, types and extents.
#include "landscapes/declaration.hpp"

#include <rankscape/error.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace rankscape {

namespace {

// Beyond this an array would not fit the machine.
constexpr long most_rows = 1'000'000;

void check_bounds(const SizeItem& item, long value, const std::string& shown, const Environment& sizes) {
  const long least = item.least ? evaluate_integer(*item.least, sizes) : 1;
  const long most = item.most ? evaluate_integer(*item.most, sizes) : 10'000;
  if (value < least || value > most)
    throw InputError(fmt::format("{} is {}, expected an integer from {} to {}", shown, value, least, most));
}

}  // namespace

Extents extents_of(const Type& type, const FeatureSource& source, const Indices& indices) {
  std::vector<long> extents;
  for (const ExprPtr& extent : type.extents) {
    extents.push_back(evaluate_integer(*extent, source, indices));
    if (extents.back() < 0 || extents.back() > most_rows)
      throw Undefined(fmt::format("{} is {}", language::to_text(*extent), extents.back()));
  }
  switch (type.form) {
    case Type::Form::number:
      return {1, 1};
    case Type::Form::sequence:
      return {extents.at(0), 1};
    case Type::Form::matrix:
      return {extents.at(0), extents.at(1)};
    default:
      return {extents.at(0), extents.at(0)};
  }
}

std::string describe(Type::Form form, Extents extents) {
  switch (form) {
    case Type::Form::number:
      return "a number";
    case Type::Form::sequence:
      return fmt::format("a sequence of {} numbers", extents.rows);
    case Type::Form::symmetric:
      return fmt::format("a symmetric {} x {} matrix", extents.rows, extents.cols);
    case Type::Form::skew:
      return fmt::format("a skew {} x {} matrix", extents.rows, extents.cols);
    default:
      return fmt::format("{} {} x {} matrix",
                         extents.rows == 8 || extents.rows == 11 || extents.rows == 18 ? "an" : "a", extents.rows,
                         extents.cols);
  }
}

void put_sizes(const std::vector<SizeItem>& items, const Shape& shape, Environment& sizes) {
  std::size_t expected = 0;
  for (const SizeItem& item : items)
    expected += item.free ? 0 : 1;
  // a single list is the shape itself
  const bool single = expected == 1 && std::any_of(items.begin(), items.end(),
                                                   [](const SizeItem& item) { return item.list && !item.free; });
  if (single && !shape.flat()) throw InputError("expected one list of integers");
  if (!single && shape.items().size() != expected) {
    throw InputError(fmt::format("found {} size{}, expected {}", shape.items().size(),
                                 shape.items().size() == 1 ? "" : "s", expected));
  }
  std::size_t next = 0;
  for (const SizeItem& item : items) {
    if (item.free) continue;
    if (!item.list) {
      const long* value = std::get_if<long>(&shape.items()[next++]);
      if (value == nullptr) throw InputError(fmt::format("found a list for {}, expected an integer", item.name));
      check_bounds(item, *value, item.name, sizes);
      sizes.put(item.position, *value);
      continue;
    }
    std::vector<long> list;
    if (single) {
      list = shape.numbers();
    } else {
      const auto* given = std::get_if<std::vector<long>>(&shape.items()[next++]);
      if (given == nullptr) throw InputError(fmt::format("found an integer for {}, expected a list", item.name));
      list = *given;
    }
    const long first = evaluate_integer(*item.first, sizes);
    if (item.defines) {
      sizes.put(*item.defines, first + static_cast<long>(list.size()) - 1);
    } else if (const long last = evaluate_integer(*item.last, sizes);
               last - first + 1 != static_cast<long>(list.size())) {
      throw InputError(
          fmt::format("found {} numbers for {}, expected {}", list.size(), item.name, std::max(0L, last - first + 1)));
    }
    for (std::size_t k = 0; k < list.size(); ++k) {
      const long index = first + static_cast<long>(k);
      check_bounds(item, list[k], fmt::format("{}({})", item.name, index), sizes);
      sizes.put(item.position, {index}, list[k]);
    }
  }
}

Shape shape_of(const std::vector<SizeItem>& items, const Environment& sizes) {
  std::vector<Shape::Item> shape;
  for (const SizeItem& item : items) {
    if (item.free) continue;
    if (!item.list) {
      shape.emplace_back(std::get<long>(sizes.stored(item.position).at({})));
      continue;
    }
    std::vector<long> list;
    for (const auto& [index, value] : sizes.stored(item.position))
      list.push_back(std::get<long>(value));
    shape.emplace_back(std::move(list));
  }
  return Shape(std::move(shape));
}

}  // namespace rankscape
