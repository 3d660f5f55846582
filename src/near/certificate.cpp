#include "near/certificate.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <rankscape/exact/decimal.hpp>
#include <stdexcept>

#include "certificate/numbers.hpp"
#include "exact/arb.hpp"
#include "near/gradient.hpp"
#include "text/number_json.hpp"

namespace rankscape::near {

namespace {

using certificate::matrix;
using certificate::number;

constexpr unsigned bits = 192;  // of what is approximate
constexpr unsigned distance_digits = 9;

RationalMatrix written(const RationalMatrix& a) {
  return shortened(a, bits);
}

Json basis_json(const Spectrum& spectrum) {
  RationalMatrix values(static_cast<Index>(spectrum.d.size()), 1);
  std::copy(spectrum.d.begin(), spectrum.d.end(), values.data());
  values = written(values);
  Json json;
  json["basis"] = matrix(written(spectrum.Q));
  json["values"] = Json::array();
  for (Index k = 0; k < values.size(); ++k)
    json["values"].push_back(number(values(k)));
  return json;
}

Json selection_json(const Selection& S) {
  Json json = Json::array();
  for (const Index i : S)
    json.push_back(i + 1);
  return json;
}

Rational lower_end(const Rational& a) {
  return parse_rational(to_decimal(Enclosure(a), distance_digits).lo);
}

// The approximations of the checker loosen the bound a little.
Rational upper_end(const Rational& a) {
  constexpr long relative = -60;
  constexpr long absolute = -100;
  const Rational loose = a + exact::times_power_of_two(a, relative) + exact::times_power_of_two(Rational(1), absolute);
  return parse_rational(to_decimal(Enclosure(loose), distance_digits).hi);
}

bool has_biases(const Problem& problem) {
  return std::any_of(problem.biases.begin(), problem.biases.end(), [](const auto& b) { return b.has_value(); });
}

Json biases_json(const Problem& problem) {
  Json json = Json::array();
  for (std::size_t h = 0; h < problem.biases.size(); ++h) {
    if (!problem.biases[h]) continue;
    Json item = Json::array();
    item.push_back(h + 1);
    item.push_back(matrix(*problem.biases[h]));
    json.push_back(std::move(item));
  }
  return json;
}

Json data_json(const Problem& problem) {
  constexpr Index most_numbers = 200'000;
  Json json;
  const Samples& samples = problem.samples;
  if (samples.X.size() == 0 || samples.X.size() + samples.Y.size() > most_numbers) {
    const bool given = samples.Sxx.size() > 0;
    json["Sxx"] = matrix(given ? samples.Sxx : problem.network.Sxx);
    json["Sxy"] = matrix(given ? samples.Sxy : problem.network.Sxy);
    if (has_biases(problem)) {
      json["Sx"] = matrix(samples.sums->x);
      json["Sy"] = matrix(samples.sums->y);
      json["S1"] = matrix(RationalMatrix::Constant(1, 1, samples.sums->weight));
    }
    return json;
  }
  json["X"] = matrix(samples.X);
  json["Y"] = matrix(samples.Y);
  if (samples.w.size() > 0) json["sample_weight"] = matrix(samples.w);
  return json;
}

Json products_json(const Network& network, const Products& products) {
  const int nodes = network.layers() + 1;
  Json json = Json::array();
  for (int a = 0; a < nodes; ++a) {
    Json from = Json::array();
    for (int length = 2; length <= nodes; ++length)
      from.push_back(basis_json(products.spectrum(a, length)));
    json.push_back(std::move(from));
  }
  return json;
}

Json strings_json(const EmptyRadius& proved) {
  Json json = Json::array();
  for (const Farkas& farkas : proved.proofs) {
    Json terms = Json::array();
    for (const Farkas::Term& term : farkas.terms)
      terms.push_back({term.start, term.length, number(term.weight)});
    json.push_back({{"r", farkas.r}, {"terms", std::move(terms)}});
  }
  return json;
}

class Writer {
 public:
  Writer(const Problem& problem, const Answer& answer)
      : problem_(problem), network_(problem.network), answer_(answer), products_(network_) {
    if (answer.only) only_radius_ = lower_end(answer.only_radius);
    empty_radius_ = lower_end(answer.empty_radius());
  }

  [[nodiscard]] std::optional<Json> certificate() const {
    if (answer_.found.empty() && only_radius_ == 0 && empty_radius_ == 0) return std::nullopt;
    Json json;
    json["format"] = answer_.found.empty() ? "rankscape-free/1" : "rankscape-near/1";
    json["data"] = data_json(problem_);
    json["weights"] = Json::array();
    for (const RationalMatrix& w : network_.W)
      json["weights"].push_back(matrix(w));
    // the user's first layer; its bias stands behind it where that is in the network
    const Index inputs = has_biases(problem_) ? problem_.samples.Sxx.rows() : problem_.W1.cols();
    json["weights"][0] = matrix(RationalMatrix(problem_.W1.leftCols(inputs)));
    if (has_biases(problem_)) json["biases"] = biases_json(problem_);
    if (problem_.span.size() > 0) {
      json["span"] = matrix(problem_.span);
      json["span_inverse"] = matrix(problem_.span_inverse);
    }
    Json& approximate = json["approximate"];
    approximate["Sxx"] = basis_json(enclose_spectrum(network_.Sxx));
    approximate["P"] = matrix(written(network_.P.value));
    approximate["Sigma"] = basis_json(network_.sigma);
    if (!answer_.found.empty()) {
      approximate["P_plus"] = matrix(written(network_.P_plus.value));
      approximate["null_rows"] = matrix(written(network_.null_rows.value));
    }
    json["products"] = products_json(network_, products_);
    if (only_radius_ > 0)
      json["only_S"] = {{"S", selection_json(*answer_.only)},
                        {"radius", number(only_radius_)},
                        {"blocks", network_.sigma.clusters()}};
    if (empty_radius_ > 0) {
      json["empty"]["radius"] = number(empty_radius_);
      if (answer_.by_gradient > answer_.by_strings.radius) {
        json["empty"]["gradient"] = true;
        json["empty"]["direction"] = Json::array();
        for (const RationalMatrix& v : gradient_direction(network_, products_))
          json["empty"]["direction"].push_back(matrix(v));
      } else {
        json["empty"]["strings"] = strings_json(answer_.by_strings);
      }
    }
    if (answer_.found.empty()) return json;
    json["points"].push_back(point(answer_.found.front()));
    if (answer_.most_degenerate != 0) json["points"].push_back(point(answer_.found[answer_.most_degenerate]));
    return json;
  }

 private:
  // What is free and was chosen near the user's.
  void add_free_part(Json& json, const CriticalPoint& at) const {
    if (!problem_.centred) return;
    const auto located = locate(problem_, at);
    if (!located) throw std::logic_error("near: a point that was certified is none");
    json["hidden_biases"] = Json::array();
    for (std::size_t h = 0; h + 1 < located->b.size(); ++h)
      if (located->b[h]) json["hidden_biases"].push_back(matrix(*located->b[h]));
    if (located->unseen.size() > 0) json["unseen"] = matrix(located->unseen);
  }

  [[nodiscard]] Json point(const Certified& certified) const {
    const CriticalPoint& at = certified.point;
    const auto above = distance_above(problem_, at);
    if (!above) throw std::logic_error("near: a point that was certified is none");
    Rational below = distance_below(network_, products_, static_cast<long>(at.S.size()), at.stratum) / problem_.stretch;
    below = std::max(lower_end(below), empty_radius_);
    if (answer_.only && at.S != *answer_.only) below = std::max(below, only_radius_);
    Json json;
    json["S"] = selection_json(at.S);
    json["stratum"] = Json::array();
    for (const auto& [string, count] : at.stratum.multiplicity)
      json["stratum"].push_back({string.start, string.length, count});
    Inertia inertia = inertia_of(network_, at.S, at.stratum);
    inertia.zero += problem_.added.zero;
    inertia.positive += problem_.added.positive;
    json["inertia"] = inertia_to_json(inertia);
    json["verdict"] = to_string(certified.verdict);
    json["distance"] = {{"lo", number(below)}, {"hi", number(upper_end(*above))}};
    add_free_part(json, at);
    json["G"] = Json::array();
    json["R"] = Json::array();
    for (const RationalMatrix& g : at.G) {
      json["G"].push_back(matrix(g));
      json["R"].push_back(matrix(written(inverse_near(g).value().value)));
    }
    return json;
  }

  const Problem& problem_;
  const Network& network_;
  const Answer& answer_;
  Products products_;
  Rational only_radius_ = 0;
  Rational empty_radius_ = 0;
};

}  // namespace

std::optional<Json> certificate_of(const Problem& problem, const Answer& answer) {
  return Writer(problem, answer).certificate();
}

}  // namespace rankscape::near
