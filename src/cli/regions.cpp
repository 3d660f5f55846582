// rankscape regions: statements about all points of boxes, certified by branch and bound.
#include "regions/quantities.hpp"

#include <fmt/ranges.h>

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>

#include "cli/arguments.hpp"
#include "cli/command.hpp"
#include "exact/matrix_text.hpp"

namespace rankscape::cli {

namespace {

using namespace rankscape::regions;

struct Options {
  std::vector<std::string> files;
  std::uint64_t boxes = RegionOptions{}.boxes;
  std::string bound = "2";
  std::string json;
};

// Rounded down to a thousandth of a percent: 100 only where everything is certified.
std::string percent(const Rational& share) {
  const Rational scaled = share * 100000;
  const auto thousandths = Integer(numerator(scaled) / denominator(scaled)).convert_to<long>();
  return fmt::format("{}.{:03} %", thousandths / 1000, thousandths % 1000);
}

// What the results of one statement come to: 0, refuted or undecided, as its status wants them.
class Outcome {
 public:
  explicit Outcome(const Statement& statement) : known_false_(statement.status() == Status::known_false) {}
  void add(const Claim& claim, Truth holds) {
    refuted_ = refuted_ || holds == Truth::no;
    open_ = open_ || (holds == Truth::unknown && claim.status == Status::theorem);
  }
  [[nodiscard]] int exit_code() const {
    if (known_false_) return refuted_ ? success : undecided;
    return refuted_ ? refuted : open_ ? undecided : success;
  }

 private:
  bool known_false_;
  bool refuted_ = false;
  bool open_ = false;
};

std::string line_of(const RegionResult& result, const RegionData& data) {
  if (result.holds == Truth::yes) return fmt::format("certified on the whole box ({} boxes)", result.boxes);
  if (result.holds == Truth::no) {
    return fmt::format("refuted at X = {}, M = {}", to_text(result.counterexample->at(0)), to_text(data.M()));
  }
  return fmt::format("undecided: certified on {} of the box ({} boxes)", percent(result.certified), result.boxes);
}

Json json_of(const RegionResult& result) {
  Json json;
  json["holds"] = result.holds == Truth::unknown ? Json(nullptr) : Json(result.holds == Truth::yes);
  json["certified"] = to_string(result.certified);
  json["boxes"] = result.boxes;
  json["counterexample"] = result.counterexample ? Json(to_text(result.counterexample->at(0))) : Json(nullptr);
  return json;
}

int check_statement(const Statement& statement, const Options& options, const Rational& bound, Json& report) {
  if (!statement.cases().empty()) {
    throw InputError(statement.filename() + ": a statement about regions has claims, not cases");
  }
  if (statement.scope().shapes.empty() || statement.scope().data.empty()) {
    throw InputError(statement.filename() + ": [scope] needs sizes and data");
  }
  std::cout << statement.id() << ": " << statement.title() << '\n';
  Outcome outcome(statement);
  Json results = Json::array();
  for (std::size_t claim = 0; claim < statement.claims().size(); ++claim) {
    std::cout << "  " << statement.claims()[claim].name << '\n';
    for (const Shape& shape : statement.scope().shapes) {
      for (const std::string& name : statement.scope().data) {
        if (name == "steep" && shape.size() == 2 && shape[1] != 2) continue;
        const RegionData data = region_data(shape, name);
        const RegionResult result = examine_region(statement, claim, SymmetricRegion(data),
                                                   {standard_domain(data, bound)}, {.boxes = options.boxes});
        outcome.add(statement.claims()[claim], result.holds);
        std::cout << fmt::format("    {:<12} {}\n", fmt::format("{} {}", fmt::join(shape, ","), name),
                                 line_of(result, data));
        Json json = json_of(result);
        json["claim"] = statement.claims()[claim].name;
        json["sizes"] = shape;
        json["data"] = name;
        results.push_back(std::move(json));
      }
    }
  }
  report.push_back({{"statement", statement.id()}, {"status", to_string(statement.status())}, {"results", results}});
  return outcome.exit_code();
}

int regions(const Options& options) {
  Rational bound;
  try {
    bound = parse_rational(options.bound);
  } catch (const InputError& error) {
    throw InputError(std::string("--bound: ") + error.what());
  }
  if (bound <= 0) throw InputError("--bound " + options.bound + ": expected a number > 0");
  std::vector<Statement> statements;
  for (const std::string& file : options.files)
    statements.push_back(Statement::read(file, region_languages()));
  Json report = Json::array();
  int code = success;
  for (const Statement& statement : statements) {
    const int one = check_statement(statement, options, bound, report);
    code = code == refuted || one == refuted ? refuted : std::max(code, one);
  }
  if (!options.json.empty()) write_json(options.json, {{"format", "rankscape-regions/1"}, {"statements", report}});
  return code;
}

}  // namespace

void add_regions(CLI::App& app, Action& chosen) {
  CLI::App* command =
      app.add_subcommand("regions", "check statements about all points of boxes, not only critical ones");
  auto options = std::make_shared<Options>();
  command->add_option("files", options->files, "statement files (theorems/regions/*.toml)")->required();
  command->add_option("--boxes", options->boxes, "boxes examined at most, for each claim and domain (default 3000)")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{100'000'000}));
  command->add_option("--bound", options->bound, "entries of X lie in [-bound, bound] (default 2)");
  command->add_option("--json", options->json, "write what was found (- for the standard output)");
  command->callback([options, &chosen] { chosen = [options] { return regions(*options); }; });
}

}  // namespace rankscape::cli
