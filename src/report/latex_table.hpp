#pragma once
// One statement's groups as a longtable with its notes, or as a bare tabular.

#include <rankscape/report/case_table.hpp>

#include <iosfwd>
#include <set>
#include <string>

namespace rankscape::report {

/// The table, followed by a note for each group that is not in full agreement (as many as fit on about a page).
/// \param columns  by name; empty: all
void write_latex_table(std::ostream& out, const CaseTable& table, const StatementHead& head,
                       const std::set<std::string>& columns);
/// The lines alone, in a tabular.
void write_latex_tabular(std::ostream& out, const CaseTable& table, const StatementHead& head,
                         const std::set<std::string>& columns);
/// Names of the columns of a statement's table, in order.
[[nodiscard]] std::vector<std::string> latex_columns(const StatementHead& head);

/// A case's key or another machine's word in typewriter type that can be broken between lines.
[[nodiscard]] std::string latex_code(std::string_view text);

}  // namespace rankscape::report
