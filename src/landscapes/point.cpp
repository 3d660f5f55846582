// POINT.json in and out: arrays by name or in order, as the landscape declares them.
#include "landscapes/point_file.hpp"

#include <rankscape/error.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace rankscape {

namespace {

constexpr Index most_entries = 1'000'000;
constexpr std::size_t most_items = 100'000;

Rational read_number(const Json& json, const std::string& place) {
  if (json.is_number_integer())
    return json.is_number_unsigned() ? Rational(json.get<std::uint64_t>()) : Rational(json.get<std::int64_t>());
  if (json.is_string()) {
    std::string word = json.get_ref<const std::string&>();
    for (char& c : word)
      c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    word.erase(0, word.find_first_not_of("+-"));
    if (word == "nan") throw InputError(place + ": is NaN, expected a number");
    if (word == "inf" || word == "infinity") throw InputError(place + ": is infinite, expected a number");
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

bool is_number(const Json& json) {
  return json.is_number() || json.is_string();
}

Json write_number(const Rational& value) {
  // integers that every reader keeps exactly
  constexpr long largest = 1L << 53;
  if (denominator(value) == 1 && abs(numerator(value)) <= largest) return numerator(value).convert_to<long>();
  return to_string(value);
}

Json write_matrix(const RationalMatrix& a) {
  Json json = Json::array();
  for (Index i = 0; i < a.rows(); ++i) {
    Json row = Json::array();
    for (Index j = 0; j < a.cols(); ++j)
      row.push_back(write_number(a(i, j)));
    json.push_back(std::move(row));
  }
  return json;
}

Json write_list(const RationalMatrix& a) {
  Json json = Json::array();
  for (const Rational& entry : a.reshaped())
    json.push_back(write_number(entry));
  return json;
}

Json write_array(Type::Form form, const RationalMatrix& a) {
  if (form == Type::Form::number) return write_number(a(0, 0));
  return form == Type::Form::sequence ? write_list(a) : write_matrix(a);
}

Datum datum_of(Type::Form form, const RationalMatrix& a) {
  if (form == Type::Form::number) return a(0, 0);
  if (form != Type::Form::sequence) return a;
  std::vector<Rational> entries(a.reshaped().begin(), a.reshaped().end());
  return entries;
}

GivenArray given(const RationalMatrix& value, GivenArray::Spelling spelling, std::string place) {
  GivenArray item;
  item.value = value;
  item.spelling = spelling;
  item.place = std::move(place);
  return item;
}

std::vector<GivenArray> items_of(const Datum& datum, const std::string& place) {
  using Spelling = GivenArray::Spelling;
  std::vector<GivenArray> items;
  if (const auto* number = std::get_if<Rational>(&datum)) {
    items.push_back(given(RationalMatrix::Constant(1, 1, *number), Spelling::number, place));
  } else if (const auto* list = std::get_if<std::vector<Rational>>(&datum)) {
    RationalMatrix column(static_cast<Index>(list->size()), 1);
    for (std::size_t k = 0; k < list->size(); ++k)
      column(static_cast<Index>(k), 0) = (*list)[k];
    items.push_back(given(column, Spelling::list, place));
  } else if (const auto* matrix = std::get_if<RationalMatrix>(&datum)) {
    items.push_back(given(*matrix, Spelling::matrix, place));
  } else {
    for (const RationalMatrix& one : std::get<std::vector<RationalMatrix>>(datum))
      items.push_back(given(one, Spelling::matrix, at(place, items.size())));
  }
  return items;
}

// The declarations of one name, and whether it is a list.
std::vector<std::size_t> parts_of(const Landscape::Data& data, const std::string& name, bool weights) {
  std::vector<std::size_t> parts;
  for (std::size_t a = 0; a < data.arrays.size(); ++a) {
    if (data.arrays[a].name == name && data.is_weight(a) == weights) parts.push_back(a);
  }
  return parts;
}

std::string known_names(const Landscape::Data& data, bool weights) {
  std::string text;
  for (std::size_t a = 0; a < data.arrays.size(); ++a) {
    if (data.is_weight(a) == weights && text.find(data.arrays[a].name + ",") == std::string::npos)
      text += data.arrays[a].name + ", ";
  }
  return text.empty() ? "none" : text.substr(0, text.size() - 2);
}

Run run_of_json(const Landscape::Data& data, const std::string& name, const Json& json, bool weights) {
  const std::string place = (weights ? "/weights/" : "/data/") + name;
  Run run;
  run.place = place;
  run.arrays = parts_of(data, name, weights);
  if (run.arrays.empty())
    throw InputError(
        fmt::format("{}: no such {}, expected {}", place, weights ? "weight" : "datum", known_names(data, weights)));
  if (data.arrays[run.arrays.front()].pattern.form == Pattern::Form::plain) {
    run.items.push_back(array_from_json(json, place));
    return run;
  }
  if (!json.is_array()) throw InputError(place + ": expected an array, one item for each index");
  if (json.size() > most_items) throw InputError(place + ": more than 100000 arrays");
  for (std::size_t k = 0; k < json.size(); ++k)
    run.items.push_back(array_from_json(json[k], at(place, k)));
  return run;
}

// Would the point fit if its weights were transposed?
bool fits_transposed(const Landscape::Data& data, std::vector<Run> runs,
                     const std::map<std::string, Shape::Item>& sizes) {
  for (Run& run : runs) {
    if (run.arrays.empty() || !data.is_weight(run.arrays.front())) continue;
    for (GivenArray& item : run.items) {
      if (item.spelling == GivenArray::Spelling::matrix) item.value = RationalMatrix(item.value.transpose());
    }
  }
  try {
    static_cast<void>(locate(data, runs, sizes));
    return true;
  } catch (const InputError&) {  // then that is not what is wrong
    return false;
  }
}

Run run_of_weights(const Landscape::Data& data) {
  Run run;
  run.place = "/weights";
  for (std::size_t a = data.data_count; a < data.arrays.size(); ++a)
    run.arrays.push_back(a);
  return run;
}

void require_data(const Landscape::Data& data, const std::vector<Run>& runs) {
  for (std::size_t a = 0; a < data.arrays.size(); ++a) {
    const Declaration& array = data.arrays[a];
    if (array.has_default) continue;
    const bool known = std::any_of(runs.begin(), runs.end(), [&](const Run& run) {
      return std::find(run.arrays.begin(), run.arrays.end(), a) != run.arrays.end();
    });
    if (!known) throw InputError((data.is_weight(a) ? "/weights/" : "/data/") + array.name + ": missing");
  }
}

}  // namespace

GivenArray array_from_json(const Json& json, const std::string& place) {
  using Spelling = GivenArray::Spelling;
  if (is_number(json)) return given(RationalMatrix::Constant(1, 1, read_number(json, place)), Spelling::number, place);
  if (!json.is_array()) throw InputError(place + ": expected a number, a list of numbers or an array of rows");
  if (json.empty() || is_number(json.front())) {
    if (json.size() > static_cast<std::size_t>(most_entries)) throw InputError(place + ": more than 10^6 entries");
    RationalMatrix column(static_cast<Index>(json.size()), 1);
    for (std::size_t k = 0; k < json.size(); ++k)
      column(static_cast<Index>(k), 0) = read_number(json[k], at(place, k));
    return given(column, Spelling::list, place);
  }
  std::size_t cols = 0;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const Json& row = json[i];
    if (!row.is_array()) throw InputError(at(place, i) + ": expected a row: an array of numbers");
    if (i == 0) cols = row.size();
    if (row.size() != cols)
      throw InputError(at(place, i) + ": ragged matrix: this row has another length than the first");
  }
  if (cols > 0 && static_cast<Index>(json.size()) > most_entries / static_cast<Index>(cols))
    throw InputError(place + ": more than 10^6 entries");
  RationalMatrix a(static_cast<Index>(json.size()), static_cast<Index>(cols));
  for (std::size_t i = 0; i < json.size(); ++i) {
    for (std::size_t j = 0; j < cols; ++j)
      a(static_cast<Index>(i), static_cast<Index>(j)) = read_number(json[i][j], at(at(place, i), j));
  }
  return given(a, Spelling::matrix, place);
}

void check_point_fields(const Json& json) {
  if (!json.is_object()) throw InputError("/: expected an object with format, model, data and weights");
  static const std::set<std::string> known{"format",      "model", "loss", "define", "domain",
                                           "constraints", "sizes", "data", "weights"};
  for (const auto& [key, value] : json.items()) {
    if (!known.contains(key)) throw InputError("/" + key + ": unknown field");
  }
  const auto field = [&](const char* key) -> const Json& {
    if (!json.contains(key)) throw InputError(std::string("/") + key + ": missing");
    return json.at(key);
  };
  const Json& format = field("format");
  if (!format.is_string() || format != "rankscape-point/1") throw InputError("/format: expected \"rankscape-point/1\"");
  if (json.contains("loss") == json.contains("model")) {
    throw InputError(json.contains("loss") ? "/loss: stands beside \"model\", expected one of them"
                                           : "/model: missing (or \"loss\")");
  }
  const char* formula = json.contains("model") ? "model" : "loss";
  if (!field(formula).is_string()) throw InputError(std::string("/") + formula + ": expected a string");
  if (!json.contains("loss")) {
    for (const char* key : {"define", "domain", "constraints"}) {
      if (json.contains(key)) throw InputError(std::string("/") + key + ": stands without \"loss\"");
    }
  }
  if (json.contains("data") && !json.at("data").is_object()) throw InputError("/data: expected an object");
  const Json& weights = field("weights");
  if (!weights.is_array() && !weights.is_object()) throw InputError("/weights: expected an array or an object");
  if (json.contains("sizes") && !json.at("sizes").is_object()) throw InputError("/sizes: expected an object");
}

std::map<std::string, Shape::Item> sizes_from_json(const Json& json) {
  std::map<std::string, Shape::Item> sizes;
  for (const auto& [name, value] : json.items()) {
    const std::string place = "/sizes/" + name;
    const Shape shape = Shape::from_json(Json::array({value, 0}), place);
    sizes.emplace(name, shape.items().front());
  }
  return sizes;
}

Point read_point(const Landscape::Data& data, const Json& json) {
  check_point_fields(json);
  std::vector<Run> runs;
  const Json none = Json::object();
  for (const auto& [name, value] : (json.contains("data") ? json.at("data") : none).items())
    runs.push_back(run_of_json(data, name, value, false));
  const Json& weights = json.at("weights");
  if (weights.is_object()) {
    for (const auto& [name, value] : weights.items())
      runs.push_back(run_of_json(data, name, value, true));
  } else {
    if (weights.size() > most_items) throw InputError("/weights: more than 100000 arrays");
    Run run = run_of_weights(data);
    for (std::size_t k = 0; k < weights.size(); ++k)
      run.items.push_back(array_from_json(weights[k], at("/weights", k)));
    runs.push_back(std::move(run));
  }
  require_data(data, runs);
  const auto sizes = json.contains("sizes") ? sizes_from_json(json.at("sizes")) : std::map<std::string, Shape::Item>();
  try {
    return point_of(data, locate(data, runs, sizes));
  } catch (const InputError& error) {
    if (!fits_transposed(data, runs, sizes)) throw;
    throw InputError(std::string(error.what()) +
                     "; the transposed weights would fit: Keras and others store them as inputs x outputs");
  }
}

Found locate_point(const Landscape::Data& data, const Point& point) {
  std::vector<Run> runs;
  for (const auto& [name, datum] : point.data) {
    Run run;
    run.place = "/data/" + name;
    run.arrays = parts_of(data, name, false);
    if (run.arrays.empty()) throw InputError(run.place + ": no such datum, expected " + known_names(data, false));
    run.items = items_of(datum, run.place);
    const bool plain = data.arrays[run.arrays.front()].pattern.form == Pattern::Form::plain;
    if (plain && (run.items.size() != 1 || std::holds_alternative<std::vector<RationalMatrix>>(datum)))
      throw InputError(run.place + ": expected one array, found a list of them");
    if (!plain && !std::holds_alternative<std::vector<RationalMatrix>>(datum)) {
      // a list that has no items looks like an empty list of numbers
      if (run.items.front().value.size() != 0) throw InputError(run.place + ": expected a list of arrays");
      run.items.clear();
    }
    runs.push_back(std::move(run));
  }
  Run weights = run_of_weights(data);
  for (std::size_t k = 0; k < point.weights.size(); ++k)
    weights.items.push_back(given(point.weights[k], GivenArray::Spelling::matrix, at("/weights", k)));
  runs.push_back(std::move(weights));
  require_data(data, runs);
  return locate(data, runs, point.sizes);
}

Point point_of(const Landscape::Data& data, const Found& found) {
  Point point;
  point.model = data.id;
  point.inline_loss = data.inline_loss;
  for (const SizeItem& item : data.sizes) {
    const auto& stored = found.values.stored(item.position);
    if (!item.list) {
      point.sizes.emplace(item.name, std::get<long>(stored.at({})));
      continue;
    }
    std::vector<long> list;
    list.reserve(stored.size());
    for (const auto& [index, value] : stored)
      list.push_back(std::get<long>(value));
    point.sizes.emplace(item.name, std::move(list));
  }
  for (std::size_t a = 0; a < data.arrays.size(); ++a) {
    const Declaration& array = data.arrays[a];
    if (data.is_weight(a)) {
      for (const auto& [indices, value] : found.arrays[a])
        point.weights.push_back(value);
    } else if (!found.given[a]) {
      continue;
    } else if (array.pattern.form == Pattern::Form::plain) {
      point.data.emplace(array.name, datum_of(array.type.form, found.arrays[a].at({})));
    } else {
      auto& list = std::get<std::vector<RationalMatrix>>(
          point.data.try_emplace(array.name, std::vector<RationalMatrix>()).first->second);
      for (const auto& [indices, value] : found.arrays[a])
        list.push_back(value);
    }
  }
  return point;
}

Json write_point(const Landscape::Data& data, const Point& point) {
  const Found found = locate_point(data, point);
  Json json;
  json["format"] = "rankscape-point/1";
  if (data.inline_loss) {
    const InlineLoss& loss = *data.inline_loss;
    json["loss"] = loss.loss;
    const auto write = [&](const char* key, const auto& entries) {
      for (const auto& [name, formula] : entries)
        json[key][name] = formula;
    };
    write("define", loss.define);
    write("domain", loss.domain);
    write("constraints", loss.constraints);
  } else {
    json["model"] = data.id;
  }
  const Point complete = point_of(data, found);
  for (const std::string& name : sizes_not_inferred(data)) {
    const Shape::Item& value = complete.sizes.at(name);
    json["sizes"][name] = std::visit([](const auto& v) { return Json(v); }, value);
  }
  json["data"] = Json::object();
  const auto write = [&](std::size_t a, Json& into) {
    const Declaration& array = data.arrays[a];
    if (array.pattern.form == Pattern::Form::plain) {
      into[array.name] = write_array(array.type.form, found.arrays[a].at({}));
      return;
    }
    if (!into.contains(array.name)) into[array.name] = Json::array();
    for (const auto& [indices, value] : found.arrays[a])
      into[array.name].push_back(write_array(array.type.form, value));
  };
  for (std::size_t a = 0; a < data.data_count; ++a) {
    if (found.given[a]) write(a, json["data"]);
  }
  // matrices alone, or one list of them, stand in order
  const auto plain = [&](std::size_t a) { return data.arrays[a].pattern.form == Pattern::Form::plain; };
  bool matrices = true;
  bool all_plain = true;
  for (std::size_t a = data.data_count; a < data.arrays.size(); ++a) {
    matrices = matrices && data.arrays[a].type.form == Type::Form::matrix;
    all_plain = all_plain && plain(a);
  }
  const bool in_order = matrices && !data.inline_loss && (all_plain || data.arrays.size() - data.data_count == 1);
  json["weights"] = in_order ? Json::array() : Json::object();
  for (std::size_t a = data.data_count; a < data.arrays.size(); ++a) {
    if (!in_order) {
      write(a, json["weights"]);
      continue;
    }
    for (const auto& [indices, value] : found.arrays[a])
      json["weights"].push_back(write_matrix(value));
  }
  return json;
}

Index parameters_of(const Weights& weights) {
  Index parameters = 0;
  for (const RationalMatrix& weight : weights)
    parameters += weight.size();
  return parameters;
}

Json to_json(const Datum& datum) {
  if (const auto* number = std::get_if<Rational>(&datum)) return write_number(*number);
  Json json = Json::array();
  if (const auto* list = std::get_if<std::vector<Rational>>(&datum)) {
    for (const Rational& entry : *list)
      json.push_back(write_number(entry));
    return json;
  }
  if (const auto* matrix = std::get_if<RationalMatrix>(&datum)) return write_matrix(*matrix);
  for (const RationalMatrix& one : std::get<std::vector<RationalMatrix>>(datum))
    json.push_back(write_matrix(one));
  return json;
}

}  // namespace rankscape
