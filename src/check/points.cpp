// Every point is examined once for each landscape that the statements name, on one thread.
#include "check/points.hpp"

#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <rankscape/exact/deadline.hpp>
#include <rankscape/limits.hpp>

#include "check/evidence_features.hpp"
#include "check/rows.hpp"
#include "check/tally.hpp"
#include "landscapes/family.hpp"

namespace rankscape {

namespace {

using PointClock = DeadlineScope::Clock;

std::unique_ptr<Instance> instance_of(const GivenPoint& point, const Statement& statement, const Landscape& landscape) {
  try {
    if (!point.file.is_object() || !point.file.contains("model") || !point.file["model"].is_string())
      throw InputError("/model: missing; the statement " + statement.id() + " speaks of " + landscape.id());
    Json file = point.file;
    const auto model = file["model"].get<std::string>();
    if (model != landscape.id() && model != statement.model()) {
      throw InputError("/model: the point is one of '" + model + "', the statement " + statement.id() + " speaks of '" +
                       landscape.id() + "'");
    }
    file["model"] = landscape.id();
    return landscape.instance(landscape.point(file));
  } catch (const InputError& error) {
    throw InputError(point.name + ": " + error.what());
  }
}

// Stands for a point of one's own in its rows, so that reports can show it.
class GivenRecipe final : public Recipe {
 public:
  GivenRecipe(std::string name, const Instance& at) : key_(std::move(name)), shape_(at.shape()), point_(at.point()) {}
  [[nodiscard]] const Shape& shape() const override { return shape_; }
  [[nodiscard]] const std::string& key() const override { return key_; }
  [[nodiscard]] Point build(std::uint64_t /*seed*/) const override { return point_; }
  [[nodiscard]] std::string mismatch(const Instance& /*instance*/, std::uint64_t /*seed*/) const override { return {}; }

 private:
  std::string key_;
  Shape shape_;
  Point point_;
};

// One point against the statements of one landscape.
struct Examined {
  std::unique_ptr<Instance> instance;
  Evidence evidence;
  std::vector<std::size_t> statements;
};

Evidence evidence_at(const Instance& instance, const GivenPoint& point, const RunOptions& options) {
  try {
    check_deadline();
    Evidence evidence = examine(instance, options.examine);
    if (point.recipe) complain_of(*point.recipe, point.recipe->mismatch(instance, options.seed));
    return evidence;
  } catch (const DeadlineExceeded& late) {
    Evidence evidence;
    evidence.reason = late.what();
    return evidence;
  } catch (const InputError& error) {
    throw InputError(point.name + ": " + error.what());
  }
}

Row row_at(const Statement& statement, const Examined& at, PointCache& cache, Judgement& judgement) {
  if (at.evidence.verdict == Verdict::undecided) return undecided_row(at.evidence.reason);
  const EvidenceFeatures features(*at.instance, at.evidence);
  judgement = statement.judge(features, at.evidence.possible, cache);
  if (!at.evidence.critical) {
    judgement.inside = Truth::no;
    judgement.overall = Truth::unknown;
  }
  Row row = judged_row(statement, judgement, at.evidence);
  row.labels = at.instance->labels();
  row.validity = "samples";
  return row;
}

}  // namespace

std::vector<Summary> run_points(const std::vector<Statement>& statements, const std::vector<GivenPoint>& points,
                                const RunOptions& options, const std::vector<RunListener*>& listeners,
                                const std::function<void(const JudgedPoint&)>& judged) {
  const PointClock::time_point limit =
      options.time_limit ? PointClock::now() + std::chrono::duration_cast<PointClock::duration>(*options.time_limit)
                         : PointClock::time_point::max();
  RunPlan plan;
  plan.options = options;
  plan.cases_of_statement.assign(statements.size(), points.size());
  std::map<const Landscape*, std::vector<std::size_t>> asking;
  for (std::size_t s = 0; s < statements.size(); ++s) {
    plan.statements.push_back(&statements[s]);
    plan.landscapes.push_back(&landscape_of(statements[s], *options.library));
    asking[plan.landscapes.back()].push_back(s);
  }
  // all points are read before any is examined
  std::vector<std::vector<Examined>> work(points.size());
  for (std::size_t p = 0; p < points.size(); ++p) {
    for (const auto& [landscape, asked] : asking)
      work[p].push_back({instance_of(points[p], statements[asked.front()], *landscape), {}, asked});
    plan.distinct_cases += work[p].size();
  }
  for (RunListener* listener : listeners)
    listener->begin(plan);
  const DeadlineScope scope(limit);
  std::vector<Tally> tallies(statements.begin(), statements.end());
  std::size_t number = 0;
  for (std::size_t p = 0; p < points.size(); ++p) {
    for (Examined& at : work[p]) {
      at.evidence = evidence_at(*at.instance, points[p], options);
      PointCache cache;
      std::vector<Row> rows;
      std::vector<Judgement> judgements(at.statements.size());
      std::shared_ptr<const Recipe> recipe = points[p].recipe;
      if (!recipe) recipe = std::make_shared<const GivenRecipe>(points[p].name, *at.instance);
      for (std::size_t k = 0; k < at.statements.size(); ++k) {
        rows.push_back(row_at(statements[at.statements[k]], at, cache, judgements[k]));
        rows.back().key = points[p].name;
        rows.back().shape = at.instance->shape();
        rows.back().recipe = recipe;
      }
      if (options.certificates != nullptr && at.evidence.verdict != Verdict::undecided) {
        const std::string name = options.certificates->store(number, *at.instance, at.evidence, at.statements, rows);
        for (Row& row : rows)
          row.certificate = name;
      }
      for (RunListener* listener : listeners)
        listener->case_begins(number, false);
      ++number;
      for (std::size_t k = 0; k < rows.size(); ++k) {
        const std::size_t s = at.statements[k];
        judged({statements[s], points[p].name, at.evidence, judgements[k]});
        tallies[s].add(rows[k]);
        for (RunListener* listener : listeners)
          listener->row(s, rows[k]);
      }
      for (RunListener* listener : listeners)
        listener->case_finished();
    }
  }
  std::vector<Summary> summaries = summaries_of(tallies);
  for (RunListener* listener : listeners)
    listener->end(summaries);
  return summaries;
}

}  // namespace rankscape
