#include "landscapes/openness.hpp"

#include <algorithm>
#include <rankscape/error.hpp>

#include "landscapes/data.hpp"

namespace rankscape {

namespace {

using language::Function;

// The largest subset of `words` such that admits(body, subset) holds for all bodies of its words.
template <class Admits>
std::vector<char> closed_subset(const Words& words, std::vector<char> subset, const Admits& admits) {
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t k = 0; k < subset.size(); ++k) {
      const std::vector<Word::Body>& bodies = words[k].bodies;
      if (subset[k] == 0 ||
          std::all_of(bodies.begin(), bodies.end(), [&](const Word::Body& body) { return admits(body, subset); }))
        continue;
      subset[k] = 0;
      changed = true;
    }
  }
  return subset;
}

bool jumps(Function function) {
  switch (function) {
    case Function::projector:
    case Function::kernel:
    case Function::eigenvalues_on:
    case Function::singular_on:
    case Function::jacobian:
    case Function::square_root:  // its arguments form a closed set
      return true;
    default:
      return false;
  }
}

class Openness {
 public:
  explicit Openness(const Words& words) : of_data_(words_of_data(words)) {
    std::vector<char> moving;
    moving.reserve(words.all().size());
    for (const Word& word : words.all())
      moving.push_back(word.role == Role::weight || word.role == Role::definition ? 1 : 0);
    continuous_ =
        closed_subset(words, std::move(moving), [this](const Word::Body& body, const std::vector<char>& known) {
          return continuous(*body.formula.tree, known);
        });
  }

  [[nodiscard]] bool open(const Expr& tree) const {
    if (of_data(tree)) return true;
    const auto& parts = tree.children;
    const auto all_open = [&] {
      return std::all_of(parts.begin(), parts.end(), [this](const ExprPtr& part) { return open(*part); });
    };
    const auto all_continuous = [&] {
      return std::all_of(parts.begin(), parts.end(),
                         [this](const ExprPtr& part) { return continuous(*part, continuous_); });
    };
    if (const auto* connective = tree.as<language::Connective>()) {
      const bool monotone =
          connective->op == language::Logical::conjunction || connective->op == language::Logical::disjunction;
      return monotone && all_open();
    }
    if (const auto* quantified = tree.as<language::Quantified>()) {
      const bool monotone =
          quantified->quantifier == language::Quantifier::all || quantified->quantifier == language::Quantifier::any;
      return monotone &&
             std::all_of(parts.begin(), parts.end() - 1, [this](const ExprPtr& part) { return of_data(*part); }) &&
             open(*parts.back());
    }
    if (const auto* comparison = tree.as<language::Comparison>()) {
      const auto strict = [](language::Relation relation) {
        return relation == language::Relation::less || relation == language::Relation::greater ||
               relation == language::Relation::not_equal;
      };
      return std::all_of(comparison->relations.begin(), comparison->relations.end(), strict) && all_continuous();
    }
    const auto* call = tree.as<language::Call>();
    return call != nullptr && call->function == Function::invertible && all_continuous();
  }

 private:
  [[nodiscard]] bool of_data(const Expr& tree) const { return is_of_data(tree, of_data_); }

  // In the weights, where it is defined, and defined on an open set; `known` are the words that are.
  [[nodiscard]] bool continuous(const Expr& tree, const std::vector<char>& known) const {
    if (of_data(tree)) return true;
    if (tree.kind == Kind::integer || tree.kind == Kind::truth || tree.kind == Kind::set) return false;
    if (tree.is<language::Conditional>() || tree.is<language::DefinitionCall>()) return false;
    if (const auto* call = tree.as<language::Call>(); call != nullptr && jumps(call->function)) return false;
    if (const auto* feature = tree.as<language::Feature>();
        feature != nullptr && (feature->position >= known.size() || known[feature->position] == 0))
      return false;
    return std::all_of(tree.children.begin(), tree.children.end(),
                       [&](const ExprPtr& child) { return continuous(*child, known); });
  }

  std::vector<char> of_data_;
  std::vector<char> continuous_;  // words
};

}  // namespace

bool is_of_data(const Expr& tree, const std::vector<char>& of_data) {
  if (const auto* feature = tree.as<language::Feature>()) {
    if (feature->position >= of_data.size() || of_data[feature->position] == 0) return false;
  }
  if (tree.is<language::DefinitionCall>()) return false;  // a landscape's definitions are words
  if (const auto* call = tree.as<language::Call>(); call != nullptr && call->function == Function::jacobian)
    return false;
  return std::all_of(tree.children.begin(), tree.children.end(),
                     [&](const ExprPtr& child) { return is_of_data(*child, of_data); });
}

std::vector<char> words_of_data(const Words& words) {
  std::vector<char> of_data;
  of_data.reserve(words.all().size());
  for (const Word& word : words.all())
    of_data.push_back(word.role == Role::size || word.role == Role::datum || word.role == Role::definition ? 1 : 0);
  return closed_subset(words, std::move(of_data), [](const Word::Body& body, const std::vector<char>& known) {
    const auto free = [&](const ExprPtr& tree) { return is_of_data(*tree, known); };
    const Pattern& pattern = body.pattern;
    return free(body.formula.tree) && std::all_of(pattern.domains.begin(), pattern.domains.end(), free) &&
           std::all_of(pattern.indices.begin(), pattern.indices.end(), free);
  });
}

void check_domain_of_data(const Landscape& landscape) {
  const Landscape::Data& data = landscape.internals();
  const std::vector<char> of_data = words_of_data(*data.words);
  for (const Condition& condition : data.domain) {
    if (is_of_data(*condition.holds.tree, of_data)) continue;
    throw InputError("the [domain] of " + landscape.id() +
                     " has a condition on the weights, expected none: critical points outside would be listed");
  }
}

bool is_open(const Expr& condition, const Words& words) {
  return Openness(words).open(condition);
}

ExprPtr with_boundary(const ExprPtr& condition, const std::vector<char>& of_data) {
  if (is_of_data(*condition, of_data)) return condition;
  const auto always = [&] { return language::make(language::Constant{true}, Kind::truth, condition->place); };
  if (const auto* comparison = condition->as<language::Comparison>()) {
    using language::Relation;
    std::vector<ExprPtr> parts{always(), always()};  // a conjunction has two parts or more
    for (std::size_t k = 0; k < comparison->relations.size(); ++k) {
      const Relation relation = comparison->relations[k];
      if (relation == Relation::not_equal) continue;  // its boundary is everything; the rest of the chain stays
      parts.push_back(language::make(
          language::Comparison{{relation == Relation::less ? Relation::less_equal : Relation::greater_equal}},
          Kind::truth, condition->place, {condition->children[k], condition->children[k + 1]}));
    }
    return language::make(language::Connective{language::Logical::conjunction}, Kind::truth, condition->place,
                          std::move(parts));
  }
  if (condition->is(Function::invertible)) return always();
  std::vector<ExprPtr> children = condition->children;
  const bool quantified = condition->is<language::Quantified>();  // then the last one is what holds for all, or any
  for (std::size_t k = quantified ? children.size() - 1 : 0; k < children.size(); ++k)
    children[k] = with_boundary(children[k], of_data);
  return language::with_children(*condition, std::move(children));
}

}  // namespace rankscape
