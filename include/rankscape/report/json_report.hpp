#pragma once
// Reports as JSON (rankscape-report/1), written and read. One statement is one object; several are
// {"format": "rankscape-reports/1", "reports": [..]}. Where the path ends in .jsonl (or .jsonl.gz) a report is lines,
// for programs that read one case at a time: of each statement its head (rankscape-report-lines/1: the report without
// its cases, but with their number), then a line for each case, which names the statement. Output depends on the rows,
// the heads, the build and the ending of the path, on nothing else: not on time or threads.

#include <rankscape/report/statement_head.hpp>
#include <rankscape/report/tool.hpp>

#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace rankscape {

class JsonReport : public ReportListener {
 public:
  /// \throws InputError  check_writable
  explicit JsonReport(std::string path, ToolInfo tool = tool_info());
  /// Writes there at the end. \param out  outlives the listener
  explicit JsonReport(std::ostream& out, ToolInfo tool = tool_info());
  ~JsonReport() override;
  void start(const ReportPlan& plan) override;
  /// Keeps the row as the line it will be: about 700 bytes.
  /// \throws std::logic_error  a label has the name of a field of the report, or of what names the statement in a line
  void row(std::size_t statement, const Row& row) override;
  /// Writes the file. \throws InputError  write_file
  void end(const std::vector<Summary>& summaries) override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// One report read back. The rows are those that were written up to the rounding of lambda_min to 17 digits; written
/// again they give the same bytes.
struct SavedReport {
  std::string statement;
  std::string title;
  std::string source;
  std::string model;
  std::string shape_key;
  std::string input_sha256;
  std::string git;
  std::uint64_t seed = 0;
  Summary summary;
  std::vector<Row> rows;
};

/// Reads a report of any form, compressed or not. Rows are converted while the text is read; memory is that of the rows
/// and the text.
/// \throws InputError  unreadable file, not JSON (with line and column), or content that is not a report (with a JSON
///                     pointer, or the number of the line); `name` stands for the file in messages
[[nodiscard]] std::vector<SavedReport> read_reports(const std::string& path);
[[nodiscard]] std::vector<SavedReport> parse_reports(std::string_view text, const std::string& name);

/// One row as it stands in "cases".
[[nodiscard]] Json row_to_json(const Row& row, const std::string& shape_key);
/// \param place  JSON pointer of the row, for messages \throws InputError
[[nodiscard]] Row row_from_json(const Json& json, const std::string& shape_key, const std::string& place);

}  // namespace rankscape
