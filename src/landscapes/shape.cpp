// Shapes in the three spellings: command line, JSON, text.
#include <rankscape/shape.hpp>

#include <rankscape/error.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace rankscape {

namespace {

constexpr long largest_entry = 1'000'000;
constexpr std::size_t most_numbers = 1000;

// "2,2,2" or "[3,2],[1]", blanks between.
class ShapeReader {
 public:
  explicit ShapeReader(std::string_view text) : text_(text) {}

  Shape read() {
    std::vector<Shape::Item> items;
    do
      items.push_back(item());
    while (accept(','));
    if (!at_end()) fail();
    return Shape(std::move(items));
  }

 private:
  Shape::Item item() {
    if (!accept('[')) return number();
    std::vector<long> list;
    if (accept(']')) return list;
    do
      list.push_back(number());
    while (accept(','));
    if (!accept(']')) fail();
    return list;
  }

  long number() {
    skip_blanks();
    long value = 0;
    const char* const begin = text_.data() + at_;
    const auto [end, error] = std::from_chars(begin, text_.data() + text_.size(), value);
    if (error != std::errc() || value < 0 || value > largest_entry || ++numbers_ > most_numbers) fail();
    at_ += static_cast<std::size_t>(end - begin);
    return value;
  }

  void skip_blanks() {
    while (at_ < text_.size() && text_[at_] == ' ')
      ++at_;
  }
  bool at_end() {
    skip_blanks();
    return at_ == text_.size();
  }
  bool accept(char c) {
    if (at_end() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  [[noreturn]] void fail() const {
    std::string shown;
    for (const char c : text_.substr(0, 60))
      shown += static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7F ? '?' : c;
    throw InputError("found the shape '" + shown + (text_.size() > 60 ? "..." : "") +
                     "', expected integers from 0 to 1000000 and lists of them such as 2,2,2 or [3,2],[1]");
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t numbers_ = 0;
};

}  // namespace

Shape::Shape(std::initializer_list<long> numbers) : items_(numbers.begin(), numbers.end()) {}

Shape::Shape(const std::vector<long>& numbers) : items_(numbers.begin(), numbers.end()) {}

Shape::Shape(std::vector<Item> items) : items_(std::move(items)) {
  if (items_.size() != 1) return;
  if (const auto* only = std::get_if<std::vector<long>>(&items_.front())) {
    std::vector<Item> numbers(only->begin(), only->end());
    items_ = std::move(numbers);
  }
}

std::vector<long> Shape::numbers() const {
  std::vector<long> all;
  for (const Item& item : items_) {
    if (const long* number = std::get_if<long>(&item)) {
      all.push_back(*number);
    } else {
      const auto& list = std::get<std::vector<long>>(item);
      all.insert(all.end(), list.begin(), list.end());
    }
  }
  return all;
}

bool Shape::flat() const {
  return std::all_of(items_.begin(), items_.end(), [](const Item& item) { return std::holds_alternative<long>(item); });
}

std::string Shape::to_text() const {
  const auto joined = [](const std::vector<long>& numbers) {
    std::string text;
    for (const long number : numbers)
      text += (text.empty() ? "" : ",") + std::to_string(number);
    return text;
  };
  std::string text;
  for (const Item& item : items_) {
    if (!text.empty()) text += ',';
    if (const long* number = std::get_if<long>(&item)) {
      text += std::to_string(*number);
    } else {
      text += '[' + joined(std::get<std::vector<long>>(item)) + ']';
    }
  }
  return text;
}

Shape Shape::parse(std::string_view text) {
  return ShapeReader(text).read();
}

Json Shape::to_json() const {
  Json json = Json::array();
  for (const Item& item : items_) {
    if (const long* number = std::get_if<long>(&item)) {
      json.push_back(*number);
    } else {
      json.push_back(std::get<std::vector<long>>(item));
    }
  }
  return json;
}

Shape Shape::from_json(const Json& json, const std::string& place) {
  const std::string expected = "expected an array of integers from 0 to 1000000 and of arrays of them";
  if (!json.is_array()) throw InputError(place + ": " + expected);
  std::size_t numbers = 0;
  const auto number = [&](const Json& value, const std::string& where) {
    const bool fits = value.is_number_integer() && value.get<double>() >= 0 && value.get<double>() <= largest_entry;
    if (!fits || ++numbers > most_numbers) throw InputError(where + ": " + expected);
    return value.get<long>();
  };
  std::vector<Item> items;
  for (std::size_t k = 0; k < json.size(); ++k) {
    const std::string where = place + "/" + std::to_string(k);
    if (!json[k].is_array()) {
      items.emplace_back(number(json[k], where));
      continue;
    }
    std::vector<long> list;
    for (std::size_t i = 0; i < json[k].size(); ++i)
      list.push_back(number(json[k][i], where + "/" + std::to_string(i)));
    items.emplace_back(std::move(list));
  }
  return Shape(std::move(items));
}

std::vector<Shape> Shape::smaller() const {
  std::vector<Shape> result;
  const auto with = [&](std::size_t k, Item item) {
    std::vector<Item> items = items_;
    items[k] = std::move(item);
    Shape shape;
    shape.items_ = std::move(items);
    result.push_back(std::move(shape));
  };
  if (flat() && items_.size() > 1) {
    for (std::size_t k = 0; k < items_.size(); ++k) {
      Shape shape = *this;
      shape.items_.erase(shape.items_.begin() + static_cast<std::ptrdiff_t>(k));
      result.push_back(std::move(shape));
    }
  }
  for (std::size_t k = 0; k < items_.size(); ++k) {
    if (const auto* list = std::get_if<std::vector<long>>(&items_[k])) {
      for (std::size_t i = 0; i < list->size(); ++i) {
        std::vector<long> shorter = *list;
        shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(i));
        with(k, std::move(shorter));
      }
    }
  }
  for (std::size_t k = 0; k < items_.size(); ++k) {
    if (const long* number = std::get_if<long>(&items_[k])) {
      if (*number > 1) with(k, *number - 1);
      continue;
    }
    const auto& list = std::get<std::vector<long>>(items_[k]);
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (list[i] <= 1) continue;
      std::vector<long> lower = list;
      --lower[i];
      with(k, std::move(lower));
    }
  }
  return result;
}

}  // namespace rankscape
