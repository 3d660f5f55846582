#pragma once
// What a run has to do, one distinct case after the other: of however many cases, none is kept. A case that several
// statements ask for comes once, at the first of them.

#include <rankscape/cases.hpp>
#include <rankscape/check/run.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace rankscape {

/// A distinct case and the statements that ask for it.
struct WorkItem {
  std::uint64_t number = 0;  ///< among the distinct cases of all shards
  const Landscape* landscape = nullptr;
  std::shared_ptr<const Recipe> recipe;
  std::vector<std::size_t> statements;
  std::optional<KeptCase> kept;  ///< as an earlier run left it
};

class Work {
 public:
  /// Counts. What it refers to outlives it.
  /// \throws InputError  no shapes, or absurdly many cases; a journal that contradicts itself, before anything runs
  Work(const std::vector<Statement>& statements, const RunOptions& options, RunPlan& plan);

  /// The cases of the shard, in order. \throws InternalDisagreement  others than were counted
  void for_each(const std::function<void(WorkItem)>& visit) const;

  /// The statement's scope, or the landscape's examples where it has none.
  [[nodiscard]] static Scope scope_of(const Statement& statement, const Landscape& landscape,
                                      const RunOptions& options);

 private:
  struct Asked {
    const Landscape* landscape;
    ScopeCases all;       // with what the scope names twice
    ScopeCases distinct;  // without
    std::uint64_t count;  // of the distinct ones
  };
  /// Goes through all cases once, for what no single count tells. \return how many there are, and are finished
  [[nodiscard]] std::pair<std::uint64_t, std::uint64_t> survey(const std::vector<Statement>& statements) const;
  /// How often each statement from `first` on asks for a case, as positions; nothing where an earlier one does.
  [[nodiscard]] std::vector<std::size_t> asking(std::size_t first, const Recipe& recipe) const;

  std::vector<Asked> asked_;  // for each statement
  const RunOptions* options_;
};

}  // namespace rankscape
