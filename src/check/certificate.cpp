#include "check/certificate.hpp"

#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>

#include "check/definite_frame.hpp"
#include "models/evidence_json.hpp"

namespace rankscape {

namespace {

Json enclosure_to_json(const Enclosure& enclosure) {
  Json json;
  json["lo"] = number_to_json(enclosure.lo);
  json["hi"] = number_to_json(enclosure.hi);
  return json;
}

Json weights_to_json(const Weights& weights) {
  Json json = Json::array();
  for (const RationalMatrix& w : weights)
    json.push_back(matrix_to_json(w));
  return json;
}

// A basis of the null space, as integer rows, and for each a column in which it alone is not zero.
struct Kernel {
  RationalMatrix rows;
  std::vector<Index> columns;
};

Kernel kernel_of(const RationalMatrix& a) {
  const RationalMatrix basis = null_space(a).transpose();
  const NonzeroMinor minor = nonzero_minor(basis);
  RationalMatrix rows = multiply(inverse(columns(basis, minor.cols)).value(), basis);
  for (Index k = 0; k < rows.rows(); ++k) {
    const RationalMatrix row = rows.row(k);
    rows.row(k) = to_rational({with_common_denominator(row).numerators, 1});
  }
  return {rows, minor.cols};
}

void add_second_order(const Evidence& evidence, Json& claims) {
  const Inertia& inertia = evidence.hessian->inertia;
  const DefiniteFrame frame =
      definite_frame(*evidence.hessian_matrix, *evidence.hessian, evidence.lambda_min, evidence.lambda_max);
  const Kernel kernel = kernel_of(*evidence.hessian_matrix);
  Json& claim = claims["inertia"];
  claim["neg"] = inertia.negative;
  claim["zero"] = inertia.zero;
  claim["pos"] = inertia.positive;
  claim["frame"] = matrix_to_json(frame.vectors);
  claim["null"] = matrix_to_json(kernel.rows);
  claim["null_columns"] = kernel.columns;
  if (frame.lambda_min) claims["lambda_min"] = enclosure_to_json(*frame.lambda_min);
  if (frame.lambda_max) claims["lambda_max"] = enclosure_to_json(*frame.lambda_max);
}

void add_curve(const char* name, const LinePolynomial& line, Json& claims) {
  Json& claim = claims[name];
  claim["order"] = line.order;
  claim["direction"] = weights_to_json(line.direction);
  if (!line.bend.empty()) claim["bend"] = weights_to_json(line.bend);
  claim["coefficients"] = Json::array();
  for (const Rational& coefficient : line.coefficients)
    claim["coefficients"].push_back(number_to_json(coefficient));
}

// What the claims prove, by the rules of docs/certificates.md, and the classes that it leaves possible.
struct Proved {
  Verdict verdict = Verdict::undecided;
  VerdictSet possible = VerdictSet::all();
};

Proved proved_by(const Json& claims, const Evidence& evidence) {
  if (!evidence.critical) return {Verdict::not_critical, {}};
  const auto global = claims.find("global");
  const bool not_global = global != claims.end() && !global->at("minimizer").get<bool>();
  const Inertia& inertia = evidence.hessian->inertia;
  const bool rises = inertia.positive > 0 || claims.contains("ascent");
  const auto only = [&](Verdict verdict) {
    const VerdictSet classes = classes_of(verdict);
    return Proved{verdict, rises ? classes & not_maximizers() : classes};
  };
  if (global != claims.end() && !not_global) return only(Verdict::global_minimizer);
  if (inertia.negative == evidence.parameters) return only(Verdict::local_maximizer);
  if (inertia.negative > 0) return only(Verdict::strict_saddle);
  if (inertia.zero == 0 && not_global) return only(Verdict::local_minimizer);
  if (claims.contains("descent")) return only(Verdict::non_strict_saddle);
  Proved proved = only(Verdict::second_order);
  if (not_global) proved.possible = proved.possible & not_global_minimizers();
  if (inertia.zero == 0)
    proved.possible = proved.possible & VerdictSet{Verdict::global_minimizer, Verdict::local_minimizer};
  return proved;
}

std::string answer(Truth agreement) {
  return agreement == Truth::yes ? "yes" : agreement == Truth::no ? "no" : "unknown";
}

VerdictSet predicted_classes(const std::string& then) {
  VerdictSet classes;
  for (std::string rest = then; !rest.empty();) {
    const std::size_t end = std::min(rest.find(" or "), rest.size());
    const auto named = classes_named(rest.substr(0, end));
    if (!named) throw std::invalid_argument("certificate: no class is called " + rest.substr(0, end));
    classes = classes | *named;
    rest.erase(0, end + 4);
  }
  return classes;
}

Json statement_part(const CertifiedStatement& statement, const Proved& proved) {
  Json json;
  json["id"] = statement.id;
  json["sha256"] = statement.sha256;
  json["cases"] = Json::array();
  Truth agreement = statement.matched.empty() ? Truth::unknown : Truth::yes;
  for (const auto& [name, then] : statement.matched) {
    json["cases"].push_back({{"name", name}, {"then", then}});
    agreement = agreement && agrees(proved.possible, predicted_classes(then));
  }
  json["agrees"] = answer(agreement);
  return json;
}

}  // namespace

Json certificate(const Instance& instance, const Evidence& evidence, const std::string& key,
                 const std::vector<CertifiedStatement>& statements) {
  Json json;
  json["format"] = "rankscape-certificate/1";
  if (!key.empty()) json["key"] = key;
  json["point"] = to_json(instance.point());
  Json& claims = json["claims"];
  claims["critical"] = evidence.critical;
  claims["value"] = number_to_json(evidence.value);
  if (evidence.critical) add_second_order(evidence, claims);
  if (evidence.descent) add_curve("descent", *evidence.descent, claims);
  if (evidence.ascent) add_curve("ascent", *evidence.ascent, claims);
  const Json of_model = instance.certificate_claims();
  for (const char* name : {"global", "features"}) {
    if (of_model.contains(name)) claims[name] = of_model.at(name);
  }
  const Proved proved = proved_by(claims, evidence);
  claims["verdict"] = to_string(proved.verdict);
  json["statements"] = Json::array();
  for (const CertifiedStatement& statement : statements)
    json["statements"].push_back(statement_part(statement, proved));
  return json;
}

Json manifest(const std::vector<ManifestStatement>& statements, const std::vector<ManifestEntry>& entries,
              std::uint64_t seed, const Json& tool) {
  Json json;
  json["format"] = "rankscape-manifest/1";
  json["tool"] = tool;
  json["seed"] = seed;
  json["statements"] = Json::array();
  for (const ManifestStatement& s : statements)
    json["statements"].push_back({{"id", s.id}, {"sha256", s.sha256}, {"cases", s.cases}, {"text", s.text}});
  json["count"] = entries.size();
  json["certificates"] = Json::array();
  for (const ManifestEntry& e : entries)
    json["certificates"].push_back({{"file", e.file}, {"sha256", e.sha256}, {"key", e.key}, {"verdict", e.verdict}});
  return json;
}

}  // namespace rankscape
