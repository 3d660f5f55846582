// One exact point, examined.
#include "answers/classification.hpp"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <rankscape/exact/deadline.hpp>

#include "check/benign.hpp"
#include "check/certificate.hpp"
#include "landscapes/constraints.hpp"
#include "landscapes/instance.hpp"
#include "report/label_json.hpp"
#include "text/number_json.hpp"

namespace rankscape::answers {

namespace {

// That all second-order points are global minimizers, and why.
Json benign_json(const certificate::BenignClaim& claim) {
  Json json;
  json["by"] = claim.condition ? "condition number" : "number of columns";
  if (!claim.condition) return json;
  const auto texts = [](const std::vector<Rational>& numbers) {
    Json list = Json::array();
    for (const Rational& number : numbers)
      list.push_back(to_string(number));
    return list;
  };
  json["signs"] = texts(claim.condition->signs);
  json["weights"] = texts(claim.condition->weights);
  json["least"] = to_string(claim.condition->least);
  json["greatest"] = to_string(claim.condition->greatest);
  return json;
}

Json head_json(const Landscape& landscape) {
  Json json;
  json["format"] = "rankscape-verdict/1";
  if (landscape.id().empty()) {
    json["loss"] = landscape.loss();
  } else {
    json["model"] = landscape.id();
  }
  return json;
}

// A verdict as the contract prints it. `labels` is empty when the time limit came first.
Json verdict_json(const Instance& instance, const Evidence& evidence, const Labels& labels,
                  const std::optional<certificate::BenignClaim>& benign) {
  Json json = head_json(instance.landscape());
  const bool finished = evidence.verdict != Verdict::undecided;
  json["critical"] = finished ? Json(evidence.critical) : Json(nullptr);
  json["verdict"] = to_string(evidence.verdict);
  json["certified"] = finished;
  if (evidence.verdict == Verdict::second_order && evidence.local_minimizer()) json["local"] = true;
  json["reason"] = evidence.reason;
  if (finished) json["value"] = to_string(evidence.value);
  if (finished && !evidence.critical) {
    json["gradient_norm"] = enclosure_to_json(evidence.gradient_norm);
    json["largest_gradient_entry"] = to_string(evidence.largest_gradient_entry);
  }
  if (evidence.hessian) {
    json["inertia"] = inertia_to_json(*evidence.hessian);
    if (evidence.by_normal_form) json["inertia_by"] = "normal form";
  }
  report::add_labels(json, labels);
  if (const ConstraintsHere* constraints = constraints_at(instance); constraints != nullptr && evidence.bordered) {
    for (Index k = 0; k < constraints->count(); ++k)
      json["multipliers"][constraints->names()[static_cast<std::size_t>(k)]] = to_string(constraints->multipliers()(k));
  }
  if (evidence.critical) {
    const auto order = escape_order(evidence);
    json["escape_order"] = order ? Json(*order) : Json(nullptr);
  }
  if (evidence.lambda_min) json["lambda_min"] = enclosure_to_json(*evidence.lambda_min);
  if (evidence.lambda_max) json["lambda_max"] = enclosure_to_json(*evidence.lambda_max);
  if (benign) json["benign"] = benign_json(*benign);
  return json;
}

// Errors of a point name JSON pointers; where there is no file there is none to name.
// The verdict stands where only this takes too long.
std::optional<certificate::BenignClaim> benign_in_time(const Instance& instance) {
  try {
    return prove_benign(instance);
  } catch (const DeadlineExceeded&) {
    return std::nullopt;
  }
}

std::string named(const std::string& file, const std::string& message) {
  if (file.empty() || message.starts_with(file)) return message;
  return file + ": " + message;
}

}  // namespace

Classification classify(const Library& library, const Json& point, const std::string& file,
                        const ExamineOptions& options, std::optional<std::chrono::duration<double>> time_limit) {
  Classification found;
  try {
    found.located = library.point(point, std::filesystem::path(file).parent_path());
    found.instance = found.located.landscape->instance(std::move(found.located.point));
  } catch (const OnBoundary& error) {
    found.evidence.reason = error.what();
    return found;
  } catch (const InputError& error) {
    throw InputError(named(file, error.what()));
  }
  try {
    using Clock = DeadlineScope::Clock;
    const DeadlineScope scope(time_limit ? Clock::now() + std::chrono::duration_cast<Clock::duration>(*time_limit)
                                         : Clock::time_point::max());
    check_deadline();
    found.evidence = examine(*found.instance, options);
    found.labels = found.instance->labels();
    if (found.evidence.verdict != Verdict::undecided) found.benign = benign_in_time(*found.instance);
  } catch (const DeadlineExceeded& late) {
    found.evidence = Evidence{};
    found.evidence.reason = late.what();
  } catch (const InputError& error) {
    throw InputError(named(file, error.what()));
  }
  return found;
}

Json Classification::json() const {
  if (instance != nullptr) return verdict_json(*instance, evidence, labels, benign);
  Json json = head_json(*located.landscape);
  json["critical"] = nullptr;
  json["verdict"] = to_string(evidence.verdict);
  json["certified"] = false;
  json["reason"] = evidence.reason;
  return json;
}

Json Classification::certificate() const {
  return certificate_json(*instance, evidence, "", {}, &benign);
}

// Weights out of a run of training are critical up to rounding at best, which is not critical: what to do then.
bool Classification::critical_up_to_rounding() const {
  if (evidence.verdict != Verdict::not_critical) return false;
  Rational scale = 1;
  bool fractions = false;
  for (const RationalMatrix& weight : instance->point().weights) {
    for (Index k = 0; k < weight.size(); ++k) {
      scale = std::max(scale, Rational(abs(weight(k))));
      fractions = fractions || denominator(weight(k)) != 1;
    }
  }
  return fractions && abs(evidence.largest_gradient_entry) * 1'000'000'000 < scale;
}

}  // namespace rankscape::answers
