// Enumerating the work. Whether another statement asks for a case as well is told by its scope (ScopeCases), so that
// cases need not be remembered.
#include "check/work.hpp"

#include <algorithm>
#include <map>
#include <rankscape/error.hpp>
#include <rankscape/exact/deadline.hpp>
#include <rankscape/limits.hpp>

#include "check/taken.hpp"

namespace rankscape {

namespace {

constexpr std::uint64_t between_looks = 1024;  // at whether the run is to stop

template <class T>
std::vector<T> each_once(const std::vector<T>& list) {
  std::vector<T> once;
  for (const T& item : list) {
    if (std::find(once.begin(), once.end(), item) == once.end()) once.push_back(item);
  }
  return once;
}

Scope without_repetition(Scope scope) {
  scope.shapes = each_once(scope.shapes);
  scope.positions = each_once(scope.positions);
  scope.data = each_once(scope.data);
  return scope;
}

bool same_lists(const Scope& a, const Scope& b) {
  return a.shapes == b.shapes && a.positions == b.positions && a.data == b.data;
}

std::uint64_t in_shard(std::uint64_t cases, const std::optional<Shard>& shard) {
  return shard ? (cases + shard->count - shard->number) / shard->count : cases;
}

}  // namespace

Scope Work::scope_of(const Statement& statement, const Landscape& landscape, const RunOptions& options) {
  Scope scope = statement.scope();
  if (!options.shapes.empty()) scope.shapes = options.shapes;
  if (options.samples) scope.samples = *options.samples;
  return landscape.with_defaults(std::move(scope));
}

Work::Work(const std::vector<Statement>& statements, const RunOptions& options, RunPlan& plan) : options_(&options) {
  std::uint64_t total = 0;
  bool apart = true;  // no case is asked for twice
  for (std::size_t s = 0; s < statements.size(); ++s) {
    const Landscape& landscape = *plan.landscapes[s];
    const Scope scope = scope_of(statements[s], landscape, options);
    if (scope.shapes.empty()) {
      throw InputError(statements[s].filename() + ": no scope: the statement gives no shapes, and the landscape " +
                       landscape.id() + " has no examples; ask for some with --" + landscape.shape_key());
    }
    const Scope once = without_repetition(scope);
    apart = apart && same_lists(scope, once) && std::none_of(asked_.begin(), asked_.end(), [&](const Asked& other) {
              return other.landscape == &landscape;
            });
    asked_.push_back({&landscape, ScopeCases(landscape, scope), ScopeCases(landscape, once), 0});
    const std::uint64_t count = asked_.back().all.count(most_streamed_cases);
    if (count > most_streamed_cases) {
      throw InputError(statements[s].filename() + ": the scope has more than " + std::to_string(most_streamed_cases) +
                       " cases, which no run would come to the end of; ask for fewer or smaller shapes");
    }
    plan.cases_of_statement.push_back(count);
    asked_.back().count = same_lists(scope, once) ? count : asked_.back().distinct.count(most_streamed_cases);
    total += count;
  }
  if (apart && options.finished == nullptr) {
    plan.distinct_cases = in_shard(total, options.shard);
  } else {
    std::tie(plan.distinct_cases, plan.taken_cases) = survey(statements);
  }
}

std::vector<std::size_t> Work::asking(std::size_t first, const Recipe& recipe) const {
  std::vector<std::size_t> statements;
  for (std::size_t s = 0; s < asked_.size(); ++s) {
    if (asked_[s].landscape != asked_[first].landscape) continue;
    const std::size_t times = asked_[s].all.occurrences(recipe);
    if (s < first && times > 0) return {};
    statements.insert(statements.end(), times, s);
  }
  return statements;
}

void Work::for_each(const std::function<void(WorkItem)>& visit) const {
  const auto earlier = options_->finished != nullptr ? options_->finished->read() : nullptr;
  std::uint64_t number = 0;
  for (std::size_t s = 0; s < asked_.size(); ++s) {
    std::uint64_t visited = 0;
    asked_[s].distinct.for_each([&](std::unique_ptr<const Recipe> recipe) {
      if (visited++ % between_looks == 0) check_deadline();
      std::vector<std::size_t> statements = asking(s, *recipe);
      if (statements.empty()) return;
      const std::uint64_t own = number++;
      if (options_->shard && own % options_->shard->count != options_->shard->number - 1) return;
      visit({own, asked_[s].landscape, std::move(recipe), std::move(statements),
             earlier ? earlier->take(own) : std::nullopt});
    });
    if (visited != asked_[s].count) {
      throw InternalDisagreement("a scope has " + std::to_string(visited) + " cases, counted without making them " +
                                 std::to_string(asked_[s].count));
    }
  }
  if (earlier) earlier->finish();
}

// One point for each shape tells the number of parameters.
std::pair<std::uint64_t, std::uint64_t> Work::survey(const std::vector<Statement>& statements) const {
  std::uint64_t cases = 0;
  std::uint64_t taken = 0;
  std::map<std::pair<const Landscape*, Shape>, Index> parameters;
  for_each([&](const WorkItem& item) {
    ++cases;
    if (!item.kept) return;
    ++taken;
    const auto rows = options_->finished->rows(*item.kept, item.landscape->id(), item.recipe->key());
    if (rows.size() != item.statements.size()) {
      throw InputError(item.kept->place + ": has " + std::to_string(rows.size()) +
                       " rows, the number of statements is " + std::to_string(item.statements.size()));
    }
    const auto [entry, fresh] = parameters.try_emplace({item.landscape, item.recipe->shape()}, 0);
    if (fresh) entry->second = parameters_of(item.recipe->build(options_->seed).weights);
    for (std::size_t k = 0; k < rows.size(); ++k)
      check_taken(rows[k], statements[item.statements[k]], entry->second,
                  !item.landscape->internals().constraints.empty());
  });
  return {cases, taken};
}

}  // namespace rankscape
