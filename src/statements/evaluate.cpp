// Three-valued evaluation. What is not decided is unknown and says why; what does not matter is not computed.
#include "statements/evaluate.hpp"

#include "statements/functions.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace rankscape::statements {

namespace {

constexpr std::size_t max_steps = 2'000'000;
constexpr std::size_t max_reasons = 20;

// The formula asks for more work than is allowed. Not an Undefined: it ends the whole formula, not one comparison.
class TooMuchWork : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

void collect_variables(const Expr& expr, std::vector<const Expr*>& found) {
  if (expr.op == Op::variable &&
      std::none_of(found.begin(), found.end(), [&](const Expr* other) { return other->slot == expr.slot; })) {
    found.push_back(&expr);
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

Value Evaluator::closed_value(const Expr& expr) {
  steps_ = 0;
  if (expr.kind == Kind::truth) {
    std::vector<std::string> reasons;
    return condition(expr, reasons);
  }
  try {
    return value(expr);
  } catch (const TooMuchWork& limit) {
    variables_.clear();
    throw Undefined(limit.what());
  }
}

void Evaluator::step() {
  if (++steps_ > max_steps) throw TooMuchWork(fmt::format("the formula takes more than {} steps", max_steps));
}

void Evaluator::note(const Expr& atom, std::string_view why) {
  if (reasons_.size() >= max_reasons) return;
  std::vector<const Expr*> variables;
  collect_variables(atom, variables);
  std::string at;
  for (const Expr* variable : variables) {
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
  try {
    switch (expr.op) {
      case Op::constant:
        return rankscape::truth(expr.name == "true");
      case Op::comparison:
        return comparison(expr);
      case Op::logical_not:
      case Op::logical_and:
      case Op::logical_or:
      case Op::implies:
      case Op::iff:
      case Op::conditional:
        result = connective(expr);
        break;
      case Op::quantifier:
        result = truth_quantifier(expr, 0);
        break;
      case Op::definition:
        return std::get<Truth>(definition(expr));
      default:
        result = std::get<Truth>(expr.op == Op::feature && expr.children.empty() ? constant_feature(expr)
                                 : expr.op == Op::feature ? point_.feature(expr.slot, values(expr))
                                                          : function(expr));
        if (result == Truth::unknown) note(expr, "undecided");
        break;
    }
  } catch (const Undefined& undefined) {
    note(expr, undefined.what());
    return Truth::unknown;
  }
  // What was unknown on the way to a decided result explains nothing.
  if (result != Truth::unknown) reasons_.resize(noted);
  return result;
}

Truth Evaluator::connective(const Expr& expr) {
  const auto operand = [&](std::size_t k) { return truth(*expr.children[k]); };
  switch (expr.op) {
    case Op::logical_not:
      return !operand(0);
    case Op::logical_and: {
      Truth all = Truth::yes;
      for (std::size_t k = 0; k < expr.children.size() && all != Truth::no; ++k)
        all = all && operand(k);
      return all;
    }
    case Op::logical_or: {
      Truth some = Truth::no;
      for (std::size_t k = 0; k < expr.children.size() && some != Truth::yes; ++k)
        some = some || operand(k);
      return some;
    }
    case Op::implies: {
      const Truth premise = operand(0);
      return premise == Truth::no ? Truth::yes : implies(premise, operand(1));
    }
    case Op::iff: {
      const Truth left = operand(0);
      const Truth right = operand(1);
      return left == Truth::unknown || right == Truth::unknown ? Truth::unknown : rankscape::truth(left == right);
    }
    default: {
      const Truth chosen = operand(0);
      if (chosen != Truth::unknown) return operand(chosen == Truth::yes ? 1 : 2);
      const Truth yes = operand(1);
      return yes == operand(2) ? yes : Truth::unknown;
    }
  }
}

Truth Evaluator::comparison(const Expr& expr) {
  Truth all = Truth::yes;
  std::string why;
  std::optional<Value> left;
  const auto operand = [&](std::size_t k) -> std::optional<Value> {
    try {
      return value(*expr.children[k]);
    } catch (const Undefined& undefined) {
      why = undefined.what();
      return std::nullopt;
    }
  };
  left = operand(0);
  for (std::size_t k = 0; k < expr.relations.size() && all != Truth::no; ++k) {
    std::optional<Value> right = operand(k + 1);
    Truth one = Truth::unknown;
    if (left && right) {
      one = related(*left, expr.relations[k], *right);
      if (one == Truth::unknown && why.empty()) why = "not decided by the enclosures of its sides";
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

const Value& Evaluator::constant_feature(const Expr& expr) {
  const auto known = cache_.constants.find(expr.slot);
  if (known != cache_.constants.end()) return known->second;
  return cache_.constants.emplace(expr.slot, point_.feature(expr.slot, {})).first->second;
}

Value Evaluator::value(const Expr& expr) {
  if (expr.kind == Kind::truth) return truth(expr);
  step();
  switch (expr.op) {
    case Op::number:
      if (expr.kind == Kind::integer) return expr.number.convert_to<long>();
      return Real(expr.number);
    case Op::variable:
      return variables_.at(expr.slot);
    case Op::feature:
      return expr.children.empty() ? constant_feature(expr) : point_.feature(expr.slot, values(expr));
    case Op::definition:
      return definition(expr);
    case Op::function:
      return function(expr);
    case Op::index:
      return indexed(expr);
    case Op::range:
    case Op::set:
      return set(expr);
    case Op::conditional: {
      const Truth chosen = truth(*expr.children[0]);
      if (chosen == Truth::unknown) throw Undefined(fmt::format("`{}` is undecided", to_text(*expr.children[0])));
      return value(*expr.children[chosen == Truth::yes ? 1 : 2]);
    }
    case Op::quantifier:
      return number_quantifier(expr);
    default:
      return arithmetic(expr);
  }
}

Value Evaluator::function(const Expr& expr) {
  const Function& function = functions()[expr.slot];
  if (expr.key.empty()) return function.apply(values(expr));
  std::string key = expr.key;
  for (const std::size_t slot : expr.key_slots)
    key += ',' + std::to_string(variables_.at(slot));
  auto& table = expr.key_is_shared ? cache_.functions : functions_;
  const auto known = table.find(key);
  if (known != table.end()) return known->second;
  return table.emplace(std::move(key), function.apply(values(expr))).first->second;
}

Value Evaluator::definition(const Expr& expr) {
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
  const std::pair key(expr.slot, arguments);
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
    result.value = value(*definitions_.at(expr.slot).body.tree);
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

}  // namespace rankscape::statements
