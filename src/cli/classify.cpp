// rankscape classify: the certified verdict on one exact point of any source.
#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <rankscape/check/evidence.hpp>
#include <rankscape/error.hpp>
#include <rankscape/exact_json.hpp>
#include <rankscape/report/output.hpp>

#include "answers/classification.hpp"
#include "answers/point_file.hpp"
#include "certificate/coq.hpp"
#include "certificate/write.hpp"
#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "cli/usage.hpp"
#include "text/shell.hpp"

namespace rankscape::cli {

namespace {

struct ClassifyOptions {
  std::string file;
  std::string loss;
  std::string at;
  std::string data;
  std::string landscapes;
  bool hessian = false;
  std::string json = "-";
  std::string certificate;
  std::string coq;
  std::string time_limit;
};

// The point file, or what stands for it on the command line.
Json point_json(const ClassifyOptions& options) {
  if (options.file.empty() == options.loss.empty()) {
    throw InputError("classify: expected a point file, or a function (--loss) and a point (--at)");
  }
  if (!options.file.empty()) {
    if (!options.at.empty() || !options.data.empty()) throw InputError("--at and --data go with --loss");
    return read_point_file(options.file);
  }
  return point_file_of(options.loss, options.at, options.data);
}

// What to run next, for a shell.
std::string near_command(const ClassifyOptions& options) {
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

// Whether there was a theorem to write.
bool write_theorems(const ClassifyOptions& options, const answers::Classification& found) {
  std::string text;
  try {
    if (found.evidence.verdict == Verdict::undecided) throw InputError("the point is undecided");
    text = certificate::coq_theorems(found.certificate());
  } catch (const InputError& error) {
    std::cerr << "rankscape: no theorem is written: " << error.what() << '\n';
    return false;
  }
  write_file(options.coq, [&](std::ostream& out) { out << text; });
  return true;
}

int classify(const ClassifyOptions& options) {
  const auto library = landscape_library(options.landscapes);
  std::optional<std::chrono::duration<double>> seconds;
  if (!options.time_limit.empty())
    seconds = std::chrono::duration<double>(parse_seconds(options.time_limit, "--time-limit"));
  const answers::Classification found = answers::classify(
      *library, point_json(options), options.file,
      {.form_hessian = !options.certificate.empty() || !options.coq.empty(), .everywhere = options.hessian}, seconds);
  const Evidence& evidence = found.evidence;
  bool unreadable = false;
  if (!options.certificate.empty() && evidence.verdict != Verdict::undecided) {
    const std::string text = certificate::to_text(found.certificate());
    if (const auto limit = certificate::beyond_limits(text)) {
      std::cerr << "rankscape: no certificate is written, as rankscape-verify could not read it: " << *limit << '\n';
      unreadable = true;
    } else {
      write_file(options.certificate, [&](std::ostream& out) { out << text; });
    }
  }
  if (!options.coq.empty() && !write_theorems(options, found)) unreadable = true;
  const bool isolated = evidence.hessian == Inertia{};  // there are no eigenvalues
  if (evidence.hessian && !isolated && !evidence.lambda_min && !evidence.by_normal_form)
    std::cerr << "rankscape: the eigenvalues are not enclosed: entries are too far apart in size\n";
  if (found.critical_up_to_rounding()) {
    std::cerr << fmt::format(
        "rankscape: critical up to rounding only; what exact critical point lies near, with proof: {}\n",
        near_command(options));
  }
  write_json(options.json, found.json());
  return evidence.verdict == Verdict::undecided || unreadable ? undecided : success;
}

}  // namespace

void add_classify(CLI::App& app, Action& chosen) {
  CLI::App* command = app.add_subcommand("classify", "certified verdict on one exact point");
  auto options = std::make_shared<ClassifyOptions>();
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
  command->add_option("--coq", options->coq, "write a theorem that Coq compiles (docs/trust.md)")
      ->type_name(output_file);
  command->add_option("--time-limit", options->time_limit, "seconds; undecided (exit code 3) when they do not suffice");
  command->callback([options, &chosen] { chosen = [options] { return classify(*options); }; });
}

}  // namespace rankscape::cli
