// Single edits of typed trees, lifted from the node where they happen to the whole formula.
#include "statements/edits.hpp"
#include "statements/limits.hpp"

#include <algorithm>

namespace rankscape::statements {

namespace {

ExprPtr with_op(const Expr& expr, Op op) {
  Expr copy = expr;
  copy.op = op;
  return finish(std::move(copy));
}

ExprPtr with_name(const Expr& expr, const char* name) {
  Expr copy = expr;
  copy.name = name;
  return finish(std::move(copy));
}

// x + delta in its simplest spelling: i - 1 moved up by one is i.
ExprPtr shifted(const ExprPtr& x, long delta) {
  if (const auto constant = constant_integer(*x); constant && x->op != Op::power) {
    return integer_literal(*constant + delta, x->place);
  }
  long offset = delta;
  ExprPtr base = x;
  if (x->op == Op::add || x->op == Op::subtract) {
    if (const auto constant = constant_integer(*x->children[1])) {
      offset += x->op == Op::add ? *constant : -*constant;
      base = x->children[0];
    }
  }
  if (offset == 0) return base;
  Expr moved;
  moved.op = offset > 0 ? Op::add : Op::subtract;
  moved.kind = Kind::integer;
  moved.place = x->place;
  moved.children = {base, integer_literal(std::abs(offset), x->place)};
  return finish(std::move(moved));
}

// What typing would refuse although the kinds are right.
bool acceptable(const Expr& expr) {
  if (expr.op == Op::power && expr.kind == Kind::integer) {
    const auto exponent = constant_integer(*expr.children[1]);
    return exponent && *exponent >= 0 && *exponent <= 1000;
  }
  if (expr.op == Op::range) {
    const auto first = constant_integer(*expr.children[0]);
    const auto last = constant_integer(*expr.children[1]);
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
  static void comparison(const ExprPtr& node, std::vector<Edit>& out);
  static void connective(const ExprPtr& node, std::vector<Edit>& out);
  static void quantifier(const ExprPtr& node, std::vector<Edit>& out);
  static void range(const ExprPtr& node, std::vector<Edit>& out);
  void feature(const ExprPtr& node, std::vector<Edit>& out) const;
  static void add(std::vector<Edit>& out, MutationOperator op, const ExprPtr& before, const ExprPtr& after) {
    out.push_back({op, after, before, after, before->place});
  }

  const Exchange& exchange_;
};

void Editor::comparison(const ExprPtr& node, std::vector<Edit>& out) {
  using enum Relation;
  for (std::size_t k = 0; k < node->relations.size(); ++k) {
    const Kind kind = node->children[k]->kind;
    const bool numeric = kind == Kind::integer || kind == Kind::real;
    std::vector<Relation> others;
    switch (node->relations[k]) {
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
      if (other == subset && node->relations.size() > 1) continue;  // no chains of it
      Expr copy = *node;
      copy.relations[k] = other;
      add(out, MutationOperator::comparison, node, finish(std::move(copy)));
    }
  }
}

void Editor::connective(const ExprPtr& node, std::vector<Edit>& out) {
  if (node->op == Op::logical_and || node->op == Op::logical_or) {
    add(out, MutationOperator::connective, node,
        with_op(*node, node->op == Op::logical_and ? Op::logical_or : Op::logical_and));
    for (std::size_t k = 0; k < node->children.size(); ++k) {
      std::vector<ExprPtr> rest = node->children;
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(k));
      const ExprPtr shorter = rest.size() == 1 ? rest.front() : with_children(*node, std::move(rest));
      out.push_back({MutationOperator::dropped, shorter, node, shorter, node->children[k]->place});
    }
  } else if (node->op == Op::implies) {
    add(out, MutationOperator::connective, node, with_op(*node, Op::iff));
    add(out, MutationOperator::dropped, node, node->children[1]);
  } else if (node->op == Op::iff) {
    add(out, MutationOperator::connective, node, with_op(*node, Op::implies));
  }
}

void Editor::quantifier(const ExprPtr& node, std::vector<Edit>& out) {
  for (const auto& [name, other] : {std::pair("all", "any"), {"any", "all"}, {"min", "max"}, {"max", "min"}}) {
    if (node->name == name) add(out, MutationOperator::quantifier, node, with_name(*node, other));
  }
  if (!node->conditional) return;
  Expr copy = *node;
  copy.conditional = false;
  const auto condition = copy.children.begin() + static_cast<std::ptrdiff_t>(copy.binder_count());
  const Place place = (*condition)->place;
  copy.children.erase(condition);
  const ExprPtr without = finish(std::move(copy));
  out.push_back({MutationOperator::dropped, without, node, without, place});
}

void Editor::range(const ExprPtr& node, std::vector<Edit>& out) {
  for (std::size_t end = 0; end < 2; ++end) {
    for (const long delta : {1L, -1L}) {
      std::vector<ExprPtr> ends = node->children;
      ends[end] = shifted(ends[end], delta);
      const ExprPtr moved = with_children(*node, std::move(ends));
      if (acceptable(*moved)) out.push_back({MutationOperator::bound, moved, node, moved, node->children[end]->place});
    }
  }
}

void Editor::feature(const ExprPtr& node, std::vector<Edit>& out) const {
  const auto& features = exchange_.vocabulary->features();
  const FeatureDeclaration& own = features[node->slot];
  for (const std::size_t other : exchange_.features) {
    const FeatureDeclaration& candidate = features[other];
    if (other == node->slot || candidate.result != own.result || candidate.parameters != own.parameters) continue;
    Expr copy = *node;
    copy.slot = other;
    copy.name = candidate.name;
    copy.latex = candidate.latex;
    add(out, MutationOperator::feature, node, finish(std::move(copy)));
  }
}

void Editor::here(const ExprPtr& node, bool negated, std::vector<Edit>& out) const {
  switch (node->op) {
    case Op::comparison:
      comparison(node, out);
      return;  // its negations are among its exchanges
    case Op::number:
      if (node->kind == Kind::integer && node->number < 1'000'000'000) {
        for (const long delta : {1L, -1L})
          add(out, MutationOperator::constant, node, shifted(node, delta));
      }
      break;
    case Op::feature:
      feature(node, out);
      break;
    case Op::quantifier:
      quantifier(node, out);
      break;
    case Op::range:
      range(node, out);
      break;
    default:
      connective(node, out);
      break;
  }
  if (node->kind == Kind::truth && !negated) add(out, MutationOperator::negation, node, negation_of(node));
}

std::vector<Edit> Editor::edits(const ExprPtr& node, bool negated) {
  std::vector<Edit> out;
  here(node, negated, out);
  for (std::size_t k = 0; k < node->children.size(); ++k) {
    for (Edit& edit : edits(node->children[k], node->op == Op::logical_not)) {
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

}  // namespace rankscape::statements
