// Evaluation of quantifiers: over ranges and sets, with conditions, three-valued.
#include "language/evaluate.hpp"
#include "language/functions.hpp"
#include "language/matrix_functions.hpp"
#include "language/shapes.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace rankscape::language {

namespace {

constexpr std::size_t max_terms = 1'000'000;

long add(long a, long b) {
  long sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) integer_overflow();
  return sum;
}

long multiply(long a, long b) {
  long product = 0;
  if (__builtin_mul_overflow(a, b, &product)) integer_overflow();
  return product;
}

// Halves, so that neither the numbers nor the nested enclosures grow along a chain.
template <class Combine>
Real folded(std::span<const Real> terms, const Combine& combine, Real of_nothing) {
  if (terms.empty()) return of_nothing;
  if (terms.size() == 1) return terms.front();
  const std::size_t half = terms.size() / 2;
  return bounded(
      combine(folded(terms.first(half), combine, of_nothing), folded(terms.subspan(half), combine, of_nothing)));
}

[[noreturn]] void too_many_terms() {
  throw Undefined(fmt::format("more than {} terms", max_terms));
}

// The value of a quantifier over no integers.
long empty(Quantifier quantifier) {
  switch (quantifier) {
    case Quantifier::sum:
    case Quantifier::count:
      return 0;
    case Quantifier::product:
      return 1;
    default:
      throw Undefined(fmt::format("the {} of nothing", to_text(quantifier)));
  }
}

}  // namespace

template <class Visit>
void Evaluator::for_each_element(const Expr& domain, const Visit& visit) {
  if (const auto* range = domain.as<Range>()) {
    const long first = integer(domain.child(0));
    const long last = integer(domain.child(1));
    if (range->down ? first < last : last < first) return;
    for (long i = first;; i += range->down ? -1 : 1) {
      if (!visit(i) || i == last) return;
    }
  }
  const Value elements = value(domain);
  for (const long i : std::get<IndexSet>(elements)) {
    if (!visit(i)) return;
  }
}

Truth Evaluator::truth_quantifier(const Expr& expr, const Quantified& node, std::size_t binder) {
  step();
  const bool universal = node.quantifier == Quantifier::all;
  if (binder == node.binders.size()) {
    const Truth where = node.conditional ? truth(*expr.where()) : Truth::yes;
    if (where == Truth::no) return rankscape::truth(universal);
    const Truth holds = truth(expr.body());
    return universal ? implies(where, holds) : where && holds;
  }
  Truth result = rankscape::truth(universal);
  const Truth decided = !result;
  const std::size_t slots = variables_.size();
  try {
    for_each_element(expr.domain(binder), [&](long i) {
      variables_.push_back(i);
      const Truth one = truth_quantifier(expr, node, binder + 1);
      variables_.resize(slots);
      result = universal ? result && one : result || one;
      return result != decided;
    });
  } catch (const Undefined& undefined) {  // of the domain: everything else is caught further in
    note(expr.domain(binder), undefined.what());
    return Truth::unknown;
  }
  return result;
}

template <class Visit>
void Evaluator::for_each_point(const Expr& expr, const Quantified& node, std::size_t binder, const Visit& visit) {
  step();
  if (binder == node.binders.size()) {
    if (node.conditional) {
      const Truth where = truth(*expr.where());
      if (where == Truth::unknown) throw Undefined(fmt::format("`{}` is undecided", to_text(*expr.where())));
      if (where == Truth::no) return;
    }
    visit();
    return;
  }
  const std::size_t slots = variables_.size();
  for_each_element(expr.domain(binder), [&](long i) {
    variables_.push_back(i);
    for_each_point(expr, node, binder + 1, visit);
    variables_.resize(slots);
    return true;
  });
}

Value Evaluator::collected(const Expr& expr, const Quantified& node) {
  const std::size_t slots = variables_.size();
  try {
    if (expr.kind == Kind::integer) return collected_integers(expr, node);
    if (node.quantifier == Quantifier::matrix) return matrix_by_entries(expr, node);
    if (expr.kind == Kind::matrix) return collected_matrices(expr, node);
    return collected_reals(expr, node);
  } catch (...) {
    variables_.resize(slots);
    throw;
  }
}

Value Evaluator::collected_integers(const Expr& expr, const Quantified& node) {
  std::optional<long> result;
  std::size_t count = 0;
  for_each_point(expr, node, 0, [&] {
    if (++count > max_terms) too_many_terms();
    long term = 0;
    if (node.quantifier == Quantifier::count) {
      const Truth holds = truth(expr.body());
      if (holds == Truth::unknown) throw Undefined(fmt::format("`{}` is undecided", to_text(expr.body())));
      term = holds == Truth::yes ? 1 : 0;
    } else {
      term = integer(expr.body());
    }
    switch (node.quantifier) {
      case Quantifier::product:
        result = multiply(result.value_or(1), term);
        break;
      case Quantifier::least:
        result = std::min(result.value_or(term), term);
        break;
      case Quantifier::largest:
        result = std::max(result.value_or(term), term);
        break;
      default:
        result = add(result.value_or(0), term);
    }
  });
  if (!result) return empty(node.quantifier);
  return *result;
}

Value Evaluator::collected_reals(const Expr& expr, const Quantified& node) {
  std::vector<Real> terms;
  for_each_point(expr, node, 0, [&] {
    if (terms.size() == max_terms) too_many_terms();
    terms.push_back(as_real(value(expr.body())));
  });
  switch (node.quantifier) {
    case Quantifier::sequence:
      return terms;
    case Quantifier::sum:
      return folded(
          terms, [](const Real& a, const Real& b) { return a + b; }, Real());
    case Quantifier::product:
      return folded(
          terms, [](const Real& a, const Real& b) { return a * b; }, Real(Rational(1)));
    default:
      break;
  }
  if (terms.empty()) static_cast<void>(empty(node.quantifier));
  Real best = terms.front();
  for (const Real& candidate : terms)
    best = node.quantifier == Quantifier::least ? smaller(best, candidate) : larger(best, candidate);
  return best;
}

Value Evaluator::matrix_by_entries(const Expr& expr, const Quantified& node) {
  const auto indices = [&](std::size_t binder) {
    std::vector<long> all;
    for_each_element(expr.domain(binder), [&](long i) {
      if (all.size() == max_terms) too_many_terms();
      all.push_back(i);
      return true;
    });
    return all;
  };
  const std::size_t slots = variables_.size();
  const std::vector<long> rows = indices(0);
  const std::vector<long> cols = indices(1);
  if (rows.size() * cols.size() > max_terms) too_many_terms();
  static_cast<void>(node);
  RationalMatrix result(static_cast<Index>(rows.size()), static_cast<Index>(cols.size()));
  for (Index i = 0; i < result.rows(); ++i) {
    for (Index j = 0; j < result.cols(); ++j) {
      variables_.push_back(rows[static_cast<std::size_t>(i)]);
      variables_.push_back(cols[static_cast<std::size_t>(j)]);
      result(i, j) = rational_entry(value(expr.body()));
      variables_.resize(slots);
    }
  }
  return result;
}

Value Evaluator::collected_matrices(const Expr& expr, const Quantified& node) {
  std::optional<RationalMatrix> result;
  const bool product = node.quantifier == Quantifier::product;
  for_each_point(expr, node, 0, [&] {
    RationalMatrix term = std::get<RationalMatrix>(value(expr.body()));
    if (!result) {
      result = std::move(term);
      return;
    }
    step_for(*result, product ? static_cast<std::size_t>(term.cols()) : 0);
    step_for(term, product ? static_cast<std::size_t>(result->rows()) : 0);
    result = combine(*result, term, product ? Operator::multiply : Operator::add);
  });
  if (!result) return of_no_matrices(expr, node);
  return std::move(*result);
}

// Zero, or the identity where the product telescopes.
Value Evaluator::of_no_matrices(const Expr& expr, const Quantified& node) {
  const auto shape = declared_shape(expr, variables_);
  if (!shape) {
    throw Undefined(fmt::format("the {} of no matrices of a shape that is not declared", to_text(node.quantifier)));
  }
  check_shape(shape->first, shape->second);
  if (node.quantifier == Quantifier::sum) return RationalMatrix(RationalMatrix::Zero(shape->first, shape->second));
  if (shape->first != shape->second) {
    throw Undefined(fmt::format("the product of no matrices, from {} columns to {} rows", shape->second, shape->first));
  }
  return RationalMatrix(RationalMatrix::Identity(shape->first, shape->first));
}

// --- shapes in numbers --------------------------------------------------------------------------------------------

class Evaluator::Shapes final : public ShapeRules {
 public:
  explicit Shapes(Evaluator& evaluator) : evaluator_(evaluator) {}

  [[nodiscard]] std::optional<Polynomial> integer(const Expr& expr, const Values& variables) const override {
    const auto value = of(expr, variables);
    return value ? std::optional(Polynomial(std::get<long>(*value))) : std::nullopt;
  }
  [[nodiscard]] std::optional<Polynomial> size(const Expr& set, const Values& variables) const override {
    const auto value = of(set, variables);
    return value ? std::optional(Polynomial(static_cast<long>(std::get<IndexSet>(*value).size()))) : std::nullopt;
  }

 private:
  [[nodiscard]] const Dimensions* known(const Expr& /*expr*/, const Values& /*variables*/) const override {
    return nullptr;
  }
  [[nodiscard]] const Expr* body(const DefinitionCall& call) const override {
    return evaluator_.definitions_.at(call.position).body.tree.get();
  }

  // Nothing where a binder of the formula itself has no value, so that the shape depends on it, and where the value is
  // not defined: the first factor of an empty product has rows but may have no columns.
  [[nodiscard]] std::optional<Value> of(const Expr& expr, const Values& variables) const {
    std::vector<long> values;
    for (const auto& variable : variables) {
      const auto value = variable ? variable->constant() : std::nullopt;
      if (!value && uses_slot(expr, values.size())) return std::nullopt;
      values.push_back(value.value_or(0));
    }
    std::swap(evaluator_.variables_, values);
    try {
      Value result = evaluator_.value(expr);
      std::swap(evaluator_.variables_, values);
      return result;
    } catch (const Undefined&) {
      std::swap(evaluator_.variables_, values);
      return std::nullopt;
    } catch (...) {
      std::swap(evaluator_.variables_, values);
      throw;
    }
  }

  Evaluator& evaluator_;
};

std::optional<std::pair<long, long>> Evaluator::declared_shape(const Expr& expr, std::vector<long> variables) {
  ShapeRules::Values values;
  for (const long variable : variables)
    values.emplace_back(Polynomial(variable));
  const Dimensions dimensions = Shapes(*this).dimensions(expr, values);
  const auto rows = dimensions.rows ? dimensions.rows->constant() : std::nullopt;
  const auto cols = dimensions.cols ? dimensions.cols->constant() : std::nullopt;
  if (!rows || !cols) return std::nullopt;
  return std::pair(*rows, *cols);
}

}  // namespace rankscape::language
