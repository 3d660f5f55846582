// rankscape near --trajectory: which critical points a run of training passes, when and how near.
#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <rankscape/error.hpp>
#include <rankscape/report/output.hpp>
#include <set>

#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "cli/near_text.hpp"

namespace rankscape::cli {

namespace {

using near::Certified;
using near::Stop;
using near::Visit;

std::string index_of(const Certified& c) {
  return fmt::format("{} ({}, {}, {})", to_string(c.verdict), c.inertia.negative, c.inertia.zero, c.inertia.positive);
}

// Readings of the stops must agree: it is one run.
std::vector<Stop> walk(const TrajectoryOptions& options) {
  const near::Run run = near::read_run(options.run, options.data);
  std::set<std::string> said;
  const auto say = [&](const std::string& note) {
    if (said.insert(note).second) std::cerr << "rankscape: " << note << '\n';
  };
  for (const std::string& note : run.notes)
    say(note);
  const auto data = near::read_arrays(options.data);
  std::vector<Stop> stops;
  stops.reserve(run.checkpoints.size());
  for (const near::Checkpoint& checkpoint : run.checkpoints) {
    const near::Inputs inputs =
        near::read_inputs(checkpoint.read(), checkpoint.name, data, options.data, options.naming);
    for (const std::string& note : inputs.notes)
      say(note);
    if (options.naming.convention.empty()) say(fmt::format("read as {}: nothing else fits", inputs.reading));
    Stop stop;
    stop.step = checkpoint.step;
    stop.name = checkpoint.name;
    try {
      stop.problem = near::reduce(inputs);
    } catch (const InputError& error) {
      throw InputError(fmt::format("{}: {}", checkpoint.name, error.what()));
    }
    if (!stop.problem.open.empty()) {
      say(fmt::format("{}: undecided: {}", checkpoint.name, stop.problem.open));
      return {};
    }
    if (!stops.empty() && stop.problem.network.widths != stops.front().problem.network.widths)
      throw InputError(fmt::format("{} and {} have different shapes", stops.front().name, checkpoint.name));
    for (const std::string& note : stop.problem.notes)
      say(note);
    stop.loss = near::loss_of(inputs);
    stop.answer = near::analyse(stop.problem, strata_to_try(options.strata, stop.problem.network));
    stops.push_back(std::move(stop));
  }
  return stops;
}

std::vector<Curve> curves_of(const std::vector<Stop>& stops, const std::vector<Visit>& visits) {
  std::vector<Curve> curves;
  std::set<near::Selection> sets;
  for (const Visit& visit : visits) {
    if (!sets.insert(visit.S).second) continue;
    Curve curve{"S = " + braces(visit.S), {}};
    curve.distance.reserve(stops.size());
    for (const Stop& stop : stops)
      curve.distance.push_back(near::to_collapsed(stop.problem, visit.S));
    curves.push_back(std::move(curve));
  }
  return curves;
}

void print_table(const std::vector<Stop>& stops) {
  const std::string row = "{:>8}  {:>10}  {:<10}  {:>10}  {:>10}  {:>10}  {}\n";
  std::cout << fmt::format(fmt::runtime(row), "step", "loss", "sits at S", "only S in", "none in", "nearest",
                           "which is");
  for (const Stop& stop : stops) {
    const near::Selection* S = stop.sits();
    const auto& found = stop.answer.found;
    const bool only = stop.answer.only && stop.answer.only_radius > stop.answer.empty_radius();
    std::cout << fmt::format(
        fmt::runtime(row), stop.step, stop.loss ? rounded_above(*stop.loss, 5) : "-",
        S == nullptr ? "in transit" : braces(*S), only ? rounded_below(stop.answer.only_radius, 4) : "-",
        rounded_below(stop.answer.empty_radius(), 4), found.empty() ? "-" : rounded_above(found.front().above, 4),
        found.empty() ? "-" : fmt::format("{} {}", braces(found.front().point.S), index_of(found.front())));
  }
}

void print_visits(const std::vector<Stop>& stops, const std::vector<Visit>& visits) {
  for (const Visit& visit : visits) {
    const Stop& closest = stops[visit.closest];
    std::cout << fmt::format("S = {}, steps {} to {}: closest at {}, <= {} from {}\n", braces(visit.S),
                             stops[visit.first].step, stops[visit.last].step, closest.step,
                             rounded_above(closest.answer.found.front().above, 4),
                             index_of(closest.answer.found.front()));
    for (const auto& [name, at] : {std::pair("strict", visit.strict), std::pair("non-strict", visit.non_strict)}) {
      if (!at) continue;
      const Certified& c = stops[at->first].answer.found[at->second];
      std::cout << fmt::format("  nearest {} saddle certified: at {}, in [{}, {}], inertia ({}, {}, {})\n", name,
                               stops[at->first].step, rounded_below(c.below, 4), rounded_above(c.above, 4),
                               c.inertia.negative, c.inertia.zero, c.inertia.positive);
    }
    Rational widest = 0;
    for (std::size_t k = visit.first; k <= visit.last; ++k)
      widest = std::max(widest, stops[k].answer.only_radius);
    std::cout << fmt::format("  flat: within {} every critical point has this S and this loss\n",
                             rounded_below(widest, 4));
  }
}

Json json_of(const std::vector<Stop>& stops, const std::vector<Visit>& visits, const std::vector<Curve>& curves) {
  Json json;
  json["format"] = "rankscape-itinerary/1";
  json["widths"] = stops.front().problem.network.widths;
  json["stops"] = Json::array();
  for (std::size_t k = 0; k < stops.size(); ++k) {
    const Stop& stop = stops[k];
    Json item{{"step", stop.step}, {"file", stop.name}, {"empty_radius", rounded_below(stop.answer.empty_radius())}};
    if (stop.loss) item["loss"] = enclosure_to_json(Enclosure(*stop.loss), 9);
    const near::Selection* S = stop.sits();
    item["sits_at"] = S == nullptr ? Json(nullptr) : one_based(*S);
    if (stop.answer.only && stop.answer.only_radius > stop.answer.empty_radius())
      item["only_S"] = {{"S", one_based(*stop.answer.only)}, {"radius", rounded_below(stop.answer.only_radius)}};
    if (!stop.answer.found.empty()) {
      item["nearest"] = described(stop.answer.found.front());
      item["most_degenerate"] = described(stop.answer.found[stop.answer.most_degenerate]);
    }
    item["collapsed"] = Json::array();
    for (const Curve& curve : curves)
      item["collapsed"].push_back(curve.distance[k] ? Json(rounded_above(*curve.distance[k], 9)) : Json(nullptr));
    json["stops"].push_back(std::move(item));
  }
  json["visits"] = Json::array();
  std::vector<near::Selection> collapsed;
  for (const Visit& visit : visits) {
    Json item{{"S", one_based(visit.S)},
              {"first_step", stops[visit.first].step},
              {"last_step", stops[visit.last].step},
              {"closest_step", stops[visit.closest].step},
              {"nearest", described(stops[visit.closest].answer.found.front())}};
    for (const auto& [name, at] : {std::pair("strict", visit.strict), std::pair("non_strict", visit.non_strict)})
      if (at)
        item[name] = {{"step", stops[at->first].step},
                      {"saddle", described(stops[at->first].answer.found[at->second])}};
    json["visits"].push_back(std::move(item));
    if (std::find(collapsed.begin(), collapsed.end(), visit.S) == collapsed.end()) collapsed.push_back(visit.S);
  }
  json["collapsed_S"] = Json::array();  // what the entries of "collapsed" belong to
  for (const near::Selection& S : collapsed)
    json["collapsed_S"].push_back(one_based(S));
  return json;
}

}  // namespace

int run_trajectory(const TrajectoryOptions& options) {
  if (!options.figure.empty() && !options.figure.ends_with(".svg"))
    throw InputError("--figure " + options.figure + ": expected a name ending in .svg");
  const std::vector<Stop> stops = walk(options);
  if (stops.empty()) return undecided;
  const std::vector<Visit> visits = near::visits(stops);
  const bool distances = !options.json.empty() || !options.figure.empty();
  const std::vector<Curve> curves = distances ? curves_of(stops, visits) : std::vector<Curve>();
  if (!options.json.empty()) write_json(options.json, json_of(stops, visits, curves));
  if (!options.figure.empty()) {
    const std::string text = itinerary_svg(options.run, stops, visits, curves);
    write_file(options.figure, [&](std::ostream& out) { out << text; });
  }
  if (options.json != "-") {
    print_table(stops);
    print_visits(stops, visits);
  }
  return visits.empty() ? undecided : success;
}

}  // namespace rankscape::cli
