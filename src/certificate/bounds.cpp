#include "certificate/bounds.hpp"

#include <algorithm>
#include <map>

#include "certificate/approximation.hpp"
#include "certificate/convexity.hpp"
#include "certificate/evidence.hpp"
#include "certificate/nearest.hpp"
#include "certificate/patterns.hpp"

namespace rankscape::certificate {

using program::Operation;

namespace {

class Search {
 public:
  explicit Search(const Workspace& at) : loss_(at) {}

  std::optional<std::vector<Bound>> run() {
    for (Node k = 0; k < loss_.size(); ++k)
      if (loss_.moves(k) && loss_.scalar(k)) try_form(k);
    if (proves_value()) return bounds_;
    for (Node k = 0; k < loss_.size(); ++k)
      if (loss_.is(k, Operation::dot) && loss_.step(k).a == loss_.step(k).b && loss_.moves(k))
        add(trace_bound(loss_, k));
    if (proves_value()) return bounds_;
    // the sum first, then its summands: a square beside a convex part needs no convexity
    std::vector<Node> summands{loss_.workspace().loss()};
    for (std::size_t next = 0; next < summands.size(); ++next) {
      const Node k = summands[next];
      if (add(convex_bound(loss_, known_, k)) && proves_value()) return bounds_;
      if (loss_.is(k, Operation::add)) summands.insert(summands.end(), {loss_.step(k).a, loss_.step(k).b});
      if (loss_.is(k, Operation::scale)) summands.push_back(loss_.step(k).a);
    }
    for (const Node k : summands)
      if (loss_.moves(k) && add(nearest_bound(k)) && proves_value()) return bounds_;
    return std::nullopt;
  }

 private:
  [[nodiscard]] std::optional<Rational> by_rule(Node k, const Numbers& lowest) const {
    if (!loss_.moves(k)) return least(loss_.value(k));
    std::optional<Rational> otherwise = loss_.squared(k) ? std::optional<Rational>(0) : std::nullopt;
    if (loss_.is(k, Operation::input) || !lowest[loss_.step(k).a]) return otherwise;
    const Rational& lo = *lowest[loss_.step(k).a];
    const Node b = loss_.step(k).b;
    switch (loss_.step(k).operation) {
      case Operation::add:
        return lowest[b] ? std::optional<Rational>(lo + *lowest[b]) : std::nullopt;
      case Operation::subtract:
        return !loss_.moves(b) ? std::optional<Rational>(lo + least(-loss_.value(b))) : std::nullopt;
      case Operation::scale:
        return loss_.factor(k) >= 0 ? std::optional<Rational>(loss_.factor(k) * lo) : std::nullopt;
      case Operation::transpose:
        return lo;
      case Operation::reciprocal:
        return lo >= 0 ? std::optional<Rational>(0) : std::nullopt;
      default:
        break;
    }
    if (lo < 0 || !lowest[b] || *lowest[b] < 0) return otherwise;
    Rational bound = lo * *lowest[b];
    if (loss_.is(k, Operation::multiply)) bound *= Rational(loss_.value(loss_.step(k).a).cols());
    if (loss_.is(k, Operation::dot)) bound *= Rational(loss_.value(loss_.step(k).a).size());
    return bound;
  }

  bool proves_value() {
    known_.lowest.assign(loss_.size(), std::nullopt);
    known_.evident.assign(loss_.size(), std::nullopt);
    for (Node k = 0; k < loss_.size(); ++k) {
      known_.lowest[k] = by_rule(k, known_.lowest);
      known_.evident[k] = known_.form_of.contains(k) ? Rational(0) : by_rule(k, known_.evident);
      const auto shown = shown_.find(k);
      if (shown != shown_.end() && (!known_.lowest[k] || *known_.lowest[k] < shown->second))
        known_.lowest[k] = shown->second;
    }
    return known_.lowest.back() == loss_.value(loss_.workspace().loss())(0, 0);
  }

  // The node is nowhere below its value at the point.
  bool add(std::optional<Bound> bound) {
    if (!bound) return false;
    const Rational& here = loss_.value(bound->node)(0, 0);
    show(here, *std::move(bound));
    return true;
  }
  void show(const Rational& number, Bound bound) {
    shown_[bound.node] = number;
    bounds_.push_back(std::move(bound));
  }

  // inner(u, B u), or u^T (B u), with a constant B that is positive semidefinite.
  void try_form(Node k) {
    const auto& [operation, a, b, rows, cols] = loss_.step(k);
    if (operation != Operation::dot && operation != Operation::multiply) return;
    for (const auto& [u, v] : {std::pair(a, b), std::pair(b, a)}) {
      const bool dot = operation == Operation::dot;
      const bool product = !dot && u == a && loss_.is(u, Operation::transpose);
      if ((!dot && !product) || !loss_.is(v, Operation::multiply) || loss_.moves(loss_.step(v).a)) continue;
      if (loss_.step(v).b != (dot ? u : loss_.step(u).a)) continue;
      auto evidence = semidefinite(symmetric_part(loss_.value(loss_.step(v).a)));
      if (!evidence) return;
      known_.form_of.emplace(k, loss_.step(v).b);
      show(0, {k, Bound::Form{*std::move(evidence)}});
      return;
    }
  }

  // One node of bounded rank or signature through which everything goes; the innermost first, which moves most freely.
  [[nodiscard]] std::optional<Bound> nearest_bound(Node root) const {
    for (Node k = 0; k < root; ++k) {
      if (!loss_.moves(k) || loss_.is(k, Operation::input)) continue;
      const Index most = loss_.rank_bound(k);
      const auto d = loss_.middle(k);
      if (!d && most == std::min(loss_.step(k).rows, loss_.step(k).cols)) continue;
      Leaves leaves(loss_.size(), 0);
      leaves[k] = 1;
      if (!is_convex_in(loss_, known_, root, leaves)) continue;
      const auto grows = growth_of(loss_, root, k);
      if (!grows) continue;
      const RationalMatrix slope = slopes(loss_, root, leaves)[k];
      auto nearest = d ? nearest_of_signature(loss_.value(k), slope, *grows, *d)
                       : nearest_of_rank(loss_.value(k), slope, *grows, most);
      if (!nearest) continue;
      nearest->variable = k;
      return Bound{root, *std::move(nearest)};
    }
    return std::nullopt;
  }

  Patterns loss_;
  Known known_;
  std::map<Node, Rational> shown_;
  std::vector<Bound> bounds_;
};

}  // namespace

std::optional<std::vector<Bound>> prove_global(const Workspace& at) {
  return Search(at).run();
}

}  // namespace rankscape::certificate
