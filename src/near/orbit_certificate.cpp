#include "near/orbit_certificate.hpp"

#include <nlohmann/json.hpp>
#include <rankscape/exact/decimal.hpp>

#include "certificate/evidence.hpp"
#include "certificate/numbers.hpp"
#include "near/bordered.hpp"
#include "near/spectrum.hpp"
#include "numeric/krawczyk.hpp"
#include "text/number_json.hpp"

namespace rankscape::near {

namespace {

// Each field times a common denominator; C is divided by it.
Json integer_fields(const std::vector<symmetry::Field>& fields, Index parameters, RationalMatrix& c) {
  Json json = Json::array();
  for (std::size_t k = 0; k < fields.size(); ++k) {
    Integer common = 1;
    for (const symmetry::Field::Entry& entry : fields[k].linear)
      common = lcm(common, Integer(denominator(entry.value)));
    for (const auto& [row, value] : fields[k].constant)
      common = lcm(common, Integer(denominator(value)));
    const Rational factor(common);
    Json field = Json::array();
    for (const symmetry::Field::Entry& entry : fields[k].linear)
      field.push_back({entry.row, entry.column, certificate::number(entry.value * factor)});
    for (const auto& [row, value] : fields[k].constant)
      field.push_back({row, parameters, certificate::number(value * factor)});
    json.push_back(std::move(field));
    c.row(static_cast<Index>(k)) /= factor;
  }
  return json;
}

}  // namespace

std::optional<Json> orbit_certificate_of(const symmetry::Loss& loss, const RationalVector& x, const NearbyPoint& point,
                                         const certificate::Labels& labels,
                                         const std::vector<certificate::CertifiedStatement>& statements) {
  if (!loss.degree()) return std::nullopt;
  const NearbyProof& proof = point.proof;
  Border border;
  border.C = proof.C;
  border.N = proof.N;
  const LossOverBoxes over(loss);
  const Bordered bordered(over, x, border, proof.fields);
  const RationalMatrix b = bordered.matrix(proof.middle);
  const RationalMatrix nt = proof.N.transpose();
  const auto inverted = approximate_inverse(b);
  if (!inverted) return std::nullopt;

  Json json;
  json["format"] = "rankscape-orbit/1";
  certificate::add_labels(labels, json);
  std::vector<RationalMatrix> inputs;
  std::size_t datum = 0;
  std::size_t weight = 0;
  const auto weights = symmetry::as_weights(x, loss.program());
  for (const program::Input& input : loss.program().inputs)
    inputs.push_back(input.is_weight ? weights[weight++] : loss.data()[datum++]);
  certificate::add_loss(certificate::Workspace(loss.program(), std::move(inputs)), json);
  RationalMatrix c = proof.C;
  json["fields"] = integer_fields(proof.fields, x.size(), c);
  json["border"] = certificate::matrix(c);
  json["middle"] = certificate::matrix(RationalMatrix(proof.middle.transpose()));
  json["radius"] = certificate::number(proof.radius);
  json["inverse"] = certificate::matrix(*inverted);
  if (c.cols() > 0) {
    const auto crossing = approximate_inverse(multiply({nt, symmetry::values_at(proof.fields, proof.middle), proof.C}));
    if (!crossing) return std::nullopt;
    json["crossing"] = certificate::matrix(*crossing);
  }
  json["bordered"] = certificate::inertia_json(certificate::inertia_claim(b));
  json["inertia"] = inertia_to_json(point.inertia);
  json["verdict"] = to_string(point.verdict);
  constexpr unsigned digits = 9;
  const RationalMatrix step = proof.middle - x;
  const Rational square = square_norm(step);
  const Rational slack = proof.radius * (root_above(Rational(static_cast<long>(x.size()))) + 1);
  const Rational lo = root_below(square) - slack;
  const auto end = [&](const Rational& a, bool up) {
    const DecimalEnclosure decimal = to_decimal(Enclosure(a), digits);
    return certificate::number(parse_rational(up ? decimal.hi : decimal.lo));
  };
  // once more over the whole box, and wide enough for another way to bound it
  Box box;
  for (Index i = 0; i < x.size(); ++i)
    box.emplace_back(proof.middle(i) - proof.radius, proof.middle(i) + proof.radius);
  const Enclosure over_box = over.value(box);
  const Rational value = loss.value(proof.middle);
  const Rational width = 2 * (over_box.hi - over_box.lo);
  json["value"] = {{"lo", end(value - width, false)}, {"hi", end(value + width, true)}};
  if (point.better) json["better"] = certificate::matrix(RationalMatrix(point.better->transpose()));
  if (point.alone > 0)
    json["alone"] = {{"box", certificate::number(proof.isolating)}, {"within", end(point.alone, false)}};
  json["distance"] = {{"lo", lo > 0 ? end(lo, false) : Json(0)}, {"hi", end(root_above(square) + slack, true)}};
  VerdictSet possible{point.verdict};
  if (point.verdict == Verdict::local_minimizer && !point.better)
    possible = possible | VerdictSet{Verdict::global_minimizer};
  certificate::add_statements(statements, {point.verdict, possible, true}, json);
  return json;
}

}  // namespace rankscape::near
