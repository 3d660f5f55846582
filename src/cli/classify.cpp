// rankscape classify: the certified verdict on one exact point of any source.
#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <rankscape/check/evidence.hpp>
#include <rankscape/error.hpp>
#include <rankscape/exact/deadline.hpp>
#include <rankscape/exact/decimal.hpp>
#include <rankscape/exact_json.hpp>
#include <rankscape/report/output.hpp>

#include "check/certificate.hpp"
#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "cli/point_file.hpp"
#include "cli/usage.hpp"
#include "landscapes/constraints.hpp"
#include "report/label_json.hpp"
#include "report/number_json.hpp"
#include "text/shell.hpp"

namespace rankscape::cli {

namespace {

struct Options {
  std::string file;
  std::string loss;
  std::string at;
  std::string data;
  std::string landscapes;
  bool hessian = false;
  std::string json = "-";
  std::string certificate;
  std::string time_limit;
};

// A verdict as the contract prints it. `labels` is empty when the time limit came first.
Json verdict_json(const Instance& instance, const Evidence& evidence, const Labels& labels) {
  const Landscape& landscape = instance.landscape();
  Json json;
  json["format"] = "rankscape-verdict/1";
  if (landscape.id().empty()) {
    json["loss"] = landscape.loss();
  } else {
    json["model"] = landscape.id();
  }
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
    const Inertia& inertia = evidence.hessian->inertia;
    json["inertia"] = {{"neg", inertia.negative}, {"zero", inertia.zero}, {"pos", inertia.positive}};
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
  return json;
}

// The point file, or what stands for it on the command line.
Json point_json(const Options& options) {
  if (options.file.empty() == options.loss.empty()) {
    throw InputError("classify: expected a point file, or a function (--loss) and a point (--at)");
  }
  if (!options.file.empty()) {
    if (!options.at.empty() || !options.data.empty()) throw InputError("--at and --data go with --loss");
    return read_point_file(options.file);
  }
  return point_file_of(options.loss, options.at, options.data);
}

// Weights out of a run of training are critical up to rounding at best, which is not critical: what to do then.
bool is_critical_up_to_rounding(const Instance& instance, const Evidence& evidence) {
  if (evidence.verdict != Verdict::not_critical) return false;
  Rational scale = 1;
  bool fractions = false;
  for (const RationalMatrix& weight : instance.point().weights) {
    for (Index k = 0; k < weight.size(); ++k) {
      scale = std::max(scale, Rational(abs(weight(k))));
      fractions = fractions || denominator(weight(k)) != 1;
    }
  }
  return fractions && abs(evidence.largest_gradient_entry) * 1'000'000'000 < scale;
}

// What to run next, for a shell.
std::string near_command(const Options& options) {
  std::string command = "rankscape near";
  const auto append = [&](const char* name, const std::string& value) {
    if (!value.empty()) command += fmt::format(" {} {}", name, text::shell_word(value));
  };
  append("--point", options.file);
  append("--loss", options.loss);
  append("--at", options.at);
  append("--data", options.data);
  append("--landscapes", options.landscapes);
  return command;
}

// Errors of a point name JSON pointers; on the command line there is no file to name.
std::string named(const Options& options, const std::string& message) {
  if (options.file.empty() || message.starts_with(options.file)) return message;
  return options.file + ": " + message;
}

int classify(const Options& options) {
  const auto library = landscape_library(options.landscapes);
  Library::Located located;
  std::unique_ptr<Instance> instance;
  try {
    located = library->point(point_json(options), std::filesystem::path(options.file).parent_path());
    instance = located.landscape->instance(std::move(located.point));
  } catch (const InputError& error) {
    throw InputError(named(options, error.what()));
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
    evidence = examine(*instance, {.witness = !options.certificate.empty(), .everywhere = options.hessian});
    labels = instance->labels();
  } catch (const DeadlineExceeded& late) {
    evidence = Evidence{};
    evidence.reason = late.what();
  } catch (const InputError& error) {
    throw InputError(named(options, error.what()));
  }
  bool unreadable = false;
  if (!options.certificate.empty() && evidence.verdict != Verdict::undecided) {
    const std::string text = certificate::to_text(certificate_json(*instance, evidence, "", {}));
    if (const auto limit = certificate::beyond_limits(text)) {
      std::cerr << "rankscape: no certificate is written, as rankscape-verify could not read it: " << *limit << '\n';
      unreadable = true;
    } else {
      write_file(options.certificate, [&](std::ostream& out) { out << text; });
    }
  }
  if (evidence.hessian && !evidence.lambda_min)
    std::cerr << "rankscape: the eigenvalues are not enclosed: entries are too far apart in size\n";
  if (is_critical_up_to_rounding(*instance, evidence)) {
    std::cerr << fmt::format(
        "rankscape: critical up to rounding only; what exact critical point lies near, with proof: {}\n",
        near_command(options));
  }
  write_json(options.json, verdict_json(*instance, evidence, labels));
  return evidence.verdict == Verdict::undecided || unreadable ? undecided : success;
}

}  // namespace

void add_classify(CLI::App& app, Action& chosen) {
  CLI::App* command = app.add_subcommand("classify", "certified verdict on one exact point");
  auto options = std::make_shared<Options>();
  command->add_option("point", options->file, "POINT.json")->type_name(input_file);
  command->add_option("--loss", options->loss, "a function instead of a file: \"(x^3 - y^2)*(x - 1)\"");
  command->add_option("--at", options->at, "its point: \"x = 0, V = [1; 0]\"");
  command->add_option("--data", options->data, "its constants: \"A = [2, 0; 0, 1]\"");
  command->add_option("--landscapes", options->landscapes, "folder of landscape files beside the installed ones");
  command->add_flag("--hessian", options->hessian, "the inertia of the Hessian also where the gradient is not zero");
  command->add_option("--json", options->json, "write the answer to a file (default: the standard output)")
      ->type_name(output_file);
  command->add_option("--certificate", options->certificate, "write a certificate, for rankscape-verify")
      ->type_name(output_file);
  command->add_option("--time-limit", options->time_limit, "seconds; undecided (exit code 3) when they do not suffice");
  command->callback([options, &chosen] { chosen = [options] { return classify(*options); }; });
}

}  // namespace rankscape::cli
