#pragma once
// Reading JSON without trust: every field is asked for by name and type, and what nobody asked for is remembered, so
// that the answer can list it as "not verified".

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>

#include "verifier/exact.hpp"

namespace verifier {

using Json = nlohmann::json;

inline Json parse(std::string_view text, std::string_view format) {
  std::vector<std::set<std::string>> keys;  // of the objects that are open
  const auto watch = [&](int depth, Json::parse_event_t event, Json& value) {
    if (depth > static_cast<int>(most_depth)) throw Unreadable("nested too deeply");
    if (event == Json::parse_event_t::object_start) keys.emplace_back();
    if (event == Json::parse_event_t::object_end) keys.pop_back();
    if (event == Json::parse_event_t::key && !keys.back().insert(value.get<std::string>()).second)
      throw Unreadable("the key \"" + value.get<std::string>() + "\" stands twice in one object");
    return true;
  };
  Json json;
  try {
    json = Json::parse(text, watch);
  } catch (const Json::exception& error) {
    throw Unreadable(std::string("not JSON: ") + error.what());
  }
  if (!json.is_object() || json.value("format", Json()) != Json(format))
    throw Unreadable("not an object with \"format\": \"" + std::string(format) + "\"");
  return json;
}

/// A JSON value and its place in the file.
struct Field {
  const Json* json;
  std::string place;

  [[noreturn]] void reject(const std::string& why) const { throw Rejected(place + ": " + why); }
  void require(bool condition, const char* why) const {
    if (!condition) reject(why);
  }

  /// An integer, or a string like "-7/3".
  [[nodiscard]] Q number() const {
    if (json->is_number_integer()) return Q(Z(json->dump(), 10));
    require(json->is_string(), "not an integer and not a string like \"-7/3\"");
    const auto& text = json->get_ref<const std::string&>();
    const std::size_t slash = text.find('/');
    const std::string below = slash == std::string::npos ? "1" : text.substr(slash + 1);
    std::string_view above = std::string_view(text).substr(0, slash);
    if (above.starts_with('-')) above.remove_prefix(1);
    for (const std::string_view part : {above, std::string_view(below)})
      require(!part.empty() && part.find_first_not_of("0123456789") == part.npos, "not a number");
    require(text.size() <= most_digits, "a number is longer than the limit");
    budget.spend(1 + text.size() / 100);
    const Z denominator(below, 10);
    require(denominator != 0, "a denominator is zero");
    return Q(Z(text.substr(0, slash), 10)) / Q(denominator);
  }
  [[nodiscard]] std::size_t integer(std::size_t least, std::size_t most) const {
    require(json->is_number_unsigned(), "not an integer >= 0");
    const auto value = json->get<std::size_t>();
    require(least <= value && value <= most, "out of range");
    return value;
  }
  [[nodiscard]] bool boolean() const {
    require(json->is_boolean(), "not true or false");
    return json->get<bool>();
  }
  [[nodiscard]] const std::string& text() const {
    require(json->is_string(), "not a string");
    return json->get_ref<const std::string&>();
  }
  [[nodiscard]] std::vector<Field> list() const {
    require(json->is_array(), "not an array");
    std::vector<Field> fields;
    for (const Json& item : *json) fields.push_back({&item, place + "/" + std::to_string(fields.size())});
    return fields;
  }
  [[nodiscard]] std::vector<Q> numbers() const {
    std::vector<Q> result;
    for (const Field& item : list()) result.push_back(item.number());
    return result;
  }
  /// `rows` rows of equal length `cols`.
  [[nodiscard]] Matrix<Q> matrix(std::size_t rows, std::size_t cols) const {
    Matrix<Q> a;
    a.rows = rows, a.cols = cols;
    const auto items = list();
    require(items.size() == rows, "a matrix has the wrong number of rows");
    for (const Field& item : items) {
      const auto row = item.numbers();
      item.require(row.size() == cols, "a row has the wrong length");
      a.entries.insert(a.entries.end(), row.begin(), row.end());
    }
    return a;
  }
  /// Any matrix that is not empty.
  [[nodiscard]] Matrix<Q> matrix() const {
    require(json->is_array() && !json->empty() && json->front().is_array() && !json->front().empty(), "not a matrix");
    return matrix(json->size(), json->front().size());
  }
  [[nodiscard]] std::vector<Matrix<Q>> matrices() const {
    std::vector<Matrix<Q>> result;
    for (const Field& item : list()) result.push_back(item.matrix());
    return result;
  }
  /// `count` distinct positions below `size` > 0, counted from 0.
  [[nodiscard]] std::vector<std::size_t> positions(std::size_t count, std::size_t size) const {
    std::vector<std::size_t> result;
    for (const Field& item : list()) {
      result.push_back(item.integer(0, size - 1));
      item.require(std::count(result.begin(), result.end(), result.back()) == 1, "named twice");
    }
    require(result.size() == count, "not as many positions as the minor has rows");
    return result;
  }
};

/// An object whose fields are taken one by one; the places of those that were not go to `untaken` in the end.
class Object {
 public:
  Object(const Field& field, std::vector<std::string>& untaken) : field_(field), untaken_(&untaken) {
    field.require(field.json->is_object(), "not an object");
  }
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;
  ~Object() {
    for (const auto& [key, value] : field_.json->items())
      if (!taken_.contains(key)) untaken_->push_back(field_.place + "/" + key);
  }
  [[nodiscard]] bool has(const std::string& key) const { return field_.json->contains(key); }
  [[nodiscard]] Field take(const std::string& key) {
    if (!has(key)) throw Rejected(field_.place + "/" + key + ": missing");
    taken_.insert(key);
    return {&field_.json->at(key), field_.place + "/" + key};
  }

 private:
  Field field_;
  std::vector<std::string>* untaken_;
  std::set<std::string> taken_;
};

}  // namespace verifier
