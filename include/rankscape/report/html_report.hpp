#pragma once
// One self-contained page: no network, nothing to install, readable without its script.

#include <rankscape/report/statement_head.hpp>
#include <rankscape/report/tool.hpp>

#include <memory>
#include <string>
#include <vector>

namespace rankscape {

class HtmlReport : public ReportListener {
 public:
  /// Cases that agree are counted, a line of the table names one of them. Of those that do not agree so many of a
  /// statement are shown with their matrices, so many more have a line, and the page says how many it leaves out.
  static constexpr std::size_t in_full_in_statement = 6;
  static constexpr std::size_t listed_in_statement = 200;

  /// \param given  where cases are none of a scope: "--point", or "--data FILE" as a shell takes it; for the commands
  /// that
  ///               make a case again
  /// \throws InputError  check_writable
  explicit HtmlReport(std::string path, ToolInfo tool = tool_info(), std::string given = {});
  ~HtmlReport() override;
  void start(const ReportPlan& plan) override;
  void row(std::size_t statement, const Row& row) override;
  /// Writes the file. \throws InputError  write_file
  void end(const std::vector<Summary>& summaries) override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace rankscape
