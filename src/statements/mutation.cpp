// Mutants of a statement: each edit of each formula, hypotheses and conditions dropped, verdicts exchanged.
#include <rankscape/error.hpp>
#include <rankscape/statements/mutation.hpp>

#include "language/edits.hpp"
#include "statements/statement_data.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <set>

namespace rankscape {

namespace {

using language::Expr;
using language::ExprPtr;

constexpr std::size_t max_bytes = 1U << 29U;
constexpr std::size_t max_nodes = 2000;

MutationOperator operator_of(language::EditKind kind) {
  using language::EditKind;
  switch (kind) {
    case EditKind::comparison:
      return MutationOperator::comparison;
    case EditKind::connective:
      return MutationOperator::connective;
    case EditKind::quantifier:
      return MutationOperator::quantifier;
    case EditKind::bound:
      return MutationOperator::bound;
    case EditKind::dropped:
      return MutationOperator::dropped;
    case EditKind::feature:
      return MutationOperator::feature;
    case EditKind::constant:
      return MutationOperator::constant;
    case EditKind::negation:
      return MutationOperator::negation;
  }
  return {};
}

class Mutator {
 public:
  Mutator(const Statement& statement, const MutationOptions& options)
      : statement_(statement), exchange_{&statement.vocabulary(), {}}, bytes_(5 * statement.to_toml().size()) {
    const auto& data = statement.data();
    definition_used_.resize(data.definitions.size(), false);
    for (const Hypothesis& h : data.hypotheses)
      use(*h.holds.tree);
    for (const StatementCase& c : data.cases) {
      if (c.when) use(*c.when->tree);
    }
    for (const Claim& c : data.claims) {
      use(*c.holds.tree);
      if (c.when) use(*c.when->tree);
    }
    for (const Definition& d : data.definitions) {
      names_taken_.insert(d.name);
      names_taken_.insert(d.parameters.begin(), d.parameters.end());
    }
    for (const std::string& name : options.also_exchange) {
      if (const auto position = statement.vocabulary().find(name)) features_.insert(*position);
    }
    // What is hidden somewhere would mean something else there.
    for (const std::size_t position : features_) {
      if (!names_taken_.contains(statement.vocabulary().features()[position].name))
        exchange_.features.push_back(position);
    }
  }

  std::vector<Mutation> mutations() {
    const Statement::Data& data = statement_.data();
    // Every formula has a mutant, so some statements need not be tried.
    refuse_more_than(data.hypotheses.size() + data.cases.size() + data.claims.size());
    for (std::size_t k = 0; k < data.hypotheses.size(); ++k) {
      const Hypothesis& h = data.hypotheses[k];
      add(MutationOperator::hypothesis, fmt::format("hypothesis `{}` is dropped", h.holds.to_text()),
          where("hypothesis '" + h.name + "'", h.holds.place),
          [&](Statement::Data& d) { d.hypotheses.erase(d.hypotheses.begin() + static_cast<std::ptrdiff_t>(k)); });
      edit(h.holds, "hypothesis '" + h.name + "'",
           [&](Statement::Data& d, Expression e) { d.hypotheses[k].holds = std::move(e); });
    }
    for (std::size_t k = 0; k < data.definitions.size(); ++k) {
      if (!definition_used_[k]) continue;
      edit(data.definitions[k].body, "definition '" + data.definitions[k].name + "'",
           [&](Statement::Data& d, Expression e) { d.definitions[k].body = std::move(e); });
    }
    for (std::size_t k = 0; k < data.cases.size(); ++k)
      mutate_case(data.cases[k], k);
    for (std::size_t k = 0; k < data.claims.size(); ++k) {
      const Claim& claim = data.claims[k];
      const std::string section = "claim '" + claim.name + "'";
      if (claim.when) {
        add(MutationOperator::hypothesis, fmt::format("the condition `{}` is dropped", claim.when->to_text()),
            where(section, claim.when->place), [&](Statement::Data& d) { d.claims[k].when.reset(); });
        edit(*claim.when, section, [&](Statement::Data& d, Expression e) { d.claims[k].when = std::move(e); });
      }
      edit(claim.holds, section, [&](Statement::Data& d, Expression e) { d.claims[k].holds = std::move(e); });
    }
    return std::move(mutations_);
  }

 private:
  void use(const Expr& expr) {
    if (const auto* feature = expr.as<language::Feature>()) features_.insert(feature->position);
    if (const auto* quantified = expr.as<language::Quantified>()) {
      names_taken_.insert(quantified->binders.begin(), quantified->binders.end());
    }
    const auto* definition = expr.as<language::DefinitionCall>();
    if (definition != nullptr && !definition_used_[definition->position]) {
      definition_used_[definition->position] = true;
      use(*statement_.definitions()[definition->position].body.tree);
    }
    for (const ExprPtr& child : expr.children)
      use(*child);
  }

  void refuse_more_than(std::size_t count) const {
    if (count * bytes_ <= max_bytes) return;
    throw InputError(fmt::format("{}: found at least {} mutants of about {} bytes each, expected a smaller statement",
                                 statement_.filename(), count, bytes_));
  }

  static std::size_t nodes(const Expr& expr) {
    std::size_t count = 1;
    for (const ExprPtr& child : expr.children)
      count += nodes(*child);
    return count;
  }

  static std::string where(const std::string& section, Place place) {
    return place.line == 0 ? section : fmt::format("{}, {}:{}", section, place.line, place.column);
  }

  template <class Change>
  void add(MutationOperator op, std::string edit, std::string place, const Change& change) {
    auto copy = std::make_shared<Statement::Data>(statement_.data());
    change(*copy);
    copy->input.clear();
    if (copy->cases.empty() && copy->claims.empty()) return;
    refuse_more_than(mutations_.size() + 1);
    mutations_.push_back({op, std::move(edit), std::move(place), Statement(std::move(copy))});
  }

  template <class Assign>
  void edit(const Expression& expression, const std::string& section, const Assign& assign) {
    if (nodes(*expression.tree) > max_nodes) {
      throw InputError(
          fmt::format("{}: found a formula of more than {} operations in {}, expected a shorter one to mutate",
                      statement_.filename(), max_nodes, section));
    }
    std::set<std::string> seen = {expression.to_text()};
    for (const language::Edit& one : language::edits_of(expression.tree, exchange_)) {
      if (!seen.insert(language::to_text(*one.tree)).second) continue;
      add(operator_of(one.kind),
          fmt::format("`{}` becomes `{}`", language::to_text(*one.before), language::to_text(*one.after)),
          where(section, one.place), [&](Statement::Data& d) { assign(d, statements::expression_of(one.tree)); });
    }
  }

  void mutate_case(const StatementCase& original, std::size_t k) {
    const std::string section = "case '" + original.name + "'";
    if (original.when) {
      edit(*original.when, section, [&](Statement::Data& d, Expression e) { d.cases[k].when = std::move(e); });
    }
    const std::vector<std::string> names = statements::names_in(original.then);
    std::set<std::string> seen;
    const auto replace = [&](std::vector<std::string> others) {
      Prediction changed = statements::prediction_of(std::move(others), original.then.place);
      if (changed.classes == original.then.classes || !seen.insert(changed.text).second) return;
      add(MutationOperator::verdict, fmt::format("`{}` becomes `{}`", original.then.text, changed.text),
          where(section, original.then.place), [&](Statement::Data& d) { d.cases[k].then = changed; });
    };
    for (std::size_t n = 0; n < names.size(); ++n) {
      for (const char* other : {"global_minimizer", "non_strict_saddle", "strict_saddle"}) {
        std::vector<std::string> others = names;
        others[n] = other;
        if (std::count(others.begin(), others.end(), other) == 1) replace(std::move(others));
      }
      if (names.size() > 1) {
        std::vector<std::string> fewer = names;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(n));
        replace(std::move(fewer));
      }
    }
  }

  const Statement& statement_;
  language::Exchange exchange_;
  std::set<std::size_t> features_;
  std::set<std::string> names_taken_;  // by definitions, parameters and binders
  std::vector<bool> definition_used_;
  std::vector<Mutation> mutations_;
  std::size_t bytes_;  // what a mutant takes in memory, about: trees are shared, names and texts are not
};

}  // namespace

std::string_view to_string(MutationOperator op) {
  switch (op) {
    case MutationOperator::comparison:
      return "comparison";
    case MutationOperator::connective:
      return "connective";
    case MutationOperator::quantifier:
      return "quantifier";
    case MutationOperator::bound:
      return "bound";
    case MutationOperator::dropped:
      return "dropped";
    case MutationOperator::hypothesis:
      return "hypothesis";
    case MutationOperator::feature:
      return "feature";
    case MutationOperator::constant:
      return "constant";
    case MutationOperator::verdict:
      return "verdict";
    case MutationOperator::negation:
      return "negation";
  }
  return {};
}

std::vector<Mutation> mutations(const Statement& statement, const MutationOptions& options) {
  return Mutator(statement, options).mutations();
}

}  // namespace rankscape
