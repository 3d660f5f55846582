#pragma once
// Reading JSON without trust: every field is asked for by name and type, and what nobody asked for is remembered, so
// that the answer can list it as "not verified".

#include <nlohmann/json.hpp>
#include <set>
#include <string_view>

#include "verifier/program.hpp"

namespace verifier {

using Json = nlohmann::json;

inline Json parse(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) throw Unreadable("not JSON: a byte order mark");
  if (text.find('\0') != text.npos) throw Unreadable("not JSON: a NUL byte");
  std::vector<std::set<std::string>> keys;  // of the objects that are open
  const auto watch = [&](int depth, Json::parse_event_t event, Json& value) {
    if (depth > static_cast<int>(most_depth)) throw Unreadable("nested too deeply");
    if (event == Json::parse_event_t::object_start) keys.emplace_back();
    if (event == Json::parse_event_t::object_end) keys.pop_back();
    if (event == Json::parse_event_t::key && !keys.back().insert(value.get<std::string>()).second)
      throw Unreadable("the key \"" + value.get<std::string>() + "\" stands twice in one object");
    return true;
  };
  try {
    return Json::parse(text, watch);
  } catch (const Json::exception& error) {
    throw Unreadable(std::string("not JSON: ") + error.what());
  }
}

inline bool is_format(const Json& json, std::string_view format) {
  return json.is_object() && json.value("format", Json()) == Json(format);
}

/// A JSON value and its place in the file.
struct Field {
  const Json* json;
  std::string place;

  [[noreturn]] void reject(const std::string& why) const { throw Rejected(place + ": " + why); }
  void require(bool condition, const char* why) const {
    if (!condition) reject(why);
  }

  /// Of digits with an optional sign, or a JSON integer.
  [[nodiscard]] Z integer() const {
    if (json->is_number_unsigned()) return Z(json->get<unsigned long>());
    if (json->is_number_integer()) return Z(json->get<long>());
    require(json->is_string(), "not an integer");
    return digits(json->get_ref<const std::string&>());
  }
  /// An integer, or a string like "-7/3".
  [[nodiscard]] Q number() const {
    if (!json->is_string()) return integer();
    const auto& text = json->get_ref<const std::string&>();
    const std::size_t slash = text.find('/');
    if (slash == std::string::npos) return digits(text);
    require(text.size() > slash + 1 && text[slash + 1] != '-', "not a number");
    const Z below = digits(std::string_view(text).substr(slash + 1));
    require(below != 0, "a denominator is zero");
    return Q(digits(std::string_view(text).substr(0, slash))) / Q(below);
  }
  [[nodiscard]] std::size_t count(std::size_t least, std::size_t most) const {
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
    fields.reserve(json->size());
    for (const Json& item : *json) fields.push_back({&item, place + "/" + std::to_string(fields.size())});
    return fields;
  }
  /// Rows of integers, each of `cols`.
  [[nodiscard]] Matrix<Z> vectors(std::size_t cols, std::size_t most_rows) const {
    require(json->is_array(), "not an array");
    require(json->size() <= most_rows, "too many rows");
    Matrix<Z> a(json->size(), cols);
    std::size_t next = 0;
    for (const Json& row : *json) {
      require(row.is_array(), "a row is not an array");
      require(row.size() == cols, "a row has the wrong length");
      for (const Json& item : row) a.entries[next++] = Field{&item, place}.integer();
    }
    return a;
  }
  /// `count` distinct positions below `size`, counted from 0.
  [[nodiscard]] std::vector<std::size_t> positions(std::size_t count_of_them, std::size_t size) const {
    std::vector<std::size_t> result;
    std::set<std::size_t> seen;
    for (const Field& item : list()) {
      item.require(size > 0, "out of range");
      result.push_back(item.count(0, size - 1));
      item.require(seen.insert(result.back()).second, "named twice");
    }
    require(result.size() == count_of_them, "not as many positions as needed");
    return result;
  }

 private:
  [[nodiscard]] Z digits(std::string_view text) const {
    std::string_view unsigned_text = text;
    if (text.starts_with('-')) unsigned_text.remove_prefix(1);
    require(!unsigned_text.empty() && unsigned_text.find_first_not_of("0123456789") == text.npos, "not a number");
    if (text.size() > most_digits) throw Unreadable("limits: " + place + ": a number is too long");
    budget.spend(1 + text.size() * text.size() / 100);
    return Z(std::string(text), 10);
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

using Untaken = std::vector<std::string>;

inline Matrix<Z> read_matrix(const Field& field, Untaken& untaken) {
  Object object(field, untaken);
  const Z denominator = object.take("denominator").integer();
  field.require(denominator > 0, "the denominator is not positive");
  const Field entries = object.take("entries");
  entries.require(entries.json->is_array(), "not an array");
  const bool some = !entries.json->empty();
  if (some) entries.require(entries.json->front().is_array(), "a row is not an array");
  const std::size_t cols = some ? entries.json->front().size() : object.take("cols").count(0, most_entries);
  Matrix<Z> a = entries.vectors(cols, most_entries);
  a.denominator = denominator;
  return a;
}

inline std::vector<Matrix<Z>> read_matrices(const Field& field, Untaken& untaken) {
  std::vector<Matrix<Z>> result;
  for (const Field& item : field.list()) result.push_back(read_matrix(item, untaken));
  return result;
}

/// Appends to the program.
inline void read_program(const Field& constants, const Field& steps, std::size_t inputs, Program& program,
                         Untaken& untaken) {
  static const std::map<std::string, Operation> operations = {{"input", Operation::input},
                                                              {"constant", Operation::constant},
                                                              {"add", Operation::add},
                                                              {"subtract", Operation::subtract},
                                                              {"multiply", Operation::multiply},
                                                              {"hadamard", Operation::hadamard},
                                                              {"dot", Operation::dot},
                                                              {"scale", Operation::scale},
                                                              {"transpose", Operation::transpose},
                                                              {"scalar_multiply", Operation::scalar_multiply},
                                                              {"reciprocal", Operation::reciprocal}};
  for (Matrix<Z>& a : read_matrices(constants, untaken)) program.constants.push_back(std::move(a));
  for (const Field& field : steps.list()) {
    if (program.steps.size() == most_instructions) throw Unreadable("limits: too many instructions");
    const auto parts = field.list();
    field.require(!parts.empty(), "not an instruction");
    const auto found = operations.find(parts[0].text());
    parts[0].require(found != operations.end(), "unknown instruction");
    Instruction s{found->second, 0, 0, 1};
    field.require(parts.size() == (s.has_two() || s.operation == Operation::scale ? 3 : 2),
                  "not as many operands as the instruction has");
    const std::size_t size = s.operation == Operation::input      ? inputs
                             : s.operation == Operation::constant ? program.constants.size()
                                                                  : program.steps.size();
    field.require(size > 0, "there is nothing to operate on");
    s.a = parts[s.operation == Operation::scale ? 2 : 1].count(0, size - 1);
    if (s.operation == Operation::scale) s.factor = parts[1].number();
    if (s.has_two()) s.b = parts[2].count(0, size - 1);
    program.steps.push_back(s);
  }
}

}  // namespace verifier
