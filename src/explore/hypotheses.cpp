// One hypothesis dropped. Whether a point violates just that one is asked of the instance alone, before its Hessian is
// examined.
#include <rankscape/explore/hypotheses.hpp>

#include <algorithm>
#include <rankscape/check/run.hpp>
#include <rankscape/error.hpp>

#include "explore/case_groups.hpp"
#include "explore/neighbourhood.hpp"
#include "explore/scopes.hpp"
#include "explore/shrink.hpp"
#include "landscapes/family.hpp"
#include "statements/statement_data.hpp"

namespace rankscape {

namespace {

struct Finding {
  bool violating = false;
  bool alone = false;
  bool undecided_hypotheses = false;
  std::vector<bool> failing;  // each hypothesis of the original
  std::vector<DropReport::Line> lines;
  std::optional<Counterexample> counterexample;
};

class Exploration {
 public:
  Exploration(const Statement& statement, const std::string& hypothesis, const ExploreOptions& options)
      : statement_(statement),
        reduced_(statement.without_hypothesis(hypothesis)),
        hypotheses_(statements::hypotheses_of(statement)),
        options_(options),
        landscape_(explore::landscape_of(statement, options)) {
    report_.hypothesis = hypothesis;
    for (const Hypothesis& one : statement.hypotheses())
      report_.also_failing.emplace_back(one.name, 0);
  }

  DropReport run() {
    const auto groups = explore::case_groups(landscape_, explore::scopes_around(statement_, options_), options_.seed,
                                             [&] { return explore::lone_violations(statement_, options_); });
    for (const auto& group : groups)
      report_.cases += group.recipes.size();
    options_.begin(report_.cases);
    for (const auto& group : groups) {
      explore::in_order(
          group.recipes.size(), options_.jobs, [&](std::size_t k) { return examine_case(*group.recipes[k]); },
          [&](std::size_t, Finding& finding) {
            add(finding);
            options_.case_finished();
          });
    }
    std::erase_if(report_.also_failing,
                  [&](const auto& entry) { return entry.first == report_.hypothesis || entry.second == 0; });
    if (report_.counterexample) {
      report_.counterexample = explore::simplified(landscape_, reduced_, std::move(*report_.counterexample));
    }
    return std::move(report_);
  }

 private:
  [[nodiscard]] Finding examine_case(const Recipe& recipe) const {
    Finding finding;
    const ExamineOptions plain{.form_hessian = false, .eigenvalues = false};
    std::optional<Examined> proved;  // the features of floats are not those of the point beside them
    if (is_approximate(recipe)) proved.emplace(landscape_, recipe, options_.seed, plain);
    Point point = recipe.build(options_.seed);
    {
      const Judgement judgement =
          proved ? proved->judge(hypotheses_, 0) : hypotheses_.judge(*landscape_.instance(point), VerdictSet::all());
      std::size_t failing = 0;
      for (const auto& [name, holds] : judgement.hypotheses) {
        finding.failing.push_back(holds == Truth::no);
        failing += holds == Truth::no ? 1 : 0;
        if (name == report_.hypothesis) finding.violating = holds == Truth::no;
        finding.undecided_hypotheses = finding.undecided_hypotheses || holds == Truth::unknown;
      }
      finding.alone = finding.violating && failing == 1 && !finding.undecided_hypotheses;
    }
    if (!finding.alone) return finding;
    if (!proved) proved.emplace(landscape_, std::move(point), plain);
    Examined& at = *proved;
    for (std::size_t reading = 0; reading < at.readings(); ++reading) {
      const Judgement judgement = at.judge(reduced_, reading);
      DropReport::Line line;
      line.matched = names_of(reduced_, judgement.matched);
      line.predicted = predictions_of(reduced_, judgement.matched);
      line.found = at.evidence().verdict;
      line.agrees = judgement.overall;
      for (const auto& [name, holds] : judgement.claims) {
        if (holds == Truth::no) line.false_claims.push_back(name);
      }
      line.points = 1;
      line.first = recipe.key() + (at.choice(reading).empty() ? "" : ", read with " + at.choice(reading));
      finding.lines.push_back(std::move(line));
    }
    finding.counterexample = at.refutation(reduced_, recipe.key());
    return finding;
  }

  void add(Finding& finding) {
    report_.undecided_hypotheses += finding.undecided_hypotheses ? 1 : 0;
    if (!finding.violating) return;
    ++report_.violating;
    for (std::size_t k = 0; k < finding.failing.size(); ++k)
      report_.also_failing[k].second += finding.failing[k] ? 1 : 0;
    if (!finding.alone) return;
    ++report_.alone;
    Truth agrees = Truth::yes;
    for (DropReport::Line& line : finding.lines) {
      agrees = agrees && line.agrees;
      const auto same = std::find_if(report_.lines.begin(), report_.lines.end(), [&](const DropReport::Line& other) {
        return other.matched == line.matched && other.found == line.found && other.agrees == line.agrees &&
               other.false_claims == line.false_claims;
      });
      if (same == report_.lines.end()) {
        report_.lines.push_back(std::move(line));
      } else {
        ++same->points;
      }
    }
    ++(agrees == Truth::no ? report_.refuted : agrees == Truth::yes ? report_.agree : report_.undecided);
    auto& best = report_.counterexample;
    if (finding.counterexample && (!best || finding.counterexample->size < best->size)) {
      best = std::move(finding.counterexample);
    }
  }

  const Statement& statement_;
  Statement reduced_;
  Statement hypotheses_;
  const ExploreOptions& options_;
  const Landscape& landscape_;
  DropReport report_;
};

}  // namespace

DropReport explore_without(const Statement& statement, const std::string& hypothesis, const ExploreOptions& options) {
  return Exploration(statement, hypothesis, options).run();
}

}  // namespace rankscape
