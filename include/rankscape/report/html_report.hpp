#pragma once
// One self-contained static page: no script, no network, nothing to install.

#include <rankscape/report/statement_head.hpp>
#include <rankscape/report/tool.hpp>

#include <memory>
#include <string>
#include <vector>

namespace rankscape {

class HtmlReport : public ReportListener {
 public:
  /// Cases that agree are listed one by one up to this number in a group, so that browsers can open the page of a large
  /// run; the page says how many it leaves out. All others are listed.
  static constexpr std::size_t listed_in_group = 200;

  /// \throws InputError  check_writable
  explicit HtmlReport(std::string path, ToolInfo tool = tool_info());
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
