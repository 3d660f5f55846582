// Counting rows. A hypothesis is named only where points outside violate it, a case or claim only where it was idle
// although the statement was judged.
#include "check/tally.hpp"

#include <algorithm>

namespace rankscape {

namespace {

bool named(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

Tally::Tally(const Statement& statement) {
  for (const Hypothesis& hypothesis : statement.hypotheses())
    summary_.excluded.push_back({hypothesis.name, 0, 0});
  for (const StatementCase& one : statement.cases())
    cases_.push_back(one.name);
  for (const Claim& claim : statement.claims())
    claims_.push_back(claim.name);
  matched_.assign(cases_.size(), false);
  asked_.assign(claims_.size(), false);
}

void Tally::add_outside(const Row& row) {
  ++summary_.outside;
  for (Excluded& one : summary_.excluded) {
    if (!named(row.violated, one.hypothesis)) continue;
    ++one.points;
    one.alone += row.violated.size() == 1 ? 1U : 0U;
  }
}

void Tally::add(const Row& row) {
  if (row.inside == Truth::no) {
    add_outside(row);
    return;
  }
  ++summary_.cases;
  const auto entry = std::find_if(summary_.by_verdict.begin(), summary_.by_verdict.end(),
                                  [&](const auto& pair) { return pair.first == row.found; });
  if (entry == summary_.by_verdict.end()) {
    summary_.by_verdict.emplace_back(row.found, 1);
  } else {
    ++entry->second;
  }
  if (row.inside == Truth::unknown) {
    ++summary_.undecided;
    return;
  }
  for (std::size_t k = 0; k < cases_.size(); ++k)
    matched_[k] = matched_[k] || named(row.matched, cases_[k]);
  for (std::size_t k = 0; k < claims_.size(); ++k)
    asked_[k] = asked_[k] || !named(row.idle, claims_[k]);
  if (row.agrees == Truth::no) {
    ++summary_.refuted;
  } else if (row.agrees == Truth::yes) {
    ++summary_.agree;
  } else if (!row.covered) {
    ++summary_.uncovered;
  } else {
    ++summary_.undecided;
  }
}

Summary Tally::summary() const {
  Summary result = summary_;
  std::sort(result.by_verdict.begin(), result.by_verdict.end());
  std::erase_if(result.excluded, [](const Excluded& one) { return one.points == 0; });
  if (result.vacuous()) return result;
  for (std::size_t k = 0; k < cases_.size(); ++k) {
    if (!matched_[k]) result.idle.push_back("case '" + cases_[k] + "'");
  }
  for (std::size_t k = 0; k < claims_.size(); ++k) {
    if (!asked_[k]) result.idle.push_back("claim '" + claims_[k] + "'");
  }
  return result;
}

std::vector<Summary> summaries_of(const std::vector<Tally>& tallies) {
  std::vector<Summary> summaries;
  summaries.reserve(tallies.size());
  for (const Tally& tally : tallies)
    summaries.push_back(tally.summary());
  return summaries;
}

}  // namespace rankscape
