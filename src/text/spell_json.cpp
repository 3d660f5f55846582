#include "text/spell_json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace rankscape::text {

namespace {

std::string on_one_line(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void spell(const Json& json, std::size_t step, const std::string& indent, std::string& text) {
  const bool flat = !json.is_structured() || json.empty() ||
                    (json.is_array() &&
                     std::none_of(json.begin(), json.end(), [](const Json& item) { return item.is_structured(); }));
  if (flat) {
    text += on_one_line(json);
    return;
  }
  const std::string deeper = indent + std::string(step, ' ');
  text += json.is_object() ? '{' : '[';
  const char* before = "\n";
  for (const auto& [key, item] : json.items()) {
    text += before + deeper;
    if (json.is_object()) text += on_one_line(Json(key)) + ": ";
    spell(item, step, deeper, text);
    before = ",\n";
  }
  text += '\n';
  text += indent;
  text += json.is_object() ? '}' : ']';
}

}  // namespace

std::string spelled(const Json& json, std::size_t step) {
  std::string text;
  spell(json, step, "", text);
  return text;
}

}  // namespace rankscape::text
