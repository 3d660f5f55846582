// A SAX handler that builds the tree itself, because the library's own turns 0.1 into a double before anybody can see
// it.
#include <rankscape/exact_json.hpp>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <vector>

#include "text/json_bytes.hpp"
#include "text/read_file.hpp"

namespace rankscape {

namespace {

constexpr std::size_t deepest = 64;
constexpr std::size_t largest_file = std::size_t{256} << 20U;
constexpr std::size_t most_values = 10'000'000;  // a tree of them takes some hundred bytes each

class ExactBuilder {
 public:
  using number_integer_t = Json::number_integer_t;
  using number_unsigned_t = Json::number_unsigned_t;
  using number_float_t = Json::number_float_t;
  using string_t = Json::string_t;
  using binary_t = Json::binary_t;

  ExactBuilder(std::string_view text, const std::string& name) : text_(text), name_(name) {}
  [[nodiscard]] Json result() { return std::move(root_); }

  bool null() { return put(nullptr); }
  bool boolean(bool value) { return put(value); }
  bool number_integer(number_integer_t value) { return put(value); }
  bool number_unsigned(number_unsigned_t value) { return put(value); }
  bool number_float(number_float_t /*nearest*/, const string_t& spelling) { return put(spelling); }
  bool string(string_t& value) { return put(std::move(value)); }
  bool binary(binary_t& /*value*/) { throw std::logic_error("binary values do not occur in JSON text"); }
  bool start_object(std::size_t /*elements*/) { return open(Json::object()); }
  bool start_array(std::size_t /*elements*/) { return open(Json::array()); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(string_t& name) {
    if (open_.back()->contains(name)) throw InputError(name_ + ": the key \"" + name + "\" stands twice in one object");
    key_ = std::move(name);
    return true;
  }
  bool parse_error(std::size_t position, const std::string& /*token*/, const nlohmann::detail::exception& error) {
    const std::string_view before = text_.substr(0, position == 0 ? 0 : position - 1);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const auto column = before.size() - (before.rfind('\n') + 1) + 1;  // npos + 1 == 0
    // the library's text: "[json.exception.x.101] parse error at line 1, column 1: syntax error ...; last read: '..'"
    std::string reason = error.what();
    const std::size_t start = reason.find(": ");
    if (start != std::string::npos) reason.erase(0, start + 2);
    std::replace_if(
        reason.begin(), reason.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
    for (const std::string_view word : {"NaN", "Infinity", "-Infinity"}) {  // as Python writes them
      const std::size_t length = std::min(word.size(), position);
      for (std::size_t back = 1; back <= length; ++back) {
        if (text_.substr(position - back).starts_with(word)) reason = std::string(word) + " is no number";
      }
    }
    throw InputError(name_ + ":" + std::to_string(line) + ":" + std::to_string(column) + ": " + reason);
  }

 private:
  bool put(Json value) {
    count();
    place(std::move(value));
    return true;
  }
  void count() {
    if (++values_ > most_values) throw InputError(name_ + ": more than " + std::to_string(most_values) + " values");
  }
  bool open(Json container) {
    count();
    if (open_.size() >= deepest)
      throw InputError(name_ + ": nested deeper than " + std::to_string(deepest) + " levels");
    open_.push_back(&place(std::move(container)));
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }
  Json& place(Json value) {
    if (open_.empty()) return root_ = std::move(value);
    Json& parent = *open_.back();
    if (parent.is_object()) return parent[key_] = std::move(value);
    parent.push_back(std::move(value));
    return parent.back();
  }

  std::string_view text_;
  const std::string& name_;
  Json root_;
  std::size_t values_ = 0;
  std::vector<Json*> open_;  // NOTE: only the innermost container grows, so the addresses stay valid
  std::string key_;
};

}  // namespace

Json parse_exact_json(std::string_view text, const std::string& name) {
  text::check_json_bytes(text, name);
  ExactBuilder builder(text, name);
  Json::sax_parse(text, &builder);
  return builder.result();
}

Json read_exact_json(const std::string& path) {
  return parse_exact_json(text::read_file(path, largest_file), path);
}

}  // namespace rankscape
