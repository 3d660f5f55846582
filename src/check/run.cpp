// The runner. Distinct cases are examined once, in parallel, a window of them at a time, and leave the pipeline in
// order; each statement judges the cases of its own scope.
#include <rankscape/check/run.hpp>

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_pipeline.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <rankscape/adviser.hpp>
#include <rankscape/error.hpp>
#include <rankscape/exact/deadline.hpp>
#include <rankscape/exact/stop.hpp>
#include <stdexcept>
#include <thread>

#include "check/evidence_features.hpp"
#include "check/family_proofs.hpp"
#include "check/nearby_point.hpp"
#include "check/reach.hpp"
#include "check/rows.hpp"
#include "check/tally.hpp"
#include "check/validity.hpp"
#include "check/work.hpp"
#include "landscapes/family.hpp"
#include "statements/family.hpp"

namespace rankscape {

namespace {

using Clock = DeadlineScope::Clock;

// Cases are examined in parallel within windows of this many; at the end of each the threads wait for the last one.
constexpr std::size_t window_size = 4096;

// What comes out of the parallel stage: one row for each of the item's statements.
struct Finished {
  const WorkItem* item = nullptr;
  std::vector<Row> rows;
  std::vector<bool> by_inertia;  // of the rows: do they speak for all points of this inertia?
};

// Which statements have the same truth on a whole family once its inertia is known.
std::vector<bool> constant_statements(const RunPlan& plan) {
  std::vector<bool> constant;
  for (std::size_t s = 0; s < plan.statements.size(); ++s) {
    const Statement& statement = *plan.statements[s];
    const Adviser* adviser = plan.landscapes[s]->adviser();
    constant.push_back(statements::constant_on_family(statement, [&](std::size_t position) {
      return constant_on_families(statement.vocabulary(), adviser, position);
    }));
  }
  return constant;
}

// What is proved of the families of a landscape's shape.
using Proofs = std::map<std::pair<const Landscape*, Shape>, std::map<std::string, Inertia>>;

// Asks the advisers for proofs where a statement can make use of them, on one thread while no other works: symbolic
// derivation shares nothing between threads.
class Prover {
 public:
  Prover(const std::vector<bool>& constant, Clock::time_point limit) : constant_(&constant), limit_(limit) {}

  [[nodiscard]] const Proofs& proofs() const { return proofs_; }
  void prepare(const WorkItem& item) {
    const bool used = std::any_of(item.statements.begin(), item.statements.end(),
                                  [&](std::size_t s) { return static_cast<bool>((*constant_)[s]); });
    if (late_ || !used || item.landscape->adviser() == nullptr) return;
    const auto [entry, fresh] = proofs_.try_emplace({item.landscape, item.recipe->shape()});
    if (!fresh) return;
    try {
      const DeadlineScope scope(limit_);
      entry->second = item.landscape->adviser()->proved_inertias(item.recipe->shape());
    } catch (const DeadlineExceeded&) {
      late_ = true;  // the rows then speak for samples, if time is left for them at all
    }
  }

 private:
  const std::vector<bool>* constant_;
  Clock::time_point limit_;
  bool late_ = false;
  Proofs proofs_;
};

std::optional<Inertia> proved_for(const Proofs& proofs, const WorkItem& item, const Instance& instance) {
  const auto shape = proofs.find({item.landscape, item.recipe->shape()});
  if (shape == proofs.end() || shape->second.empty()) return std::nullopt;
  const auto family = shape->second.find(instance.family());
  return family == shape->second.end() ? std::nullopt : std::optional(family->second);
}

class Worker {
 public:
  Worker(const std::vector<Statement>& statements, const std::vector<bool>& constant, const Proofs& proofs,
         const RunOptions& options, Clock::time_point limit)
      : statements_(&statements), constant_(&constant), proofs_(&proofs), options_(&options), limit_(limit) {}

  [[nodiscard]] Finished operator()(const WorkItem& item) const {
    Finished finished{&item, {}, {}};
    if (item.kept) {
      finished.rows = options_->finished->rows(*item.kept, item.landscape->id(), item.recipe->key());
      for (Row& row : finished.rows)
        row.recipe = item.recipe;
      return finished;
    }
    try {
      const DeadlineScope scope(limit_);
      const StopScope stop(stop_);
      check_deadline();
      examine_item(item, finished);
    } catch (const DeadlineExceeded& late) {
      leave_undecided(finished, late.what());
    }
    for (Row& row : finished.rows) {
      row.recipe = item.recipe;
      row.key = item.recipe->key();
      row.shape = item.recipe->shape();
      row.family = item.recipe->family();
      if (row.family.empty()) continue;
      row.choices = item.recipe->choices();
      row.position = item.recipe->position();
      row.sample = item.recipe->sample();
    }
    return finished;
  }

 private:
  static void leave_undecided(Finished& finished, const std::string& why) {
    finished.rows.assign(finished.item->statements.size(), undecided_row(why));
    finished.by_inertia.clear();  // there is no inertia to speak by
  }

  void examine_item(const WorkItem& item, Finished& finished) const {
    Point point = item.recipe->build(options_->seed);
    std::unique_ptr<Instance> instance;
    try {
      instance = item.landscape->instance(std::move(point));
    } catch (const InputError& refused) {
      if (!is_approximate(*item.recipe)) throw;
      return leave_undecided(finished, evidence_of_no_point(refused).reason);
    }
    instance->propose(item.recipe->descents(options_->seed));
    const Evidence evidence = examine_recipe(*item.recipe, *instance, options_->seed, options_->examine);
    if (is_approximate(*item.recipe) && !evidence.nearby) {
      return leave_undecided(finished, evidence.reason);
    }
    const Labels labels = labels_of(*instance, evidence);
    const EvidenceFeatures features(*instance, evidence);
    const std::optional<Inertia> proved = evidence.nearby ? std::nullopt : proved_for(*proofs_, item, *instance);
    PointCache cache;
    for (const std::size_t s : item.statements) {
      const Statement& statement = (*statements_)[s];
      Row row = judged_row(statement, statement.judge(features, evidence.possible, cache), evidence);
      row.key = item.recipe->key();
      row.labels = labels;
      row.validity = validity(statement, (*constant_)[s], proved, evidence, features, cache);
      finished.rows.push_back(std::move(row));
      finished.by_inertia.push_back(speaks_by_inertia(item, s, evidence, features, cache));
    }
    if (options_->certificates != nullptr) {
      const std::string name =
          options_->certificates->store(item.number, *instance, evidence, item.statements, finished.rows);
      for (Row& row : finished.rows)
        row.certificate = name;
    }
  }

  // Would the row speak for all points of a family of the landscape's file, if all had this inertia?
  [[nodiscard]] bool speaks_by_inertia(const WorkItem& item, std::size_t s, const Evidence& evidence,
                                       const EvidenceFeatures& features, PointCache& cache) const {
    if (item.recipe->family().empty() || item.recipe->position() != "generic" || !evidence.hessian) return false;
    return validity((*statements_)[s], (*constant_)[s], *evidence.hessian, evidence, features, cache) ==
           "all parameters";
  }

  const std::vector<Statement>* statements_;
  const std::vector<bool>* constant_;
  const Proofs* proofs_;
  const RunOptions* options_;
  Clock::time_point limit_;
  const std::atomic<bool>* stop_ = StopScope::current();  // of the thread that hands out the work
};

// In the serial stage of the pipeline: the others go on meanwhile, and symbolic derivation never meets another.
void add_proofs(FamilyProofs& families, const RunOptions& options, Clock::time_point limit, Finished& finished) {
  const WorkItem& item = *finished.item;
  if (item.kept) return;
  const DeadlineScope scope(limit);
  try {
    check_deadline();
    const FamilyProof& proof = families.of(*item.landscape, *item.recipe);
    const auto proved = proof.inertia && !finished.by_inertia.empty() ? proof.inertia(*item.recipe, options.seed)
                                                                      : std::optional<ProvedInertia>();
    for (std::size_t k = 0; k < finished.rows.size(); ++k) {
      Row& row = finished.rows[k];
      if (proof.critical) row.family_critical = truth(*proof.critical);
      if (!proved) continue;
      if (row.inertia != proved->inertia)
        throw InternalDisagreement(item.recipe->key() + ": the inertia proved for all parameters is another one");
      row.family_inertia = true;
      row.family_where = proved->where;
      if (finished.by_inertia[k] && proved->where.empty()) row.validity = "all parameters";
    }
  } catch (const DeadlineExceeded&) {  // left open
  }
}

// Through the parallel stage `work`, then to `report` in order, on one thread at a time. Rows, also those that an
// earlier run finished, exist for the few cases that are on their way.
template <class Report>
void pass_in_order(const std::vector<WorkItem>& items, unsigned jobs, const Worker& work, const Report& report) {
  namespace tbb = oneapi::tbb;
  std::size_t next = 0;
  const auto take = [&](tbb::flow_control& flow) -> std::size_t {
    if (next == items.size()) flow.stop();
    return next < items.size() ? next++ : next;
  };
  tbb::parallel_pipeline(std::size_t{jobs} * 8,
                         tbb::make_filter<void, std::size_t>(tbb::filter_mode::serial_in_order, take) &
                             tbb::make_filter<std::size_t, Finished>(
                                 tbb::filter_mode::parallel, [&](std::size_t item) { return work(items[item]); }) &
                             tbb::make_filter<Finished, void>(tbb::filter_mode::serial_in_order, report));
}

// Of the statements that judged nothing: what to ask for instead, as far as the time lasts.
void add_hints(const RunPlan& plan, Clock::time_point limit, std::vector<Summary>& summaries) {
  const DeadlineScope scope(limit);
  for (std::size_t s = 0; s < summaries.size(); ++s) {
    if (!summaries[s].vacuous()) continue;
    const Landscape& landscape = *plan.landscapes[s];
    try {
      summaries[s].reach =
          what_reaches(*plan.statements[s], landscape, Work::scope_of(*plan.statements[s], landscape, plan.options),
                       plan.options.seed);
    } catch (const DeadlineExceeded& late) {
      summaries[s].reach = std::string("no time left to look for points that reach it: ") + late.what();
    }
  }
}

}  // namespace

const Landscape& landscape_of(const Statement& statement, const Library& library) {
  try {
    return library.at(statement.model(), std::filesystem::path(statement.filename()).parent_path());
  } catch (const InputError& error) {
    throw InputError(statement.filename() + ": " + error.what());
  }
}

std::vector<std::string> names_of(const Statement& statement, const std::vector<std::size_t>& matched) {
  std::vector<std::string> names;
  names.reserve(matched.size());
  for (const std::size_t k : matched)
    names.push_back(statement.cases()[k].name);
  return names;
}

std::vector<std::string> predictions_of(const Statement& statement, const std::vector<std::size_t>& matched) {
  std::vector<std::string> predictions;
  for (const std::size_t k : matched) {
    const std::string& then = statement.cases()[k].then.text;
    if (std::find(predictions.begin(), predictions.end(), then) == predictions.end()) predictions.push_back(then);
  }
  return predictions;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts)
    text += (text.empty() ? "" : " and ") + part;
  return text;
}

std::vector<Summary> run(const std::vector<Statement>& statements, const RunOptions& options,
                         const std::vector<RunListener*>& listeners) {
  const Clock::time_point start = Clock::now();
  const Clock::time_point limit = options.time_limit
                                      ? start + std::chrono::duration_cast<Clock::duration>(*options.time_limit)
                                      : Clock::time_point::max();
  RunPlan plan;
  plan.options = options;
  if (options.library == nullptr) throw std::invalid_argument("run: no library of landscapes");
  for (const Statement& statement : statements) {
    plan.statements.push_back(&statement);
    plan.landscapes.push_back(&landscape_of(statement, *options.library));
  }
  const Work work(statements, options, plan);
  for (RunListener* listener : listeners)
    listener->begin(plan);
  const std::vector<bool> constant = constant_statements(plan);
  Prover prover(constant, limit);

  std::vector<Tally> tallies(statements.begin(), statements.end());
  const unsigned jobs = options.jobs != 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency());
  const oneapi::tbb::global_control threads(oneapi::tbb::global_control::max_allowed_parallelism, jobs);
  const Worker worker(statements, constant, prover.proofs(), options, limit);
  FamilyProofs families;
  const auto* const asked = StopScope::current();
  const auto report = [&](Finished finished) {
    const StopScope stop(asked);
    add_proofs(families, options, limit, finished);
    for (RunListener* listener : listeners)
      listener->case_begins(finished.item->number, finished.item->kept.has_value());
    for (std::size_t k = 0; k < finished.rows.size(); ++k) {
      const std::size_t statement = finished.item->statements[k];
      tallies[statement].add(finished.rows[k]);
      for (RunListener* listener : listeners)
        listener->row(statement, finished.rows[k]);
    }
    for (RunListener* listener : listeners)
      listener->case_finished();
  };
  // The window: no more cases exist at a time, however many the run has.
  std::vector<WorkItem> window;
  window.reserve(window_size);
  const auto examine_window = [&] {
    for (const WorkItem& item : window) {
      if (!item.kept) prover.prepare(item);
    }
    pass_in_order(window, jobs, worker, report);
    window.clear();
  };
  work.for_each([&](WorkItem item) {
    window.push_back(std::move(item));
    if (window.size() == window_size) examine_window();
  });
  examine_window();

  std::vector<Summary> summaries = summaries_of(tallies);
  if (!options.shard) add_hints(plan, limit, summaries);
  for (RunListener* listener : listeners)
    listener->end(summaries);
  return summaries;
}

int exit_code(const std::vector<Statement>& statements, const std::vector<Summary>& summaries) {
  bool refuted = false;
  bool undecided = false;
  for (std::size_t s = 0; s < statements.size(); ++s) {
    if (statements[s].status() == Status::known_false) {
      undecided = undecided || summaries[s].refuted == 0;
    } else {
      refuted = refuted || summaries[s].refuted > 0;
      undecided = undecided || summaries[s].undecided > 0 || summaries[s].vacuous();
    }
  }
  return refuted ? 1 : undecided ? 3 : 0;
}

}  // namespace rankscape
