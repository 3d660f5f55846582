#include "certificate/coq_terms.hpp"

#include <rankscape/error.hpp>
#include <rankscape/exact/rational.hpp>

namespace rankscape::certificate::coq {

namespace {

std::string rows(const Json& values) {
  return list(values, [](const Json& row) { return list(row, integer); });
}

}  // namespace

std::string digits(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string integer(const Json& value) {
  const std::string text = digits(value);
  return text.starts_with('-') ? "(" + text + ")" : text;
}

std::string number(const Json& value) {
  const std::string text = digits(value);
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) return fmt::format("({}, 1)", integer(value));
  return fmt::format("({}, {})", integer(Json(text.substr(0, slash))), text.substr(slash + 1));
}

std::string matrix(const Json& value) {
  return fmt::format("RationalMatrix {} {}", integer(value.at("denominator")), rows(value.at("entries")));
}

std::string filled_matrix(const Json& value) {
  const Json& entries = value.at("entries");
  if (entries.empty() || entries.at(0).empty()) throw InputError("the loss has a matrix without entries");
  return matrix(value);
}

std::string inertia(const Json& claim) {
  return fmt::format("InertiaEvidence {} {} {}\n      {}\n      {}\n      {}", claim.at("neg").dump(),
                     claim.at("zero").dump(), claim.at("pos").dump(), rows(claim.at("frame")), rows(claim.at("null")),
                     list(claim.at("null_columns"), integer));
}

std::string curve(const Json& claim) {
  return fmt::format("CurveEvidence ({}) {} {}", matrix(claim.at("curve")), list(claim.at("coefficients"), number),
                     claim.at("order").dump());
}

std::string enclosure(const Json& bounds) {
  return fmt::format("{}, {}", number(bounds.at("lo")), number(bounds.at("hi")));
}

std::string psd(const Json& evidence, int times) {
  std::vector<Rational> diagonal;
  Integer common = 1;
  for (const Json& value : evidence.at("diagonal")) {
    diagonal.push_back(parse_rational(digits(value)));
    common = lcm(common, Integer(denominator(diagonal.back())));
  }
  const Json& factor = evidence.at("factor");
  const Integer over(digits(factor.at("denominator")));
  Json squares = Json::array();
  for (const Rational& value : diagonal)
    squares.push_back(to_string(Integer(numerator(value * Rational(common * (2 / times))))));
  return fmt::format("Psd {} {} {}", to_string(Integer(common * over * over)), list(squares, integer),
                     rows(factor.at("entries")));
}

std::string symmetry(const Json& local) {
  const auto item = [](const Json& entry) {
    return fmt::format("({}, {}, {})", entry.at(0).dump(), entry.at(1).dump(), integer(entry.at(2)));
  };
  return fmt::format("{{| fields := {};\n     columns := {}; inverse := {} |}}",
                     list(local.at("fields"), [&](const Json& field) { return list(field, item); }),
                     list(local.at("columns"), integer), matrix(local.at("inverse")));
}

std::string regular(const Json& constraints) {
  if (!constraints.contains("columns")) return "None";
  return fmt::format("Some ({}, {})", list(constraints.at("columns"), integer), matrix(constraints.at("inverse")));
}

}  // namespace rankscape::certificate::coq
