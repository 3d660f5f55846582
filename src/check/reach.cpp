// One thing is changed at a time, the smallest change first: what the scope's own lists leave out, a kind of data, a
// neighbouring shape, then both.
#include "check/reach.hpp"

#include <algorithm>
#include <rankscape/error.hpp>
#include <rankscape/exact/deadline.hpp>
#include <set>

#include "landscapes/family.hpp"
#include "landscapes/neighbours.hpp"
#include "statements/statement_data.hpp"

namespace rankscape {

namespace {

constexpr std::uint64_t most_listed = 5000;  // cases of one scope
constexpr std::size_t looked_at = 40;        // of them
constexpr std::size_t most_shapes = 60;

class Search {
 public:
  Search(const Statement& statement, const Landscape& landscape, const Scope& scope, std::uint64_t seed)
      : conditions_(statement.claims().empty() ? statement : statements::hypotheses_of(statement)),
        landscape_(landscape),
        scope_(scope),
        seed_(seed) {}

  std::string run() {
    Scope wider = scope_;
    wider.positions.clear();
    if (!scope_.positions.empty() && reaches(wider)) return "other positions reach it: leave out `positions`";
    wider.data.clear();
    if (!scope_.data.empty() && reaches(wider)) return "other data reach it: leave out `data`";
    if (std::string found = at(scope_.shapes); !found.empty()) return found;
    std::vector<Shape> near = neighbouring();
    for (const Shape& shape : near) {
      if (reaches(of_shape(shape))) return asking_for(shape) + " reaches it";
    }
    for (const Shape& shape : near) {
      if (std::string found = at({shape}); !found.empty()) return found + " at " + asking_for(shape);
    }
    return "no point of " + std::to_string(tried_) +
           " others (every kind of data, neighbouring shapes) reaches it; `rankscape explore " +
           conditions_.filename() + " --vary` searches on";
  }

 private:
  [[nodiscard]] std::string asking_for(const Shape& shape) const {
    return "--" + landscape_.shape_key() + " " + shape.to_text();
  }
  static Scope of_shape(const Shape& shape) {
    Scope scope;
    scope.shapes = {shape};
    return scope;
  }

  // Kinds of data, one after the other.
  std::string at(const std::vector<Shape>& shapes) {
    std::vector<std::string> kinds = landscape_.families();
    for (const std::string& kind : landscape_.kinds())
      kinds.push_back(kind);
    try {
      for (const Scope& excursion : landscape_.excursions(shapes))
        kinds.insert(kinds.end(), excursion.data.begin(), excursion.data.end());
    } catch (const InputError&) {  // NOTE: this is how a landscape says that it has no such shape
    }
    std::set<std::string> known;
    for (const std::string& kind : kinds) {
      if (!known.insert(kind).second) continue;
      Scope scope;
      scope.shapes = shapes;
      scope.data = {kind};
      if (reaches(scope)) return "data = [\"" + kind + "\"] reaches it";
    }
    return {};
  }

  // Shapes one and two steps away from those of the scope.
  [[nodiscard]] std::vector<Shape> neighbouring() const {
    std::vector<Shape> all = scope_.shapes;
    std::set<Shape> known(all.begin(), all.end());
    const std::size_t own = all.size();
    for (std::size_t k = 0; k < all.size() && all.size() < own + most_shapes; ++k) {
      for (Shape& shape : neighbours(all[k])) {
        if (known.insert(shape).second) all.push_back(std::move(shape));
      }
    }
    all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(own));
    return all;
  }

  bool reaches(const Scope& scope) {
    std::vector<std::unique_ptr<const Recipe>> recipes;
    try {
      if (tried_ >= most_tried || landscape_.count_cases(scope) > most_listed) return false;
      recipes = landscape_.cases(scope);
    } catch (const InputError&) {  // NOTE: as above, and for data that the shape does not admit
      return false;
    }
    const std::size_t step = recipes.size() / looked_at + 1;  // from all over the list
    for (std::size_t k = 0; k < recipes.size() && tried_ < most_tried; k += step) {
      check_deadline();
      ++tried_;
      if (is_approximate(*recipes[k])) continue;
      const auto instance = landscape_.instance(recipes[k]->build(seed_));
      const Judgement judgement = conditions_.judge(*instance, VerdictSet::all());
      if (judgement.inside == Truth::yes && judgement.covered == Truth::yes) return true;
    }
    return false;
  }

  Statement conditions_;  // the statement as far as it says where it says something
  const Landscape& landscape_;
  const Scope& scope_;
  std::uint64_t seed_;
  std::size_t tried_ = 0;
};

}  // namespace

std::string what_reaches(const Statement& statement, const Landscape& landscape, const Scope& scope,
                         std::uint64_t seed) {
  return Search(statement, landscape, scope, seed).run();
}

}  // namespace rankscape
