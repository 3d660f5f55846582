#include "verifier/claims_oracle.hpp"

#include <algorithm>
#include <rankscape/check/evidence.hpp>
#include <rankscape/error.hpp>
#include <set>

#include "check/loss_along.hpp"
#include "models/deep_linear/instance.hpp"

namespace samples {

using namespace rankscape;

struct ClaimsOracle::Known {
  std::unique_ptr<Instance> instance;
  Evidence evidence;
};

ClaimsOracle::ClaimsOracle() = default;
ClaimsOracle::~ClaimsOracle() = default;

namespace {

Rational number(const Json& json) {
  if (json.is_string()) return parse_rational(json.get<std::string>());
  if (!json.is_number_integer()) throw InputError("not an exact number");
  return parse_rational(json.dump());
}

RationalMatrix matrix(const Json& json) {
  RationalMatrix a(static_cast<Index>(json.size()), json.empty() ? 0 : static_cast<Index>(json.front().size()));
  for (Index i = 0; i < a.rows(); ++i)
    for (Index j = 0; j < a.cols(); ++j)
      a(i, j) = number(json.at(static_cast<std::size_t>(i)).at(static_cast<std::size_t>(j)));
  return a;
}

Weights weights(const Json& json) {
  Weights list;
  for (const Json& item : json)
    list.push_back(matrix(item));
  return list;
}

bool same_numbers(const Json& a, const Json& b) {
  if (a.is_structured() && b.is_structured()) {
    if (a.size() != b.size() || a.is_array() != b.is_array()) return false;
    for (const auto& [key, value] : a.items()) {
      if (!b.contains(key) && a.is_object()) return false;
      if (!same_numbers(value, a.is_object() ? b.at(key) : b.at(std::stoul(key)))) return false;
    }
    return true;
  }
  if (a == b) return true;
  try {
    return number(a) == number(b);
  } catch (const InputError&) {
    return false;
  }
}

// The class of a point whose examination ended in a verdict that is a class.
bool verdict_true(const std::string& verdict, const Evidence& evidence) {
  if (verdict == "undecided") return evidence.critical;
  if (verdict == "second_order") return evidence.critical && evidence.hessian->inertia.negative == 0;
  return verdict == to_string(evidence.verdict);
}

bool agrees_true(const Json& statement, const Evidence& evidence) {
  const std::string agrees = statement.at("agrees").get<std::string>();
  if (agrees == "unknown") return true;
  bool all = true;
  for (const Json& matched : statement.at("cases")) {
    std::string then = matched.at("then").get<std::string>();
    bool hit = false;
    for (std::size_t end = 0; end != std::string::npos; then.erase(0, end + 4)) {
      end = then.find(" or ");
      hit = hit || classes_named(then.substr(0, end)).value().contains(evidence.verdict);
      if (end == std::string::npos) break;
    }
    all = all && hit;
  }
  return agrees == (all ? "yes" : "no");
}

bool inside(const Json& claim, const Enclosure& true_value) {
  return number(claim.at("lo")) <= true_value.hi && number(claim.at("hi")) >= true_value.lo;
}

std::optional<std::string> false_feature(const Json& claim, const deep_linear::DeepLinearInstance& at) {
  if (claim.contains("r") && claim["r"] != at.r()) return "r";
  if (claim.contains("rmax") && claim["rmax"] != at.rmax()) return "rmax";
  if (claim.contains("product") && claim["product"].at("rank") != at.r()) return "product";
  if (claim.contains("S") && claim["S"].get<std::set<long>>() != at.S()) return "S";
  if (claim.contains("tightened") && claim["tightened"].get<bool>() != at.tightened()) return "tightened";
  for (const Json& block : claim.contains("blocks") ? claim["blocks"] : Json::array()) {
    const int i = block.at("i").get<int>();
    const int j = block.at("j").get<int>();
    if (block.at("mid").at("rank") != rank(at.products().mid(i, j))) return "mid";
    if (block.at("out").at("rank") != rank(at.products().out(i, j))) return "out";
  }
  return std::nullopt;
}

std::optional<std::string> false_claim_at(const Json& certificate, const Instance& instance, const Evidence& evidence) {
  const Json& claims = certificate.at("claims");
  if (claims.at("critical").get<bool>() != evidence.critical) return "critical";
  if (number(claims.at("value")) != evidence.value) return "value";
  if (claims.contains("inertia")) {
    const Inertia& inertia = evidence.hessian.value().inertia;
    const Json& claim = claims["inertia"];
    if (claim.at("neg") != inertia.negative || claim.at("zero") != inertia.zero || claim.at("pos") != inertia.positive)
      return "inertia";
  }
  if (claims.contains("lambda_min") && !inside(claims["lambda_min"], evidence.lambda_min.value())) return "lambda_min";
  if (claims.contains("lambda_max") && !inside(claims["lambda_max"], evidence.lambda_max.value())) return "lambda_max";
  if (claims.contains("descent")) {
    std::vector<Weights> curve{weights(claims["descent"].at("direction"))};
    if (claims["descent"].contains("bend")) curve.push_back(weights(claims["descent"]["bend"]));
    LinePolynomial line;
    line.coefficients = loss_along(instance, curve);
    line.order = lowest_order(line.coefficients);
    if (line.order == 0 || line.coefficients[static_cast<std::size_t>(line.order)] >= 0) return "descent";
    if (claims["descent"].at("order") != line.order) return "descent order";
    const Json& claimed = claims["descent"].at("coefficients");
    for (std::size_t k = 0; k < std::max(claimed.size(), line.coefficients.size()); ++k) {
      const Rational is = k < line.coefficients.size() ? line.coefficients[k] : Rational(0);
      if ((k < claimed.size() ? number(claimed[k]) : Rational(0)) != is) return "descent coefficients";
    }
  }
  if (claims.contains("global")) {
    if (truth(claims["global"].at("minimizer").get<bool>()) != evidence.global.is_minimum) return "global";
  }
  if (claims.contains("features")) {
    const auto* deep_linear = dynamic_cast<const deep_linear::DeepLinearInstance*>(&instance);
    if (auto wrong = false_feature(claims["features"], *deep_linear)) return wrong;
  }
  if (!verdict_true(claims.at("verdict").get<std::string>(), evidence)) return "verdict";
  for (const Json& statement : certificate.contains("statements") ? certificate["statements"] : Json::array())
    if (!agrees_true(statement, evidence)) return "agrees";
  return std::nullopt;
}

// The facts alone, without evidence: what "the same claim" means where the library has no model.
std::optional<std::string> other_claim(const Json& certificate, const Json& original) {
  if (!same_numbers(certificate.at("point"), original.at("point"))) return "another point";
  const Json& claims = certificate.at("claims");
  const Json& facts = original.at("claims");
  for (const char* name : {"critical", "value", "verdict"})
    if (!same_numbers(claims.at(name), facts.at(name))) return name;
  if (claims.contains("inertia")) {
    for (const char* name : {"neg", "zero", "pos"})
      if (!same_numbers(claims["inertia"].at(name), facts.at("inertia").at(name))) return "inertia";
  }
  for (const char* name : {"lambda_min", "lambda_max"}) {
    if (!claims.contains(name)) continue;
    // the originals enclose to within one unit; a claim that shares no point with them is false
    const Enclosure known(number(facts.at(name).at("lo")), number(facts.at(name).at("hi")));
    if (!inside(claims[name], known)) return name;
  }
  if (claims.contains("global") && claims["global"].at("minimizer") != facts.at("global").at("minimizer"))
    return "global";
  return std::nullopt;
}

}  // namespace

std::optional<std::string> ClaimsOracle::false_claim(const Json& certificate, const Json& original) {
  try {
    const Model* model = find_model(certificate.at("point").at("model").get<std::string>());
    if (model == nullptr) return other_claim(certificate, original);
    auto& known = known_[certificate.at("point").dump()];
    if (!known) {
      known = std::make_unique<Known>();
      known->instance = model->instance(point_from_json(certificate.at("point")));
      known->evidence = examine(*known->instance);
    }
    return false_claim_at(certificate, *known->instance, known->evidence);
  } catch (const std::exception& error) {
    return std::string("no sense: ") + error.what();
  }
}

}  // namespace samples
