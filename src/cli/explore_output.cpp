#include "cli/explore_output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <ostream>
#include <rankscape/check/run.hpp>
#include <rankscape/exact/decimal.hpp>

#include "cli/datum_text.hpp"
#include "cli/real_text.hpp"
#include "exact/matrix_text.hpp"
#include "report/label_json.hpp"
#include "text/number_json.hpp"

namespace rankscape::cli {

namespace {

constexpr std::array fates{Fate::killed,    Fate::equivalent, Fate::weaker,   Fate::stronger,
                           Fate::different, Fate::untested,   Fate::undecided};

std::string joined(const std::vector<std::string>& texts, const char* between) {
  std::string all;
  for (const std::string& text : texts)
    all += (all.empty() ? "" : between) + text;
  return all;
}

// "predicted non_strict_saddle, found global_minimizer"; the claims that fail where no case does.
std::string disagreement(const Counterexample& at) {
  std::string text;
  if (!at.predicted.empty()) text = "predicted " + rankscape::joined(at.predicted);
  if (!at.false_claims.empty()) {
    text += (text.empty() ? "" : ", ") + ("claim '" + joined(at.false_claims, "', '") + "' fails");
  }
  if (text.empty()) text = "no case applies";
  if (!at.choice.empty()) text += " with " + at.choice;
  return text + ", found " + std::string(to_string(at.found));
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json head(const char* mode, const Statement& statement, std::uint64_t seed) {
  Json json;
  json["format"] = "rankscape-exploration/1";
  json["mode"] = mode;
  json["statement"] = statement.id();
  json["seed"] = seed;
  return json;
}

Json truth_json(Truth value) {
  return value == Truth::unknown ? Json(nullptr) : Json(value == Truth::yes);
}

Json real_json(const RealRoot& root) {
  const auto exact = root.rational();
  return exact ? number_to_json(*exact) : enclosure_to_json(root.enclose(Rational(1, 1'000'000'000)));
}

Json counterexample_json(const std::optional<Counterexample>& at, const std::string& certificate) {
  return at ? to_json(*at, certificate) : Json(nullptr);
}

// Mutants that could be refuted while the statement stands.
std::size_t refutable(const MutationReport& report) {
  return report.mutants.size() - report.count(Fate::equivalent) - report.count(Fate::weaker);
}

std::string value_of(const Counterexample& at) {
  if (!at.value_within) return to_string(at.value);
  const DecimalEnclosure printed = to_decimal(*at.value_within, 9);
  return fmt::format("in [{}, {}]", printed.lo, printed.hi);
}

}  // namespace

Json to_json(const Counterexample& at, const std::string& certificate) {
  Json json;
  json["key"] = at.key;
  json["parameters"] = at.size.parameters;
  json["entries"] = to_string(at.size.entries);
  json["point"] = at.landscape->to_json(at.point);
  report::add_labels(json, at.labels);
  json["choice"] = text_or_null(at.choice);
  json["case"] = text_or_null(rankscape::joined(at.matched));
  json["predicted"] = text_or_null(rankscape::joined(at.predicted));
  json["false_claims"] = at.false_claims;
  json["found"] = to_string(at.found);
  json["value"] = at.value_within ? enclosure_to_json(*at.value_within) : Json(to_string(at.value));
  json["inertia"] = inertia_to_json(at.inertia);
  json["certificate"] = text_or_null(certificate);
  return json;
}

void print(std::ostream& out, const Counterexample& at, const std::string& indent) {
  out << indent << disagreement(at) << '\n';
  out << indent << at.size.parameters << " parameters, value " << value_of(at) << ", inertia (" << at.inertia.negative
      << ", " << at.inertia.zero << ", " << at.inertia.positive << "); from " << at.key << '\n';
  if (at.value_within) out << indent << "at the critical point proved beside these weights:\n";
  for (const auto& [name, datum] : at.point.data)
    out << indent << "  " << name << " = " << datum_text(datum) << '\n';
  for (std::size_t h = 0; h < at.weight_names.size(); ++h)
    out << indent << "  " << at.weight_names[h] << " = " << to_text(at.point.weights[h]) << '\n';
}

Json to_json(const Statement& statement, const MutationReport& report, std::uint64_t seed,
             const std::vector<std::string>& certificates) {
  Json json = head("mutate", statement, seed);
  json["cases"] = report.cases;
  json["statement_refuted"] = report.refuted ? to_json(*report.refuted, "") : Json(nullptr);
  json["killed"] = report.count(Fate::killed);
  json["survived"] = report.mutants.size() - report.count(Fate::killed);
  for (const Fate fate : fates) {
    if (fate != Fate::killed) json[std::string(to_string(fate))] = report.count(fate);
  }
  json["score"] = {{"killed", report.count(Fate::killed)}, {"of", refutable(report)}};
  json["mutants"] = Json::array();
  for (std::size_t k = 0; k < report.mutants.size(); ++k) {
    const MutantReport& mutant = report.mutants[k];
    Json one;
    one["number"] = k + 1;
    one["operator"] = to_string(mutant.mutation.op);
    one["edit"] = mutant.mutation.edit;
    one["where"] = mutant.mutation.where;
    one["killed"] = mutant.fate == Fate::killed;
    one["fate"] = to_string(mutant.fate);
    one["analysis"] = text_or_null(mutant.analysis);
    one["counterexample"] = mutant.counterexample ? to_json(*mutant.counterexample, certificates[k]) : Json(nullptr);
    if (mutant.beyond) one["beyond"] = to_string(*mutant.beyond);
    json["mutants"].push_back(std::move(one));
  }
  return json;
}

void print(std::ostream& out, const Statement& statement, const MutationReport& report) {
  out << fmt::format("{}: {} mutants, judged on {} cases\n", statement.id(), report.mutants.size(), report.cases);
  for (const Fate fate : fates) {
    if (report.count(fate) > 0) out << fmt::format("  {:<11}{:>5}\n", to_string(fate), report.count(fate));
  }
  const std::size_t of = refutable(report);
  if (of > 0) {
    out << fmt::format("  {} of {} that are neither equivalent nor weaker are killed ({:.1f} %)\n",
                       report.count(Fate::killed), of,
                       100.0 * static_cast<double>(report.count(Fate::killed)) / static_cast<double>(of));
  }
  if (report.refuted) {
    out << "  the statement itself is refuted at " << report.refuted->key << ": " << disagreement(*report.refuted)
        << '\n';
  }
  for (const Fate fate : fates) {
    if (report.count(fate) == 0) continue;
    out << '\n' << to_string(fate) << '\n';
    for (std::size_t k = 0; k < report.mutants.size(); ++k) {
      const MutantReport& mutant = report.mutants[k];
      if (mutant.fate != fate) continue;
      out << fmt::format("  {:>3}  {}: {}\n", k + 1, mutant.mutation.where, mutant.mutation.edit);
      if (mutant.counterexample) {
        const Counterexample& at = *mutant.counterexample;
        out << fmt::format("       {} parameters, {}: {}\n", at.size.parameters, at.key, disagreement(at));
      }
      if (!mutant.analysis.empty()) out << "       " << mutant.analysis << '\n';
    }
  }
}

Json to_json(const Statement& statement, const DropReport& report, std::uint64_t seed, const std::string& certificate) {
  Json json = head("drop", statement, seed);
  json["hypothesis"] = report.hypothesis;
  json["cases"] = report.cases;
  json["violating"] = report.violating;
  json["undecided_hypotheses"] = report.undecided_hypotheses;
  json["also_failing"] = Json::object();
  for (const auto& [name, count] : report.also_failing)
    json["also_failing"][name] = count;
  json["alone"] = report.alone;
  json["refuted"] = report.refuted;
  json["agree"] = report.agree;
  json["undecided"] = report.undecided;
  json["lines"] = Json::array();
  for (const DropReport::Line& line : report.lines) {
    json["lines"].push_back({{"case", text_or_null(rankscape::joined(line.matched))},
                             {"predicted", text_or_null(rankscape::joined(line.predicted))},
                             {"found", to_string(line.found)},
                             {"agrees", truth_json(line.agrees)},
                             {"false_claims", line.false_claims},
                             {"points", line.points},
                             {"first", line.first}});
  }
  json["counterexample"] = counterexample_json(report.counterexample, certificate);
  return json;
}

void print(std::ostream& out, const Statement& statement, const DropReport& report) {
  out << fmt::format("{} without {}\n", statement.id(), report.hypothesis);
  out << fmt::format("  {} of {} points violate {}, {} of them nothing else\n", report.violating, report.cases,
                     report.hypothesis, report.alone);
  if (report.undecided_hypotheses > 0) {
    out << fmt::format("  at {} points some hypothesis has no definite truth\n", report.undecided_hypotheses);
  }
  if (report.alone == 0) {
    std::string others;
    for (const auto& [name, count] : report.also_failing)
      others += fmt::format("{}{} at {}", others.empty() ? "" : ", ", name, count);
    out << "  no point violates it alone: "
        << (report.violating == 0 ? std::string("none violates it at all")
                                  : "each of these violates another hypothesis too (" + others + ")")
        << '\n';
    return;
  }
  out << fmt::format("  there the statement is refuted at {}, agrees at {}, undecided at {}\n\n", report.refuted,
                     report.agree, report.undecided);
  std::size_t cases = 4;
  std::size_t predictions = 9;
  for (const DropReport::Line& line : report.lines) {
    cases = std::max(cases, rankscape::joined(line.matched).size());
    predictions = std::max(predictions, rankscape::joined(line.predicted).size());
  }
  const auto row = [&](const std::string& matched, const std::string& predicted, std::string_view found,
                       const std::string& points, const std::string& outcome) {
    out << fmt::format("  {:<{}}  {:<{}}  {:<18}{:>7}{}{}\n", matched.empty() ? "-" : matched, cases,
                       predicted.empty() ? "-" : predicted, predictions, found, points, outcome.empty() ? "" : "  ",
                       outcome);
  };
  row("case", "predicted", "found", "points", "");
  for (const Truth agrees : {Truth::no, Truth::unknown, Truth::yes}) {
    for (const DropReport::Line& line : report.lines) {
      if (line.agrees != agrees) continue;
      std::string outcome = agrees == Truth::no ? "refuted" : agrees == Truth::yes ? "agrees" : "undecided";
      if (!line.false_claims.empty()) outcome += ": claim '" + joined(line.false_claims, "', '") + "' fails";
      row(rankscape::joined(line.matched), rankscape::joined(line.predicted), to_string(line.found),
          std::to_string(line.points), outcome);
    }
  }
  if (!report.counterexample) {
    out << "\n  it still holds wherever it was decided\n";
    return;
  }
  out << "\nsmallest counterexample\n";
  print(out, *report.counterexample, "  ");
}

Json to_json(const Statement& statement, const SearchReport& report, std::uint64_t seed,
             const std::string& certificate) {
  Json json = head("vary", statement, seed);
  json["tries"] = report.tries;
  json["inside"] = report.inside;
  json["undecided"] = report.undecided;
  json["shapes"] = report.shapes;
  json["numeric"] = report.numeric;
  json["recognized"] = report.recognized;
  json["novelties"] = report.novelties;
  json["out_of_time"] = report.out_of_time;
  json["first"] = counterexample_json(report.first, "");
  json["counterexample"] = counterexample_json(report.smallest, certificate);
  return json;
}

void print(std::ostream& out, const Statement& statement, const SearchReport& report) {
  out << fmt::format("{}: {} tries, {} inside the hypotheses, {} shapes, {} different combinations{}\n", statement.id(),
                     report.tries, report.inside, report.shapes, report.novelties,
                     report.out_of_time ? "; stopped by the time limit" : "");
  if (report.numeric > 0) {
    out << fmt::format("  critical points looked for numerically at {} tries, recognized exactly at {}\n",
                       report.numeric, report.recognized);
  }
  if (report.undecided > 0) out << fmt::format("  undecided at {} of them\n", report.undecided);
  if (!report.first) {
    out << "  no disagreement found\n";
    return;
  }
  out << "\nfound\n  " << disagreement(*report.first) << fmt::format("; {} parameters", report.first->size.parameters)
      << "; " << report.first->key << "\n\nshrunk to\n";
  print(out, *report.smallest, "  ");
}

Json to_json(const Statement& statement, const EverywhereReport& report, std::uint64_t seed,
             const std::string& certificate) {
  Json json = head("solve", statement, seed);
  json["holds"] = truth_json(report.holds());
  json["instances"] = Json::array();
  for (const SolvedInstance& instance : report.instances) {
    Json one;
    one["shape"] = instance.shape.to_json();
    one["parameters"] = instance.parameters;
    one["data_of"] = instance.key;
    one["complete"] = instance.unsolved.empty() && instance.incomplete.empty();
    one["reason"] = text_or_null(instance.unsolved.empty() ? instance.incomplete : instance.unsolved);
    one["holds"] = truth_json(instance.holds());
    one["components"] = Json::array();
    for (const JudgedComponent& component : instance.components) {
      Json values = Json::array();
      for (const RealRoot& value : component.values)
        values.push_back(real_json(value));
      one["components"].push_back({{"dimension", component.dimension},
                                   {"degree", component.degree},
                                   {"real", truth_json(component.real)},
                                   {"values", std::move(values)},
                                   {"points", component.points},
                                   {"of_cases", component.cases},
                                   {"agree", component.agree},
                                   {"refuted", component.refuted},
                                   {"silent", component.silent},
                                   {"holds", truth_json(component.holds)},
                                   {"reason", component.reason}});
    }
    json["instances"].push_back(std::move(one));
  }
  json["left_out"] = Json::array();
  for (const Shape& shape : report.left_out)
    json["left_out"].push_back(shape.to_json());
  json["counterexample"] = counterexample_json(report.counterexample, certificate);
  return json;
}

void print(std::ostream& out, const Statement& statement, const EverywhereReport& report) {
  const auto outcome = [](Truth holds) {
    return holds == Truth::yes ? "holds" : holds == Truth::no ? "refuted" : "open";
  };
  out << fmt::format("{}: {} instance{} solved\n", statement.id(), report.instances.size(),
                     report.instances.size() == 1 ? "" : "s");
  std::size_t whole = 0;
  for (const SolvedInstance& instance : report.instances) {
    whole += instance.holds() == Truth::yes ? 1U : 0U;
    out << fmt::format("\nthe data of {}\n", instance.key);
    if (!instance.unsolved.empty()) {
      out << "  not solved: " << instance.unsolved << '\n';
      continue;
    }
    const auto row = [&out](const auto&... cells) {
      std::string line = fmt::format("  {:>3}  {:>3}  {:>6}  {:<12}  {:>6}  {:>8}  {:<7}  {}", cells...);
      line.erase(line.find_last_not_of(' ') + 1);
      out << line << '\n';
    };
    row("", "dim", "degree", "value", "points", "of cases", "", "");
    for (std::size_t k = 0; k < instance.components.size(); ++k) {
      const JudgedComponent& component = instance.components[k];
      row(k + 1, component.dimension, component.degree,
          component.real == Truth::no ? "" : values_text(component.values), component.points, component.cases,
          outcome(component.holds), component.reason);
    }
    out << (instance.incomplete.empty() ? std::string("  complete\n")
                                        : fmt::format("  not certified complete: {}\n", instance.incomplete));
  }
  if (!report.left_out.empty()) {
    std::string shapes;
    for (const Shape& shape : report.left_out)
      shapes += fmt::format("{}{}", shapes.empty() ? "" : " ", shape.to_text());
    out << "\nleft out as too large: " << shapes << '\n';
  }
  if (whole > 0)
    out << fmt::format("\nholds at all real critical points of {} of {} instances\n", whole, report.instances.size());
  if (report.counterexample) {
    out << "\nsmallest counterexample\n";
    print(out, *report.counterexample, "  ");
  } else if (report.holds() == Truth::no) {
    out << "\nrefuted where the coordinates are not rational\n";
  } else if (report.holds() == Truth::unknown) {
    out << "\nno disagreement found; open where it says so\n";
  }
}

}  // namespace rankscape::cli
