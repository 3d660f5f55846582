#include "solve/gauge.hpp"

#include <algorithm>
#include <optional>

namespace rankscape::critical_set {

namespace {

constexpr std::int64_t most_invariance_products = 5'000'000;

// Positions of the entries of the weights among the unknowns: each matrix column by column.
class Entries {
 public:
  explicit Entries(const Instance& instance) {
    std::size_t next = 0;
    for (const RationalMatrix& w : instance.point().weights) {
      shapes_.emplace_back(w.rows(), w.cols());
      first_.push_back(next);
      next += static_cast<std::size_t>(w.size());
    }
  }
  [[nodiscard]] std::size_t weights() const { return shapes_.size(); }
  // Of the weight, or of its transpose where the group acts from the right: rows are what the group mixes.
  [[nodiscard]] Index rows(const Action& action) const {
    return action.left ? shapes_[action.weight].first : shapes_[action.weight].second;
  }
  [[nodiscard]] Index cols(const Action& action) const {
    return action.left ? shapes_[action.weight].second : shapes_[action.weight].first;
  }
  [[nodiscard]] std::size_t at(const Action& action, Index row, Index col) const {
    const Index i = action.left ? row : col;
    const Index j = action.left ? col : row;
    return first_[action.weight] + static_cast<std::size_t>(i + j * shapes_[action.weight].first);
  }

 private:
  std::vector<std::pair<Index, Index>> shapes_;
  std::vector<std::size_t> first_;
};

// Of the entries that move under the generator E_ab: with rows of W or of its transpose, G W and W G^T move row a by
// row b, the other two row b by minus row a.
Cofactors velocity(const Entries& entries, const Normalization& group, Index a, Index b) {
  Cofactors moves;
  for (const Action& action : group.acts) {
    const bool forward = action.left != action.dual;
    for (Index col = 0; col < entries.cols(action); ++col) {
      const std::size_t by = entries.at(action, forward ? b : a, col);
      moves.emplace_back(entries.at(action, forward ? a : b, col),
                         Polynomial::term(Monomial(1, static_cast<char16_t>(by)), Rational(forward ? 1 : -1)));
    }
  }
  return moves;
}

// grad L . velocity
Polynomial change(const System& system, const Cofactors& moves, PolynomialRing& ring) {
  Polynomial sum;
  for (const auto& [moved, speed] : moves)
    ring.add_product(sum, speed, system.gradient[moved]);
  return sum;
}

// Does the loss stay when the first row changes its sign?
bool even_in_first_row(const System& system, const Entries& entries, const Normalization& group) {
  std::vector<char> flipped(system.unknowns(), 0);
  for (const Action& action : group.acts) {
    for (Index col = 0; col < entries.cols(action); ++col)
      flipped[entries.at(action, 0, col)] ^= 1;
  }
  const auto& terms = system.loss.terms();
  return std::all_of(terms.begin(), terms.end(), [&](const auto& term) {
    const auto odd = std::count_if(term.first.begin(), term.first.end(), [&](char16_t k) { return flipped[k] != 0; });
    return odd % 2 == 0;
  });
}

bool invariant(const System& system, const Entries& entries, const Normalization& group) {
  PolynomialRing ring(most_invariance_products);
  const bool orthogonal = group.group == Normalization::Group::orthogonal;
  for (Index a = 0; a < group.size; ++a) {
    for (Index b = orthogonal ? a + 1 : 0; b < group.size; ++b) {
      Polynomial sum = change(system, velocity(entries, group, a, b), ring);
      if (orthogonal) sum.add(change(system, velocity(entries, group, b, a), ring), -1);
      if (!sum.is_zero()) return false;
    }
  }
  return !orthogonal || even_in_first_row(system, entries, group);
}

// The first group, larger ones before, that acts on this weight from this side.
std::optional<Normalization> group_of(const System& system, const Entries& entries, const Action& first,
                                      const std::vector<char>& normalized) {
  std::vector<Action> others;
  for (std::size_t weight = 0; weight < entries.weights(); ++weight) {
    if (weight == first.weight || normalized[weight] != 0) continue;
    for (const bool left : {false, true}) {
      for (const bool dual : {false, true})
        others.push_back({weight, left, dual});
    }
  }
  for (const auto kind : {Normalization::Group::general_linear, Normalization::Group::orthogonal}) {
    Normalization group{kind, entries.rows(first), {first}};
    if (kind == Normalization::Group::orthogonal && group.size < 2) continue;
    if (invariant(system, entries, group)) return group;
    for (const Action& other : others) {
      if (entries.rows(other) != group.size) continue;
      group.acts = {first, other};
      if (invariant(system, entries, group)) return group;
    }
  }
  return std::nullopt;
}

// Along all generators, as far as they lower the degree.
void add_relations(const System& system, const Entries& entries, const Normalization& group, PolynomialRing& ring,
                   std::vector<Lemma>& found) {
  for (Index a = 0; a < group.size; ++a) {
    for (Index b = 0; b < group.size; ++b) {
      Lemma lemma{{}, velocity(entries, group, a, b)};
      lemma.of = change(system, lemma.cofactors, ring);
      if (lemma.of.degree() + 1 >= system.loss.degree()) return;
      if (!lemma.of.is_zero()) found.push_back(std::move(lemma));
    }
  }
}

// The first of those that agree but for their sign; none that is zero.
std::vector<Lemma> distinct(std::vector<Lemma> lemmas) {
  std::vector<Lemma> kept;
  for (Lemma& lemma : lemmas) {
    const auto same = [&](const Lemma& other) {
      Polynomial sum = lemma.of;
      sum.add(other.of);
      return sum.is_zero() || lemma.of == other.of;
    };
    if (!lemma.of.is_zero() && std::none_of(kept.begin(), kept.end(), same)) kept.push_back(std::move(lemma));
  }
  return kept;
}

// Subsets of {0..count-1} of at most `most` elements, as sorted lists.
std::vector<std::vector<Index>> pivots(Index count, Index most) {
  std::vector<std::vector<Index>> all{{}};
  for (std::size_t k = 0; k < all.size(); ++k) {
    if (static_cast<Index>(all[k].size()) == most) continue;
    for (Index next = all[k].empty() ? 0 : all[k].back() + 1; next < count; ++next) {
      std::vector<Index> larger = all[k];
      larger.push_back(next);
      all.push_back(std::move(larger));
    }
  }
  return all;
}

// What a reduced row echelon form with these pivots fixes.
Slice echelon(const Entries& entries, const Action& of, const std::vector<Index>& pivot) {
  Slice fixed;
  const auto rank = static_cast<Index>(pivot.size());
  for (Index row = 0; row < entries.rows(of); ++row) {
    for (Index col = 0; col < entries.cols(of); ++col) {
      const bool is_pivot_column = std::find(pivot.begin(), pivot.end(), col) != pivot.end();
      const bool free = row < rank && col > pivot[static_cast<std::size_t>(row)] && !is_pivot_column;
      if (free) continue;
      const bool one = row < rank && col == pivot[static_cast<std::size_t>(row)];
      fixed.emplace_back(entries.at(of, row, col), one ? 1 : 0);
    }
  }
  return fixed;
}

std::vector<Slice> forms(const Entries& entries, const Normalization& group) {
  const Action& of = group.acts.front();
  std::vector<Slice> all;
  if (group.group == Normalization::Group::general_linear) {
    const auto sets = pivots(entries.cols(of), std::min(entries.rows(of), entries.cols(of)));
    all.reserve(sets.size());
    for (const auto& pivot : sets)
      all.push_back(echelon(entries, of, pivot));
    return all;
  }
  Slice& triangular = all.emplace_back();
  for (Index row = 0; row < entries.rows(of); ++row) {
    for (Index col = 0; col < std::min(row, entries.cols(of)); ++col)
      triangular.emplace_back(entries.at(of, row, col), 0);
  }
  return all;
}

}  // namespace

std::vector<Normalization> normalizations(const System& system, const Instance& instance) {
  const Entries entries(instance);
  std::vector<Normalization> gauge;
  std::vector<char> normalized(entries.weights(), 0);
  for (std::size_t weight = 0; weight < entries.weights(); ++weight) {
    for (const bool left : {true, false}) {
      if (normalized[weight] != 0) continue;
      if (auto group = group_of(system, entries, {weight, left, false}, normalized)) {
        gauge.push_back(std::move(*group));
        normalized[weight] = 1;
      }
    }
  }
  return gauge;
}

std::vector<Lemma> relations(const System& system, const Instance& instance) {
  const Entries entries(instance);
  std::vector<Action> actions;
  for (std::size_t weight = 0; weight < entries.weights(); ++weight) {
    for (const bool left : {true, false})
      actions.push_back({weight, left, false});
  }
  std::vector<Lemma> found;
  PolynomialRing ring(most_invariance_products);
  try {
    for (const Action& first : actions) {
      for (Action second : actions) {
        if (second.weight <= first.weight || entries.rows(first) != entries.rows(second)) continue;
        for (const bool dual : {false, true}) {
          second.dual = dual;
          const Normalization group{Normalization::Group::general_linear, entries.rows(first), {first, second}};
          add_relations(system, entries, group, ring, found);
        }
      }
    }
  } catch (const symmetry::TooLarge&) {
    // hints only
  }
  return distinct(std::move(found));
}

std::vector<Slice> slices(const std::vector<Normalization>& gauge, const Instance& instance, std::size_t most) {
  const Entries entries(instance);
  std::vector<Slice> all{{}};
  for (const Normalization& group : gauge) {
    std::vector<Slice> products;
    const std::vector<Slice> here = forms(entries, group);
    if (all.size() * here.size() > most) return {};
    products.reserve(all.size() * here.size());
    for (const Slice& before : all) {
      for (const Slice& form : here) {
        Slice& both = products.emplace_back(before);
        both.insert(both.end(), form.begin(), form.end());
      }
    }
    all = std::move(products);
  }
  for (Slice& slice : all)
    std::sort(slice.begin(), slice.end());
  return all;
}

System sliced(const System& system, const Slice& slice) {
  System result = system;
  if (slice.empty()) return result;
  std::vector<const Rational*> value(system.unknowns(), nullptr);
  for (const auto& [unknown, fixed] : slice)
    value[unknown] = &fixed;
  const auto restricted = [&value](const Polynomial& polynomial) {
    Polynomial here;
    for (const auto& [monomial, coefficient] : polynomial.terms()) {
      Rational times = coefficient;
      Monomial rest;
      for (const char16_t position : monomial) {
        if (value[position] == nullptr) {
          rest.push_back(position);
        } else {
          times *= *value[position];
        }
      }
      if (times != 0) here.add(rest, times);
    }
    return here;
  };
  result.equations.clear();
  for (const Polynomial& part : system.gradient)
    result.equations.push_back(restricted(part));
  for (Lemma& lemma : result.lemmas) {
    lemma.of = restricted(lemma.of);
    for (auto& [moved, speed] : lemma.cofactors)
      speed = restricted(speed);
  }
  result.lemmas = distinct(std::move(result.lemmas));
  for (const auto& [unknown, fixed] : slice) {
    Polynomial& equation = result.equations.emplace_back(Polynomial::variable(static_cast<std::int64_t>(unknown)));
    equation.add(Polynomial(fixed), -1);
  }
  return result;
}

}  // namespace rankscape::critical_set
