#pragma once
// How verdicts, labels, counts and enclosures read in the tables, whatever the language of the report.

#include <rankscape/report/case_table.hpp>

#include <string>
#include <string_view>

namespace rankscape::report {

/// "non-strict saddle".
[[nodiscard]] std::string display_name(Verdict verdict);
/// A statement's `then` with the verdicts' names written as display_name.
[[nodiscard]] std::string display_prediction(std::string_view predicted);

/// Header of a column outside LaTeX: the label, with the model's own word for shapes.
[[nodiscard]] std::string column_name(const TableColumn& column, const std::string& shape_key);

enum class Brackets : unsigned char {
  shape,  ///< (2,2,2)
  set,    ///< {1,2}
};
[[nodiscard]] Brackets brackets_of(const TableColumn& column);
/// A label as text: yes, no, 3, {1,2}, (2,2,2); "-" for null.
[[nodiscard]] std::string cell_text(const Cell& cell, Brackets brackets);

/// "3", or "1-4" with `dash` between.
[[nodiscard]] std::string range_text(const CountRange& range, std::string_view dash);

/// The ends of an enclosure in few decimals, rounded outward: three places, more where they would lose the sign,
/// powers of ten ("-1.2e-9") for what is very small or very large.
struct Bounds {
  std::string lower;
  std::string upper;
  bool exact = false;  ///< both are the number itself, and equal
};
[[nodiscard]] Bounds bounds_text(const Enclosure& enclosure);

/// "4/6": agreeing of judged; "not covered", "outside" for a group without judged rows.
[[nodiscard]] std::string agreement_text(const CaseGroup& group);

/// "12 strict saddle, 1 global minimizer", in the order of the summary.
[[nodiscard]] std::string verdict_counts(const Summary& summary);

/// One word for a line of the table, or for a statement: the worst that happens in it ("refuted" .. "agrees"). For a
/// statement that is known to be false a refutation is what is wanted.
[[nodiscard]] std::string_view mood(const CaseGroup& group);
[[nodiscard]] std::string_view mood(const StatementHead& head, const Summary& summary);

/// "known to be false".
[[nodiscard]] std::string status_text(Status status);

[[nodiscard]] std::string validity_text(const CaseGroup& group);

}  // namespace rankscape::report
