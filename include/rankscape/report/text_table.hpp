#pragma once
// The case tables as plain text, for the terminal and for notes: the same lines as in LaTeX.

#include <rankscape/report/statement_head.hpp>

#include <iosfwd>
#include <memory>

namespace rankscape {

class TextTable : public ReportListener {
 public:
  /// \param out  outlives the listener
  explicit TextTable(std::ostream& out);
  ~TextTable() override;
  void start(const ReportPlan& plan) override;
  void row(std::size_t statement, const Row& row) override;
  void end(const std::vector<Summary>& summaries) override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace rankscape
