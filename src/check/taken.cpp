// Agreement follows from the verdict, the cases that matched and the claims; that is done here a second time, from what
// the row says, because the row comes from a file.
#include "check/taken.hpp"

#include <algorithm>
#include <rankscape/error.hpp>

namespace rankscape {

namespace {

// What is certain about the cases that matched, from the verdict alone. A run that knew more (a better point, an
// ascent) may have decided what is unknown here, never the opposite.
Truth cases_agree(const Row& row, const Statement& statement, const std::vector<std::size_t>& matched) {
  if (!row.covered) return statement.partial() ? Truth::yes : Truth::no;
  Truth all = Truth::yes;
  for (const std::size_t k : matched)
    all = all && agrees(classes_of(row.found), statement.cases()[k].then.classes);
  return all;
}

// The claims that count towards agreement.
Truth claims_hold(const Row& row, const Statement& statement) {
  Truth all = Truth::yes;
  for (std::size_t k = 0; k < row.claims.size(); ++k) {
    const bool counts =
        statement.claims()[k].status != Status::known_false || statement.status() == Status::known_false;
    if (counts) all = all && row.claims[k].second;
  }
  return all;
}

}  // namespace

void check_taken(const Row& row, const Statement& statement, Index parameters, bool constrained) {
  const auto refuse = [&](const std::string& what) {
    throw InputError("the journal contradicts itself at " + row.key + " of " + statement.id() + ": " + what);
  };
  std::vector<std::size_t> matched;
  for (std::size_t k = 0; k < statement.cases().size(); ++k) {
    if (std::find(row.matched.begin(), row.matched.end(), statement.cases()[k].name) != row.matched.end())
      matched.push_back(k);
  }
  if (names_of(statement, matched) != row.matched) refuse("the statement has no such cases");
  if (predictions_of(statement, matched) != row.predicted) refuse("the cases predict something else");
  if (!row.covered && !matched.empty()) refuse("it matches a case and is covered by none");
  const auto same_name = [](const auto& held, const Claim& claim) { return held.first == claim.name; };
  if (!std::equal(row.claims.begin(), row.claims.end(), statement.claims().begin(), statement.claims().end(),
                  same_name)) {
    refuse("the statement has other claims");
  }
  if (row.found != Verdict::not_critical) {
    if (!row.inertia) refuse("the point is critical and has no inertia");
    const Index counted = row.inertia->negative + row.inertia->zero + row.inertia->positive;
    if (constrained ? counted > parameters : counted != parameters) {
      refuse("neg + zero + pos is " + std::to_string(counted) + ", the point has " + std::to_string(parameters) +
             " parameters");
    }
    const bool descends = row.found == Verdict::strict_saddle || row.found == Verdict::local_maximizer;
    if (descends != (row.inertia->negative > 0)) refuse("the verdict is not one of that inertia");
  }
  if (row.inside != Truth::yes) {
    if (row.agrees != Truth::unknown) refuse("it agrees or disagrees outside the hypotheses");
    return;
  }
  if (!row.violated.empty()) refuse("it lies inside hypotheses that it violates");
  const Truth certain = cases_agree(row, statement, matched) && claims_hold(row, statement);
  if (certain == Truth::no && row.agrees != Truth::no) refuse("a case or claim fails, and the row agrees");
  if (certain == Truth::yes && row.agrees == Truth::no) refuse("cases and claims hold, and the row disagrees");
}

}  // namespace rankscape
