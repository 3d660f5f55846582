// Rows from judgements.
#include "check/rows.hpp"

namespace rankscape {

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
  row.value = evidence.value;
  if (evidence.hessian) row.inertia = evidence.hessian->inertia;
  row.escape_order = escape_order(evidence);
  // as it is printed, so that a row read back from a journal is the same row
  if (evidence.lambda_min) {
    const DecimalEnclosure printed = to_decimal(*evidence.lambda_min);
    row.lambda_min = Enclosure(parse_rational(printed.lo), parse_rational(printed.hi));
  }
  if (row.agrees == Truth::unknown || evidence.verdict == Verdict::second_order) {
    for (const std::string& reason : judgement.reasons)
      row.reason += (row.reason.empty() ? "" : "; ") + reason;
    if (row.reason.empty()) row.reason = evidence.reason;
  }
  return row;
}

Row undecided_row(const std::string& reason) {
  Row row;
  row.reason = reason;
  return row;
}

}  // namespace rankscape
