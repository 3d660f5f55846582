#include <rankscape/label.hpp>

namespace rankscape {

std::string to_string(const Cell& cell) {
  if (const auto* truth = cell.as<bool>()) return *truth ? "true" : "false";
  if (const auto* number = cell.as<long>()) return std::to_string(*number);
  if (const auto* words = cell.as<std::string>()) {
    std::string text = "\"";
    for (const char c : *words) {
      if (c == '"' || c == '\\') text += '\\';
      text += c;
    }
    return text + '"';
  }
  if (const auto* list = cell.as<Cell::List>()) {
    std::string text = "[";
    for (const Cell& item : *list)
      text += (text.size() == 1 ? "" : ",") + to_string(item);
    return text + "]";
  }
  return "null";
}

const Cell& find_label(const Labels& labels, std::string_view name) {
  static const Cell none;
  for (const NamedCell& label : labels) {
    if (label.name == name) return label.cell;
  }
  return none;
}

}  // namespace rankscape
