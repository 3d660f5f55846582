#include "answers/values.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <rankscape/exact/deadline.hpp>

#include "answers/library.hpp"
#include "native/deep_linear/advice.hpp"
#include "native/deep_linear/critical_values.hpp"
#include "text/number_json.hpp"

namespace rankscape::answers {

namespace {

using namespace rankscape::deep_linear;

constexpr unsigned value_digits = 30;

struct Spectrum {
  RationalMatrix sigma;
  Rational trace_syy;
};

Spectrum from_eigenvalues(const std::vector<Rational>& lambda, long dy) {
  if (lambda.size() != static_cast<std::size_t>(dy)) {
    throw InputError("--lambda: " + std::to_string(lambda.size()) + " eigenvalues, the last width is " +
                     std::to_string(dy));
  }
  Spectrum spectrum{RationalMatrix::Zero(dy, dy), 0};
  for (Index i = 0; i < dy; ++i) {
    const Rational& value = lambda[static_cast<std::size_t>(i)];
    if (value <= 0) throw InputError("--lambda: the eigenvalues of Sigma are positive (hypotheses H2, H3)");
    if (i > 0 && value > lambda[static_cast<std::size_t>(i) - 1])
      throw InputError("--lambda: expected in decreasing order");
    spectrum.sigma(i, i) = value;
    spectrum.trace_syy += value;
  }
  return spectrum;
}

// {"X": .., "Y": ..}, or anything with such a "data" (a POINT.json)
Spectrum from_data(const Json& json, const std::string& file, const Widths& widths) {
  try {
    Json as_point;
    as_point["format"] = "rankscape-point/1";
    as_point["model"] = "deep-linear";
    as_point["data"] = json.is_object() && json.contains("data") ? json.at("data") : json;
    as_point["weights"] = Json::array();
    for (std::size_t h = 1; h < widths.size(); ++h) {
      const Json row(std::vector<long>(static_cast<std::size_t>(widths[h - 1]), 0));
      as_point["weights"].push_back(std::vector<Json>(static_cast<std::size_t>(widths[h]), row));
    }
    const auto library = landscape_library("");
    const Landscape& landscape = library->at("deep-linear");
    const auto instance = landscape.instance(landscape.point(as_point));
    const auto& at = dynamic_cast<const DeepLinearAdvice&>(*instance->advice());
    // X X^T may be singular: the loss then is that of the inputs' row space, whose dimension is at least dy by H3
    if (rank(at.sxy()) != widths.back()) throw InputError("/Y: X Y^T does not have rank dy (hypothesis H3)");
    const RationalMatrix& Y = instance->matrix("Y");
    return {at.sigma(), trace(multiply(Y, Y.transpose()))};
  } catch (const InputError& error) {
    const std::string message = error.what();
    throw InputError(file.empty() || message.starts_with(file) ? message : file + ": " + message);
  }
}

// Wide enough to show `value_digits` significant ones, unless the value is 0 (then it is rational and exact).
Enclosure enclose_value(const Rational& trace, const RealRoot& selected) {
  Rational width = 1;
  while (true) {
    Enclosure value = Enclosure(trace) - selected.enclose(width);
    const Rational size = value.lo > 0 ? value.lo : value.hi < 0 ? Rational(-value.hi) : Rational(0);
    if (value.is_exact() || value.width() * pow(Integer(10), value_digits) <= size) return value;
    width /= 1048576;
  }
}

Json values_of(const Widths& widths, const Spectrum& spectrum) {
  const long rmax = *std::min_element(widths.begin(), widths.end());
  const std::vector<CriticalValue> list = critical_values(spectrum.sigma, rmax);
  std::size_t distinct = 0;
  for (const CriticalValue& value : list)
    distinct = std::max(distinct, value.distinct + 1);
  std::vector<std::size_t> copies(distinct, 0);
  for (const CriticalValue& value : list)
    ++copies[value.distinct];

  Json rows = Json::array();
  for (const CriticalValue& value : list) {
    const Enclosure enclosed = enclose_value(spectrum.trace_syy, value.selected);
    Json row;
    row["r"] = value.S.size();
    row["S"] = value.S;
    if (enclosed.is_exact()) {
      row["value"] = to_string(enclosed.lo);
    } else {
      row["value"] = enclosure_to_json(enclosed, value_digits);
    }
    row["distinct"] = value.distinct;
    row["coincides"] = copies[value.distinct] > 1;
    row["global_minimum"] = value.distinct == 0;
    rows.push_back(std::move(row));
  }
  Json json;
  json["widths"] = widths;
  json["rmax"] = rmax;
  json["trace_Syy"] = to_string(spectrum.trace_syy);
  json["sets"] = list.size();
  json["distinct"] = distinct;
  json["values"] = std::move(rows);
  return json;
}

}  // namespace

Json values(const Widths& widths, const std::optional<std::vector<Rational>>& lambda) {
  check_widths(widths);
  std::vector<Rational> squares;
  for (long i = widths.back(); i >= 1; --i)
    squares.emplace_back(i * i);
  return values_of(widths, from_eigenvalues(lambda ? *lambda : squares, widths.back()));
}

Json values_at(const Widths& widths, const Json& data, const std::string& file) {
  check_widths(widths);
  return values_of(widths, from_data(data, file, widths));
}

}  // namespace rankscape::answers
