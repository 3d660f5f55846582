#include "answers/near.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <rankscape/exact/decimal.hpp>
#include <rankscape/point.hpp>

#include "answers/near_text.hpp"

namespace rankscape::answers {

namespace {

constexpr Index few_parameters = 100;
constexpr int tries = 400;

// What fails there are hypotheses on the data.
near::Problem problem_of(const near::Inputs& inputs, const std::string& file) {
  try {
    return near::reduce(inputs);
  } catch (const InputError& error) {
    throw InputError(fmt::format("{}: {}", file, error.what()));
  }
}

Json farkas_json(const near::EmptyRadius& proved) {
  Json list = Json::array();
  for (const near::Farkas& farkas : proved.proofs) {
    Json terms = Json::array();
    for (const auto& term : farkas.terms)
      terms.push_back({{"start", term.start},
                       {"length", term.length},
                       {"required", to_string(term.required)},
                       {"weight", to_string(term.weight)}});
    list.push_back({{"r", farkas.r}, {"terms", terms}});
  }
  return list;
}

}  // namespace

int usual_strata(const near::Network& network) {
  return parameters_of(network.W) <= few_parameters ? tries : 0;
}

Nearness::Nearness(const NearQuestion& question) : radius_(question.radius) {
  const near::Inputs inputs =
      near::read_inputs(question.weights, question.weights_file, question.data, question.data_file, question.naming);
  reading_ = inputs.reading;
  notes_ = inputs.notes;
  problem_ = problem_of(inputs, question.data_file);
}

void Nearness::analyse(int strata) {
  answer_ = near::analyse(problem_, strata);
}

bool Nearness::only() const {
  return answer_.only && answer_.only_radius > answer_.empty_radius();
}

std::string Nearness::within() const {
  if (!radius_) return {};
  if (*radius_ <= answer_.empty_radius()) return "no";
  return !answer_.found.empty() && answer_.found.front().above <= *radius_ ? "yes" : "undecided";
}

Json Nearness::json() const {
  Json json;
  json["format"] = "rankscape-near/1";
  json["widths"] = network().widths;
  if (!problem_.notes.empty()) json["reduced"] = problem_.notes;
  json["empty_radius"] = rounded_below(answer_.empty_radius());
  json["empty_by"] = {{"gradient", rounded_below(answer_.by_gradient)},
                      {"strings", rounded_below(answer_.by_strings.radius)},
                      {"farkas", farkas_json(answer_.by_strings)}};
  if (only()) json["only_S"] = {{"S", one_based(*answer_.only)}, {"radius", rounded_below(answer_.only_radius)}};
  if (!answer_.found.empty()) {
    json["nearest"] = described(answer_.found.front());
    json["most_degenerate"] = described(answer_.found[answer_.most_degenerate]);
    json["found"] = Json::array();
    for (const near::Certified& c : answer_.found)
      json["found"].push_back(described(c));
  }
  if (radius_) json["within_radius"] = {{"radius", to_string(*radius_)}, {"critical_point", within()}};
  return json;
}

}  // namespace rankscape::answers
