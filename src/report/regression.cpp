// The comparison of a run with an older report, case by case.
#include <rankscape/report/regression.hpp>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>
#include <rankscape/error.hpp>
#include <rankscape/report/case_table.hpp>
#include <unordered_map>
#include <utility>

#include "report/escape.hpp"

namespace rankscape {

namespace {

std::string spelled(Truth truth) {
  return truth == Truth::yes ? "yes" : truth == Truth::no ? "no" : "undecided";
}

std::string spelled(const std::optional<Inertia>& known) {
  if (!known) return "unknown";
  const Inertia& inertia = *known;
  return "(" + std::to_string(inertia.negative) + ", " + std::to_string(inertia.zero) + ", " +
         std::to_string(inertia.positive) + ")";
}

// "agreed", "was refuted": how the old report stands to the row.
std::string past(Outcome outcome) {
  switch (outcome) {
    case Outcome::agrees:
      return "agreed";
    case Outcome::refuted:
      return "was refuted";
    case Outcome::outside:
      return "was outside the hypotheses";
    case Outcome::uncovered:
      return "was not covered";
    case Outcome::undecided:
      return "was undecided";
    case Outcome::fault:
      break;
  }
  return "was not critical";
}

std::string present(const Row& row) {
  switch (outcome_of(row)) {
    case Outcome::agrees:
      return "now agrees";
    case Outcome::refuted:
      return "now refuted: " + explain(row);
    case Outcome::outside:
      return "now outside the hypotheses";
    case Outcome::uncovered:
      return "now no case of the statement applies";
    case Outcome::undecided:
      return "now undecided: " + explain(row);
    case Outcome::fault:
      break;
  }
  return "now not critical";
}

// What is not the same in both runs. Where the outcome is another one, it says by itself what is predicted and found.
std::string differences(const Row& before, const Row& now, bool same_outcome) {
  std::string text;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : "; ") + part; };
  if (same_outcome && before.found != now.found) {
    add("verdict " + std::string(to_string(before.found)) + " -> " + std::string(to_string(now.found)));
  }
  if (same_outcome && before.predicted != now.predicted)
    add("predicted '" + joined(before.predicted) + "' -> '" + joined(now.predicted) + "'");
  for (const auto& [name, holds] : before.claims) {
    const auto found = std::find_if(now.claims.begin(), now.claims.end(),
                                    [&, &claim = name](const auto& other) { return other.first == claim; });
    if (found == now.claims.end()) {
      add("claim '" + name + "' is gone");
    } else if (found->second != holds) {
      add("claim '" + name + "' " + spelled(holds) + " -> " + spelled(found->second));
    }
  }
  const auto value = [](const Row& row) {
    const std::string known = value_text(row);
    return known.empty() ? "unknown" : known;
  };
  if (value(before) != value(now)) add("value " + value(before) + " -> " + value(now));
  if (before.inertia != now.inertia) {
    add("inertia " + spelled(before.inertia) + " -> " + spelled(now.inertia));
  }
  if (before.escape_order != now.escape_order) {
    const auto order = [](const Row& row) { return row.escape_order ? std::to_string(*row.escape_order) : "none"; };
    add("escape order " + order(before) + " -> " + order(now));
  }
  if (before.validity != now.validity) {
    add("valid for " + before.validity + " -> " + now.validity);
  }
  return text;
}

// What one wants to keep: agreement, and of a statement known to be false its refutations too.
bool good(Outcome outcome, bool known_false) {
  return outcome == Outcome::agrees || (known_false && outcome == Outcome::refuted);
}

void compare(const Row& before, const Row& now, bool known_false, StatementRegression& into) {
  const Outcome then = outcome_of(before);
  const Outcome today = outcome_of(now);
  const std::string details = differences(before, now, then == today);
  if (then == today) {
    if (!details.empty()) into.changed.push_back({now.key, details});
    return;
  }
  std::string text = past(then) + " (" + std::string(to_string(before.found)) + "), " + present(now);
  if (!details.empty()) text += "; " + details;
  const bool was_good = good(then, known_false);
  const bool is_good = good(today, known_false);
  auto& list = was_good == is_good ? into.changed : was_good ? into.lost : into.repaired;
  list.push_back({now.key, std::move(text)});
}

}  // namespace

bool StatementRegression::same() const {
  return checked && known && notes.empty() && !loss() && repaired.empty() && changed.empty() && added.empty() &&
         missing.empty();
}

struct Regression::State {
  struct Old {
    SavedReport report;
    std::unordered_map<std::string, std::size_t> row_of;
    std::vector<bool> seen;
  };
  std::map<std::string, Old> old;
  std::vector<std::string> order;  // of the old report's statements
  std::string name;
  std::ostream& out;
  ReportPlan plan;
  std::vector<StatementRegression> result;
  bool loss = false;

  void close(StatementRegression& statement, const Old& before) const {
    statement.before = before.report.summary;
    for (std::size_t k = 0; k < before.report.rows.size(); ++k) {
      if (before.seen[k]) continue;
      const Row& row = before.report.rows[k];
      if (outcome_of(row) == Outcome::agrees) {
        statement.lost.push_back({row.key, "agreed (" + std::string(to_string(row.found)) + "), now missing"});
      } else {
        statement.missing.push_back(row.key);
      }
    }
  }
};

Regression::Regression(std::vector<SavedReport> old, std::string name, std::ostream& out)
    : state_(new State{{}, {}, std::move(name), out, {}, {}, false}) {
  for (SavedReport& report : old) {
    const std::string id = report.statement;
    State::Old entry{std::move(report), {}, {}};
    entry.seen.assign(entry.report.rows.size(), false);
    for (std::size_t k = 0; k < entry.report.rows.size(); ++k) {
      const std::string& key = entry.report.rows[k].key;
      if (!entry.row_of.emplace(key, k).second) {
        throw InputError(state_->name + ": the case '" + key + "' of " + id + " stands twice");
      }
    }
    if (!state_->old.emplace(id, std::move(entry)).second) {
      throw InputError(state_->name + ": the statement " + id + " stands twice");
    }
    state_->order.push_back(id);
  }
}

Regression::~Regression() = default;

void Regression::start(const ReportPlan& plan) {
  state_->plan = plan;
  state_->result.clear();
  for (auto& [id, old] : state_->old)
    old.seen.assign(old.report.rows.size(), false);
  for (const StatementHead& head : plan.statements) {
    StatementRegression& statement = state_->result.emplace_back();
    statement.statement = head.id;
    const auto found = state_->old.find(head.id);
    statement.known = found != state_->old.end();
    if (!statement.known) continue;
    const SavedReport& before = found->second.report;
    if (before.model != head.model) statement.notes.push_back("the model was " + before.model);
    if (before.input_sha256 != head.input_sha256) statement.notes.emplace_back("the statement file has changed");
    if (before.seed != plan.seed) {
      statement.notes.push_back("the seed was " + std::to_string(before.seed) + ", is " + std::to_string(plan.seed) +
                                ": cases of the same name are other points");
    }
  }
}

void Regression::row(std::size_t statement, const Row& row) {
  StatementRegression& result = state_->result.at(statement);
  const auto old = state_->old.find(result.statement);
  if (old == state_->old.end()) return;
  const auto found = old->second.row_of.find(row.key);
  if (found == old->second.row_of.end()) {
    result.added.push_back(row.key);
    return;
  }
  old->second.seen[found->second] = true;
  compare(old->second.report.rows[found->second], row, state_->plan.statements[statement].status == Status::known_false,
          result);
}

void Regression::end(const std::vector<Summary>& summaries) {
  State& state = *state_;
  for (std::size_t s = 0; s < summaries.size(); ++s) {
    StatementRegression& statement = state.result.at(s);
    statement.now = summaries[s];
    if (!statement.known) continue;
    state.close(statement, state.old.at(statement.statement));
    statement.refutation_lost = state.plan.statements[s].status == Status::known_false &&
                                statement.before.refuted > 0 && statement.now.refuted == 0;
  }
  for (const std::string& id : state.order) {
    const bool asked = std::any_of(state.plan.statements.begin(), state.plan.statements.end(),
                                   [&](const StatementHead& head) { return head.id == id; });
    if (asked) continue;
    StatementRegression& statement = state.result.emplace_back();
    statement.statement = id;
    statement.checked = false;
    state.close(statement, state.old.at(id));
  }
  state.loss =
      std::any_of(state.result.begin(), state.result.end(), [](const StatementRegression& s) { return s.loss(); });
  write_regression(state.out, state.name, state.result);
}

const std::vector<StatementRegression>& Regression::result() const {
  return state_->result;
}

bool Regression::loss() const {
  return state_->loss;
}

namespace {

std::string counted(std::size_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

class Writer {
 public:
  Writer(std::ostream& out, std::size_t listed) : out_(out), listed_(listed) {}

  void statement(const StatementRegression& s) {
    out_ << "  " << report::printable(s.statement) << ": " << headline(s) << "\n";
    for (const std::string& note : s.notes)
      out_ << "    note: " << report::printable(note) << "\n";
    if (s.refutation_lost) out_ << "    lost: it is known to be false, and nothing refutes it any more\n";
    list("lost", s.lost);
    list("repaired", s.repaired);
    list("changed", s.changed);
    keys("new", s.added);
    keys("gone", s.missing);
  }

 private:
  static std::string headline(const StatementRegression& s) {
    if (!s.known) return "new";
    if (!s.checked) return "not checked any more";
    std::string text;
    const auto add = [&](const char* what, std::uint64_t before, std::uint64_t now, bool always) {
      if (before == now && !always) return;
      text += (text.empty() ? "" : ", ") + std::string(what) + " " + std::to_string(before);
      if (before != now) text += " -> " + std::to_string(now);
    };
    add("cases", s.before.cases, s.now.cases, true);
    add("agree", s.before.agree, s.now.agree, true);
    add("refuted", s.before.refuted, s.now.refuted, false);
    add("undecided", s.before.undecided, s.now.undecided, false);
    add("outside", s.before.outside, s.now.outside, false);
    add("not covered", s.before.uncovered, s.now.uncovered, false);
    return text;
  }

  void list(const char* kind, const std::vector<StatementRegression::Change>& changes) {
    for (std::size_t k = 0; k < std::min(listed_, changes.size()); ++k) {
      out_ << "    " << kind << ": " << report::printable(changes[k].key) << ": " << report::printable(changes[k].what)
           << "\n";
    }
    rest(kind, changes.size());
  }

  void keys(const char* kind, const std::vector<std::string>& all) {
    if (all.empty()) return;
    out_ << "    " << kind << ": " << counted(all.size(), "case", "cases") << ", the first "
         << report::printable(all[0]) << "\n";
  }

  void rest(const char* kind, std::size_t count) {
    if (count > listed_) out_ << "    " << kind << ": and " << count - listed_ << " more\n";
  }

  std::ostream& out_;
  std::size_t listed_;
};

}  // namespace

void write_regression(std::ostream& out, const std::string& name, const std::vector<StatementRegression>& result,
                      std::size_t listed) {
  std::size_t lost = 0;
  std::size_t same = 0;
  out << "against " << report::printable(name) << "\n";
  Writer writer(out, listed);
  for (const StatementRegression& statement : result) {
    lost += statement.lost.size() + (statement.refutation_lost ? 1 : 0);
    if (statement.same()) {
      ++same;
    } else {
      writer.statement(statement);
    }
  }
  out << "  " << (lost == 0 ? "no loss" : counted(lost, "loss", "losses"));
  if (same > 0) out << "; " << counted(same, "statement", "statements") << " unchanged";
  out << "\n";
  out.flush();
}

}  // namespace rankscape
