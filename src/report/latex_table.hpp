#pragma once
// One statement's groups as a longtable with its notes.

#include <rankscape/report/case_table.hpp>

#include <iosfwd>
#include <string>

namespace rankscape::report {

/// The table, followed by a note for each group that is not in full agreement (as many as fit on about a page).
void write_latex_table(std::ostream& out, const CaseTable& table, const StatementHead& head);

/// A case's key or another machine's word in typewriter type that can be broken between lines.
[[nodiscard]] std::string latex_code(std::string_view text);

}  // namespace rankscape::report
