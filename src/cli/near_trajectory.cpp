// rankscape near --trajectory: which critical points a run of training passes, when and how near.
#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <rankscape/error.hpp>
#include <rankscape/report/output.hpp>

#include "answers/itinerary.hpp"
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

}  // namespace

int run_trajectory(const TrajectoryOptions& options) {
  if (!options.figure.empty() && !options.figure.ends_with(".svg"))
    throw InputError("--figure " + options.figure + ": expected a name ending in .svg");
  answers::RunQuestion question;
  question.run = near::read_run(options.run, options.data);
  question.title = options.run;
  question.data = near::read_arrays(options.data);
  question.data_file = options.data;
  question.naming = options.naming;
  if (!options.strata.empty()) question.strata = strata_asked(options.strata);
  const auto say = [](const std::string& note) { std::cerr << "rankscape: " << note << '\n'; };
  const answers::Itinerary itinerary(question, say, [] {});
  if (!itinerary.open().empty()) {
    say(itinerary.open());
    return undecided;
  }
  if (!options.json.empty()) write_json(options.json, itinerary.json());
  if (!options.figure.empty()) {
    const std::string text = itinerary.svg();
    write_file(options.figure, [&](std::ostream& out) { out << text; });
  }
  if (options.json != "-") {
    print_table(itinerary.stops());
    print_visits(itinerary.stops(), itinerary.visits());
  }
  return itinerary.visits().empty() ? undecided : success;
}

}  // namespace rankscape::cli
