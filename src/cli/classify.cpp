// rankscape classify: the certified verdict on one exact point of any source.
#include <memory>
#include <nlohmann/json.hpp>
#include <rankscape/check/evidence.hpp>
#include <rankscape/error.hpp>
#include <rankscape/exact/deadline.hpp>
#include <rankscape/exact_json.hpp>

#include "check/certificate.hpp"
#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "report/label_json.hpp"

namespace rankscape::cli {

namespace {

struct Options {
  std::string file;
  std::string json = "-";
  std::string certificate;
  std::string time_limit;
};

Json enclosure(const Enclosure& enclosed) {
  const DecimalEnclosure decimal = to_decimal(enclosed);
  return {{"lo", decimal.lo}, {"hi", decimal.hi}};
}

// A verdict as the contract prints it. `labels` is empty when the time limit came first.
Json verdict_json(const Point& point, const Evidence& evidence, const Labels& labels) {
  Json json;
  json["format"] = "rankscape-verdict/1";
  json["model"] = point.model;
  const bool finished = evidence.verdict != Verdict::undecided;
  json["critical"] = finished ? Json(evidence.critical) : Json(nullptr);
  json["verdict"] = to_string(evidence.verdict);
  json["certified"] = finished;
  json["reason"] = evidence.reason;
  if (finished) json["value"] = to_string(evidence.value);
  if (finished && !evidence.critical) {
    json["gradient_norm"] = enclosure(evidence.gradient_norm);
    json["largest_gradient_entry"] = to_string(evidence.largest_gradient_entry);
  }
  if (evidence.hessian) {
    const Inertia& inertia = evidence.hessian->inertia;
    json["inertia"] = {{"neg", inertia.negative}, {"zero", inertia.zero}, {"pos", inertia.positive}};
  }
  report::add_labels(json, labels);
  if (evidence.critical) {
    const auto order = escape_order(evidence);
    json["escape_order"] = order ? Json(*order) : Json(nullptr);
  }
  if (evidence.lambda_min) json["lambda_min"] = enclosure(*evidence.lambda_min);
  if (evidence.lambda_max) json["lambda_max"] = enclosure(*evidence.lambda_max);
  return json;
}

int classify(const Options& options) {
  std::unique_ptr<Instance> instance;
  try {
    Point point = point_from_json(read_exact_json(options.file));
    const Model* model = find_model(point.model);
    if (model == nullptr) throw InputError("/model: no model \"" + point.model + "\"; see rankscape list");
    instance = model->instance(std::move(point));
  } catch (const InputError& error) {
    const std::string message = error.what();
    throw InputError(message.starts_with(options.file) ? message : options.file + ": " + message);
  }
  Evidence evidence;
  Labels labels;
  try {
    auto limit = DeadlineScope::Clock::time_point::max();
    if (!options.time_limit.empty()) {
      const std::chrono::duration<double> seconds(parse_seconds(options.time_limit, "--time-limit"));
      limit = DeadlineScope::Clock::now() + std::chrono::duration_cast<DeadlineScope::Clock::duration>(seconds);
    }
    const DeadlineScope scope(limit);
    evidence = examine(*instance, {.witness = !options.certificate.empty()});
    labels = instance->labels();
  } catch (const DeadlineExceeded& late) {
    evidence = Evidence{};
    evidence.reason = late.what();
  }
  if (!options.certificate.empty() && evidence.verdict != Verdict::undecided) {
    write_json(options.certificate, certificate(*instance, evidence, "", {}));
  }
  write_json(options.json, verdict_json(instance->point(), evidence, labels));
  return evidence.verdict == Verdict::undecided ? undecided : success;
}

}  // namespace

void add_classify(CLI::App& app, Action& chosen) {
  CLI::App* command = app.add_subcommand("classify", "certified verdict on one exact point");
  auto options = std::make_shared<Options>();
  command->add_option("point", options->file, "POINT.json")->required();
  command->add_option("--json", options->json, "write the answer to a file (default: the standard output)");
  command->add_option("--certificate", options->certificate, "write a certificate, for rankscape-verify");
  command->add_option("--time-limit", options->time_limit, "seconds; undecided (exit code 3) when they do not suffice");
  command->callback([options, &chosen] { chosen = [options] { return classify(*options); }; });
}

}  // namespace rankscape::cli
