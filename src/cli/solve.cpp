// rankscape solve: all critical points of a small polynomial landscape, and the proof that they are all.
#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <rankscape/exact/enclosure.hpp>
#include <rankscape/exact_json.hpp>
#include <rankscape/report/output.hpp>

#include "answers/solve.hpp"
#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "cli/datum_text.hpp"
#include "cli/real_text.hpp"
#include "cli/usage.hpp"
#include "text/utf8.hpp"

namespace rankscape::cli {

namespace {

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
  bool real = false;
  bool count = false;
  std::uint64_t seed = 1;
};

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

std::string words_of(Verdict verdict, bool local) {
  if (local) return "local minimizer, global or not";
  std::string text(to_string(verdict));
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

void print_line(std::ostream& out, std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  out << text::printable(line) << '\n';
}

std::string signs_text(const Inertia& inertia) {
  return fmt::format("{} {} {}", inertia.negative, inertia.zero, inertia.positive);
}

template <class... Cells>
void print_row(std::ostream& out, const Cells&... cells) {
  print_line(out, fmt::format("{:>3}  {:>3}  {:>6}  {:<12}  {:<10}  {:<18}  {}", cells...));
}

std::string values_of(const critical_set::Component& component) {
  if (!component.value) return "?";
  const auto roots = real_roots(component.value->satisfies);
  return roots.empty() ? "not real" : values_text(roots);
}

// What a sample of a component stands for.
std::string sampled(const critical_set::Component& component) {
  if (component.dimension == 0) return "";
  if (component.constant_spectrum) return "spectrum constant; ";
  if (component.constant_inertia) return "inertia constant; ";
  const std::string rank = component.constant_rank() ? "rank constant; " : "";
  return (component.negative_everywhere ? "no minimizers; " : "") + rank + "a sample; ";
}

// Below its component: real points alone.
void print_rank_drops(std::ostream& out, const critical_set::Component& component,
                      const std::vector<std::string>& names) {
  for (const critical_set::Component& drop : component.drops) {
    if (drop.reality == critical_set::Reality::open)
      print_row(out, "", drop.dimension, drop.degree, values_of(drop), "", "",
                fmt::format("rank drops, or not: undecided: {}", drop.open_because));
    std::string dimension = std::to_string(drop.dimension);
    std::string degree = std::to_string(drop.degree);
    for (const critical_set::Sample& sample : drop.samples) {
      print_row(out, "", dimension, degree, decimal(sample.value), sample.has_inertia ? signs_text(sample.inertia) : "",
                words_of(sample.verdict, sample.local), "rank drops: " + sampled(drop) + place(sample, names));
      dimension.clear();
      degree.clear();
    }
    print_rank_drops(out, drop, names);
  }
  if (component.rank_drops && !component.drops_complete)
    print_row(out, "", "", "", "", "", "", "undecided: where else the rank drops");
}

void print(std::ostream& out, const critical_set::Solution& solution) {
  const auto row = [&out](const auto&... cells) { print_row(out, cells...); };
  row("", "dim", "degree", "value", "- 0 +", "verdict", "where");
  for (std::size_t k = 0; k < solution.components.size(); ++k) {
    const critical_set::Component& component = solution.components[k];
    const std::string number = std::to_string(k + 1);
    if (component.samples.empty()) {
      row(number, component.dimension, component.degree, values_of(component), "", "",
          component.reality == critical_set::Reality::none ? "no real points (proved)"
                                                           : fmt::format("undecided: {}", component.open_because));
    }
    bool first = true;
    for (const critical_set::Sample& sample : component.samples) {
      const std::string inertia = sample.has_inertia ? signs_text(sample.inertia) : "";
      const std::string head = first ? number : "";
      const std::string dimension = first ? std::to_string(component.dimension) : "";
      const std::string degree = first ? std::to_string(component.degree) : "";
      const std::string where = sampled(component) + place(sample, solution.system.names);
      row(head, dimension, degree, decimal(sample.value), inertia, words_of(sample.verdict, sample.local), where);
      first = false;
    }
    for (const RealRoot& other : critical_set::values_without_point(component))
      row("", "", "", decimal(other), "", "", "undecided: no real point of this value was found");
    print_rank_drops(out, component, solution.system.names);
  }
  if (solution.complete() && solution.components.empty()) {
    out << fmt::format("complete: there is no {}critical point{}\n", solution.real() ? "real " : "",
                       solution.real() ? "" : ", not even a complex one");
  } else if (solution.complete()) {
    const std::string components = solution.components.size() == 1
                                       ? "this component"
                                       : fmt::format("these {} components", solution.components.size());
    out << fmt::format("complete: every {} {} {}\n",
                       solution.real() ? "real critical point" : "critical point, complex ones too,",
                       solution.gauge.empty() ? "lies in" : "is moved by a symmetry into one of", components);
  } else {
    out << text::printable(fmt::format("not certified complete: {}", solution.incomplete)) << '\n';
  }
}

// Silent where the theorem says nothing.
void print_morse_sum(std::ostream& out, const std::optional<critical_set::MorseSum>& found) {
  if (!found) return;
  if (found->sum) {
    out << fmt::format("Morse sum {}, as it must be: of (-1)^index over {} real critical points\n", *found->sum,
                       found->points);
  } else {
    out << "Morse sum open: of some points the inertia is not known, or whether they are real\n";
  }
}

// Of boxes: real points alone, as all are isolated.
void print(std::ostream& out, const critical_set::Counted& counted) {
  const auto number_text = [](const Enclosure& near) { return near.is_exact() ? to_string(near.lo) : rounded(near); };
  const auto row = [&out](const auto&... cells) {
    print_line(out, fmt::format("{:>3}  {:<12}  {:<10}  {:<18}  {}", cells...));
  };
  row("", "value", "- 0 +", "verdict", "where");
  for (std::size_t k = 0; k < counted.points.size(); ++k) {
    const critical_set::CountedPoint& point = counted.points[k];
    std::string where;
    for (std::size_t i = 0; i < counted.system.unknowns(); ++i) {
      const Rational& centre = point.around.at[i].re;
      const Rational& radius = point.around.radius;
      const Enclosure near = point.exact ? Enclosure(centre) : Enclosure(centre - radius, centre + radius);
      where += fmt::format("{}{} = {}", i == 0 ? "" : ", ", counted.system.names[i], number_text(near));
    }
    row(k + 1, number_text(point.value), signs_text(point.inertia), words_of(point.verdict, point.local), where);
  }
  out << fmt::format(
      "complete by count: {} complex critical points, each simple and in a box of its own, are as many as "
      "Bezout's bound; {} of them real\n",
      counted.bound(), counted.points.size());
}

int run(const SolveArguments& options) {
  for (const std::string& path : {options.json, options.certificate}) {
    if (!path.empty()) check_writable(path);
  }
  answers::SolveQuestion question{options.landscape, options.size, options.loss, options.at,   options.data,
                                  options.gauge,     options.seed, {},           options.real, options.count};
  question.seconds = std::chrono::duration<double>(parse_seconds(options.time_limit, "--time-limit"));
  const auto library = landscape_library(options.landscapes);
  const answers::Solved found = answers::solve(*library, question, [&](Index n) {
    std::cerr << fmt::format(
        "rankscape: {} unknowns: beyond {} the decomposition seldom ends within its {} s; --gauge may help\n", n,
        answers::usual_unknowns, options.time_limit);
  });
  if (!found.answered()) {
    std::cerr << "rankscape: undecided: " << text::printable(found.undecided) << '\n';
    return undecided;
  }
  if (!options.certificate.empty() && found.complete()) {
    const std::string text = found.certificate();
    write_file(options.certificate, [&](std::ostream& out) { out << text; });
  }
  if (!options.json.empty()) write_json(options.json, found.json());
  if (found.solution && options.gauge && found.solution->gauge.empty())
    std::cerr << "rankscape: --gauge: no symmetry of the loss was found\n";
  if (options.json != "-") {
    print_drawn(std::cout, options, found.instance->point());
    if (found.counted) {
      print(std::cout, *found.counted);
      print_morse_sum(std::cout, critical_set::morse_sum(*found.counted));
    } else {
      print_gauge(std::cout, *found.solution, found.instance->landscape().weight_names(*found.instance));
      print(std::cout, *found.solution);
      print_morse_sum(std::cout, critical_set::morse_sum(*found.solution));
    }
  }
  if (!options.certificate.empty() && !found.complete())
    std::cerr << "rankscape: no certificate is written, as the list is not certified complete\n";
  return found.decided() ? success : undecided;
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
  command->add_flag("--gauge", options->gauge, "modulo symmetries of the loss: weights in triangular or echelon form");
  command->add_flag("--real", options->real, "real points only: pieces that sums of squares exclude are left out");
  command->add_flag("--count", options->count,
                    "by Bezout's bound alone, without Singular: for losses with simple critical points only");
  command->add_option("--time-limit", options->time_limit,
                      "seconds for each of the two questions to Singular (default 60); undecided (exit code 3) beyond");
  command->add_option("--certificate", options->certificate, "write the proof, for rankscape-verify")
      ->type_name(output_file);
  command->add_option("--json", options->json, "write what was found (- for the standard output)")
      ->type_name(output_file);
  command->callback([options, &chosen] { chosen = [options] { return run(*options); }; });
}

}  // namespace rankscape::cli
