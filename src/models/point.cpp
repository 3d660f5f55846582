// POINT.json: exact points in and out. Numbers are JSON integers or strings; every error names its place.
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <rankscape/model.hpp>

#include "models/evidence_json.hpp"

namespace rankscape {

namespace {

constexpr Index most_entries = 1'000'000;

Rational read_number(const Json& json, const std::string& place) {
  if (json.is_number_integer())
    return json.is_number_unsigned() ? Rational(json.get<std::uint64_t>()) : Rational(json.get<std::int64_t>());
  if (json.is_string()) {
    try {
      return parse_rational(json.get_ref<const std::string&>());
    } catch (const InputError& error) {
      throw InputError(place + ": " + error.what());
    }
  }
  throw InputError(place + ": expected an integer or a string such as \"-7/3\" or \"0.1\", found " +
                   std::string(json.type_name()));
}

std::string at(const std::string& place, std::size_t k) {
  return place + "/" + std::to_string(k);
}

RationalMatrix read_matrix(const Json& json, const std::string& place) {
  const auto fail = [&](const std::string& where, const char* why) { throw InputError(where + ": " + why); };
  if (!json.is_array() || json.empty()) fail(place, "expected a matrix: a nonempty array of rows");
  std::size_t cols = 0;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const Json& row = json[i];
    if (!row.is_array() || row.empty()) fail(at(place, i), "expected a row: a nonempty array of numbers");
    if (i == 0) cols = row.size();
    if (row.size() != cols) fail(at(place, i), "ragged matrix: this row has another length than the first");
  }
  if (static_cast<Index>(json.size()) > most_entries / static_cast<Index>(cols)) fail(place, "more than 10^6 entries");
  RationalMatrix a(static_cast<Index>(json.size()), static_cast<Index>(cols));
  for (std::size_t i = 0; i < json.size(); ++i) {
    for (std::size_t j = 0; j < cols; ++j) {
      a(static_cast<Index>(i), static_cast<Index>(j)) = read_number(json[i][j], at(at(place, i), j));
    }
  }
  return a;
}

bool is_number(const Json& json) {
  return json.is_number() || json.is_string();
}

Datum read_datum(const Json& json, const std::string& place) {
  if (is_number(json)) return read_number(json, place);
  if (!json.is_array() || json.empty())
    throw InputError(place + ": expected a number, a list, a matrix or a list of matrices");
  if (is_number(json.front())) {
    std::vector<Rational> numbers;
    for (std::size_t k = 0; k < json.size(); ++k)
      numbers.push_back(read_number(json[k], at(place, k)));
    return numbers;
  }
  const bool list = json.front().is_array() && !json.front().empty() && json.front().front().is_array();
  if (!list) return read_matrix(json, place);
  std::vector<RationalMatrix> matrices;
  for (std::size_t k = 0; k < json.size(); ++k)
    matrices.push_back(read_matrix(json[k], at(place, k)));
  return matrices;
}

template <class T, class Write>
Json write_list(const std::vector<T>& list, const Write& write) {
  Json json = Json::array();
  for (const T& item : list)
    json.push_back(write(item));
  return json;
}

Json write_datum(const Datum& datum) {
  if (const auto* number = std::get_if<Rational>(&datum)) return number_to_json(*number);
  if (const auto* numbers = std::get_if<std::vector<Rational>>(&datum)) return write_list(*numbers, number_to_json);
  if (const auto* matrix = std::get_if<RationalMatrix>(&datum)) return matrix_to_json(*matrix);
  return write_list(std::get<std::vector<RationalMatrix>>(datum), matrix_to_json);
}

}  // namespace

Point point_from_json(const Json& json) {
  if (!json.is_object()) throw InputError("/: expected an object with format, model, data and weights");
  for (const auto& [key, value] : json.items()) {
    if (key != "format" && key != "model" && key != "data" && key != "weights") {
      throw InputError("/" + key + ": unknown field");
    }
  }
  const auto field = [&](const char* key, Json::value_t type, const char* expected) -> const Json& {
    if (!json.contains(key)) throw InputError(std::string("/") + key + ": missing");
    if (json.at(key).type() != type) throw InputError(std::string("/") + key + ": expected " + expected);
    return json.at(key);
  };
  if (field("format", Json::value_t::string, "a string") != "rankscape-point/1") {
    throw InputError("/format: expected \"rankscape-point/1\"");
  }
  Point point;
  point.model = field("model", Json::value_t::string, "a string").get<std::string>();
  for (const auto& [name, value] : field("data", Json::value_t::object, "an object").items()) {
    point.data.emplace(name, read_datum(value, "/data/" + name));
  }
  const Json& weights = field("weights", Json::value_t::array, "an array of matrices");
  for (std::size_t h = 0; h < weights.size(); ++h)
    point.weights.push_back(read_matrix(weights[h], at("/weights", h)));
  return point;
}

Json to_json(const Point& point) {
  Json json;
  json["format"] = "rankscape-point/1";
  json["model"] = point.model;
  json["data"] = Json::object();
  for (const auto& [name, datum] : point.data)
    json["data"][name] = write_datum(datum);
  json["weights"] = write_list(point.weights, matrix_to_json);
  return json;
}

Json Instance::certificate_claims() const {
  return Json::object();
}

std::string Instance::family() const {
  return {};
}

std::map<std::string, Inertia> Model::proved_inertias(const Shape& /*shape*/) const {
  return {};
}

bool Model::constant_on_families(std::size_t /*feature*/) const {
  return false;
}

std::vector<Reading> Instance::readings() const {
  return {};
}

std::vector<Scope> Model::excursions(const std::vector<Shape>& /*shapes*/) const {
  return {};
}

std::vector<Point> Model::simplifications(const Point& /*point*/) const {
  return {};
}

}  // namespace rankscape
