#pragma once
// Reading JSON without trust: every field is asked for by name and type, and what nobody asked for is remembered, so
// that the answer can list it as "not verified".

#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "verifier/program.hpp"

namespace verifier {

using Json = nlohmann::json;

/// Builds the document from the parser's events, in linear time: nlohmann's own callback looks through the parent again
/// at the end of each object. Refuses what is nested too deeply and keys that stand twice in one object.
class Builder : public nlohmann::json_sax<Json> {
 public:
  Json take() { return std::move(root_); }

  bool null() override { return put(nullptr); }
  bool boolean(bool value) override { return put(value); }
  bool number_integer(number_integer_t value) override { return put(value); }
  bool number_unsigned(number_unsigned_t value) override { return put(value); }
  bool number_float(number_float_t value, const string_t&) override { return put(value); }
  bool string(string_t& value) override { return put(std::move(value)); }
  bool binary(binary_t&) override { throw Unreadable("not JSON: binary"); }
  bool start_object(std::size_t) override { return open(Json::object()); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    auto& object = open_.back()->get_ref<Json::object_t&>();
    const auto [place, is_new] = object.emplace(name, nullptr);
    if (!is_new) throw Unreadable("the key \"" + name + "\" stands twice in one object");
    slot_ = &place->second;
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error) override {
    throw Unreadable(std::string("not JSON: ") + error.what());
  }

 private:
  // Where the next value goes: to the key that was read, to the end of the open array, or it is the root.
  Json& place(Json value) {
    Json* target = open_.empty() ? &root_ : std::exchange(slot_, nullptr);
    if (target == nullptr) return open_.back()->get_ref<Json::array_t&>().emplace_back(std::move(value));
    return *target = std::move(value);
  }
  bool put(Json value) {
    place(std::move(value));
    return true;
  }
  bool open(Json value) {
    if (open_.size() >= most_depth) throw Unreadable("nested too deeply");
    open_.push_back(&place(std::move(value)));
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  Json root_;
  std::vector<Json*> open_;  // nothing is put into a parent before its child is closed, so they do not move
  Json* slot_ = nullptr;
};

inline Json parse(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) throw Unreadable("not JSON: a byte order mark");
  if (text.find('\0') != text.npos) throw Unreadable("not JSON: a NUL byte");
  Builder builder;
  Json::sax_parse(text, &builder);
  return builder.take();
}

inline bool is_format(const Json& json, std::string_view format) {
  return json.is_object() && json.value("format", Json()) == Json(format);
}

using Texts = std::vector<std::string>;

/// A JSON value and its place in the file.
struct Field {
  const Json* json;
  std::string place;
  Texts* untaken;  // receives the places in objects that nobody asked for

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
    const std::string_view denominator = std::string_view(text).substr(slash + 1);
    require(!denominator.starts_with('-'), "not a number");
    const Z below = digits(denominator);
    require(below != 0, "a denominator is zero");
    return Q(digits(std::string_view(text).substr(0, slash))) / Q(below);
  }
  [[nodiscard]] std::size_t count(std::size_t least, std::size_t most) const {
    require(json->is_number_unsigned(), "not an integer >= 0");
    const auto value = json->get<std::size_t>();
    require(least <= value && value <= most, "out of range");
    return value;
  }
  /// Below `size`.
  [[nodiscard]] std::size_t position(std::size_t size) const {
    require(size > 0, "there is nothing to choose from");
    return count(0, size - 1);
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
    for (const Json& item : *json) fields.push_back({&item, place + "/" + std::to_string(fields.size()), untaken});
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
      for (const Json& item : row) a.entries[next++] = Field{&item, place, untaken}.integer();
    }
    return a;
  }
  /// `count` distinct positions below `size`, counted from 0.
  [[nodiscard]] std::vector<std::size_t> positions(std::size_t count_of_them, std::size_t size) const {
    std::vector<std::size_t> result;
    for (const Field& item : list()) {
      const std::size_t next = item.position(size);
      item.require(std::find(result.begin(), result.end(), next) == result.end(), "named twice");
      result.push_back(next);
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

/// An object whose fields are taken one by one; the places of those that were not are listed in the end.
class Object {
 public:
  explicit Object(const Field& field) : field_(field) { field.require(field.json->is_object(), "not an object"); }
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;
  ~Object() {
    for (const auto& [key, value] : field_.json->items())
      if (!taken_.contains(key)) field_.untaken->push_back(field_.place + "/" + key);
  }
  /// A name of what the file is about, if there is one: nothing in the file tells whether it is right.
  void take_label(const std::string& name, std::string& text) {
    const auto label = find(name);
    if (!label) return;
    text = label->text();
    field_.untaken->push_back(label->place + " (only against a manifest)");
  }
  [[nodiscard]] std::optional<Field> find(const std::string& key) {
    const auto found = field_.json->find(key);
    if (found == field_.json->end()) return {};
    taken_.insert(key);
    return Field{&*found, field_.place + "/" + key, field_.untaken};
  }
  Field take(const std::string& key) {
    const auto found = find(key);
    if (!found) throw Rejected(field_.place + "/" + key + ": missing");
    return *found;
  }

 private:
  Field field_;
  std::set<std::string> taken_;
};

inline Matrix<Z> read_matrix(const Field& field) {
  Object object(field);
  const Z denominator = object.take("denominator").integer();
  field.require(denominator > 0, "the denominator is not positive");
  const Field entries = object.take("entries");
  const auto rows = entries.list();
  const std::size_t cols = rows.empty() ? object.take("cols").count(0, most_entries) : rows[0].json->size();
  Matrix<Z> a = entries.vectors(cols, most_entries);
  a.denominator = denominator;
  return a;
}

/// Of `cols` columns.
inline Matrix<Z> read_rows(const Field& field, std::size_t cols) {
  Matrix<Z> a = read_matrix(field);
  field.require(a.cols == cols, "not one column for each parameter");
  return a;
}

/// Numbers, as a row.
inline Matrix<Z> read_numbers(const Field& field) {
  const auto list = field.list();
  return matrix_of(1, list.size(), [&](std::size_t, std::size_t j) { return list[j].number(); });
}

/// Appends to a program and to the matrices that are given to it: first 1, then `inputs` others, then constants.
inline void read_program(const Field& constants, const Field& steps, std::size_t inputs, Program& program,
                         std::vector<Matrix<Z>>& leaves) {
  static const Texts names = {"leaf",     "transpose", "reciprocal", "scale", "add",
                              "subtract", "multiply",  "hadamard",   "dot",   "scalar_multiply"};
  for (const Field& item : constants.list()) leaves.push_back(read_matrix(item));
  for (const Field& field : steps.list()) {
    if (program.size() == most_instructions) throw Unreadable("limits: too many instructions");
    const auto parts = field.list();
    field.require(!parts.empty(), "not an instruction");
    const std::string& name = parts[0].text();
    const bool input = name == "input";
    const auto found = std::find(names.begin(), names.end(), input || name == "constant" ? "leaf" : name);
    parts[0].require(found != names.end() && name != "leaf", "unknown instruction");
    Instruction s{Operation(found - names.begin()), 0, 0, 1};
    const std::size_t scale = s.operation == Operation::scale ? 1 : 0;
    field.require(parts.size() == 2 + scale + (s.has_two() ? 1 : 0), "not as many operands as the instruction has");
    if (scale == 1) s.factor = parts[1].number();
    const Field& first = parts[1 + scale];
    if (s.has_operands()) {
      s.a = first.position(program.size());
      s.b = parts.back().position(program.size());
    } else {
      s.a = input ? 1 + first.position(inputs) : 1 + inputs + first.position(leaves.size() - inputs - 1);
    }
    program.push_back(s);
  }
}

}  // namespace verifier
