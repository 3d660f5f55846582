#include "check.hpp"

#include <memory>
#include <nlohmann/json.hpp>
#include <rankscape/check/run.hpp>
#include <rankscape/error.hpp>
#include <rankscape/journal.hpp>
#include <rankscape/report/json_report.hpp>
#include <set>
#include <sstream>

#include "answers/library.hpp"
#include "check/points.hpp"

namespace rankscape::python {

namespace {

// Counts the cases.
class Counter final : public RunListener {
 public:
  explicit Counter(Progress& progress) : progress_(&progress) {}
  void begin(const RunPlan& plan) override { progress_->total(plan.distinct_cases); }
  void case_finished() override { progress_->finished(); }

 private:
  Progress* progress_;
};

// Of a report that is written elsewhere: all but the cases.
class HeadsAlone final : public RunListener {
 public:
  explicit HeadsAlone(std::ostream& out) : report_(out) {}
  void begin(const RunPlan& plan) override { static_cast<RunListener&>(report_).begin(plan); }
  void end(const std::vector<Summary>& summaries) override { report_.end(summaries); }

 private:
  JsonReport report_;
};

// What the options say, read.
struct Question {
  std::unique_ptr<const Library> library;
  std::vector<Statement> statements;
  RunOptions run;

  explicit Question(const CheckOptions& options) : library(landscape_library(options.landscapes)) {
    std::set<std::string> ids;
    statements.reserve(options.statements.size());
    for (const std::string& name : options.statements) {
      statements.push_back(read_statement(name, *library));
      if (!ids.insert(statements.back().id()).second)
        throw InputError(statements.back().filename() + ": the id " + statements.back().id() + " stands there twice");
    }
    run.library = library.get();
    run.jobs = options.jobs;
    run.seed = options.seed;
    run.samples = options.samples;
    run.shapes = parse_shapes(options.sizes, "sizes");
    run.time_limit = seconds(options.time_limit);
    run.examine.form_hessian = false;
  }
  Question(const Question&) = delete;
  Question& operator=(const Question&) = delete;
  Question(Question&&) = delete;
  Question& operator=(Question&&) = delete;
  ~Question() = default;

  [[nodiscard]] std::unique_ptr<Journal> journal(const std::string& path, const Shard& shard) const {
    RunOptions part = run;
    part.shard = shard;
    return std::make_unique<Journal>(path, journal_identity(statements, part));
  }
  [[nodiscard]] std::string codes(const std::vector<Summary>& summaries) const {
    Json codes = Json::array();
    for (std::size_t s = 0; s < statements.size(); ++s)
      codes.push_back(exit_code({statements[s]}, {summaries[s]}));
    return codes.dump() + "\n";
  }
};

}  // namespace

std::string check(const CheckOptions& options, Progress& progress) {
  const Question question(options);
  std::vector<GivenPoint> points;
  points.reserve(options.points.size());
  for (const auto& [name, given] : options.points)
    points.push_back({name, given.point()});
  std::ostringstream text;
  Counter counter(progress);
  JsonReport report(text);
  const SymbolicLock alone;
  const std::vector<RunListener*> listeners{&counter, &report};
  const auto summaries =
      points.empty() ? run(question.statements, question.run, listeners)
                     : run_points(question.statements, points, question.run, listeners, [](const JudgedPoint&) {});
  return question.codes(summaries) + text.str();
}

void check_shard(const CheckOptions& options, std::uint64_t number, std::uint64_t count, const std::string& journal,
                 Progress& progress) {
  Question question(options);
  question.run.shard = Shard{number, count};
  const auto finished = question.journal(journal, *question.run.shard);
  question.run.finished = finished.get();
  Counter counter(progress);
  const SymbolicLock alone;
  static_cast<void>(run(question.statements, question.run, {&counter, finished.get()}));
}

void check_journal(const CheckOptions& options, std::uint64_t number, std::uint64_t count, const std::string& journal) {
  const Question question(options);
  static_cast<void>(question.journal(journal, Shard{number, count}));
}

std::string merge(const CheckOptions& options, const std::vector<std::string>& journals, const std::string& report,
                  Progress& progress) {
  Question question(options);
  Journals finished;
  for (std::size_t k = 0; k < journals.size(); ++k)
    finished.add(question.journal(journals[k], Shard{k + 1, journals.size()}));
  question.run.finished = &finished;
  std::ostringstream text;
  Counter counter(progress);
  std::vector<std::unique_ptr<RunListener>> reports;
  if (report.empty()) {
    reports.push_back(std::make_unique<JsonReport>(text));
  } else {
    reports.push_back(std::make_unique<JsonReport>(report));
    reports.push_back(std::make_unique<HeadsAlone>(text));
  }
  std::vector<RunListener*> listeners{&counter};
  for (const auto& one : reports)
    listeners.push_back(one.get());
  const SymbolicLock alone;
  const auto summaries = run(question.statements, question.run, listeners);
  return question.codes(summaries) + text.str();
}

}  // namespace rankscape::python
