// Single edits of typed trees, lifted from the node where they happen to the whole formula.
#include "language/edits.hpp"
#include "language/limits.hpp"

#include <algorithm>

namespace rankscape::language {

namespace {

// Larger constants are not moved: they would leave the integers.
constexpr long max_shifted = 1'000'000'000;

// x + delta in its simplest spelling: i - 1 moved up by one is i.
ExprPtr shifted(const ExprPtr& x, long delta) {
  if (const auto constant = constant_integer(*x);
      constant && !x->is(Operator::power) && std::abs(*constant) < max_shifted) {
    return integer_literal(*constant + delta, x->place);
  }
  long offset = delta;
  ExprPtr base = x;
  if (x->is(Operator::add) || x->is(Operator::subtract)) {
    if (const auto constant = constant_integer(x->child(1)); constant && std::abs(*constant) < max_shifted) {
      offset += x->is(Operator::add) ? *constant : -*constant;
      base = x->children[0];
    }
  }
  if (offset == 0) return base;
  return make(Operation{offset > 0 ? Operator::add : Operator::subtract}, Kind::integer, x->place,
              {base, integer_literal(std::abs(offset), x->place)});
}

// What typing would refuse although the kinds are right.
bool acceptable(const Expr& expr) {
  if (expr.is(Operator::power) && expr.kind == Kind::integer) {
    const auto exponent = constant_integer(*expr.children[1]);
    return exponent && *exponent >= 0 && *exponent <= 1000;
  }
  if (const auto* range = expr.as<Range>()) {
    auto first = constant_integer(expr.child(0));
    auto last = constant_integer(expr.child(1));
    if (range->down) std::swap(first, last);
    return !first || !last || *last < *first || *last - *first < max_range;
  }
  return true;
}

class Editor {
 public:
  explicit Editor(const Exchange& exchange) : exchange_(exchange) {}

  std::vector<Edit> edits(const ExprPtr& node, bool negated = false);

 private:
  void here(const ExprPtr& node, bool negated, std::vector<Edit>& out) const;
  static void comparison(const ExprPtr& node, const Comparison& what, std::vector<Edit>& out);
  static void connective(const ExprPtr& node, Logical op, std::vector<Edit>& out);
  static void quantifier(const ExprPtr& node, const Quantified& what, std::vector<Edit>& out);
  static void range(const ExprPtr& node, std::vector<Edit>& out);
  void feature(const ExprPtr& node, const Feature& what, std::vector<Edit>& out) const;
  static void add(std::vector<Edit>& out, EditKind kind, const ExprPtr& before, const ExprPtr& after) {
    out.push_back({kind, after, before, after, before->place});
  }

  const Exchange& exchange_;
};

void Editor::comparison(const ExprPtr& node, const Comparison& what, std::vector<Edit>& out) {
  using enum Relation;
  for (std::size_t k = 0; k < what.relations.size(); ++k) {
    const Kind kind = node->children[k]->kind;
    const bool numeric = kind == Kind::integer || kind == Kind::real;
    std::vector<Relation> others;
    switch (what.relations[k]) {
      case equal:
        others = numeric             ? std::vector{not_equal, less_equal, greater_equal}
                 : kind == Kind::set ? std::vector{not_equal, subset}
                                     : std::vector{not_equal};
        break;
      case not_equal:
        others = {equal};
        break;
      case less:
        others = {less_equal, greater_equal, greater};
        break;
      case less_equal:
        others = {less, greater, greater_equal};
        break;
      case greater:
        others = {greater_equal, less_equal, less};
        break;
      case greater_equal:
        others = {greater, less, less_equal};
        break;
      case in:
        others = {not_in};
        break;
      case not_in:
        others = {in};
        break;
      case subset:
        others = {equal};
        break;
    }
    for (const Relation other : others) {
      if (other == subset && what.relations.size() > 1) continue;  // no chains of it
      Comparison changed = what;
      changed.relations[k] = other;
      add(out, EditKind::comparison, node, with_node(*node, std::move(changed)));
    }
  }
}

void Editor::connective(const ExprPtr& node, Logical op, std::vector<Edit>& out) {
  const auto exchanged = [&](Logical other) {
    add(out, EditKind::connective, node, with_node(*node, Connective{other}));
  };
  switch (op) {
    case Logical::conjunction:
    case Logical::disjunction:
      exchanged(op == Logical::conjunction ? Logical::disjunction : Logical::conjunction);
      for (std::size_t k = 0; k < node->children.size(); ++k) {
        std::vector<ExprPtr> rest = node->children;
        rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(k));
        const ExprPtr shorter = rest.size() == 1 ? rest.front() : with_children(*node, std::move(rest));
        out.push_back({EditKind::dropped, shorter, node, shorter, node->children[k]->place});
      }
      break;
    case Logical::implies:
      exchanged(Logical::iff);
      add(out, EditKind::dropped, node, node->children[1]);
      break;
    case Logical::iff:
      exchanged(Logical::implies);
      break;
    case Logical::negation:
      break;
  }
}

void Editor::quantifier(const ExprPtr& node, const Quantified& what, std::vector<Edit>& out) {
  using enum Quantifier;
  for (const auto& [quantifier, other] : {std::pair(all, any), {any, all}, {least, largest}, {largest, least}}) {
    if (what.quantifier != quantifier) continue;
    Quantified changed = what;
    changed.quantifier = other;
    add(out, EditKind::quantifier, node, with_node(*node, std::move(changed)));
  }
  if (!what.conditional) return;
  Expr copy = *node;
  std::get<Quantified>(copy.node).conditional = false;
  const auto condition = copy.children.begin() + static_cast<std::ptrdiff_t>(what.binders.size());
  const Place place = (*condition)->place;
  copy.children.erase(condition);
  const ExprPtr without = finish(std::move(copy));
  out.push_back({EditKind::dropped, without, node, without, place});
}

void Editor::range(const ExprPtr& node, std::vector<Edit>& out) {
  for (std::size_t end = 0; end < 2; ++end) {
    for (const long delta : {1L, -1L}) {
      std::vector<ExprPtr> ends = node->children;
      ends[end] = shifted(ends[end], delta);
      const ExprPtr moved = with_children(*node, std::move(ends));
      if (acceptable(*moved)) out.push_back({EditKind::bound, moved, node, moved, node->children[end]->place});
    }
  }
}

void Editor::feature(const ExprPtr& node, const Feature& what, std::vector<Edit>& out) const {
  const auto& features = exchange_.vocabulary->features();
  const FeatureDeclaration& own = features[what.position];
  for (const std::size_t other : exchange_.features) {
    const FeatureDeclaration& candidate = features[other];
    if (other == what.position || candidate.result != own.result || candidate.parameters != own.parameters ||
        candidate.of_integers != own.of_integers) {
      continue;
    }
    add(out, EditKind::feature, node, with_node(*node, feature_node(other, candidate)));
  }
}

void Editor::here(const ExprPtr& node, bool negated, std::vector<Edit>& out) const {
  if (const auto* what = node->as<Comparison>()) {
    comparison(node, *what, out);
    return;  // its negations are among its exchanges
  }
  std::visit(overloaded{
                 [&](const Number& what) {
                   if (node->kind != Kind::integer || what.value >= max_shifted) return;
                   for (const long delta : {1L, -1L})
                     add(out, EditKind::constant, node, shifted(node, delta));
                 },
                 [&](const Feature& what) { feature(node, what, out); },
                 [&](const Quantified& what) { quantifier(node, what, out); },
                 [&](const Range&) { range(node, out); },
                 [&](const Connective& what) { connective(node, what.op, out); },
                 [](const auto&) {},
             },
             node->node);
  if (node->kind == Kind::truth && !negated) add(out, EditKind::negation, node, negation_of(node));
}

std::vector<Edit> Editor::edits(const ExprPtr& node, bool negated) {
  std::vector<Edit> out;
  here(node, negated, out);
  for (std::size_t k = 0; k < node->children.size(); ++k) {
    for (Edit& edit : edits(node->children[k], node->is(Logical::negation))) {
      std::vector<ExprPtr> children = node->children;
      children[k] = edit.tree;
      edit.tree = with_children(*node, std::move(children));
      if (!acceptable(*edit.tree)) continue;
      if (edit.before->kind != Kind::truth) {
        edit.before = node;
        edit.after = edit.tree;
      }
      out.push_back(std::move(edit));
    }
  }
  return out;
}

}  // namespace

std::vector<Edit> edits_of(const ExprPtr& tree, const Exchange& exchange) {
  return Editor(exchange).edits(tree);
}

}  // namespace rankscape::language
