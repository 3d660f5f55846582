#pragma once
// What a run prints at its end: a few lines for each statement.

#include <rankscape/report/statement_head.hpp>

#include <iosfwd>
#include <memory>
#include <vector>

namespace rankscape {

class TextSummary : public ReportListener {
 public:
  static constexpr std::size_t examples_listed = 5;  ///< refuted and undecided rows named for each statement

  /// \param out  outlives the listener
  explicit TextSummary(std::ostream& out);
  ~TextSummary() override;
  void start(const ReportPlan& plan) override;
  void row(std::size_t statement, const Row& row) override;
  void end(const std::vector<Summary>& summaries) override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// "15 of 15 cases certified", or "vacuous: nothing was judged", followed by what else happened: "; 2 refuted", "; 3
/// outside the hypotheses: H1 3, H4 2 (0 alone)" ..
[[nodiscard]] std::string certified_line(const Summary& summary);

/// "asked of no point: case 'saddles', claim 'index'", or nothing.
[[nodiscard]] std::string idle_line(const Summary& summary);

/// The same as certified_line for one statement. For one that is known to be false a refutation is what is wanted, and
/// the line says so.
[[nodiscard]] std::string closing_line(const StatementHead& head, const Summary& summary);

}  // namespace rankscape
