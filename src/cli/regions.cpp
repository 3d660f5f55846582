// rankscape regions: statements about all points of boxes, certified by branch and bound.
#include "regions/landscape_region.hpp"
#include "regions/quantities.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>

#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "cli/usage.hpp"
#include "exact/matrix_text.hpp"
#include "text/utf8.hpp"

namespace rankscape::cli {

namespace {

using namespace rankscape::regions;

struct RegionsOptions {
  std::vector<std::string> files;
  std::uint64_t boxes = RegionOptions{}.boxes;
  std::string bound = "2";
  std::string landscapes;
  std::string json;
};

// Rounded down to a thousandth of a percent: 100 only where everything is certified.
std::string percent(const Rational& share) {
  const Rational scaled = share * 100000;
  const auto thousandths = Integer(numerator(scaled) / denominator(scaled)).convert_to<long>();
  return fmt::format("{}.{:03} %", thousandths / 1000, thousandths % 1000);
}

// What the results of one statement come to: 0, refuted or undecided, as its status wants them. A claim without a point
// inside its hypotheses in any box is idle; where all claims are, the statement is vacuous.
class Outcome {
 public:
  explicit Outcome(const Statement& statement) : known_false_(statement.status() == Status::known_false) {}
  void add(const Claim& claim, const RegionResult& result) {
    const auto place = std::find(claims_.begin(), claims_.end(), &claim);
    const auto k = static_cast<std::size_t>(place - claims_.begin());
    if (place == claims_.end()) {
      claims_.push_back(&claim);
      idle_.push_back(true);
    }
    if (result.reached == Truth::no) return;
    idle_[k] = false;
    refuted_ = refuted_ || result.holds == Truth::no;
    open_ = open_ || (result.holds == Truth::unknown && claim.status == Status::theorem);
  }
  [[nodiscard]] bool vacuous() const { return std::find(idle_.begin(), idle_.end(), false) == idle_.end(); }
  [[nodiscard]] std::vector<std::string> idle() const {
    std::vector<std::string> names;
    for (std::size_t k = 0; k < claims_.size(); ++k) {
      if (idle_[k]) names.push_back(claims_[k]->name);
    }
    return names;
  }
  [[nodiscard]] int exit_code() const {
    if (vacuous()) return undecided;
    if (known_false_) return refuted_ ? success : undecided;
    return refuted_ ? refuted : open_ ? undecided : success;
  }

 private:
  bool known_false_;
  bool refuted_ = false;
  bool open_ = false;
  std::vector<const Claim*> claims_;
  std::vector<bool> idle_;
};

// Where the weights are, and what one box of them is.
struct Domain {
  std::unique_ptr<const Region> region;
  WeightBox box;
  std::vector<std::string> weights;  // names
  std::string data;                  // for a counterexample: ", M = .."
};

Domain symmetric_domain(const std::vector<long>& sizes, const std::string& name, const Rational& bound) {
  RegionData data = region_data(sizes, name);
  WeightBox box{standard_domain(data, bound)};
  std::string text = ", M = " + to_text(data.M());
  return {std::make_unique<SymmetricRegion>(std::move(data)), std::move(box), {"X"}, std::move(text)};
}

// At the sizes and data of the first point that the family builds.
Domain domain_of(const Landscape& landscape, const Shape& shape, const std::string& family, const Rational& bound) {
  const auto recipes = landscape.cases({.shapes = {shape}, .positions = {}, .data = {family}});
  if (recipes.empty()) {
    throw InputError(fmt::format("{} at {}: the family '{}' has no point to take data from", landscape.id(),
                                 shape.to_text(), family));
  }
  const auto instance = landscape.instance(recipes.front()->build(1));
  auto region = std::make_unique<LandscapeRegion>(*instance);
  WeightBox box = region->cube(bound);
  const std::string data = landscape.to_json(instance->point()).value("data", Json::object()).dump();
  return {std::move(region), std::move(box), landscape.weight_names(*instance), ", data " + data};
}

std::string point_text(const Domain& domain, const std::vector<RationalMatrix>& point) {
  std::string text;
  for (std::size_t w = 0; w < point.size(); ++w)
    text += (w == 0 ? "" : ", ") + domain.weights.at(w) + " = " + to_text(point[w]);
  return text;
}

// What keeps points outside, with the share of the box's volume: hypotheses by name, then the claim's `when`.
std::vector<std::pair<std::string, Rational>> excluded(const RegionResult& result, const Statement& statement) {
  std::vector<std::pair<std::string, Rational>> names;
  for (std::size_t k = 0; k < result.excluded.size(); ++k) {
    if (result.excluded[k] == 0) continue;
    const bool hypothesis = k < statement.hypotheses().size();
    names.emplace_back(hypothesis ? "hypothesis " + statement.hypotheses()[k].name : "when", result.excluded[k]);
  }
  return names;
}

std::string line_of(const RegionResult& result, const Domain& domain, const Statement& statement) {
  if (result.reached == Truth::no) {
    std::string line = fmt::format("vacuous: no point of the box is inside the hypotheses ({} boxes)", result.boxes);
    for (const auto& [name, share] : excluded(result, statement))
      line += fmt::format("; {} excludes {}", name, percent(share));
    return line;
  }
  if (result.holds == Truth::yes) {
    return fmt::format("certified on the whole box ({} boxes{})", result.boxes,
                       result.reached == Truth::yes ? "" : "; no point inside the hypotheses was seen");
  }
  if (result.holds == Truth::no)
    return fmt::format("refuted at {}{}", point_text(domain, *result.counterexample), domain.data);
  return fmt::format("undecided: certified on {} of the box ({} boxes)", percent(result.certified), result.boxes);
}

Json json_of(const RegionResult& result, const Domain& domain, const Statement& statement) {
  Json json;
  const auto spelled = [](Truth truth) { return truth == Truth::unknown ? Json(nullptr) : Json(truth == Truth::yes); };
  const bool vacuous = result.reached == Truth::no;
  json["holds"] = vacuous ? Json(nullptr) : spelled(result.holds);
  json["vacuous"] = vacuous;
  json["reached"] = spelled(result.reached);
  json["excluded"] = Json::array();
  for (const auto& [name, share] : excluded(result, statement))
    json["excluded"].push_back({{"by", name}, {"share", to_string(share)}});
  json["certified"] = to_string(result.certified);
  json["boxes"] = result.boxes;
  json["counterexample"] = nullptr;
  if (result.counterexample) {
    const bool alone = result.counterexample->size() == 1;
    json["counterexample"] =
        alone ? to_text(result.counterexample->front()) : point_text(domain, *result.counterexample);
  }
  return json;
}

constexpr std::string_view symmetric = "symmetric-factorization";

int check_statement(const Statement& statement, const Library& library, const RegionsOptions& options,
                    const Rational& bound, std::ostream& out, Json& report) {
  if (!statement.cases().empty()) {
    throw InputError(statement.filename() + ": a statement about regions has claims, not cases");
  }
  if (statement.scope().shapes.empty() || statement.scope().data.empty()) {
    throw InputError(statement.filename() + ": [scope] needs sizes and data");
  }
  out << text::printable(statement.id() + ": " + statement.title()) << '\n';
  Outcome outcome(statement);
  Json results = Json::array();
  for (std::size_t claim = 0; claim < statement.claims().size(); ++claim) {
    out << "  " << text::printable(statement.claims()[claim].name) << '\n';
    for (const Shape& shape : statement.scope().shapes) {
      for (const std::string& name : statement.scope().data) {
        if (statement.model() == symmetric && name == "steep" && shape.numbers().size() == 2 && shape.numbers()[1] != 2)
          continue;
        const Domain domain = statement.model() == symmetric
                                  ? symmetric_domain(shape.numbers(), name, bound)
                                  : domain_of(library.at(statement.model()), shape, name, bound);
        const RegionResult result =
            examine_region(statement, claim, *domain.region, domain.box, {.boxes = options.boxes});
        outcome.add(statement.claims()[claim], result);
        out << fmt::format("    {:<12} {}\n", shape.to_text() + " " + name,
                           text::printable(line_of(result, domain, statement)));
        Json json = json_of(result, domain, statement);
        json["claim"] = statement.claims()[claim].name;
        json["sizes"] = shape.to_json();
        json["data"] = name;
        results.push_back(std::move(json));
      }
    }
  }
  if (outcome.vacuous()) {
    out << "  vacuous: nothing was judged\n";
  } else {
    for (const std::string& name : outcome.idle())
      out << text::printable("  asked of no point: claim '" + name + "'") << '\n';
  }
  report.push_back({{"statement", statement.id()},
                    {"status", to_string(statement.status())},
                    {"vacuous", outcome.vacuous()},
                    {"idle", outcome.idle()},
                    {"results", results}});
  return outcome.exit_code();
}

// Symmetric factorization has words of its own there, about singular values.
LanguageLookup languages(const Library& library) {
  return {[&library](std::string_view name) {
            return name == symmetric ? region_languages().find(name) : region_languages(library).find(name);
          },
          region_languages(library).names};
}

int regions(const RegionsOptions& options) {
  Rational bound;
  try {
    bound = parse_rational(options.bound);
  } catch (const InputError& error) {
    throw InputError(std::string("--bound: ") + error.what());
  }
  if (bound <= 0) throw InputError("--bound " + options.bound + ": expected a number > 0");
  const auto library = landscape_library(options.landscapes);
  const LanguageLookup lookup = languages(*library);
  std::vector<Statement> statements;
  for (const std::string& file : options.files)
    statements.push_back(Statement::read(statement_file(file), lookup));
  std::ostream& out = words_beside(options.json);
  Json report = Json::array();
  int code = success;
  for (const Statement& statement : statements) {
    const int one = check_statement(statement, *library, options, bound, out, report);
    code = code == refuted || one == refuted ? refuted : std::max(code, one);
  }
  if (!options.json.empty()) write_json(options.json, {{"format", "rankscape-regions/1"}, {"statements", report}});
  return code;
}

}  // namespace

void add_regions(CLI::App& app, Action& chosen) {
  CLI::App* command =
      app.add_subcommand("regions", "check statements about all points of boxes, not only critical ones");
  auto options = std::make_shared<RegionsOptions>();
  command->add_option("files", options->files, "statement files (theorems/regions/*.toml)")
      ->required()
      ->type_name(input_file);
  command->add_option("--boxes", options->boxes, "boxes examined at most, for each claim and domain (default 3000)")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{100'000'000}));
  command->add_option("--landscapes", options->landscapes, "a folder of landscape files");
  command->add_option("--bound", options->bound, "entries of the weights lie in [-bound, bound] (default 2)");
  command->add_option("--json", options->json, "write what was found (- for the standard output)")
      ->type_name(output_file);
  command->callback([options, &chosen] { chosen = [options] { return regions(*options); }; });
}

}  // namespace rankscape::cli
