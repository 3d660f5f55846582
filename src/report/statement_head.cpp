// From a statement and its landscape to the text that reports print of them.

#include <rankscape/report/statement_head.hpp>

namespace rankscape {
namespace {

PrintedFormula printed(const Expression& expression) {
  return {expression.to_latex(), expression.to_text()};
}

}  // namespace

StatementHead head_of(const Statement& statement, const Landscape& landscape) {
  StatementHead head;
  head.id = statement.id();
  head.title = statement.title();
  head.source = statement.source();
  head.note = statement.note();
  head.status = statement.status();
  head.model = statement.model();
  head.shape_key = landscape.shape_key();
  head.columns = landscape.columns();
  head.input_sha256 = sha256(statement.input());
  head.file = statement.filename();
  for (const Hypothesis& hypothesis : statement.hypotheses()) {
    head.hypotheses.push_back({hypothesis.name, printed(hypothesis.holds), {}, {}});
  }
  for (const Definition& definition : statement.definitions()) {
    head.definitions.push_back({definition.to_latex(), definition.signature() + " = " + definition.body.to_text()});
  }
  for (const StatementCase& one : statement.cases()) {
    head.cases.push_back({one.name, {}, one.then.text});
    if (one.when) head.cases.back().when = {one.when_latex(), one.when_text()};
  }
  for (const Claim& claim : statement.claims()) {
    head.claims.push_back({claim.name, printed(claim.holds), {}, {}});
    if (claim.when) head.claims.back().when = printed(*claim.when);
    if (claim.status != statement.status()) head.claims.back().status = claim.status;
  }
  return head;
}

void ReportListener::begin(const RunPlan& plan) {
  ReportPlan report;
  report.seed = plan.options.seed;
  report.landscapes = plan.landscapes;
  for (std::size_t s = 0; s < plan.statements.size(); ++s)
    report.statements.push_back(head_of(*plan.statements[s], *plan.landscapes[s]));
  start(report);
}

}  // namespace rankscape
