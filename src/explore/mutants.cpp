// All mutants against all cases. Cases come in the order of their number of parameters, so that a mutant needs to be
// judged only until the group of its first counterexample is through.
#include <rankscape/explore/mutants.hpp>
#include <rankscape/explore/search.hpp>

#include <algorithm>
#include <optional>
#include <rankscape/error.hpp>

#include "explore/case_groups.hpp"
#include "explore/comparison.hpp"
#include "explore/neighbourhood.hpp"
#include "explore/scopes.hpp"

namespace rankscape {

namespace {

using explore::CaseGroup;
using explore::Comparison;
using explore::Says;

// What one case shows of one mutant.
struct MutantFinding {
  bool refuted = false;
  bool undecided = false;
  bool inside = false;
  bool wider = false;  // inside the mutant's hypotheses, outside of the statement's
  Comparison comparison;
  std::uint64_t matched = 0;  // cases of the mutant that apply, as bits
  std::string reason;         // why undecided
};

struct CaseFindings {
  PointSize size;
  std::string place;  // of the case, with its reading where it has several
  bool original_refuted = false;
  std::vector<MutantFinding> mutants;
};

// What all cases show of one mutant.
struct Record {
  struct Best {
    PointSize size;
    std::size_t group = 0;
    std::size_t recipe = 0;
  };
  std::optional<Best> best;
  std::uint64_t more = 0;
  std::uint64_t less = 0;
  std::uint64_t inside = 0;
  std::uint64_t wider = 0;
  std::uint64_t undecided = 0;
  std::string first_more;
  std::string first_less;
  std::string first_undecided;
  std::uint64_t matched = 0;

  void add(const CaseFindings& at, const MutantFinding& finding, std::size_t group, std::size_t recipe) {
    if (finding.refuted && (!best || at.size < best->size)) best = {at.size, group, recipe};
    inside += finding.inside ? 1 : 0;
    wider += finding.wider ? 1 : 0;
    matched |= finding.matched;
    if (finding.undecided && undecided++ == 0) first_undecided = at.place + ": " + finding.reason;
    if (finding.comparison.more && more++ == 0) first_more = at.place;
    if (finding.comparison.less && less++ == 0) first_less = at.place;
  }
};

MutantFinding find(const Statement& mutant, const Judgement& judgement, const Says& original) {
  MutantFinding finding;
  finding.inside = judgement.inside == Truth::yes;
  finding.wider = finding.inside && original.inside == Truth::no;
  finding.refuted = finding.inside && judgement.overall == Truth::no;
  const Says says = explore::says(mutant, judgement);
  finding.comparison = explore::compare(original, says);
  finding.undecided = !finding.refuted && says.unclear;
  if (finding.undecided) finding.reason = judgement.reasons.empty() ? "no proof either way" : judgement.reasons.front();
  if (finding.inside) {
    for (const std::size_t k : judgement.matched)
      finding.matched |= std::uint64_t{1} << std::min<std::size_t>(k, 63);
  }
  return finding;
}

void merge(MutantFinding& into, MutantFinding&& from) {
  into.refuted = into.refuted || from.refuted;
  if (from.undecided && !into.undecided) into.reason = std::move(from.reason);
  into.undecided = into.undecided || from.undecided;
  into.inside = into.inside || from.inside;
  into.wider = into.wider || from.wider;
  into.comparison.more = into.comparison.more || from.comparison.more;
  into.comparison.less = into.comparison.less || from.comparison.less;
  into.matched |= from.matched;
}

class MutantExploration {
 public:
  MutantExploration(const Statement& statement, const ExploreOptions& options)
      : statement_(&statement),
        options_(&options),
        landscape_(&explore::landscape_of(statement, options)),
        mutations_(mutations(statement)),
        records_(mutations_.size()),
        groups_(explore::case_groups(*landscape_, explore::scopes_around(statement, options), options.seed,
                                     [&] { return explore::lone_violations(statement, options); })) {}

  MutationReport run() {
    MutationReport report;
    for (const CaseGroup& group : groups_)
      report.cases += group.recipes.size();
    options_->begin(report.cases);
    for (std::size_t g = 0; g < groups_.size(); ++g)
      explore_group(g);
    if (original_.best) report.refuted = counterexample(*statement_, original_);
    for (std::size_t k = 0; k < mutations_.size(); ++k)
      report.mutants.push_back(conclude(k));
    return report;
  }

 private:
  void explore_group(std::size_t g) {
    const CaseGroup& group = groups_[g];
    std::vector<std::size_t> active;
    for (std::size_t k = 0; k < mutations_.size(); ++k) {
      if (!records_[k].best || records_[k].best->size.parameters >= group.parameters) active.push_back(k);
    }
    if (active.empty()) return;
    explore::in_order(
        group.recipes.size(), options_->jobs, [&](std::size_t k) { return examine_case(*group.recipes[k], active); },
        [&](std::size_t k, CaseFindings& findings) {
          MutantFinding original;
          original.refuted = findings.original_refuted;
          original_.add(findings, original, g, k);
          for (std::size_t a = 0; a < active.size(); ++a)
            records_[active[a]].add(findings, findings.mutants[a], g, k);
          options_->case_finished();
        });
  }

  [[nodiscard]] CaseFindings examine_case(const Recipe& recipe, const std::vector<std::size_t>& active) const {
    Examined at(*landscape_, recipe, options_->seed, {.form_hessian = false, .eigenvalues = false});
    CaseFindings findings;
    findings.size = at.size();
    findings.place = recipe.key();
    findings.mutants.resize(active.size());
    for (std::size_t reading = 0; reading < at.readings(); ++reading) {
      const Judgement judgement = at.judge(*statement_, reading);
      findings.original_refuted =
          findings.original_refuted || (judgement.inside == Truth::yes && judgement.overall == Truth::no);
      const Says original = explore::says(*statement_, judgement);
      for (std::size_t a = 0; a < active.size(); ++a) {
        const Statement& mutant = mutations_[active[a]].mutant;
        merge(findings.mutants[a], find(mutant, at.judge(mutant, reading), original));
      }
    }
    return findings;
  }

  [[nodiscard]] Counterexample counterexample(const Statement& refuted, const Record& record) const {
    const Recipe& recipe = *groups_[record.best->group].recipes[record.best->recipe];
    Examined at(*landscape_, recipe, options_->seed, {.form_hessian = false, .eigenvalues = false});
    auto found = at.refutation(refuted, recipe.key());
    if (!found) throw InternalDisagreement(recipe.key() + ": a counterexample, examined again, is none");
    return std::move(*found);
  }

  [[nodiscard]] MutantReport conclude(std::size_t k) const {
    const Record& record = records_[k];
    MutantReport report{mutations_[k], Fate::undecided, {}, {}, {}};
    if (record.best) {
      report.fate = Fate::killed;
      report.counterexample = counterexample(mutations_[k].mutant, record);
    } else if (record.undecided > 0) {
      report.analysis = "undecided at " + std::to_string(record.undecided) + " cases, first " + record.first_undecided;
    } else if (record.more > 0) {
      report.fate = record.less > 0 ? Fate::different : Fate::stronger;
      report.analysis = "also right at " + std::to_string(record.more) +
                        " cases of which the statement says less, first " + record.first_more;
      if (record.less > 0) {
        report.analysis += "; says less at " + std::to_string(record.less) + ", first " + record.first_less;
      }
    } else if (record.less > 0) {
      report.fate = Fate::weaker;
      report.analysis = record.inside == 0 ? "its hypotheses hold at no case: it says nothing"
                                           : "a consequence as far as the cases go: says less at " +
                                                 std::to_string(record.less) + " of them, first " + record.first_less;
    } else if (record.wider == 0 && weakens_hypotheses(mutations_[k])) {
      report.fate = Fate::untested;
      report.analysis = "no point examined violates what is dropped and nothing else";
    } else {
      report.fate = Fate::equivalent;
      report.analysis = "says the same at every case";
    }
    if (report.fate != Fate::killed && record.inside > 0) add_unreached(mutations_[k].mutant, record, report.analysis);
    return report;
  }

  // Does the edit take something away from the hypotheses? Then only points that violate just that can tell.
  static bool weakens_hypotheses(const Mutation& mutation) {
    const bool drops = mutation.op == MutationOperator::hypothesis || mutation.op == MutationOperator::dropped;
    return drops && mutation.where.starts_with("hypothesis ");
  }

  // Cases of the mutant that no point reached: what the scope would have to show.
  static void add_unreached(const Statement& mutant, const Record& record, std::string& analysis) {
    for (std::size_t c = 0; c < std::min<std::size_t>(mutant.cases().size(), 63); ++c) {
      if ((record.matched >> c & 1U) == 0)
        analysis += "; no case reaches '" + mutant.cases()[c].name + "' (" + mutant.cases()[c].when_text() + ")";
    }
  }

  const Statement* statement_;
  const ExploreOptions* options_;
  const Landscape* landscape_;
  std::vector<Mutation> mutations_;
  std::vector<Record> records_;
  Record original_;
  std::vector<CaseGroup> groups_;
};

}  // namespace

std::string_view to_string(Fate fate) {
  switch (fate) {
    case Fate::killed:
      return "killed";
    case Fate::equivalent:
      return "equivalent";
    case Fate::weaker:
      return "weaker";
    case Fate::stronger:
      return "stronger";
    case Fate::different:
      return "different";
    case Fate::untested:
      return "untested";
    case Fate::undecided:
      return "undecided";
  }
  return {};
}

std::size_t MutationReport::count(Fate fate) const {
  return static_cast<std::size_t>(
      std::count_if(mutants.begin(), mutants.end(), [&](const MutantReport& mutant) { return mutant.fate == fate; }));
}

MutationReport explore_mutants(const Statement& statement, const ExploreOptions& options, std::uint64_t tries_beyond) {
  MutationReport report = MutantExploration(statement, options).run();
  if (tries_beyond == 0) return report;
  SearchOptions search;
  search.tries = tries_beyond;
  ExploreOptions quiet = options;
  quiet.begin = [](std::uint64_t) {};
  quiet.case_finished = [] {};
  for (MutantReport& mutant : report.mutants) {
    if (mutant.fate == Fate::killed || mutant.fate == Fate::weaker) continue;
    mutant.counterexample = explore_variations(mutant.mutation.mutant, quiet, search).smallest;
    if (!mutant.counterexample) continue;
    mutant.beyond = mutant.fate;
    mutant.fate = Fate::killed;
    mutant.analysis =
        "beyond the cases explored, on which it is " + std::string(to_string(*mutant.beyond)) + ": " + mutant.analysis;
  }
  return report;
}

}  // namespace rankscape
