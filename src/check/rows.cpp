// Rows from judgements.
#include "check/rows.hpp"

#include "check/nearby_point.hpp"

namespace rankscape {

namespace {

// As it is printed, so that a row read back from a journal is the same row.
Enclosure as_printed(const Enclosure& a) {
  const DecimalEnclosure printed = to_decimal(a);
  return {parse_rational(printed.lo), parse_rational(printed.hi)};
}

}  // namespace

Row judged_row(const Statement& statement, const Judgement& judgement, const Evidence& evidence) {
  Row row;
  row.matched = names_of(statement, judgement.matched);
  row.predicted = predictions_of(statement, judgement.matched);
  row.found = evidence.verdict;
  row.inside = judgement.inside;
  for (const auto& [name, holds] : judgement.hypotheses) {
    if (holds == Truth::no) row.violated.push_back(name);
  }
  row.covered = judgement.covered != Truth::no;
  row.agrees = judgement.overall;
  row.claims = judgement.claims;
  if (judgement.inside == Truth::yes) row.idle = judgement.idle;
  if (evidence.nearby) {
    row.value_within = as_printed(evidence.nearby->proved().value);
  } else {
    row.value = evidence.value;
  }
  row.inertia = evidence.hessian;
  row.escape_order = escape_order(evidence);
  if (evidence.lambda_min) row.lambda_min = as_printed(*evidence.lambda_min);
  if (row.agrees == Truth::unknown || evidence.verdict == Verdict::second_order) {
    for (const std::string& reason : judgement.reasons)
      row.reason += (row.reason.empty() ? "" : "; ") + reason;
    if (row.reason.empty()) row.reason = evidence.reason;
  }
  return row;
}

std::string value_text(const Row& row) {
  if (!row.value_within) return row.value ? to_string(*row.value) : "";
  const DecimalEnclosure printed = to_decimal(*row.value_within);
  return "[" + printed.lo + ", " + printed.hi + "]";
}

Row undecided_row(const std::string& reason) {
  Row row;
  row.reason = reason;
  return row;
}

}  // namespace rankscape
