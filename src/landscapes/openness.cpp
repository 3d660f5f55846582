#include "landscapes/openness.hpp"

#include <algorithm>
#include <rankscape/error.hpp>

#include "landscapes/data.hpp"

namespace rankscape {

namespace {

using language::Function;

class Openness {
 public:
  explicit Openness(const Words& words) : words_(words), of_data_(words_of_data(words)) {}

  [[nodiscard]] bool open(const Expr& tree) const {
    if (is_of_data(tree, of_data_)) return true;
    const auto all_open = [this](const Expr& parent) {
      return std::all_of(parent.children.begin(), parent.children.end(),
                         [this](const ExprPtr& child) { return open(*child); });
    };
    if (const auto* connective = tree.as<language::Connective>())
      return (connective->op == language::Logical::conjunction || connective->op == language::Logical::disjunction) &&
             all_open(tree);
    if (const auto* quantified = tree.as<language::Quantified>())
      return (quantified->quantifier == language::Quantifier::all ||
              quantified->quantifier == language::Quantifier::any) &&
             std::all_of(tree.children.begin(), tree.children.end() - 1,
                         [this](const ExprPtr& child) { return is_of_data(*child, of_data_); }) &&
             open(*tree.children.back());
    if (const auto* comparison = tree.as<language::Comparison>())
      return std::all_of(comparison->relations.begin(), comparison->relations.end(),
                         [](language::Relation relation) {
                           return relation == language::Relation::less || relation == language::Relation::greater ||
                                  relation == language::Relation::not_equal;
                         }) &&
             all_continuous(tree);
    if (const auto* call = tree.as<language::Call>())
      return call->function == Function::invertible && all_continuous(tree);
    return false;
  }

 private:
  [[nodiscard]] bool all_continuous(const Expr& tree) const {
    return std::all_of(tree.children.begin(), tree.children.end(),
                       [this](const ExprPtr& child) { return continuous(*child, 0); });
  }

  // Where it is defined, and defined on an open set.
  [[nodiscard]] bool continuous(const Expr& tree, int depth) const {
    if (is_of_data(tree, of_data_)) return true;
    if (depth > deepest || tree.kind == Kind::integer || tree.kind == Kind::truth || tree.kind == Kind::set)
      return false;
    if (tree.is<language::Conditional>() || tree.is<language::DefinitionCall>()) return false;
    if (const auto* call = tree.as<language::Call>(); call != nullptr && jumps(call->function)) return false;
    if (const auto* feature = tree.as<language::Feature>()) {
      if (feature->position >= words_.all().size()) return false;  // known of examined points only
      const Word& word = words_[feature->position];
      if (word.role != Role::weight && word.role != Role::definition) return false;
      return std::all_of(word.bodies.begin(), word.bodies.end(),
                         [&](const Word::Body& body) { return continuous(*body.formula.tree, depth + 1); });
    }
    return std::all_of(tree.children.begin(), tree.children.end(),
                       [&](const ExprPtr& child) { return continuous(*child, depth + 1); });
  }

  static bool jumps(Function function) {
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

  static constexpr int deepest = 200;
  const Words& words_;
  std::vector<char> of_data_;
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
  // what depends on a word outside the set is taken away until nothing changes
  const auto free = [&](const ExprPtr& tree) { return is_of_data(*tree, of_data); };
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t k = 0; k < of_data.size(); ++k) {
      if (of_data[k] == 0) continue;
      for (const Word::Body& body : words[k].bodies) {
        const Pattern& pattern = body.pattern;
        if (free(body.formula.tree) && std::all_of(pattern.domains.begin(), pattern.domains.end(), free) &&
            std::all_of(pattern.indices.begin(), pattern.indices.end(), free))
          continue;
        of_data[k] = 0;
        changed = true;
        break;
      }
    }
  }
  return of_data;
}

void check_domain_of_data(const Landscape& landscape, const char* command) {
  const Landscape::Data& data = landscape.internals();
  const std::vector<char> of_data = words_of_data(*data.words);
  for (const Condition& condition : data.domain) {
    if (is_of_data(*condition.holds.tree, of_data)) continue;
    throw InputError(std::string(command) + ": the [domain] of " + landscape.id() +
                     " has a condition on the weights, expected none: critical points outside would be listed");
  }
}

bool is_open(const Expr& condition, const Words& words) {
  return Openness(words).open(condition);
}

}  // namespace rankscape
