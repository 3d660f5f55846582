#include "report/label_json.hpp"

#include <limits>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>

namespace rankscape::report {

Json to_json(const Cell& cell) {
  if (const auto* truth = cell.as<bool>()) return *truth;
  if (const auto* number = cell.as<long>()) return *number;
  if (const auto* words = cell.as<std::string>()) return *words;
  if (const auto* list = cell.as<Cell::List>()) {
    Json json = Json::array();
    for (const Cell& item : *list)
      json.push_back(to_json(item));
    return json;
  }
  return nullptr;
}

Cell cell_from_json(const Json& json, const std::string& place) {
  if (json.is_null()) return {};
  if (json.is_boolean()) return json.get<bool>();
  if (json.is_string()) return json.get<std::string>();
  if (json.is_array()) {
    Cell::List list;
    for (std::size_t k = 0; k < json.size(); ++k)
      list.push_back(cell_from_json(json[k], place + "/" + std::to_string(k)));
    return list;
  }
  const bool fits =
      json.is_number_integer() &&
      (!json.is_number_unsigned() || json.get<std::uint64_t>() <= std::uint64_t{std::numeric_limits<long>::max()});
  if (!fits)
    throw InputError(place + ": expected a label: null, true, false, an integer, a string or an array of such");
  return json.get<long>();
}

void add_labels(Json& object, const Labels& labels) {
  for (const NamedCell& label : labels)
    object[label.name] = to_json(label.cell);
}

}  // namespace rankscape::report
