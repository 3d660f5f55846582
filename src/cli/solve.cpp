// rankscape solve: all critical points of a small polynomial landscape, and the proof that they are all.
#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <rankscape/error.hpp>
#include <rankscape/exact/deadline.hpp>
#include <rankscape/exact/enclosure.hpp>
#include <rankscape/exact_json.hpp>
#include <rankscape/report/output.hpp>
#include <set>

#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "cli/datum_text.hpp"
#include "cli/real_text.hpp"
#include "cli/usage.hpp"
#include "language/syntax.hpp"
#include "solve/complete.hpp"
#include "text/utf8.hpp"

namespace rankscape::cli {

namespace {

// The decomposition of larger systems seldom ends.
constexpr Index usual_unknowns = 12;
constexpr Index most_unknowns = 40;

struct SolveArguments {
  std::string landscape;
  std::string size;
  std::string loss;
  std::string at;
  std::string data;
  std::string landscapes;
  std::string json;
  std::string certificate;
  std::string time_limit = "60";
  bool gauge = false;
  std::uint64_t seed = 1;
};

void collect_names(const language::Syntax& syntax, std::set<std::string> bound, std::set<std::string>& names) {
  using language::Construct;
  if (syntax.construct == Construct::bound) {
    for (const language::Syntax& child : syntax.children) {
      if (child.construct == Construct::binder) bound.insert(child.children.front().text);
    }
  }
  if (syntax.construct == Construct::name && bound.count(syntax.text) == 0) names.insert(syntax.text);
  for (std::size_t k = syntax.construct == Construct::call ? 1 : 0; k < syntax.children.size(); ++k)
    collect_names(syntax.children[k], bound, names);
}

// A loss with its data; what is in neither --at nor --data is a number that is sought.
Library::Located own_loss(const SolveArguments& options, const Library& library) {
  Json json = point_file_of(options.loss, options.at, options.data);
  try {
    std::set<std::string> names;
    collect_names(language::parse_syntax(options.loss), {}, names);
    for (const std::string& name : names) {
      if (!json["data"].contains(name) && !json["weights"].contains(name)) json["weights"][name] = 0;
    }
  } catch (const language::SyntaxError& error) {
    throw InputError(fmt::format("--loss: at character {}: {}", error.offset + 1, error.what()));
  }
  if (json["weights"].empty())
    throw InputError("--loss: found no unknown, expected a name that --data does not define");
  return library.point(json);
}

// A shape of a landscape, with data that are given or those of its first case.
Library::Located of_landscape(const SolveArguments& options, const Library& library) {
  const Landscape& landscape = library.at(options.landscape);
  landscape.check_unconstrained();
  if (options.size.empty()) throw InputError("solve: --size is missing, expected one as in --size 2,2,2");
  const Shape shape = parse_shapes({options.size}, "--size").front();
  landscape.check_shape(shape);
  const bool given = options.data.find('=') != std::string::npos;
  Scope scope;
  scope.shapes = {shape};
  if (!given && !options.data.empty()) scope.data = {options.data};
  const auto cases = landscape.cases(landscape.with_defaults(scope));
  if (cases.empty()) throw InputError("solve: no case of this shape to take data from");
  // the first whose weights lie in the landscape's domain, also with the data that are given
  std::optional<InputError> refused;
  for (const auto& one : cases) {
    Json json = landscape.to_json(one->build(options.seed));
    json["model"] = options.landscape;  // a file of one's own need not be the one that its id names
    if (given) {
      const Json values = point_file_of("0", "", options.data).at("data");
      for (const auto& [name, value] : values.items())
        json["data"][name] = value;
    }
    try {
      Library::Located located = library.point(json);
      static_cast<void>(located.landscape->instance(located.point));
      return located;
    } catch (const InputError& error) {
      if (!refused) refused = error;
    }
  }
  throw InputError(*refused);
}

std::string place(const critical_set::Sample& sample, const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t k = 0; k < names.size(); ++k) {
    std::string value;
    if (!sample.rational.empty()) {
      value = to_string(sample.rational[k]);
    } else {
      const Enclosure near =
          critical_set::enclose(sample.field.coordinates[k], *sample.root, Rational(1, 1'000'000'000));
      value = near.is_exact() ? to_string(near.lo) : rounded(near);
    }
    text += fmt::format("{}{} = {}", k == 0 ? "" : ", ", names[k], value);
  }
  return text;
}

std::string verdict(const critical_set::Sample& sample) {
  if (sample.local) return "local minimizer, global or not";
  if (sample.outside) return "outside the domain";
  std::string text(to_string(sample.verdict));
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

// Data that were not given.
void print_drawn(std::ostream& out, const SolveArguments& options, const Point& point) {
  if (options.landscape.empty()) return;
  const bool given = options.data.find('=') != std::string::npos;
  const Json values = given ? point_file_of("0", "", options.data).at("data") : Json::object();
  for (const auto& [name, datum] : point.data) {
    if (!values.contains(name)) out << text::printable(fmt::format("{} = {}", name, datum_text(datum))) << '\n';
  }
}

// "modulo orthogonal matrices of size 2: U triangular"
void print_gauge(std::ostream& out, const critical_set::Solution& solution, const std::vector<std::string>& weights) {
  for (const critical_set::Normalization& group : solution.gauge) {
    const bool orthogonal = group.group == critical_set::Normalization::Group::orthogonal;
    std::string acted;
    for (const critical_set::Action& action : group.acts)
      acted += fmt::format("{}{} of {}", acted.empty() ? "" : " and ", action.left ? "rows" : "columns",
                           weights[action.weight]);
    out << fmt::format("modulo {} matrices of size {} on {}: {} {}\n", orthogonal ? "orthogonal" : "invertible",
                       group.size, acted, weights[group.acts.front().weight],
                       orthogonal ? "triangular" : "in reduced echelon form");
  }
  if (solution.slices.size() > 1) out << fmt::format("{} slices\n", solution.slices.size());
}

void print(std::ostream& out, const critical_set::Solution& solution) {
  const auto row = [&out](const auto&... cells) {
    std::string line = fmt::format("{:>3}  {:>3}  {:>6}  {:<12}  {:<10}  {:<18}  {}", cells...);
    line.erase(line.find_last_not_of(' ') + 1);
    out << text::printable(line) << '\n';
  };
  row("", "dim", "degree", "value", "- 0 +", "verdict", "where");
  for (std::size_t k = 0; k < solution.components.size(); ++k) {
    const critical_set::Component& component = solution.components[k];
    std::string value = "?";
    if (component.value) {
      const auto roots = real_roots(component.value->satisfies);
      value = roots.empty() ? "not real" : values_text(roots);
    }
    const std::string number = std::to_string(k + 1);
    if (component.samples.empty()) {
      row(number, component.dimension, component.degree, value, "", "",
          component.reality == critical_set::Reality::none ? "no real points (proved)"
                                                           : fmt::format("undecided: {}", component.open_because));
    }
    bool first = true;
    for (const critical_set::Sample& sample : component.samples) {
      const std::string inertia = sample.has_inertia ? fmt::format("{} {} {}", sample.inertia.negative,
                                                                   sample.inertia.zero, sample.inertia.positive)
                                                     : "";
      const std::string head = first ? number : "";
      const std::string dimension = first ? std::to_string(component.dimension) : "";
      const std::string degree = first ? std::to_string(component.degree) : "";
      std::string where = place(sample, solution.system.names);
      if (component.dimension > 0) where = (component.constant_spectrum ? "spectrum constant; " : "a sample; ") + where;
      row(head, dimension, degree, decimal(sample.value), inertia, verdict(sample), where);
      first = false;
    }
    for (const RealRoot& other : critical_set::values_without_point(component))
      row("", "", "", decimal(other), "", "", "undecided: no real point of this value was found");
  }
  if (solution.complete()) {
    const std::string components = solution.components.size() == 1
                                       ? "this component"
                                       : fmt::format("these {} components", solution.components.size());
    const bool real = std::any_of(solution.gauge.begin(), solution.gauge.end(), [](const auto& group) {
      return group.group == critical_set::Normalization::Group::orthogonal;
    });
    out << fmt::format("complete: every {} {} {}\n", real ? "real critical point" : "critical point, complex ones too,",
                       solution.gauge.empty() ? "lies in" : "is moved by a symmetry into one of", components);
  } else {
    out << text::printable(fmt::format("not certified complete: {}", solution.incomplete)) << '\n';
  }
}

int run(const SolveArguments& options) {
  if (options.landscape.empty() == options.loss.empty())
    throw InputError("solve: expected a landscape with --size, or a loss of your own with --loss");
  if (!options.landscape.empty() && !options.at.empty()) throw InputError("--at goes with --loss");
  if (!options.loss.empty() && !options.size.empty()) throw InputError("--size goes with a landscape");
  for (const std::string& path : {options.json, options.certificate}) {
    if (!path.empty()) check_writable(path);
  }
  const auto library = landscape_library(options.landscapes);
  Library::Located located = options.loss.empty() ? of_landscape(options, *library) : own_loss(options, *library);
  const auto instance = located.landscape->instance(std::move(located.point));
  const Index n = instance->parameters();
  if (n > most_unknowns)
    throw InputError(
        fmt::format("solve: {} unknowns, expected at most {}; it is meant for {}", n, most_unknowns, usual_unknowns));
  if (n > usual_unknowns && !options.gauge)
    std::cerr << fmt::format(
        "rankscape: {} unknowns: beyond {} the decomposition seldom ends within its {} s; --gauge may help\n", n,
        usual_unknowns, options.time_limit);
  critical_set::SolveOptions solve_options;
  solve_options.limits.seconds = std::chrono::duration<double>(parse_seconds(options.time_limit, "--time-limit"));
  solve_options.gauge = options.gauge;
  critical_set::Solution solution;
  try {
    // Singular's two answers and what is checked of them
    const DeadlineScope scope(DeadlineScope::Clock::now() + std::chrono::duration_cast<DeadlineScope::Clock::duration>(
                                                                3 * solve_options.limits.seconds));
    solution = critical_set::solve(*instance, solve_options);
  } catch (const critical_set::NoSingular& missing) {
    throw InputError(missing.what());
  } catch (const std::domain_error&) {
    throw InputError("solve: the loss has a division by zero");
  } catch (const critical_set::NoProposal& reason) {
    std::cerr << "rankscape: undecided: " << text::printable(reason.what()) << '\n';
    return undecided;
  } catch (const DeadlineExceeded& late) {
    std::cerr << "rankscape: undecided: " << late.what() << '\n';
    return undecided;
  }
  if (!options.certificate.empty() && solution.complete()) {
    const std::string text = critical_set::certificate_text(critical_set::certificate_json(*instance, solution));
    write_file(options.certificate, [&](std::ostream& out) { out << text; });
  }
  if (!options.json.empty()) write_json(options.json, critical_set::to_json(*instance, solution));
  if (options.gauge && solution.gauge.empty()) std::cerr << "rankscape: --gauge: no symmetry of the loss was found\n";
  if (options.json != "-") {
    print_drawn(std::cout, options, instance->point());
    print_gauge(std::cout, solution, located.landscape->weight_names(*instance));
    print(std::cout, solution);
  }
  if (!options.certificate.empty() && !solution.complete())
    std::cerr << "rankscape: no certificate is written, as the list is not certified complete\n";
  return solution.decided() ? success : undecided;
}

}  // namespace

void add_solve(CLI::App& app, Action& chosen) {
  CLI::App* command = app.add_subcommand(
      "solve", "all critical points of a small polynomial landscape, with a proof that these are all (needs Singular)");
  auto options = std::make_shared<SolveArguments>();
  command->add_option("landscape", options->landscape, "the id of a landscape, or LANDSCAPE.toml")
      ->type_name(input_file);
  command->add_option("--size,--sizes,--widths", options->size, "its shape, as in 2,2,2: up to 12 unknowns");
  command->add_option("--loss", options->loss, "a polynomial instead: \"(x^2 - 1)^2 + x*y\"");
  command->add_option("--at", options->at, "shapes of its unknowns that are no numbers: \"U = zeros(2, 1)\"");
  command->add_option("--data", options->data, "constants: \"A = [2, 0; 0, 1]\"; of a landscape also a kind of data");
  command->add_option("--landscapes", options->landscapes, "folder of landscape files beside the installed ones");
  command->add_option("--seed", options->seed, "seed of the data that are drawn (default 1)");
  command->add_flag("--gauge", options->gauge,
                    "modulo symmetries of the loss: weights in triangular or echelon form; up to 27 unknowns and more");
  command->add_option("--time-limit", options->time_limit,
                      "seconds for each of the two questions to Singular (default 60); undecided (exit code 3) beyond");
  command->add_option("--certificate", options->certificate, "write the proof, for rankscape-verify")
      ->type_name(output_file);
  command->add_option("--json", options->json, "write what was found (- for the standard output)")
      ->type_name(output_file);
  command->callback([options, &chosen] { chosen = [options] { return run(*options); }; });
}

}  // namespace rankscape::cli
