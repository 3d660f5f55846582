// The statement on the whole critical set of an instance, component by component.
#include <rankscape/explore/everywhere.hpp>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <rankscape/exact/deadline.hpp>

#include "explore/case_groups.hpp"
#include "explore/point_free.hpp"
#include "explore/scopes.hpp"
#include "solve/solution.hpp"
#include "symmetry/loss.hpp"

namespace rankscape {

namespace {

using critical_set::Component;
using critical_set::Reality;
using critical_set::Sample;

constexpr std::uint64_t most_cases_of_solved_shape = 3000;
constexpr std::size_t most_judged_cases = 60;  // points of cases that are judged for an instance

// Data, a case that has them, and the points of all cases that do.
struct DataOfCases {
  std::string key;
  std::vector<Point> points;
};

struct Solved {
  SolvedInstance instance;
  std::optional<Counterexample> counterexample;
};

class Everywhere {
 public:
  Everywhere(const Statement& statement, const ExploreOptions& options, const EverywhereOptions& everywhere)
      : statement_(statement),
        options_(options),
        everywhere_(everywhere),
        landscape_(explore::landscape_of(statement, options)) {}

  EverywhereReport run() {
    std::vector<DataOfCases> all;
    const Scope scope = explore::scope_of(statement_, options_);
    for (const Shape& shape : scope.shapes) {
      Scope one = scope;
      one.shapes = {shape};
      collect(one, all);
    }
    options_.begin(all.size());
    explore::in_order(
        all.size(), options_.jobs, [&](std::size_t k) { return solved(all[k]); },
        [&](std::size_t, Solved& outcome) {
          report_.instances.push_back(std::move(outcome.instance));
          auto& best = report_.counterexample;
          if (outcome.counterexample && (!best || outcome.counterexample->size < best->size))
            best = std::move(outcome.counterexample);
          options_.case_finished();
        });
    return std::move(report_);
  }

 private:
  void collect(const Scope& scope, std::vector<DataOfCases>& all) {
    if (landscape_.count_cases(scope) > most_cases_of_solved_shape) {
      report_.left_out.push_back(scope.shapes.front());
      return;
    }
    std::map<std::string, DataOfCases> by_data;
    for (const auto& recipe : landscape_.cases(scope)) {
      Point point = recipe->build(options_.seed);
      if (parameters_of(point.weights) > everywhere_.most_parameters) {
        report_.left_out.push_back(scope.shapes.front());
        return;
      }
      DataOfCases& here = by_data[landscape_.to_json(point).value("data", Json()).dump()];
      if (here.points.empty()) here.key = recipe->key();
      here.points.push_back(std::move(point));
    }
    std::vector<std::pair<PointSize, DataOfCases>> sorted;
    sorted.reserve(by_data.size());
    for (auto& [text, here] : by_data) {
      Point data = here.points.front();
      data.weights.clear();
      sorted.emplace_back(size_of(data), std::move(here));
    }
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (std::size_t k = 0; k < std::min(sorted.size(), everywhere_.instances); ++k)
      all.push_back(std::move(sorted[k].second));
  }

  [[nodiscard]] Solved solved(const DataOfCases& here) const {
    Solved outcome;
    SolvedInstance& result = outcome.instance;
    const auto instance = landscape_.instance(here.points.front());
    result.shape = instance->shape();
    result.parameters = instance->parameters();
    result.key = here.key;
    critical_set::SolveOptions solve_options;
    solve_options.rank_drops = false;
    solve_options.limits.seconds = everywhere_.time_limit;
    critical_set::Solution solution;
    try {
      solution = critical_set::solve(*instance, solve_options);
    } catch (const critical_set::NoProposal& reason) {
      result.unsolved = reason.what();
    } catch (const DeadlineExceeded& late) {
      result.unsolved = late.what();
    }
    if (!result.unsolved.empty()) return outcome;
    result.incomplete = solution.incomplete;
    const explore::PointFree point_free(*instance);
    std::size_t judged_cases = 0;
    std::vector<char> placed(here.points.size(), 0);
    for (const Component& component : solution.components) {
      Judging judging{*this, *instance, solution, component, point_free, here.key, outcome.counterexample, {}};
      for (std::size_t k = 0; k < here.points.size(); ++k) {
        if (!inside(component, here.points[k])) continue;
        placed[k] = 1;
        if (judged_cases++ < most_judged_cases) judging.judge_case(here.points[k]);
      }
      result.components.push_back(judging.run());
    }
    if (solution.complete() && std::find(placed.begin(), placed.end(), 0) != placed.end())
      throw InternalDisagreement(here.key + ": a critical point lies in none of the components that are all");
    return outcome;
  }

  static bool inside(const Component& component, const Point& point) {
    std::vector<Rational> at;
    for (const RationalMatrix& w : point.weights)
      at.insert(at.end(), w.reshaped().begin(), w.reshaped().end());
    return std::all_of(component.generators.begin(), component.generators.end(),
                       [&](const auto& generator) { return symmetry::evaluate(generator, at) == 0; });
  }

  // One component.
  struct Judging {
    const Everywhere& of;
    const Instance& instance;
    const critical_set::Solution& solution;
    const Component& component;
    const explore::PointFree& point_free;
    const std::string& key;
    std::optional<Counterexample>& counterexample;
    JudgedComponent result;

    JudgedComponent run() {
      result.dimension = component.dimension;
      result.degree = component.degree;
      if (component.reality != Reality::open)
        result.real = component.reality == Reality::points ? Truth::yes : Truth::no;
      if (component.value) result.values = real_roots(component.value->satisfies);
      Truth samples = Truth::yes;
      for (const Sample& sample : component.samples)
        samples = samples && (sample.rational.empty() ? judge_irrational(sample) : judge_rational(sample));
      decide(samples);
      return std::move(result);
    }

    void judge_case(const Point& point) {
      ++result.cases;
      static_cast<void>(judge_point(point, key));
    }

   private:
    void decided(Truth holds, const char* reason) {
      result.holds = holds;
      result.reason = reason;
    }

    void decide(Truth samples) {
      if (result.refuted > 0) return decided(Truth::no, "refuted at a point");
      if (component.reality == Reality::none) return decided(Truth::yes, "no real points");
      const bool finite = component.reality == Reality::points && component.dimension == 0;
      if (finite && samples == Truth::yes) return decided(Truth::yes, "judged at all its points");
      if (finite) return decided(Truth::unknown, "some condition is unknown at a point");
      const VerdictSet possible = explore::classes_on(solution, component);
      const Truth whole = holds_by(of.statement_.judge(point_free.on(component, possible), possible));
      if (whole == Truth::yes) return decided(Truth::yes, "by what is proved of all its points");
      if (result.real != Truth::yes) return decided(Truth::unknown, "no real point was found, and none excluded");
      if (whole == Truth::no) return decided(Truth::no, "refuted by what is proved of all its points");
      decided(Truth::unknown, "judged at samples alone");
    }

    // Does what is said there hold? Where nothing is said, it does.
    static Truth holds_by(const Judgement& judgement) {
      if (judgement.inside == Truth::unknown) return Truth::unknown;
      const bool silent = judgement.inside == Truth::no || (judgement.covered == Truth::no && judgement.claims.empty());
      return silent && judgement.overall == Truth::unknown ? Truth::yes : judgement.overall;
    }

    Truth judge_rational(const Sample& sample) {
      RationalVector x(static_cast<Index>(sample.rational.size()));
      for (Index k = 0; k < x.size(); ++k)
        x(k) = sample.rational[static_cast<std::size_t>(k)];
      Point point = instance.point();
      point.weights = symmetry::as_weights(x, instance.program());
      return judge_point(point, "a solution for the data of " + key);
    }

    Truth judge_point(const Point& point, const std::string& name) {
      ++result.points;
      Examined at(of.landscape_, point, {.form_hessian = false, .eigenvalues = false});
      Truth holds = Truth::yes;
      bool said = false;
      for (std::size_t reading = 0; reading < at.readings(); ++reading) {
        const Judgement judgement = at.judge(of.statement_, reading);
        holds = holds && holds_by(judgement);
        said = said || judgement.overall == Truth::yes;
      }
      if (auto refutation = at.refutation(of.statement_, name)) {
        ++result.refuted;
        if (!counterexample || refutation->size < counterexample->size) counterexample = std::move(refutation);
        return Truth::no;
      }
      return count(holds, said);
    }

    Truth judge_irrational(const Sample& sample) {
      ++result.points;
      const Judgement judgement = of.statement_.judge(point_free.at(sample), explore::classes_at(solution, sample));
      const Truth holds = holds_by(judgement);
      if (holds == Truth::no) ++result.refuted;
      return count(holds, judgement.overall == Truth::yes);
    }

    Truth count(Truth holds, bool said) {
      if (holds == Truth::yes) ++(said ? result.agree : result.silent);
      return holds == Truth::no ? Truth::unknown : holds;  // a refutation was counted, or holds under some reading
    }
  };

  const Statement& statement_;
  const ExploreOptions& options_;
  const EverywhereOptions& everywhere_;
  const Landscape& landscape_;
  EverywhereReport report_;
};

}  // namespace

Truth SolvedInstance::holds() const {
  Truth all = unsolved.empty() && incomplete.empty() ? Truth::yes : Truth::unknown;
  for (const JudgedComponent& component : components)
    all = all && component.holds;
  return all;
}

Truth EverywhereReport::holds() const {
  Truth all = instances.empty() ? Truth::unknown : Truth::yes;
  for (const SolvedInstance& instance : instances)
    all = all && instance.holds();
  return all;
}

EverywhereReport explore_everywhere(const Statement& statement, const ExploreOptions& options,
                                    const EverywhereOptions& everywhere) {
  return Everywhere(statement, options, everywhere).run();
}

}  // namespace rankscape
