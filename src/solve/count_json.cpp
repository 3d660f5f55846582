#include <nlohmann/json.hpp>

#include "solve/complete.hpp"
#include "solve/count.hpp"
#include "text/number_json.hpp"

namespace rankscape::critical_set {

namespace {

Json gaussian_json(const Gaussian& z) {
  Json json = Json::array();
  json.push_back(to_string(z.re));
  json.push_back(to_string(z.im));
  return json;
}

Json gaussians_json(const std::vector<Gaussian>& entries) {
  Json json = Json::array();
  for (const Gaussian& z : entries)
    json.push_back(gaussian_json(z));
  return json;
}

Json polydisc_json(const Polydisc& polydisc) {
  Json json;
  json["at"] = gaussians_json(polydisc.at);
  json["radius"] = to_string(polydisc.radius);
  json["inverse"] = Json::array();
  for (const std::vector<Gaussian>& row : polydisc.inverse)
    json["inverse"].push_back(gaussians_json(row));
  return json;
}

Json point_json(const CountedPoint& point) {
  Json json;
  if (point.exact) {
    json["at"] = Json::array();
    for (const Gaussian& z : point.around.at)
      json["at"].push_back(to_string(z.re));
  } else {
    json["near"] = Json::array();
    for (const Gaussian& z : point.around.at)
      json["near"].push_back(enclosure_to_json(Enclosure(z.re - point.around.radius, z.re + point.around.radius)));
  }
  json["value"] = point.exact ? Json(to_string(point.value.lo)) : enclosure_to_json(point.value);
  json["inertia"] = inertia_to_json(point.inertia);
  json["verdict"] = to_string(point.verdict);
  if (point.local) json["local"] = true;
  json["reason"] = point.reason;
  return json;
}

// Cofactors that make each of n generators of themselves.
Json identities(std::size_t n) {
  Json json = Json::array();
  for (std::size_t k = 0; k < n; ++k) {
    Json cofactor = Json::array();
    cofactor.push_back(k);
    cofactor.push_back("1");
    Json one = Json::array();
    one.push_back(std::move(cofactor));
    json.push_back(std::move(one));
  }
  return json;
}

}  // namespace

Json to_json(const Instance& instance, const Counted& counted) {
  Json json = solution_head(instance, counted.system);
  json["complete"] = true;
  json["by"] = "count";
  json["real_points_only"] = false;
  json["compact_sublevel_sets"] = counted.coercive;
  add_morse_sum(json, morse_sum(counted));
  Json component;
  component["dimension"] = 0;
  component["degree"] = counted.bound();
  component["generators"] = texts(counted.system.gradient);
  component["value"] = nullptr;
  component["real"] = !counted.points.empty();
  if (!counted.points.empty()) {
    component["constant_spectrum"] = false;
    component["constant_inertia"] = false;
    component["constant_rank"] = false;
  }
  component["samples"] = Json::array();
  for (const CountedPoint& point : counted.points)
    component["samples"].push_back(point_json(point));
  json["components"] = Json::array();
  json["components"].push_back(std::move(component));
  return json;
}

Json certificate_json(const Instance& instance, const Counted& counted) {
  Json json = certificate_head(instance, counted.system);
  const std::size_t n = counted.system.unknowns();
  Json component;
  component["generators"] = texts(counted.system.gradient);
  component["critical"] = identities(n);
  component["zeros"] = Json::array();
  for (const CountedPoint& point : counted.points) {
    component["zeros"].push_back(polydisc_json(point.around));
    component["zeros"].back()["inertia"] = inertia_to_json(point.inertia);
  }
  for (const Polydisc& other : counted.others)
    component["zeros"].push_back(polydisc_json(other));
  json["components"] = Json::array();
  json["components"].push_back(std::move(component));
  Json leaf;
  leaf["leaf"] = 0;
  leaf["cofactors"] = identities(n);
  json["tree"] = Json::array();
  json["tree"].push_back(std::move(leaf));
  return json;
}

}  // namespace rankscape::critical_set
