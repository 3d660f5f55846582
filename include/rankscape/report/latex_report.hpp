#pragma once
// Case tables as LaTeX, fit for the appendix of a paper. The output is pure ASCII (accents as TeX commands), so it does
// not depend on the input encoding of the document it goes into.

#include <rankscape/report/statement_head.hpp>
#include <rankscape/report/tool.hpp>

#include <memory>
#include <string>
#include <vector>

namespace rankscape {

enum class LatexForm : unsigned char {
  document,  ///< compiles by itself with pdflatex
  fragment,  ///< for \input; needs amsmath, amssymb, booktabs, longtable and array
  table,     ///< the case tables alone, each a tabular for a table or table*; needs amsmath, array, booktabs
};

class LatexReport : public ReportListener {
 public:
  /// \param columns  names of those of the tables: the landscape's labels, `cases`, `verdict`, `inertia`, `lambda_min`,
  ///                 `agree`, `valid`; empty: all in a document, all but `lambda_min` and `valid` otherwise, which fits
  ///                 a text width of 345 pt
  /// \throws InputError  check_writable
  LatexReport(std::string path, LatexForm form, std::vector<std::string> columns = {}, ToolInfo tool = tool_info());
  ~LatexReport() override;
  /// \throws InputError  a column that no table has
  void start(const ReportPlan& plan) override;
  void row(std::size_t statement, const Row& row) override;
  /// Writes the file. \throws InputError  write_file
  void end(const std::vector<Summary>& summaries) override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// User's text for use in paragraphs: TeX's special characters are printed as themselves, accented Latin letters, Greek
/// letters, punctuation and common mathematical signs by TeX commands, any other character as its code point [U+..].
[[nodiscard]] std::string latex_text(std::string_view utf8);

}  // namespace rankscape
