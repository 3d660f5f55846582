#include "explore/shrink.hpp"

#include <algorithm>
#include <rankscape/error.hpp>
#include <set>

#include "explore/case_groups.hpp"
#include "landscapes/family.hpp"

namespace rankscape::explore {

namespace {

// Calls visit with a reference to every entry of the data and the weights of the point.
template <class Visit>
void for_each_entry(Point& point, const Visit& visit) {
  const auto matrix = [&](RationalMatrix& m) {
    for (Index k = 0; k < m.size(); ++k)
      visit(m(k % m.rows(), k / m.rows()));
  };
  for (auto& [name, datum] : point.data) {
    if (auto* number = std::get_if<Rational>(&datum)) visit(*number);
    if (auto* numbers = std::get_if<std::vector<Rational>>(&datum))
      std::for_each(numbers->begin(), numbers->end(), visit);
    if (auto* one = std::get_if<RationalMatrix>(&datum)) matrix(*one);
    if (auto* many = std::get_if<std::vector<RationalMatrix>>(&datum))
      std::for_each(many->begin(), many->end(), matrix);
  }
  for (RationalMatrix& w : point.weights)
    matrix(w);
}

// The point with its k-th entry replaced, or nothing when that would not change it.
std::optional<Point> with_entry(const Point& point, std::size_t k,
                                const std::function<Rational(const Rational&)>& map) {
  Point changed = point;
  bool different = false;
  std::size_t at = 0;
  for_each_entry(changed, [&](Rational& entry) {
    if (at++ != k) return;
    const Rational smaller = map(entry);
    different = smaller != entry;
    entry = smaller;
  });
  if (!different) return std::nullopt;
  return changed;
}

std::vector<Point> plainer_entries(const Point& point) {
  static const std::vector<std::function<Rational(const Rational&)>> maps{
      [](const Rational&) { return Rational(0); },
      [](const Rational& x) { return Rational(sign(x)); },
      [](const Rational& x) { return Rational(abs(x)); },
      [](const Rational& x) { return Rational(numerator(x) / denominator(x)); },
  };
  Point copy = point;
  std::size_t entries = 0;
  for_each_entry(copy, [&](Rational&) { ++entries; });
  std::vector<Point> candidates;
  for (const auto& map : maps) {
    for (std::size_t k = 0; k < entries; ++k) {
      if (auto candidate = with_entry(point, k, map)) candidates.push_back(std::move(*candidate));
    }
  }
  return candidates;
}

// Sizes, then fewer negative entries.
bool smaller(const Counterexample& a, const Counterexample& b) {
  if (a.size != b.size) return a.size < b.size;
  const auto negative = [](Point point) {
    std::size_t count = 0;
    for_each_entry(point, [&](Rational& entry) { count += sign(entry) < 0 ? 1 : 0; });
    return count;
  };
  return negative(a.point) < negative(b.point);
}

// Of an approximate family: the point proved beside it.
std::optional<Counterexample> proved_counterexample(const Landscape& landscape, const Statement& statement,
                                                    const Recipe& recipe, std::uint64_t seed) {
  Examined at(landscape, recipe, seed, {.form_hessian = false, .eigenvalues = false});
  return at.refutation(statement, recipe.key());
}

// Everything the landscape offers at a shape; nothing where it has no such shape or too many cases.
std::vector<Scope> scopes_at(const Landscape& landscape, const Statement& statement, const Shape& shape,
                             std::uint64_t most_cases) {
  std::vector<Scope> scopes;
  Scope plain = statement.scope();
  plain.shapes = {shape};
  plain.samples = 1;
  try {
    if (landscape.count_cases(plain) <= most_cases) scopes.push_back(plain);
  } catch (const InputError&) {  // NOTE: this is how a landscape says that it has no such shape; a smaller one may do
  }
  try {
    for (Scope& scope : landscape.excursions({shape})) {
      if (landscape.count_cases(scope) <= most_cases) scopes.push_back(std::move(scope));
    }
  } catch (const InputError&) {  // as above
  }
  return scopes;
}

}  // namespace

std::optional<Counterexample> counterexample_at(const Landscape& landscape, const Statement& statement, Point point,
                                                const std::string& key) {
  try {
    const auto instance = landscape.instance(point);
    const RationalVector gradient = instance->gradient();
    if (std::any_of(gradient.begin(), gradient.end(), [](const Rational& entry) { return entry != 0; })) {
      return std::nullopt;
    }
    Examined at(landscape, std::move(point), {.form_hessian = false, .eigenvalues = false});
    return at.refutation(statement, key);
  } catch (const InputError&) {  // the candidate is no point of the landscape
    return std::nullopt;
  } catch (const Undefined&) {  // its loss has a pole there
    return std::nullopt;
  }
}

std::vector<Shape> smaller_shapes(const Shape& shape, std::size_t most) {
  std::set<Shape> known{shape};
  std::vector<Shape> queue{shape};
  for (std::size_t q = 0; q < queue.size() && queue.size() < most; ++q) {
    for (Shape& candidate : queue[q].smaller()) {
      if (queue.size() < most && known.insert(candidate).second) queue.push_back(std::move(candidate));
    }
  }
  return queue;
}

Counterexample simplified(const Landscape& landscape, const Statement& statement, Counterexample start) {
  Counterexample best = std::move(start);
  for (bool progress = true; progress;) {
    progress = false;
    std::vector<Point> candidates = landscape.simplifications(best.point);
    for (Point& plainer : plainer_entries(best.point))
      candidates.push_back(std::move(plainer));
    for (Point& candidate : candidates) {
      auto found = counterexample_at(landscape, statement, std::move(candidate), best.key);
      if (!found || !smaller(*found, best)) continue;
      best = std::move(*found);
      progress = true;
      break;
    }
  }
  return best;
}

Counterexample shrunk(const Landscape& landscape, const Statement& statement, const Shape& shape, Counterexample start,
                      const ExploreOptions& options, std::uint64_t most_cases) {
  std::vector<Scope> scopes;
  for (const Shape& candidate : smaller_shapes(shape, 500)) {
    for (Scope& scope : scopes_at(landscape, statement, candidate, most_cases / 10))
      scopes.push_back(std::move(scope));
  }
  std::optional<Counterexample> best;
  std::uint64_t examined = 0;
  for (const CaseGroup& group : case_groups(landscape, scopes, options.seed)) {
    if (best || examined > most_cases || group.parameters > start.size.parameters) break;
    examined += group.recipes.size();
    in_order(
        group.recipes.size(), options.jobs,
        [&](std::size_t k) {
          const Recipe& recipe = *group.recipes[k];
          if (is_approximate(recipe)) return proved_counterexample(landscape, statement, recipe, options.seed);
          return counterexample_at(landscape, statement, recipe.build(options.seed), recipe.key());
        },
        [&](std::size_t, std::optional<Counterexample>& found) {
          if (found && (!best || smaller(*found, *best))) best = std::move(found);
        });
  }
  if (best && smaller(*best, start)) start = std::move(*best);
  return simplified(landscape, statement, std::move(start));
}

}  // namespace rankscape::explore
