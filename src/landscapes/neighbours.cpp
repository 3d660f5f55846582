// Shapes one step away: what Shape::smaller() takes off, put on.
#include "landscapes/neighbours.hpp"

#include <algorithm>

namespace rankscape {

std::vector<Shape> neighbours(const Shape& shape) {
  std::vector<Shape> result = shape.smaller();
  const auto add = [&](std::vector<Shape::Item> items) {
    Shape larger(std::move(items));
    if (larger != shape && std::find(result.begin(), result.end(), larger) == result.end())
      result.push_back(std::move(larger));
  };
  const std::vector<Shape::Item>& items = shape.items();
  for (std::size_t k = 0; k < items.size(); ++k) {
    std::vector<Shape::Item> changed = items;
    if (auto* const number = std::get_if<long>(&changed[k])) {
      ++*number;
      add(changed);
      if (!shape.flat()) continue;
      changed = items;
      changed.insert(changed.begin() + static_cast<std::ptrdiff_t>(k), items[k]);
      add(std::move(changed));
      continue;
    }
    const std::vector<long> numbers = std::get<std::vector<long>>(items[k]);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      std::vector<long>& list = std::get<std::vector<long>>(changed[k]);
      list = numbers;
      ++list[i];
      add(changed);
      list = numbers;
      list.insert(list.begin() + static_cast<std::ptrdiff_t>(i), numbers[i]);
      add(changed);
    }
  }
  return result;
}

}  // namespace rankscape
