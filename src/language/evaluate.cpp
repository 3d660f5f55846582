// Three-valued evaluation. What is not decided is unknown and says why; what does not matter is not computed.
#include "language/evaluate.hpp"

#include "language/functions.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace rankscape::language {

namespace {

constexpr std::size_t max_steps = 2'000'000;
constexpr std::size_t max_reasons = 20;

// The formula asks for more work than is allowed. Not an Undefined: it ends the whole formula, not one comparison.
class TooMuchWork : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

void collect_variables(const Expr& expr, std::vector<const Variable*>& found) {
  const auto* variable = expr.as<Variable>();
  if (variable != nullptr &&
      std::none_of(found.begin(), found.end(), [&](const Variable* other) { return other->slot == variable->slot; })) {
    found.push_back(variable);
  }
  for (const ExprPtr& child : expr.children)
    collect_variables(*child, found);
}

}  // namespace

Truth Evaluator::condition(const Expr& expr, std::vector<std::string>& reasons) {
  steps_ = 0;
  reasons_.clear();
  Truth result = Truth::unknown;
  try {
    result = truth(expr);
  } catch (const TooMuchWork& limit) {
    variables_.clear();
    reasons_ = {limit.what()};
  }
  if (result == Truth::unknown) {
    for (const std::string& reason : reasons_) {
      if (std::find(reasons.begin(), reasons.end(), reason) == reasons.end()) reasons.push_back(reason);
    }
  }
  return result;
}

Value Evaluator::closed_value(const Expr& expr, std::vector<long> variables) {
  steps_ = 0;
  reasons_.clear();
  variables_ = std::move(variables);
  try {
    Value result = value(expr);
    variables_.clear();
    return result;
  } catch (const TooMuchWork& limit) {
    variables_.clear();
    if (expr.kind == Kind::truth) return Truth::unknown;
    throw Undefined(limit.what());
  } catch (...) {
    variables_.clear();
    throw;
  }
}

void Evaluator::step() {
  if (++steps_ > max_steps) throw TooMuchWork(fmt::format("the formula takes more than {} steps", max_steps));
}

void Evaluator::step(std::size_t count) {
  steps_ += std::min(count, max_steps);
  step();
}

void Evaluator::step_for(const RationalMatrix& a, std::size_t times) {
  // Products and the like run over integers with a common denominator, everything else over rational entries.
  constexpr std::size_t entries_in_a_step = 64;
  constexpr std::size_t operations_in_a_step = 2048;
  std::size_t words = 0;
  for (Index k = 0; k < a.size(); ++k) {
    const auto* entry = a(k).backend().data();  // without copies
    const std::size_t length = mpz_size(mpq_numref(entry)) + mpz_size(mpq_denref(entry));
    words += 1 + length + length * length / 8;  // common divisors take the square
  }
  step(words / entries_in_a_step + words * std::min(times, max_steps) / operations_in_a_step);
}

void Evaluator::note(const Expr& atom, std::string_view why) {
  if (reasons_.size() >= max_reasons) return;
  std::vector<const Variable*> variables;
  collect_variables(atom, variables);
  std::string at;
  for (const Variable* variable : variables) {
    // Variables bound inside the atom have no value here.
    if (variable->slot < variables_.size()) {
      at += fmt::format("{}{} = {}", at.empty() ? " at " : ", ", variable->name, variables_[variable->slot]);
    }
  }
  std::string reason = fmt::format("`{}`{}: {}", to_text(atom), at, why);
  if (std::find(reasons_.begin(), reasons_.end(), reason) == reasons_.end()) reasons_.push_back(std::move(reason));
}

Truth Evaluator::truth(const Expr& expr) {
  step();
  const std::size_t noted = reasons_.size();
  Truth result = Truth::unknown;
  bool explained = true;  // further in, where it is unknown
  try {
    result = std::visit(overloaded{
                            [](const Constant& node) { return rankscape::truth(node.value); },
                            [&](const Comparison& node) { return comparison(expr, node); },
                            [&](const Connective& node) { return connective(expr, node.op); },
                            [&](const Conditional&) { return conditional(expr); },
                            [&](const Quantified& node) { return truth_quantifier(expr, node, 0); },
                            [&](const DefinitionCall& node) { return std::get<Truth>(definition(expr, node)); },
                            [&](const Feature& node) {
                              explained = false;
                              return std::get<Truth>(feature(expr, node));
                            },
                            [&](const Call& node) {
                              explained = false;
                              return std::get<Truth>(function(expr, node));
                            },
                            [](const auto&) -> Truth { throw std::logic_error("no condition"); },
                        },
                        expr.node);
    if (result == Truth::unknown && !explained) note(expr, "undecided");
  } catch (const Undefined& undefined) {
    note(expr, undefined.what());
    return Truth::unknown;
  }
  // What was unknown on the way to a decided result explains nothing.
  if (result != Truth::unknown) reasons_.resize(noted);
  return result;
}

Truth Evaluator::connective(const Expr& expr, Logical op) {
  const auto operand = [&](std::size_t k) { return truth(expr.child(k)); };
  switch (op) {
    case Logical::negation:
      return !operand(0);
    case Logical::conjunction: {
      Truth all = Truth::yes;
      for (std::size_t k = 0; k < expr.children.size() && all != Truth::no; ++k)
        all = all && operand(k);
      return all;
    }
    case Logical::disjunction: {
      Truth some = Truth::no;
      for (std::size_t k = 0; k < expr.children.size() && some != Truth::yes; ++k)
        some = some || operand(k);
      return some;
    }
    case Logical::implies: {
      const Truth premise = operand(0);
      return premise == Truth::no ? Truth::yes : implies(premise, operand(1));
    }
    case Logical::iff:
      break;
  }
  const Truth left = operand(0);
  const Truth right = operand(1);
  return left == Truth::unknown || right == Truth::unknown ? Truth::unknown : rankscape::truth(left == right);
}

Truth Evaluator::conditional(const Expr& expr) {
  const Truth chosen = truth(expr.child(0));
  if (chosen != Truth::unknown) return truth(expr.child(chosen == Truth::yes ? 1 : 2));
  const Truth yes = truth(expr.child(1));
  return yes == truth(expr.child(2)) ? yes : Truth::unknown;
}

namespace {

const char* const left_open = "the enclosure of the point leaves it open";

// Refinement has come to its end: which formula would not need it?
std::string would_decide(const Expr& left, const Expr& right) {
  std::string formula = "a formula in exact numbers (ranks, polynomials, squares instead of roots) would decide";
  for (const auto& [side, other] : {std::pair(&left, &right), std::pair(&right, &left)}) {
    const auto* feature = side->as<Feature>();
    if (feature == nullptr || (feature->name != "lambda_min" && feature->name != "lambda_max")) continue;
    formula = fmt::format(
        "where the other side is rational, `rank(hessian - ({}) * identity(parameters)) < parameters` would",
        to_text(*other));
  }
  return "not decided by the enclosures of its sides, which agree to 1e-60; " + formula;
}

}  // namespace

Truth Evaluator::comparison(const Expr& expr, const Comparison& node) {
  Truth all = Truth::yes;
  std::string why;
  std::optional<Value> left;
  const bool of_sets = std::any_of(node.relations.begin(), node.relations.end(), [](Relation relation) {
    return relation == Relation::in || relation == Relation::not_in || relation == Relation::subset;
  });
  const auto operand = [&](std::size_t k) -> std::optional<Value> {
    try {
      return value(*expr.children[k]);
    } catch (const OpenRank& open) {
      why = open.what();
      if (of_sets || open.of != expr.children[k].get()) return std::nullopt;
      return known_within(Enclosure(Rational(open.at_least), Rational(open.at_most)));
    } catch (const Undefined& undefined) {
      why = undefined.what();
      return std::nullopt;
    }
  };
  left = operand(0);
  for (std::size_t k = 0; k < node.relations.size() && all != Truth::no; ++k) {
    std::optional<Value> right = operand(k + 1);
    Truth one = Truth::unknown;
    if (!left || !right) {
      if (const auto known = compared_by_enclosures(expr.child(k), node.relations[k], expr.child(k + 1))) {
        one = *known;
        why = left_open;
      }
    } else {
      one = related(*left, node.relations[k], *right);
      if (one == Truth::unknown && why.empty()) {
        const bool exact = enclosed_ == nullptr || !enclosed_->only_enclosed();
        why = exact ? would_decide(expr.child(k), expr.child(k + 1)) : left_open;
      }
    }
    all = all && one;
    left = std::move(right);
  }
  if (all == Truth::unknown) note(expr, why);
  return all;
}

std::vector<Value> Evaluator::values(const Expr& expr) {
  std::vector<Value> result;
  result.reserve(expr.children.size());
  for (const ExprPtr& child : expr.children)
    result.push_back(value(*child));
  return result;
}

const Value& Evaluator::constant_feature(std::size_t position) {
  const auto known = cache_.constants.find(position);
  if (known != cache_.constants.end()) return known->second;
  return cache_.constants.emplace(position, point_.feature(position, {})).first->second;
}

Value Evaluator::feature(const Expr& expr, const Feature& node) {
  const std::vector<Value> arguments = values(expr);
  try {
    return arguments.empty() ? constant_feature(node.position) : point_.feature(node.position, arguments);
  } catch (OpenRank& open) {
    if (open.of == nullptr) open.of = &expr;
    throw;
  }
}

Value Evaluator::value(const Expr& expr) {
  if (expr.kind == Kind::truth) return truth(expr);
  step();
  return std::visit(overloaded{
                        [&](const Number& node) -> Value {
                          if (expr.kind == Kind::integer) return to_long(node.value).value();
                          return Real(node.value);
                        },
                        [&](const Variable& node) -> Value { return variables_.at(node.slot); },
                        [&](const Feature& node) { return feature(expr, node); },
                        [&](const DefinitionCall& node) { return definition(expr, node); },
                        [&](const Call& node) { return function(expr, node); },
                        [&](const EntryOf&) { return indexed(expr); },
                        [&](const Negation&) { return negated(expr); },
                        [&](const Operation& node) { return arithmetic(expr, node.op); },
                        [&](const Range&) { return set(expr); },
                        [&](const SetOf&) { return set(expr); },
                        [&](const Conditional&) -> Value {
                          const Truth chosen = truth(expr.child(0));
                          if (chosen == Truth::unknown)
                            throw Undefined(fmt::format("`{}` is undecided", to_text(expr.child(0))));
                          return value(expr.child(chosen == Truth::yes ? 1 : 2));
                        },
                        [&](const Quantified& node) { return collected(expr, node); },
                        [&](const Blocks& node) { return blocks(expr, node); },
                        [](const auto&) -> Value { throw std::logic_error("a condition that is no condition"); },
                    },
                    expr.node);
}

Value Evaluator::function(const Expr& expr, const Call& call) {
  if (call.function == Function::jacobian) {
    const Expr& of = expr.child(0);
    return point_.jacobian(std::get<Feature>(of.node).position, values(of));
  }
  const Signature& signature = signature_of(call);
  const auto apply = [&] {
    std::vector<Value> arguments;
    try {
      arguments = values(expr);
    } catch (const Undefined&) {
      if (auto known = of_enclosures(expr, call.function)) return std::move(*known);
      throw;
    }
    for (const Value& argument : arguments) {
      // Ranks, inverses and the like: about the cube of the size.
      if (const auto* a = std::get_if<RationalMatrix>(&argument)) {
        step_for(*a, static_cast<std::size_t>(std::min(a->rows(), a->cols())));
      }
    }
    Value result = signature.apply(arguments);
    if (const auto* a = std::get_if<RationalMatrix>(&result)) step_for(*a, 0);
    return result;
  };
  if (expr.key.empty()) return apply();
  std::string key = expr.key;
  for (const std::size_t slot : expr.key_slots)
    key += ',' + std::to_string(variables_.at(slot));
  auto& table = expr.key_is_shared ? cache_.functions : functions_;
  const auto known = table.find(key);
  if (known != table.end()) return known->second;
  return table.emplace(std::move(key), apply()).first->second;
}

Value Evaluator::definition(const Expr& expr, const DefinitionCall& node) {
  std::vector<long> arguments;
  for (const ExprPtr& child : expr.children)
    arguments.push_back(integer(*child));
  const auto remember_reasons = [&](const std::vector<std::string>& reasons) {
    for (const std::string& reason : reasons) {
      if (reasons_.size() < max_reasons && std::find(reasons_.begin(), reasons_.end(), reason) == reasons_.end()) {
        reasons_.push_back(reason);
      }
    }
  };
  const std::pair key(node.position, arguments);
  const auto known = remembered_.find(key);
  if (known != remembered_.end()) {
    remember_reasons(known->second.reasons);
    return known->second.value;
  }
  // The body sees its parameters and nothing of the place where it is called.
  std::vector<std::string> outer_reasons;
  std::swap(outer_reasons, reasons_);
  std::swap(variables_, arguments);
  Remembered result;
  try {
    result.value = value(*definitions_.at(node.position).body.tree);
  } catch (...) {  // put the caller's variables back on the way out, whatever it is
    variables_ = std::move(arguments);
    reasons_ = std::move(outer_reasons);
    throw;
  }
  result.reasons = std::move(reasons_);
  variables_ = std::move(arguments);
  reasons_ = std::move(outer_reasons);
  remember_reasons(result.reasons);
  return remembered_.emplace(key, std::move(result)).first->second.value;
}

}  // namespace rankscape::language
