// Guided search: a corpus of shapes that showed something new, varied by small steps, in batches that are examined in
// parallel and judged in order.
#include <rankscape/explore/search.hpp>

#include <algorithm>
#include <map>
#include <rankscape/error.hpp>
#include <rankscape/exact/deadline.hpp>
#include <set>

#include "check/nearby_point.hpp"
#include "exact/random.hpp"
#include "explore/case_groups.hpp"
#include "explore/numeric_points.hpp"
#include "explore/scopes.hpp"
#include "explore/shrink.hpp"
#include "landscapes/family.hpp"

namespace rankscape {

namespace {

using Clock = DeadlineScope::Clock;

constexpr std::size_t batch = 64;
constexpr std::uint64_t most_cases_of_shape = 3000;

// One try, chosen before the batch runs.
struct Try {
  std::shared_ptr<const std::vector<std::unique_ptr<const Recipe>>> recipes;
  std::size_t recipe = 0;
  std::uint64_t seed = 0;
  std::string kind;  // of data, for statistics
  bool numeric = false;
};

struct Outcome {
  bool finished = false;
  bool inside = false;
  bool undecided = false;
  bool recognized = false;  // a critical point, at numeric tries
  std::string signature;
  std::optional<Counterexample> counterexample;
};

class Search {
 public:
  Search(const Statement& statement, const ExploreOptions& options, const SearchOptions& search)
      : statement_(statement),
        options_(options),
        search_(search),
        landscape_(explore::landscape_of(statement, options)),
        random_(options.seed, "search " + statement.id()) {
    corpus_ = explore::scope_of(statement, options).shapes;
    if (corpus_.empty()) throw InputError(statement.filename() + ": the scope names no shapes to start from; give one");
    if (search.time_limit) limit_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(*search.time_limit);
  }

  SearchReport run() {
    options_.begin(search_.tries);
    while (report_.tries < search_.tries && !report_.first && !report_.out_of_time)
      run_batch();
    report_.shapes = shapes_.size();
    report_.novelties = signatures_.size();
    if (report_.first) {
      report_.smallest = explore::shrunk(landscape_, statement_, shape_of_first_, *report_.first, options_);
    }
    return std::move(report_);
  }

 private:
  void run_batch() {
    std::vector<Try> tries;
    const std::uint64_t left = search_.tries - report_.tries;
    while (tries.size() < std::min<std::uint64_t>(batch, left))
      tries.push_back(next_try());
    explore::in_order(
        tries.size(), options_.jobs, [&](std::size_t k) { return examine_try(tries[k]); },
        [&](std::size_t k, Outcome& outcome) {
          if (!report_.first) take(tries[k], outcome);
        });
  }

  void take(const Try& one, Outcome& outcome) {
    if (!outcome.finished) {
      report_.out_of_time = true;
      return;
    }
    const Shape& shape = (*one.recipes)[one.recipe]->shape();
    ++report_.tries;
    options_.case_finished();
    shapes_.insert(shape);
    report_.numeric += one.numeric ? 1 : 0;
    report_.recognized += outcome.recognized ? 1 : 0;
    if (one.numeric && !outcome.recognized) return;
    report_.inside += outcome.inside ? 1 : 0;
    report_.undecided += outcome.undecided ? 1 : 0;
    auto& [tried, inside] = kinds_[one.kind];
    ++tried;
    inside += outcome.inside ? 1 : 0;
    if (signatures_.insert(outcome.signature).second) corpus_.push_back(shape);
    if (outcome.counterexample) {
      report_.first = std::move(outcome.counterexample);
      shape_of_first_ = shape;
    }
  }

  [[nodiscard]] Outcome examine_try(const Try& one) const {
    const Recipe& recipe = *(*one.recipes)[one.recipe];
    Outcome outcome;
    try {
      const DeadlineScope scope(limit_);
      check_deadline();
      std::string key = recipe.key() + ", seed " + std::to_string(one.seed);
      std::optional<Examined> at;
      const ExamineOptions plain{.form_hessian = false, .eigenvalues = false};
      if (one.numeric) {
        Point point = recipe.build(one.seed);
        Random random(one.seed, recipe.key() + " numeric");
        std::optional<Point> found;
        try {
          found = explore::recognized_critical_point(landscape_, std::move(point), random);
        } catch (const InputError&) {  // it has left the landscape's domain
        } catch (const Undefined&) {   // it has come to a pole of the loss
        }
        outcome.finished = true;
        outcome.recognized = found.has_value();
        if (!found) return outcome;
        at.emplace(landscape_, std::move(*found), plain);
        key = "found numerically on the data of " + key;
      } else {
        at.emplace(landscape_, recipe, one.seed, plain);
      }
      if (at->evidence().verdict == Verdict::undecided && is_approximate(recipe)) {
        outcome.finished = outcome.undecided = true;
        outcome.signature = "nothing proved near the floats";
        return outcome;
      }
      for (std::size_t reading = 0; reading < at->readings(); ++reading) {
        const Judgement judgement = at->judge(statement_, reading);
        outcome.inside = outcome.inside || judgement.inside == Truth::yes;
        outcome.undecided =
            outcome.undecided || (judgement.inside == Truth::yes && judgement.overall == Truth::unknown);
        outcome.signature += judgement.inside == Truth::yes ? "inside" : "outside";
        for (const std::size_t k : judgement.matched)
          outcome.signature += " " + std::to_string(k);
      }
      outcome.signature += " " + std::string(to_string(at->evidence().verdict));
      for (const NamedCell& label : labels_of(at->instance(), at->evidence()))
        outcome.signature += " " + to_string(label.cell);
      outcome.counterexample = at->refutation(statement_, key);
      outcome.finished = true;
    } catch (const DeadlineExceeded&) {  // answered by `finished`
    }
    return outcome;
  }

  // A shape of the corpus, half of the time changed by up to three small steps.
  Shape next_shape() {
    Shape shape = corpus_[static_cast<std::size_t>(random_.integer(0, static_cast<long>(corpus_.size()) - 1))];
    for (long steps = std::max(0L, random_.integer(-3, 3)); steps > 0; --steps) {
      if (shape.flat()) {
        std::vector<long> numbers = shape.numbers();
        step(numbers);
        shape = Shape(numbers);
        continue;
      }
      std::vector<Shape::Item> items = shape.items();
      Shape::Item& item = items[static_cast<std::size_t>(random_.integer(0, static_cast<long>(items.size()) - 1))];
      if (auto* number = std::get_if<long>(&item)) {
        *number = std::max(0L, *number + (random_.integer(0, 1) == 0 ? -1 : 1));
      } else {
        step(std::get<std::vector<long>>(item));
      }
      shape = Shape(std::move(items));
    }
    return shape;
  }

  // One number larger or smaller, or one more or less.
  void step(std::vector<long>& numbers) {
    if (numbers.empty()) return;
    const auto at = static_cast<std::size_t>(random_.integer(0, static_cast<long>(numbers.size()) - 1));
    const auto place = numbers.begin() + static_cast<std::ptrdiff_t>(at);
    switch (random_.integer(0, 3)) {
      case 0:
        ++*place;
        break;
      case 1:
        if (*place > 1) --*place;
        break;
      case 2: {
        const long again = *place;
        numbers.insert(place, again);
        break;
      }
      default:
        if (numbers.size() > 1) numbers.erase(place);
        break;
    }
  }

  // Scopes at the shape, one for each kind of data that may lie inside the hypotheses; empty where there are none.
  std::vector<Scope> scopes_at(const Shape& shape) const {
    std::vector<Scope> scopes;
    const auto add = [&](Scope scope) {
      scope.shapes = {shape};
      scope.samples = 1;
      try {
        if (landscape_.count_cases(scope) <= most_cases_of_shape) scopes.push_back(std::move(scope));
      } catch (
          const InputError&) {  // NOTE: this is how a model says that it has no such shape; the next try has another
      }
    };
    add(explore::scope_of(statement_, options_));
    std::vector<Scope> excursions;
    try {
      excursions = landscape_.excursions({shape});
    } catch (const InputError&) {  // as above
    }
    for (const Scope& excursion : excursions) {
      for (const std::string& kind : excursion.data) {
        const auto known = kinds_.find(kind);
        const bool hopeless = known != kinds_.end() && known->second.first >= 8 && known->second.second == 0;
        if (hopeless) continue;
        Scope one = excursion;
        one.data = {kind};
        add(std::move(one));
      }
    }
    return scopes;
  }

  Try next_try() {
    for (int attempt = 0; attempt < 1000; ++attempt) {
      const std::vector<Scope> scopes = scopes_at(next_shape());
      if (scopes.empty()) continue;
      // half of the time as the statement says, which is the first
      const long last = static_cast<long>(scopes.size()) - 1;
      const Scope& scope = scopes[static_cast<std::size_t>(std::max(0L, random_.integer(-last, last)))];
      const std::string kind = scope.data.empty() ? std::string() : scope.data.front();
      auto& recipes = recipes_[{scope.shapes.front(), kind}];
      if (!recipes) {
        recipes = std::make_shared<const std::vector<std::unique_ptr<const Recipe>>>(landscape_.cases(scope));
        if (!recipes->empty() && parameters_of(*recipes->front()) > search_.most_parameters) {
          recipes = std::make_shared<const std::vector<std::unique_ptr<const Recipe>>>();
        }
      }
      if (recipes->empty()) continue;
      const auto recipe = static_cast<std::size_t>(random_.integer(0, static_cast<long>(recipes->size()) - 1));
      const bool numeric = random_.integer(0, 3) == 0 && parameters_of(*recipes->front()) <= search_.most_numeric;
      return {recipes, recipe, random_.bits() >> 32U, kind, numeric};
    }
    throw InputError(statement_.filename() + ": no shape near those of the scope has at most " +
                     std::to_string(search_.most_parameters) + " parameters");
  }

  [[nodiscard]] Index parameters_of(const Recipe& recipe) const {
    return rankscape::parameters_of(recipe.build(options_.seed).weights);
  }

  const Statement& statement_;
  const ExploreOptions& options_;
  const SearchOptions& search_;
  const Landscape& landscape_;
  Random random_;
  Clock::time_point limit_ = Clock::time_point::max();
  std::vector<Shape> corpus_;
  std::map<std::pair<Shape, std::string>, std::shared_ptr<const std::vector<std::unique_ptr<const Recipe>>>> recipes_;
  std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> kinds_;  // tried, inside
  std::set<std::string> signatures_;
  std::set<Shape> shapes_;
  Shape shape_of_first_;
  SearchReport report_;
};

}  // namespace

SearchReport explore_variations(const Statement& statement, const ExploreOptions& options,
                                const SearchOptions& search) {
  return Search(statement, options, search).run();
}

}  // namespace rankscape
