// A statement against one point.
#include "language/evaluate.hpp"
#include "statements/statement_data.hpp"

#include <algorithm>

namespace rankscape {

namespace {

class Judge {
 public:
  Judge(const Statement::Data& data, const FeatureSource& point, PointCache& cache)
      : data_(data), evaluator_(point, data.definitions, cache.table()) {}

  Judgement judge(VerdictSet possible) {
    hypotheses();
    when();
    cases(possible);
    claims();
    overall();
    return std::move(result_);
  }

 private:
  Truth truth(const Expression& expression) { return evaluator_.condition(*expression.tree, result_.reasons); }

  void hypotheses() {
    result_.inside = Truth::yes;
    for (const Hypothesis& hypothesis : data_.hypotheses) {
      const Truth holds = truth(hypothesis.holds);
      result_.hypotheses.emplace_back(hypothesis.name, holds);
      result_.inside = result_.inside && holds;
    }
  }

  void when() {
    Truth some = Truth::no;
    std::optional<std::size_t> otherwise;
    for (std::size_t k = 0; k < data_.cases.size(); ++k) {
      const auto& condition = data_.cases[k].when;
      if (!condition) otherwise = k;
      result_.when.push_back(condition ? truth(*condition) : Truth::unknown);
      if (condition) some = some || result_.when.back();
    }
    if (otherwise) result_.when[*otherwise] = !some;
    result_.covered = data_.cases.empty() || otherwise ? Truth::yes : some;
    for (std::size_t k = 0; k < data_.cases.size(); ++k) {
      if (result_.when[k] == Truth::yes) result_.matched.push_back(k);
    }
    result_.overlapping = result_.matched.size() > 1;
    for (const std::size_t k : result_.matched) {
      result_.conflicting =
          result_.conflicting || !(data_.cases[k].then.classes == data_.cases[result_.matched.front()].then.classes);
    }
  }

  void cases(VerdictSet possible) {
    Truth all = Truth::yes;
    for (std::size_t k = 0; k < data_.cases.size(); ++k) {
      all = all && implies(result_.when[k], agrees(possible, data_.cases[k].then.classes));
    }
    if (!data_.cases.empty() && result_.covered == Truth::no) {
      all = data_.partial.value_or(true) ? Truth::unknown : Truth::no;
    }
    result_.cases_agree = all;
  }

  void claims() {
    for (const Claim& claim : data_.claims) {
      const Truth when = claim.when ? truth(*claim.when) : Truth::yes;
      result_.claims.emplace_back(claim.name, when == Truth::no ? Truth::yes : implies(when, truth(claim.holds)));
      const bool idle =
          when == Truth::no || (result_.claims.back().second == Truth::yes && true_by_its_premise(*claim.holds.tree));
      if (idle) result_.idle.push_back(claim.name);
    }
  }

  // Of a condition that holds: does it only because premises do not?
  [[nodiscard]] bool true_by_its_premise(const language::Expr& tree) {
    if (tree.is(language::Logical::conjunction)) {
      return std::all_of(tree.children.begin(), tree.children.end(),
                         [&](const auto& child) { return true_by_its_premise(*child); });
    }
    if (!tree.is(language::Logical::implies)) return false;
    std::vector<std::string> reasons;
    return evaluator_.condition(tree.child(0), reasons) == Truth::no || true_by_its_premise(tree.child(1));
  }

  void overall() {
    if (result_.inside != Truth::yes) {
      result_.cases_agree = Truth::unknown;
      result_.overall = Truth::unknown;
      return;
    }
    const bool counted = result_.covered == Truth::no && data_.partial.value_or(true);
    Truth all = data_.cases.empty() || counted ? Truth::yes : result_.cases_agree;
    bool asked = !data_.cases.empty() && !counted;
    for (std::size_t k = 0; k < data_.claims.size(); ++k) {
      if (data_.claims[k].status == Status::known_false && data_.status != Status::known_false) continue;
      asked = true;
      all = all && result_.claims[k].second;
    }
    // A point about which nothing is said supports nothing.
    result_.overall = asked ? all : Truth::unknown;
  }

  const Statement::Data& data_;
  language::Evaluator evaluator_;
  Judgement result_;
};

}  // namespace

Judgement Statement::judge(const FeatureSource& point, VerdictSet possible) const {
  PointCache cache;
  return judge(point, possible, cache);
}

Judgement Statement::judge(const FeatureSource& point, VerdictSet possible, PointCache& cache) const {
  return Judge(*data_, point, cache).judge(possible);
}

}  // namespace rankscape
