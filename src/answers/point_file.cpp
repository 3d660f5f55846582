// Certificates name their arrays: `W(2)` is the second matrix of a list W.
#include "answers/point_file.hpp"

#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>

#include "text/matrix_file.hpp"

namespace rankscape {

namespace {

// A matrix over one denominator, as rows of fractions.
Json rows_of(const Json& value, const std::string& place) {
  if (!value.is_object()) throw InputError(place + ": expected a matrix {\"denominator\": .., \"entries\": ..}");
  RationalMatrix matrix;
  try {
    matrix = text::matrix_of(value);
  } catch (const InputError& error) {
    throw InputError(place + ": " + error.what());
  }
  Json rows = Json::array();
  for (Index i = 0; i < matrix.rows(); ++i) {
    Json& row = rows.emplace_back(Json::array());
    for (Index j = 0; j < matrix.cols(); ++j)
      row.push_back(to_string(matrix(i, j)));
  }
  return rows;
}

const Json& arrays_of(const Json& certificate, const char* key) {
  if (!certificate.contains(key) || !certificate.at(key).is_array())
    throw InputError(std::string("/") + key + ": expected an array");
  return certificate.at(key);
}

Json point_of_certificate(const Json& certificate) {
  const Json landscape = certificate.value("landscape", Json(""));
  if (!landscape.is_string() || landscape.get<std::string>().empty()) {
    throw InputError(
        "/landscape: the certificate names none: its loss was spelled out, and it holds the program of "
        "that loss, not its formula; use the point file");
  }
  Json point;
  point["format"] = "rankscape-point/1";
  point["model"] = landscape;
  point["data"] = Json::object();
  point["weights"] = Json::array();
  for (const Json& array : arrays_of(certificate, "data")) {
    const std::string name = array.value("name", Json("")).is_string() ? array.value("name", std::string()) : "";
    const std::size_t index = name.find('(');
    Json rows = rows_of(array.value("value", Json()), "/data/" + name);
    if (index == std::string::npos) {
      point["data"][name] = std::move(rows);
    } else {
      point["data"][name.substr(0, index)].push_back(std::move(rows));
    }
  }
  for (const Json& array : arrays_of(certificate, "weights"))
    point["weights"].push_back(rows_of(array.value("value", Json()), "/weights"));
  return point;
}

}  // namespace

Json read_point_file(const std::string& path) {
  Json json = read_exact_json(path);
  const Json format = json.is_object() ? json.value("format", Json()) : Json();
  if (!format.is_string() || !format.get<std::string>().starts_with("rankscape-certificate/")) return json;
  try {
    return point_of_certificate(json);
  } catch (const InputError& error) {
    throw InputError(path + ": " + error.what());
  }
}

}  // namespace rankscape
