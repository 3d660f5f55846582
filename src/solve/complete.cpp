#include "solve/complete.hpp"

#include <nlohmann/json.hpp>

#include <rankscape/exact/enclosure.hpp>

#include "certificate/write.hpp"
#include "check/local_problem.hpp"
#include "text/number_json.hpp"

namespace rankscape::critical_set {

namespace {

Json numbers(const std::vector<Rational>& values) {
  Json json = Json::array();
  for (const Rational& value : values)
    json.push_back(to_string(value));
  return json;
}

Json root_json(const RealRoot& root) {
  return enclosure_to_json(root.enclose(Rational(1, 1'000'000'000)));
}

Json cofactors_json(const Cofactors& cofactors) {
  Json json = Json::array();
  for (const auto& [position, polynomial] : cofactors)
    json.push_back({position, to_plain_text(polynomial)});
  return json;
}

Json cofactors_json(const std::vector<Cofactors>& lists) {
  Json json = Json::array();
  for (const Cofactors& cofactors : lists)
    json.push_back(cofactors_json(cofactors));
  return json;
}

Json relation_json(const Relation& relation) {
  return {{"of", to_plain_text(relation.of)},
          {"satisfies", numbers(relation.satisfies)},
          {"cofactors", cofactors_json(relation.cofactors)}};
}

Json square_json(const Rational& weight, const Polynomial& polynomial) {
  Json json = Json::array();
  json.push_back(to_string(weight));
  json.push_back(to_plain_text(polynomial));
  return json;
}

Json positive_json(const Positive& positive) {
  Json squares = Json::array();
  for (const auto& [weight, polynomial] : positive.squares)
    squares.push_back(square_json(weight, polynomial));
  return {{"constant", to_string(positive.constant)},
          {"squares", std::move(squares)},
          {"cofactors", cofactors_json(positive.cofactors)}};
}

Json component_json(const Component& component) {
  Json json;
  json["generators"] = texts(component.generators);
  json["critical"] = cofactors_json(component.critical);
  if (component.value) {
    json["value"] = relation_json(*component.value);
    json["value"]["loss"] = cofactors_json(component.loss);
  }
  if (component.not_real) json["not_real"] = relation_json(*component.not_real);
  if (component.positive) json["positive"] = positive_json(*component.positive);
  Json points = Json::array();
  for (const Sample& sample : component.samples) {
    if (!sample.rational.empty()) points.push_back(numbers(sample.rational));
  }
  if (!points.empty()) json["points"] = std::move(points);
  return json;
}

Json squares_json(const std::vector<Rational>& weights, const Polynomials& polynomials) {
  Json json = Json::array();
  for (std::size_t k = 0; k < weights.size(); ++k)
    json.push_back(square_json(weights[k], polynomials[k]));
  return json;
}

Json node_json(const TreeNode& node) {
  switch (node.kind) {
    case TreeNode::Kind::empty:
      return {{"empty", cofactors_json(node.cofactors.front())}};
    case TreeNode::Kind::leaf:
      return {{"leaf", node.component}, {"cofactors", cofactors_json(node.cofactors)}};
    case TreeNode::Kind::positive:
      return {{"positive",
               {{"constant", to_string(node.constant)},
                {"squares", squares_json(node.weights, node.factors)},
                {"cofactors", cofactors_json(node.cofactors.front())}}}};
    case TreeNode::Kind::squares:
      return {{"squares", squares_json(node.weights, node.factors)},
              {"cofactors", cofactors_json(node.cofactors.front())},
              {"child", node.children.front()}};
    case TreeNode::Kind::split:
      break;
  }
  Json factors = Json::array();
  for (std::size_t k = 0; k < node.factors.size(); ++k)
    factors.push_back({to_plain_text(node.factors[k]), node.exponents[k]});
  return {{"split", std::move(factors)},
          {"cofactors", cofactors_json(node.cofactors.front())},
          {"children", node.children}};
}

Json slice_json(const Solution& solution, std::size_t slice) {
  Json json;
  json["components"] = Json::array();
  for (const Component& component : solution.components) {
    if (component.slice == slice) json["components"].push_back(component_json(component));
  }
  json["tree"] = Json::array();
  for (const TreeNode& node : solution.trees[slice])
    json["tree"].push_back(node_json(node));
  return json;
}

Json sample_json(const Sample& sample) {
  Json json;
  if (!sample.rational.empty()) {
    json["at"] = numbers(sample.rational);
  } else {
    json["field"] = {{"minimal_polynomial", numbers(sample.field.field.modulus)}, {"root", root_json(*sample.root)}};
    Json coordinates = Json::array();
    for (const Univariate& coordinate : sample.field.coordinates)
      coordinates.push_back(numbers(coordinate));
    json["coordinates"] = std::move(coordinates);
  }
  if (const auto value = sample.value.rational()) {
    json["value"] = to_string(*value);
  } else {
    json["value"] = root_json(sample.value);
  }
  if (sample.has_inertia) {
    json["inertia"] = inertia_to_json(sample.inertia);
  }
  json["verdict"] = to_string(sample.verdict);
  if (sample.local) json["local"] = true;
  json["reason"] = sample.reason;
  return json;
}

Json gauge_json(const Normalization& group) {
  Json acts = Json::array();
  for (const Action& action : group.acts) {
    Json act;
    act["weight"] = action.weight + 1;
    act["side"] = action.left ? "left" : "right";
    if (action.dual) act["dual"] = true;
    acts.push_back(std::move(act));
  }
  return {{"group", group.group == Normalization::Group::orthogonal ? "orthogonal" : "general_linear"},
          {"acts", std::move(acts)}};
}

Json components_json(const std::vector<Component>& components, const Solution& solution);

// Nothing where the spectrum is too large to be looked at.
void add_spectrum(Json& entry, const Component& component, const Solution& solution) {
  entry["constant_spectrum"] = component.constant_spectrum;
  entry["constant_inertia"] = component.constant_inertia;
  entry["constant_rank"] = component.constant_rank();
  if (component.negative_everywhere) entry["negative_everywhere"] = true;
  if (!component.rank_drops) return;
  Json drops;
  drops["below"] = component.rank;
  drops["where"] = to_plain_text(*component.rank_drops);
  drops["complete"] = component.drops_complete;
  drops["components"] = components_json(component.drops, solution);
  entry["rank_drops"] = std::move(drops);
}

Json components_json(const std::vector<Component>& components, const Solution& solution) {
  Json json = Json::array();
  for (const Component& component : components) {
    Json entry;
    entry["dimension"] = component.dimension;
    entry["degree"] = component.degree;
    if (!solution.gauge.empty()) {
      entry["fixed"] = Json::array();
      for (const auto& [unknown, value] : solution.slices[component.slice])
        entry["fixed"].push_back({unknown + 1, to_string(value)});
    }
    entry["generators"] = texts(component.generators);
    entry["value"] = component.value ? numbers(component.value->satisfies) : Json(nullptr);
    entry["real"] = component.reality == Reality::points ? Json(true)
                    : component.reality == Reality::none ? Json(false)
                                                         : Json(nullptr);
    if (component.reality == Reality::points) add_spectrum(entry, component, solution);
    if (component.reality == Reality::open) entry["undecided_because"] = component.open_because;
    Json samples = Json::array();
    for (const Sample& sample : component.samples)
      samples.push_back(sample_json(sample));
    entry["samples"] = std::move(samples);
    json.push_back(std::move(entry));
  }
  return json;
}

}  // namespace

void add_morse_sum(Json& json, const std::optional<MorseSum>& found) {
  if (found) json["morse_sum"] = found->sum ? Json(*found->sum) : Json(nullptr);
}

Json texts(const Polynomials& polynomials) {
  Json json = Json::array();
  for (const Polynomial& polynomial : polynomials)
    json.push_back(to_plain_text(polynomial));
  return json;
}

Json certificate_head(const Instance& instance, const System& system) {
  const Json program = certificate::to_json(certificate::Claims(workspace_at(instance)));
  Json json;
  json["format"] = "rankscape-complete/1";
  if (!instance.landscape().id().empty()) {
    json["landscape"] = instance.landscape().id();
    json["shape"] = instance.shape().to_text();
  } else {
    json["loss"] = instance.landscape().loss();
  }
  for (const char* name : {"data", "weights", "constants", "program"})
    json[name] = program.at(name);
  json["unknowns"] = system.names;
  return json;
}

Json certificate_json(const Instance& instance, const Solution& solution) {
  Json json = certificate_head(instance, solution.system);
  if (solution.gauge.empty()) {
    json.update(slice_json(solution, 0));
    return json;
  }
  json["gauge"] = Json::array();
  for (const Normalization& group : solution.gauge)
    json["gauge"].push_back(gauge_json(group));
  json["slices"] = Json::array();
  for (std::size_t k = 0; k < solution.slices.size(); ++k) {
    Json slice;
    slice["fixed"] = Json::array();
    for (const auto& [unknown, value] : solution.slices[k])
      slice["fixed"].push_back({unknown + 1, to_string(value)});
    slice.update(slice_json(solution, k));
    json["slices"].push_back(std::move(slice));
  }
  return json;
}

std::string certificate_text(const Json& certificate) {
  std::string text = "{";
  for (const auto& [key, value] : certificate.items()) {
    text += text.size() > 1 ? ",\n" : "\n";
    text += Json(key).dump();
    text += ": ";
    const bool lines = (key == "components" || key == "tree" || key == "program" || key == "slices") && !value.empty();
    if (!lines) {
      text += value.dump();
      continue;
    }
    for (std::size_t k = 0; k < value.size(); ++k) {
      text += k == 0 ? "[\n  " : ",\n  ";
      text += value[k].dump();
    }
    text += "\n]";
  }
  return text + "\n}\n";
}

Json solution_head(const Instance& instance, const System& system) {
  Json json;
  json["format"] = "rankscape-solution/1";
  if (!instance.landscape().id().empty()) {
    json["landscape"] = instance.landscape().id();
    json["shape"] = instance.shape().to_json();
  } else {
    json["loss"] = instance.landscape().loss();
  }
  json["unknowns"] = system.names;
  return json;
}

Json to_json(const Instance& instance, const Solution& solution) {
  Json json = solution_head(instance, solution.system);
  if (!solution.gauge.empty()) {
    json["gauge"] = Json::array();
    for (const Normalization& group : solution.gauge)
      json["gauge"].push_back(gauge_json(group));
  }
  json["complete"] = solution.complete();
  if (solution.complete()) json["real_points_only"] = solution.real();
  if (!solution.complete()) json["incomplete_because"] = solution.incomplete;
  json["compact_sublevel_sets"] = solution.coercive;
  add_morse_sum(json, morse_sum(solution));
  json["components"] = components_json(solution.components, solution);
  return json;
}

}  // namespace rankscape::critical_set
