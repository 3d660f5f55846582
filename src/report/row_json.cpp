// One row as JSON and back. The labels of the model stand in the row itself, between its shape and its verdicts, so
// that
// `.cases[].r` is what a script writes.

#include <algorithm>
#include <array>
#include <limits>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <rankscape/report/json_report.hpp>

#include "report/label_json.hpp"
#include "text/number_json.hpp"

namespace rankscape {
namespace {

// The fields of a row besides its shape and its labels.
constexpr std::array<std::string_view, 26> fields = {"key",
                                                     "case",
                                                     "matched",
                                                     "predicted",
                                                     "predictions",
                                                     "found",
                                                     "inside",
                                                     "violates",
                                                     "covered",
                                                     "agrees",
                                                     "value",
                                                     "inertia",
                                                     "claims",
                                                     "family",
                                                     "choices",
                                                     "position",
                                                     "sample",
                                                     "escape_order",
                                                     "lambda_min",
                                                     "certificate",
                                                     "validity",
                                                     "reason",
                                                     "idle",
                                                     "critical_for_all_parameters",
                                                     "inertia_for_all_parameters",
                                                     "inertia_where"};

bool is_field(std::string_view name) {
  return std::find(fields.begin(), fields.end(), name) != fields.end();
}

Json truth_json(Truth value) {
  return value == Truth::unknown ? Json(nullptr) : Json(value == Truth::yes);
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json value_or_null(const Row& row) {
  if (row.value_within) return enclosure_to_json(*row.value_within);
  return row.value ? number_to_json(*row.value) : Json(nullptr);
}

Json inertia_or_null(const std::optional<Inertia>& inertia) {
  return inertia ? inertia_to_json(*inertia) : Json(nullptr);
}

// RFC 6901.
std::string pointer_token(const std::string& key) {
  std::string token;
  for (const char c : key)
    token += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return token;
}

// A JSON value with its place, which names it in messages.
class Node {
 public:
  Node(const Json& json, std::string place) : json_(json), place_(std::move(place)) {}

  [[noreturn]] void refuse(const std::string& expected) const {
    std::string found = json_.dump(-1, ' ', true, Json::error_handler_t::replace);
    if (found.size() > 60) found = found.substr(0, 57) + "...";
    throw InputError((place_.empty() ? "/" : place_) + ": expected " + expected + ", found " + found);
  }
  [[nodiscard]] const Json& json() const { return json_; }

  [[nodiscard]] Node at(const std::string& key) const {
    if (!json_.is_object()) refuse("an object");
    const auto found = json_.find(key);
    if (found == json_.end()) throw InputError((place_.empty() ? "/" : place_) + ": \"" + key + "\" is missing");
    return {*found, place_ + "/" + pointer_token(key)};
  }
  [[nodiscard]] std::optional<Node> find(const std::string& key) const {
    if (!json_.contains(key)) return std::nullopt;
    return at(key);
  }
  [[nodiscard]] Node at(std::size_t i) const { return {json_[i], place_ + "/" + std::to_string(i)}; }

  [[nodiscard]] std::string text() const {
    if (!json_.is_string()) refuse("a string");
    return json_.get<std::string>();
  }
  [[nodiscard]] std::string text_or_empty() const { return json_.is_null() ? std::string() : text(); }
  [[nodiscard]] Truth truth() const {
    if (json_.is_null()) return Truth::unknown;
    if (!json_.is_boolean()) refuse("true, false or null");
    return rankscape::truth(json_.get<bool>());
  }
  [[nodiscard]] std::int64_t integer(std::int64_t least, std::int64_t greatest) const {
    const bool fits = json_.is_number_integer() &&
                      (!json_.is_number_unsigned() ||
                       json_.get<std::uint64_t>() <= std::uint64_t{std::numeric_limits<std::int64_t>::max()});
    if (!fits || json_.get<std::int64_t>() < least || json_.get<std::int64_t>() > greatest) {
      refuse("an integer between " + std::to_string(least) + " and " + std::to_string(greatest));
    }
    return json_.get<std::int64_t>();
  }
  [[nodiscard]] Rational rational() const {
    if (json_.is_number_integer()) return parse_rational(json_.dump());
    if (!json_.is_string()) refuse("an exact number: an integer or a string such as \"-7/3\"");
    try {
      return parse_rational(json_.get_ref<const std::string&>());
    } catch (const InputError& error) {
      throw InputError(place_ + ": " + error.what());
    }
  }
  [[nodiscard]] Enclosure enclosure() const {
    const Rational lo = at("lo").rational();
    const Rational hi = at("hi").rational();
    if (lo > hi) refuse("lo <= hi");
    return {lo, hi};
  }

 private:
  const Json& json_;
  std::string place_;
};

// A list of texts, or the one text that stands alone.
std::vector<std::string> texts(const Node& node, const std::string& list, const std::string& alone) {
  std::vector<std::string> result;
  if (const auto many = node.find(list)) {
    if (!many->json().is_array()) many->refuse("an array of strings");
    for (std::size_t i = 0; i < many->json().size(); ++i)
      result.push_back(many->at(i).text());
  } else if (std::string one = node.at(alone).text_or_empty(); !one.empty()) {
    result.push_back(std::move(one));
  }
  return result;
}

constexpr std::int64_t most_parameters = 1'000'000'000;

}  // namespace

Json row_to_json(const Row& row, const std::string& shape_key) {
  Json json;
  json["key"] = row.key;
  json[shape_key] = row.shape.to_json();
  for (const NamedCell& label : row.labels) {
    if (is_field(label.name) || label.name == shape_key) {
      throw InputError("the landscape's column '" + label.name +
                       "' has the name of a field of the report, expected another");
    }
  }
  report::add_labels(json, row.labels);
  json["case"] = text_or_null(joined(row.matched));
  if (row.matched.size() > 1) json["matched"] = row.matched;
  json["predicted"] = text_or_null(joined(row.predicted));
  if (row.predicted.size() > 1) json["predictions"] = row.predicted;
  json["found"] = to_string(row.found);
  json["inside"] = truth_json(row.inside);
  if (!row.violated.empty()) json["violates"] = row.violated;
  if (!row.covered) json["covered"] = false;
  // Outside the hypotheses there is nothing to agree with.
  json["agrees"] = row.inside == Truth::yes ? truth_json(row.agrees) : Json(nullptr);
  json["value"] = value_or_null(row);
  json["inertia"] = inertia_or_null(row.inertia);
  Json claims = Json::object();
  for (const auto& [name, holds] : row.claims)
    claims[name] = truth_json(holds);
  json["claims"] = std::move(claims);
  if (!row.idle.empty()) json["idle"] = row.idle;
  json["escape_order"] = row.escape_order ? Json(*row.escape_order) : Json(nullptr);
  json["lambda_min"] = row.lambda_min ? enclosure_to_json(*row.lambda_min) : Json(nullptr);
  json["certificate"] = text_or_null(row.certificate);
  if (!row.family.empty()) {
    json["family"] = row.family;
    json["choices"] = Json::object();
    for (const auto& [name, value] : row.choices)
      json["choices"][name] = value;
    json["position"] = row.position;
    json["sample"] = row.sample;
    json["critical_for_all_parameters"] = truth_json(row.family_critical);
    json["inertia_for_all_parameters"] = row.family_inertia ? Json(true) : Json(nullptr);
    if (!row.family_where.empty()) json["inertia_where"] = row.family_where;
  }
  if (!row.validity.empty()) json["validity"] = row.validity;
  if (!row.reason.empty()) json["reason"] = row.reason;
  return json;
}

Row row_from_json(const Json& json, const std::string& shape_key, const std::string& place) {
  const Node node(json, place);
  Row row;
  row.key = node.at("key").text();
  row.shape = Shape::from_json(node.at(shape_key).json(), place + "/" + pointer_token(shape_key));
  for (const auto& [name, value] : json.items()) {
    if (!is_field(name) && name != shape_key)
      row.labels.push_back({name, report::cell_from_json(value, place + "/" + pointer_token(name))});
  }
  row.matched = texts(node, "matched", "case");
  row.predicted = texts(node, "predictions", "predicted");
  const Node found = node.at("found");
  const auto verdict = parse_verdict(found.text());
  if (!verdict) found.refuse("a verdict");
  row.found = *verdict;
  row.inside = node.at("inside").truth();
  const auto covered = node.find("covered");
  row.covered = !covered || covered->truth() == Truth::yes;
  row.agrees = node.at("agrees").truth();
  if (const Node loss = node.at("value"); loss.json().is_object()) {
    row.value_within = loss.enclosure();
  } else if (!loss.json().is_null()) {
    row.value = loss.rational();
  }
  if (const Node inertia = node.at("inertia"); !inertia.json().is_null()) {
    row.inertia = {inertia.at("neg").integer(0, most_parameters), inertia.at("zero").integer(0, most_parameters),
                   inertia.at("pos").integer(0, most_parameters)};
    // how reports said that there is none before they had null; at an isolated feasible point it is this
    if (row.inertia == Inertia{} && (row.found == Verdict::undecided || row.found == Verdict::not_critical))
      row.inertia.reset();
  }
  const Node claims = node.at("claims");
  if (!claims.json().is_object()) claims.refuse("an object");
  for (const auto& [name, value] : claims.json().items())
    row.claims.emplace_back(name, claims.at(name).truth());
  if (node.find("idle")) row.idle = texts(node, "idle", "idle");
  const Node order = node.at("escape_order");
  if (!order.json().is_null()) row.escape_order = static_cast<int>(order.integer(1, 1'000'000));
  const Node least = node.at("lambda_min");
  if (!least.json().is_null()) row.lambda_min = least.enclosure();
  row.certificate = node.at("certificate").text_or_empty();
  if (node.find("violates")) row.violated = texts(node, "violates", "violates");
  if (const auto family = node.find("family")) {
    row.family = family->text();
    const Node choices = node.at("choices");
    if (!choices.json().is_object()) choices.refuse("an object");
    for (const auto& [name, value] : choices.json().items())
      row.choices.emplace_back(name, choices.at(name).text());
    row.position = node.at("position").text();
    row.sample = static_cast<int>(node.at("sample").integer(0, 1'000'000));
    if (const auto critical = node.find("critical_for_all_parameters")) row.family_critical = critical->truth();
    if (const auto inertia_proved = node.find("inertia_for_all_parameters"))
      row.family_inertia = inertia_proved->truth() == Truth::yes;
    if (node.find("inertia_where")) row.family_where = texts(node, "inertia_where", "inertia_where");
  }
  if (const auto validity = node.find("validity")) row.validity = validity->text();
  if (const auto reason = node.find("reason")) row.reason = reason->text();
  return row;
}

}  // namespace rankscape
