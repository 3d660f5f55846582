#pragma once
// A run against the report of an older one: what agreed and does not any more, what is new, what is gone. Cases are
// told apart by their keys, so a report of other shapes, or of a statement that is not checked any more, counts as loss
// too.

#include <rankscape/report/json_report.hpp>

#include <iosfwd>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace rankscape {

/// What changed in one statement.
struct StatementRegression {
  /// One case, told by its key.
  struct Change {
    std::string key;
    std::string what;  ///< one line: "agreed (strict_saddle), now refuted: predicted .., found .."
  };
  std::string statement;
  bool checked = true;             ///< it is part of this run
  bool known = true;               ///< it is part of the old report
  std::vector<std::string> notes;  ///< the file, the seed or the program is another one
  Summary before;
  Summary now;
  std::vector<Change> lost;          ///< agreed, and now refuted, undecided, outside, not covered or gone
  std::vector<Change> repaired;      ///< did not agree, and now does
  std::vector<Change> changed;       ///< another verdict, value, inertia, claim or outcome, without loss
  std::vector<std::string> added;    ///< keys that the old report has not
  std::vector<std::string> missing;  ///< keys that this run has not and that did not agree before
  /// The statement is known to be false, was refuted, and is refuted nowhere any more.
  bool refutation_lost = false;

  [[nodiscard]] bool loss() const { return !lost.empty() || refutation_lost; }
  /// Neither loss nor anything else worth a line.
  [[nodiscard]] bool same() const;
};

/// Listens to a run and compares it at the end. Memory: the rows of the old report and the keys of the run.
class Regression final : public ReportListener {
 public:
  /// \param old   read_reports of the older run
  /// \param name  of the old report, for the text
  /// \param out   where the comparison is printed at the end; outlives the listener
  /// \throws InputError  a statement, or a key within one, stands twice in the old report
  Regression(std::vector<SavedReport> old, std::string name, std::ostream& out);
  ~Regression() override;
  void start(const ReportPlan& plan) override;
  void row(std::size_t statement, const Row& row) override;
  void end(const std::vector<Summary>& summaries) override;

  /// After the end: the statements of the run in their order, then those of the old report that the run has not.
  [[nodiscard]] const std::vector<StatementRegression>& result() const;
  [[nodiscard]] bool loss() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A few lines for each statement that changed; lists are cut after `listed` entries, and say so.
void write_regression(std::ostream& out, const std::string& name, const std::vector<StatementRegression>& result,
                      std::size_t listed = 10);

}  // namespace rankscape
