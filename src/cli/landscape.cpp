// rankscape landscape: checks a landscape file as a compiler would, at every shape of its examples.
#include <rankscape/adviser.hpp>
#include <rankscape/audit.hpp>
#include <rankscape/error.hpp>
#include <rankscape/exact/deadline.hpp>

#include <fmt/format.h>
#include <CLI/App.hpp>
#include <nlohmann/json.hpp>

#include <iostream>
#include <memory>

#include "answers/audit.hpp"
#include "answers/spectra_figure.hpp"
#include "check/nearby_point.hpp"
#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "cli/usage.hpp"
#include "text/utf8.hpp"

namespace rankscape::cli {

namespace {

struct LandscapeOptions {
  std::string file;
  std::string folder;
  std::vector<std::string> sizes;
  std::string json;
  std::string point;
  std::string figure;
  std::string time_limit;
  std::uint64_t seed = 1;
};

void print_head(std::ostream& out, const Landscape& landscape) {
  out << text::printable(landscape.id() + ": " + landscape.title()) << "\n  " << text::printable(landscape.source())
      << '\n';
  out << "  loss  " << text::printable(landscape.loss()) << '\n';
  const auto print = [&out](const char* what, const std::vector<DeclaredName>& names) {
    for (const DeclaredName& name : names) {
      out << fmt::format("  {:<7} {} = {}{}\n", what, name.key, name.type,
                         name.means.empty() ? "" : "  (" + text::printable(name.means) + ")");
    }
  };
  print("data", landscape.data());
  print("weight", landscape.weights());
}

std::string line_of(const Finding& finding, const std::string& shape_key) {
  static const char* const marks[] = {"ok  ", "BAD ", "    "};
  const std::string where = finding.shape ? fmt::format("{} {}: ", shape_key, finding.shape->to_text()) : std::string();
  const bool named = finding.text.starts_with(finding.subject);
  return fmt::format("{}{}{}{}", marks[static_cast<int>(finding.kind)], where, named ? "" : finding.subject + ": ",
                     finding.text);
}

// A picture instead of the checks.
int draw(const LandscapeOptions& options, const Landscape& landscape, const std::vector<Shape>& shapes) {
  if (shapes.size() != 1) throw InputError(fmt::format("--figure: expected one --{}", landscape.shape_key()));
  if (!options.json.empty() || !options.point.empty())
    throw InputError("--figure draws and checks nothing, so there is nothing for --json or --point");
  answers::write_spectra_figure(landscape, shapes.front(), options.seed, options.figure);
  return success;
}

int check_landscape(const LandscapeOptions& options) {
  const auto library = landscape_library(options.folder);
  const Landscape& landscape = library->at(options.file);
  AuditOptions audit_options;
  audit_options.seed = options.seed;
  audit_options.shapes = parse_shapes(options.sizes, "--size");
  if (!options.figure.empty()) return draw(options, landscape, audit_options.shapes);
  audit_options.examine_approximate = [&](const Recipe& recipe, const Instance& floats) {
    return fault_of_approximate(recipe, floats, options.seed);
  };
  std::ostream& out = words_beside(options.json);
  print_head(out, landscape);
  auto limit = DeadlineScope::Clock::time_point::max();
  if (!options.time_limit.empty()) {
    const std::chrono::duration<double> seconds(parse_seconds(options.time_limit, "--time-limit"));
    limit = DeadlineScope::Clock::now() + std::chrono::duration_cast<DeadlineScope::Clock::duration>(seconds);
  }
  const DeadlineScope scope(limit);
  Json findings = Json::array();
  bool bad = false;
  const auto report = [&](const Finding& finding) {
    bad = bad || finding.kind == Finding::Kind::bad;
    std::string line = line_of(finding, landscape.shape_key());
    Json json = answers::finding_json(landscape, finding);
    if (finding.point) {
      if (options.point.empty()) {
        line += " (--point FILE writes the point)";
      } else {
        write_json(options.point, json["point"]);
        line += "; the point is in " + options.point;
      }
    }
    findings.push_back(std::move(json));
    out << text::printable(line) << '\n';
  };
  Json good;  // null: the time ended, and nothing was wrong up to there
  try {
    good = audit(landscape, audit_options, report);
  } catch (const DeadlineExceeded& late) {
    if (bad) good = false;
    out << "stopped: " << late.what() << '\n';
  }
  if (!options.json.empty()) {
    write_json(options.json, answers::audit_json(landscape, good, std::move(findings)));
  }
  if (good.is_null()) return undecided;
  out << (good == true ? "all is well\n" : "something is wrong with the file\n");
  return good == true ? success : bad_input;
}

}  // namespace

void add_landscape(CLI::App& app, Action& chosen) {
  CLI::App* command =
      app.add_subcommand("landscape", "check a landscape file: shapes, derivation, symmetries, families");
  auto options = std::make_shared<LandscapeOptions>();
  command->add_option("landscape", options->file, "LANDSCAPE.toml, or the id of a landscape")
      ->required()
      ->type_name(input_file);
  command->add_option("--size,--sizes,--widths", options->sizes, "shapes instead of the file's examples, as in 2,1")
      ->allow_extra_args(false);
  command->add_option("--landscapes", options->folder, "a folder of landscape files beside the installed ones");
  command->add_option("--seed", options->seed, "of the random draws (default: 1)");
  command->add_option("--point", options->point, "write the last point at which the file does not keep its word")
      ->type_name(output_file);
  command
      ->add_option("--figure", options->figure,
                   "check nothing, draw: the spectra of the critical points at one --size, FILE.svg")
      ->type_name(output_file);
  command->add_option("--json", options->json, "write the findings to a file")->type_name(output_file);
  command->add_option("--time-limit", options->time_limit, "seconds");
  command->callback([options, &chosen] { chosen = [options] { return check_landscape(*options); }; });
}

}  // namespace rankscape::cli
