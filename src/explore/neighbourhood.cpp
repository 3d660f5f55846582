// A hypothesis that no examined point violates alone is not tested: dropping it would look like no change. Kinds of
// data off the hypotheses are the landscape's excursions; hypotheses on the shape (H >= 3, d(1) <= dx) are violated one
// step away; and for those on the data that neither shows violated, all kinds of data that there are.
#include "explore/neighbourhood.hpp"

#include <algorithm>
#include <numeric>
#include <rankscape/error.hpp>
#include <set>

#include "explore/scopes.hpp"
#include "landscapes/family.hpp"
#include "landscapes/neighbours.hpp"
#include "statements/statement_data.hpp"

namespace rankscape::explore {

namespace {

class Neighbourhood {
 public:
  Neighbourhood(const Statement& statement, const ExploreOptions& options)
      : hypotheses_(statements::hypotheses_of(statement)),
        own_(scope_of(statement, options)),
        around_(scopes_around(statement, options)),
        landscape_(landscape_of(statement, options)),
        seed_(options.seed),
        kept_(statement.hypotheses().size(), 0) {}

  std::vector<std::unique_ptr<const Recipe>> run() {
    if (kept_.empty()) return {};
    const std::vector<Shape> near = neighbouring();
    for (const Shape& shape : near) {
      Scope scope = own_;
      scope.shapes = {shape};
      scope.samples = 1;
      look(scope);
    }
    look_at_other_data(near);
    return std::move(found_);
  }

 private:
  // The smallest first.
  [[nodiscard]] std::vector<Shape> neighbouring() const {
    std::set<Shape> known(own_.shapes.begin(), own_.shapes.end());
    std::vector<Shape> result;
    for (const Shape& shape : own_.shapes) {
      for (Shape& near : neighbours(shape)) {
        if (known.insert(near).second) result.push_back(std::move(near));
      }
    }
    sort_by_size(result);
    return result;
  }
  static void sort_by_size(std::vector<Shape>& shapes) {
    const auto size = [](const Shape& shape) {
      const std::vector<long> numbers = shape.numbers();
      return std::accumulate(numbers.begin(), numbers.end(), 0L);
    };
    std::stable_sort(shapes.begin(), shapes.end(), [&](const Shape& a, const Shape& b) { return size(a) < size(b); });
  }

  // For the hypotheses that nothing shows violated alone so far.
  void look_at_other_data(const std::vector<Shape>& near) {
    const auto all_shown = [&] { return std::all_of(kept_.begin(), kept_.end(), [](std::size_t k) { return k > 0; }); };
    for (const Scope& scope : around_) {
      if (all_shown()) return;
      const auto recipes = landscape_.cases(scope);
      const std::size_t step = recipes.size() / looked_at_around + 1;  // from all over the list
      for (std::size_t k = 0; k < recipes.size(); k += step) {
        if (const auto violated = alone(*recipes[k])) ++kept_[*violated];
      }
    }
    if (all_shown()) return;
    for (std::size_t& kept : kept_)
      kept = kept > 0 ? neighbours_kept : 0;
    tried_ = 0;
    std::vector<Shape> shapes = own_.shapes;
    shapes.insert(shapes.end(), near.begin(), near.end());
    sort_by_size(shapes);
    for (const Shape& shape : shapes) {
      for (const Scope& scope : all_data_at(shape))
        look(scope);
    }
  }

  // What the landscape has at a shape: by default, by its names of data, and off the usual hypotheses.
  [[nodiscard]] std::vector<Scope> all_data_at(const Shape& shape) const {
    std::vector<Scope> scopes;
    const auto add = [&](std::vector<std::string> data) {
      Scope& scope = scopes.emplace_back();
      scope.shapes = {shape};
      scope.data = std::move(data);
    };
    add({});
    std::vector<std::string> names = landscape_.families();
    for (const std::string& kind : landscape_.kinds())
      names.push_back(kind);
    for (const std::string& name : names)
      add({name});
    try {
      for (Scope& excursion : landscape_.excursions({shape}))
        scopes.push_back(std::move(excursion));
    } catch (const InputError&) {  // NOTE: this is how a landscape says that it has no such shape
    }
    for (Scope& scope : scopes)
      scope.samples = 1;
    return scopes;
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
    if (is_approximate(recipe)) return std::nullopt;  // its features cost a proof
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
  std::vector<Scope> around_;  // the others that are explored anyway
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
