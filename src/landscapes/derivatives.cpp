// What the derivation of the loss needs, checked while a file is read: every weight occurs, nothing without derivative
// stands between a weight and the loss, and which data the loss reaches.
#include "landscapes/reader.hpp"

#include "language/functions.hpp"
#include "text/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace rankscape {

namespace {

using language::Function;
using text::quote;

// Reading a matrix's number of rows, or building a constant, needs no value.
bool of_shapes(Function function) {
  switch (function) {
    case Function::zeros:
    case Function::ones:
    case Function::identity:
    case Function::rows:
    case Function::cols:
    case Function::cardinality:
    case Function::minimum:
    case Function::maximum:
    case Function::absolute:
      return true;
    default:
      return false;
  }
}

class Walk {
 public:
  Walk(const Draft& draft, Landscape::Data& data) : draft_(draft), data_(data) {}

  // Everything reached from a formula of the loss; complains where it has no derivative.
  void differentiable(const Expr& tree) {
    if (const auto* feature = tree.as<language::Feature>()) {
      reach(*feature, tree);
      for (const ExprPtr& argument : tree.children)
        constant(*argument, "an index");
      return;
    }
    const std::string weight = weight_in(tree);
    if (weight.empty()) {
      values_of_data(tree);
      for (const ExprPtr& child : tree.children)
        differentiable(*child);
      return;
    }
    if (const auto* call = tree.as<language::Call>()) {
      if (!language::is_differentiable(call->function))
        no_derivative(tree, std::string(language::signature_of(*call).name), weight);
      const bool positions = call->function == Function::entry || call->function == Function::block;
      for (std::size_t k = 0; k < tree.children.size(); ++k) {
        if (positions && k > 0) {
          constant(tree.child(k), "a position");
        } else {
          differentiable(tree.child(k));
        }
      }
      return;
    }
    if (tree.is<language::Conditional>()) {
      constant(tree.child(0), "the condition of an 'if'");
      differentiable(tree.child(1));
      differentiable(tree.child(2));
      return;
    }
    if (tree.is<language::EntryOf>()) {
      differentiable(tree.child(0));
      constant(tree.child(1), "a position");
      return;
    }
    if (const auto* operation = tree.as<language::Operation>()) {
      if (operation->op == language::Operator::power) {
        differentiable(tree.child(0));
        constant(tree.child(1), "an exponent");
        return;
      }
      differentiable(tree.child(0));
      differentiable(tree.child(1));
      return;
    }
    if (const auto* quantified = tree.as<language::Quantified>()) {
      using language::Quantifier;
      const Quantifier q = quantified->quantifier;
      if (q != Quantifier::sum && q != Quantifier::product && q != Quantifier::sequence && q != Quantifier::matrix)
        no_derivative(tree, std::string(language::to_text(q)), weight);
      for (std::size_t k = 0; k + 1 < tree.children.size(); ++k)
        constant(tree.child(k), "a domain or condition");
      differentiable(tree.body());
      return;
    }
    if (tree.is<language::Negation>() || tree.is<language::Blocks>()) {
      for (const ExprPtr& child : tree.children)
        differentiable(*child);
      return;
    }
    no_derivative(tree, language::to_text(tree), weight);
  }

  void weights_occur() {
    for (std::size_t a = data_.data_count; a < data_.arrays.size(); ++a) {
      const Declaration& array = data_.arrays[a];
      if (reached_.contains(array.position)) continue;
      draft_.fail(array.place,
                  fmt::format("found no {} in the loss, expected every weight to occur there", quote(array.name)));
    }
  }

  void finish() {
    for (std::size_t a = 0; a < data_.data_count; ++a) {
      if (reached_.contains(data_.arrays[a].position)) data_.loss_data.push_back(a);
    }
    data_.loss_of_data = of_data_;
  }

 private:
  [[noreturn]] void no_derivative(const Expr& tree, const std::string& what, const std::string& weight) const {
    draft_.fail(tree.place,
                fmt::format("found {}, which has no derivative, of something that depends on the weight {}, expected "
                            "+ - * / ^ and the functions of docs/landscapes.md that have one",
                            quote(what), weight));
  }

  void reach(const language::Feature& feature, const Expr& tree) {
    if (feature.position >= data_.words->all().size()) {
      draft_.fail(tree.place,
                  fmt::format("found {}, a feature of points, in the loss, expected sizes, data, weights and "
                              "definitions",
                              quote(feature.name)));
    }
    const Word& word = (*data_.words)[feature.position];
    if (word.role == Role::word) {
      draft_.fail(
          tree.place,
          fmt::format("found {}, a word of the adviser, in the loss, expected sizes, data, weights and definitions",
                      quote(feature.name)));
    }
    if (!reached_.insert(feature.position).second || word.role != Role::definition) return;
    for (const Word::Body& body : word.bodies)
      differentiable(*body.formula.tree);
  }

  // Must not depend on weights; its value may depend on data.
  void constant(const Expr& tree, const std::string& what) {
    const std::string weight = weight_in(tree);
    if (!weight.empty()) {
      draft_.fail(
          tree.place,
          fmt::format("found {} that depends on the weight {}, expected one of sizes, choices and data", what, weight));
    }
    if (data_in(tree)) of_data_ = true;
    for_features(tree, [&](const language::Feature& feature, const Expr& at) { reach(feature, at); });
  }

  // A function that is no operation of programs is evaluated where the data are known.
  void values_of_data(const Expr& tree) {
    const auto* call = tree.as<language::Call>();
    const bool evaluated =
        (call != nullptr && !language::is_differentiable(call->function) && !of_shapes(call->function)) ||
        tree.is<language::Comparison>() || tree.is<language::Connective>() || tree.is<language::SetOf>();
    if (evaluated && data_in(tree)) of_data_ = true;
    if (tree.is<language::Conditional>() && data_in(tree.child(0))) of_data_ = true;
    if (const auto* quantified = tree.as<language::Quantified>()) {
      for (std::size_t k = 0; k + 1 < tree.children.size(); ++k)
        of_data_ = of_data_ || data_in(tree.child(k));
      using language::Quantifier;
      const Quantifier q = quantified->quantifier;
      const bool collects =
          q == Quantifier::sum || q == Quantifier::product || q == Quantifier::sequence || q == Quantifier::matrix;
      if (!collects && data_in(tree)) of_data_ = true;
    }
  }

  template <class Visit>
  static void for_features(const Expr& tree, const Visit& visit) {
    if (const auto* feature = tree.as<language::Feature>()) visit(*feature, tree);
    for (const ExprPtr& child : tree.children)
      for_features(*child, visit);
  }

  // The first weight that it depends on, or nothing.
  std::string weight_in(const Expr& tree) {
    std::string found;
    for_features(tree, [&](const language::Feature& feature, const Expr&) {
      if (found.empty()) found = dependence(feature.position).weight;
    });
    return found;
  }
  bool data_in(const Expr& tree) {
    bool found = false;
    for_features(tree, [&](const language::Feature& feature, const Expr&) {
      found = found || dependence(feature.position).data;
    });
    return found;
  }

  struct Dependence {
    std::string weight;
    bool data = false;
  };
  const Dependence& dependence(std::size_t position) {
    const auto [entry, fresh] = dependence_.try_emplace(position);
    if (!fresh || position >= data_.words->all().size()) return entry->second;
    const Word& word = (*data_.words)[position];
    Dependence result;
    if (word.role == Role::weight) result.weight = word.declaration.name;
    if (word.role == Role::datum || word.role == Role::word) result.data = true;
    if (word.role == Role::definition) {
      for (const Word::Body& body : word.bodies) {
        for_features(*body.formula.tree, [&](const language::Feature& feature, const Expr&) {
          const Dependence& inner = dependence(feature.position);
          if (result.weight.empty()) result.weight = inner.weight;
          result.data = result.data || inner.data;
        });
      }
    }
    return dependence_[position] = std::move(result);
  }

  const Draft& draft_;
  Landscape::Data& data_;
  std::set<std::size_t> reached_;
  std::map<std::size_t, Dependence> dependence_;
  bool of_data_ = false;
};

}  // namespace

void check_derivatives(const Draft& draft, Landscape::Data& data) {
  Walk walk(draft, data);
  walk.differentiable(*data.loss.tree);
  walk.weights_occur();
  for (const Condition& constraint : data.constraints) {
    for (const ExprPtr& side : constraint.holds.tree->children)
      walk.differentiable(*side);
  }
  walk.finish();
  for (const Bound& bound : data.bounds)
    walk.differentiable(*bound.in.tree);
}

}  // namespace rankscape
