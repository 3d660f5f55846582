// A hypothesis that no examined point violates alone is not tested: dropping it would look like no change. Kinds of
// data off the hypotheses are the landscape's excursions; hypotheses on the shape (H >= 3, d(1) <= dx) are violated one
// step away.
#include "explore/neighbourhood.hpp"

#include <algorithm>
#include <numeric>
#include <rankscape/error.hpp>
#include <set>

#include "explore/scopes.hpp"
#include "landscapes/neighbours.hpp"
#include "statements/statement_data.hpp"

namespace rankscape::explore {

namespace {

class Neighbourhood {
 public:
  Neighbourhood(const Statement& statement, const ExploreOptions& options)
      : hypotheses_(statements::hypotheses_of(statement)),
        own_(scope_of(statement, options)),
        landscape_(landscape_of(statement, options)),
        seed_(options.seed),
        kept_(statement.hypotheses().size(), 0) {}

  std::vector<std::unique_ptr<const Recipe>> run() {
    if (kept_.empty()) return {};
    for (const Shape& shape : shapes()) {
      Scope scope = own_;
      scope.shapes = {shape};
      scope.samples = 1;
      look(scope);
    }
    return std::move(found_);
  }

 private:
  // The smallest first.
  [[nodiscard]] std::vector<Shape> shapes() const {
    const std::set<Shape> own(own_.shapes.begin(), own_.shapes.end());
    std::set<Shape> known = own;
    std::vector<Shape> result;
    for (const Shape& shape : own_.shapes) {
      for (Shape& near : neighbours(shape)) {
        if (known.insert(near).second) result.push_back(std::move(near));
      }
    }
    const auto size = [](const Shape& shape) {
      const std::vector<long> numbers = shape.numbers();
      return std::accumulate(numbers.begin(), numbers.end(), 0L);
    };
    std::stable_sort(result.begin(), result.end(), [&](const Shape& a, const Shape& b) { return size(a) < size(b); });
    return result;
  }

  void look(const Scope& scope) {
    std::vector<std::unique_ptr<const Recipe>> recipes;
    try {
      const bool done = std::all_of(kept_.begin(), kept_.end(), [](std::size_t k) { return k >= neighbours_kept; });
      if (done || tried_ >= neighbours_tried || landscape_.count_cases(scope) > most_cases_of_neighbour) return;
      recipes = landscape_.cases(scope);
    } catch (const InputError&) {  // NOTE: this is how a landscape says that it has no such shape, or not these data
      return;
    }
    for (auto& recipe : recipes) {
      if (tried_ >= neighbours_tried) return;
      ++tried_;
      const auto violated = alone(*recipe);
      if (!violated || kept_[*violated] >= neighbours_kept) continue;
      ++kept_[*violated];
      found_.push_back(std::move(recipe));
    }
  }

  // Which hypothesis the point violates, if just one.
  [[nodiscard]] std::optional<std::size_t> alone(const Recipe& recipe) const {
    const auto instance = landscape_.instance(recipe.build(seed_));
    const Judgement judgement = hypotheses_.judge(*instance, VerdictSet::all());
    std::optional<std::size_t> violated;
    for (std::size_t k = 0; k < judgement.hypotheses.size(); ++k) {
      const Truth holds = judgement.hypotheses[k].second;
      if (holds == Truth::yes) continue;
      if (holds == Truth::unknown || violated) return std::nullopt;
      violated = k;
    }
    return violated;
  }

  Statement hypotheses_;
  Scope own_;
  const Landscape& landscape_;
  std::uint64_t seed_;
  std::vector<std::size_t> kept_;  // by hypothesis
  std::size_t tried_ = 0;
  std::vector<std::unique_ptr<const Recipe>> found_;
};

}  // namespace

std::vector<std::unique_ptr<const Recipe>> lone_violations(const Statement& statement, const ExploreOptions& options) {
  return Neighbourhood(statement, options).run();
}

}  // namespace rankscape::explore
