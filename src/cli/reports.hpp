#pragma once
// What a run may write: options, and the listeners that write it. `check` and `merge` share them.

#include <rankscape/check/run.hpp>

#include <CLI/App.hpp>
#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

namespace rankscape {
class JunitReport;
class Regression;
}  // namespace rankscape

namespace rankscape::cli {

struct ReportOptions {
  std::string json;
  std::string latex;
  std::string latex_fragment;
  std::string latex_table;
  std::string latex_columns;
  std::string csv;
  std::string junit;
  std::string html;
  std::string against;
  bool table = false;

  [[nodiscard]] bool any() const;
};

void add_report_options(CLI::App& command, ReportOptions& options);

class Reports {
 public:
  /// \param again  how a command asks for one of the cases again, where they are none of a scope
  Reports(const ReportOptions& options, const std::string& again);

  /// Files first, then `others`, then what is printed.
  [[nodiscard]] std::vector<RunListener*> listeners(const std::vector<std::unique_ptr<RunListener>>& others) const;
  /// Results in words: the standard output, unless a report goes there.
  [[nodiscard]] std::ostream& out() const { return *out_; }
  /// Runs. A fault is said where continuous integration looks, and then as always. \return the exit code
  int conclude(const std::vector<Statement>& statements, const std::function<std::vector<Summary>()>& run) const;

 private:
  std::vector<std::unique_ptr<RunListener>> files_;
  std::vector<std::unique_ptr<RunListener>> words_;
  std::ostream* out_;
  JunitReport* junit_ = nullptr;
  const Regression* regression_ = nullptr;
};

}  // namespace rankscape::cli
