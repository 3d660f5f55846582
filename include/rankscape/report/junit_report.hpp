#pragma once
// JUnit XML for continuous integration: a suite for each statement, a test case for each row. Refuted is a failure, a
// point that is not critical an error, undecided, uncovered and outside the hypotheses are skipped with the reason. In
// a statement that is known to be false refutations pass, and their absence is one more, skipped test. A run that ended
// in an internal fault is an error of its own, after the rows that it got to.

#include <rankscape/report/statement_head.hpp>

#include <memory>
#include <string>
#include <vector>

namespace rankscape {

class JunitReport : public ReportListener {
 public:
  /// \throws InputError  check_writable
  explicit JunitReport(std::string path);
  ~JunitReport() override;
  void start(const ReportPlan& plan) override;
  void row(std::size_t statement, const Row& row) override;
  /// Writes the file. \throws InputError  write_file
  void end(const std::vector<Summary>& summaries) override;
  /// Instead of end(): the run did not get there. Writes the file with one more suite, `rankscape`, whose one test is
  /// an error. \throws InputError  write_file
  void fault(const std::string& what);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace rankscape
