#pragma once
// One line a case, for spreadsheets and data frames (RFC 4180). The columns are the same in every report, whatever the
// landscape: what only some have stands in `labels` as JSON.

#include <rankscape/report/statement_head.hpp>

#include <memory>
#include <string>
#include <vector>

namespace rankscape {

class CsvReport : public ReportListener {
 public:
  /// \throws InputError  check_writable
  explicit CsvReport(std::string path);
  ~CsvReport() override;
  void start(const ReportPlan& plan) override;
  void row(std::size_t statement, const Row& row) override;
  /// Writes the file. \throws InputError  write_file
  void end(const std::vector<Summary>& summaries) override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace rankscape
