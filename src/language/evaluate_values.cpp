// Evaluation of numbers, sets and matrices, and of the comparisons between them.
#include "language/evaluate.hpp"
#include "language/functions.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <iterator>

namespace rankscape::language {

namespace {

constexpr unsigned long max_elements = 1'000'000;

Truth compared(const Real& a, Relation relation, const Real& b) {
  switch (relation) {
    case Relation::equal:
      return equal(a, b);
    case Relation::not_equal:
      return !equal(a, b);
    case Relation::less:
      return less(a, b);
    case Relation::less_equal:
      return !less(b, a);
    case Relation::greater:
      return less(b, a);
    default:
      return !less(a, b);
  }
}

Truth same(const Value& a, const Value& b) {
  if (const auto* left = std::get_if<IndexSet>(&a)) return truth(*left == std::get<IndexSet>(b));
  if (const auto* left = std::get_if<RationalMatrix>(&a)) {
    const RationalMatrix& right = std::get<RationalMatrix>(b);
    if (left->rows() != right.rows() || left->cols() != right.cols()) {
      throw Undefined(fmt::format("a {} x {} and a {} x {} matrix have different shapes", left->rows(), left->cols(),
                                  right.rows(), right.cols()));
    }
    return truth(*left == right);
  }
  if (const auto* left = std::get_if<std::vector<Real>>(&a)) {
    const auto& right = std::get<std::vector<Real>>(b);
    if (left->size() != right.size()) return Truth::no;
    Truth all = Truth::yes;
    for (std::size_t k = 0; k < left->size(); ++k)
      all = all && equal((*left)[k], right[k]);
    return all;
  }
  return equal(as_real(a), as_real(b));
}

}  // namespace

Truth Evaluator::related(const Value& left, Relation relation, const Value& right) const {
  const auto member = [&] { return rankscape::truth(std::get<IndexSet>(right).contains(std::get<long>(left))); };
  switch (relation) {
    case Relation::in:
      return member();
    case Relation::not_in:
      return !member();
    case Relation::subset: {
      const IndexSet& small = std::get<IndexSet>(left);
      const IndexSet& large = std::get<IndexSet>(right);
      return rankscape::truth(std::includes(large.begin(), large.end(), small.begin(), small.end()));
    }
    case Relation::equal:
      return same(left, right);
    case Relation::not_equal:
      return !same(left, right);
    default:
      return compared(as_real(left), relation, as_real(right));
  }
}

Value Evaluator::indexed(const Expr& expr) {
  const long i = integer(*expr.children[1]);
  const auto pick = [&](const Value& sequence) -> Value {
    const auto& entries = std::get<std::vector<Real>>(sequence);
    if (i < 1 || i > static_cast<long>(entries.size())) {
      throw Undefined(
          fmt::format("`{}` has {} entries, asked for number {}", to_text(*expr.children[0]), entries.size(), i));
    }
    const Real& entry = entries[static_cast<std::size_t>(i - 1)];
    if (expr.kind != Kind::integer) return entry;
    const auto integral = entry.exact() == nullptr ? std::nullopt : to_long(*entry.exact());
    if (!integral) integer_overflow();
    return *integral;
  };
  const Expr& sequence = *expr.children[0];
  // Without copying the whole sequence for one entry.
  const auto* feature = sequence.as<Feature>();
  const bool constant = feature != nullptr && sequence.children.empty();
  return constant ? pick(constant_feature(feature->position)) : pick(value(sequence));
}

Value Evaluator::set(const Expr& expr) {
  IndexSet elements;
  const auto insert_range = [&](const Expr& range) {
    long first = integer(range.child(0));
    long last = integer(range.child(1));
    if (std::get<Range>(range.node).down) std::swap(first, last);
    if (last < first) return;
    if (static_cast<unsigned long>(last) - static_cast<unsigned long>(first) >= max_elements) {
      throw Undefined(fmt::format("the set {}..{} has more than {} elements", first, last, max_elements));
    }
    for (long i = first;; ++i) {
      step();
      elements.insert(elements.end(), i);
      if (i == last) return;  // before it could overflow
    }
  };
  if (expr.is<Range>()) {
    insert_range(expr);
  } else {
    for (const ExprPtr& item : expr.children) {
      if (item->is<Range>()) {
        insert_range(*item);
      } else {
        elements.insert(integer(*item));
      }
    }
  }
  return elements;
}

Value Evaluator::negated(const Expr& expr) {
  const Value operand = value(expr.child(0));
  if (expr.kind == Kind::matrix) return RationalMatrix(-std::get<RationalMatrix>(operand));
  if (expr.kind == Kind::real) return -as_real(operand);
  long result = 0;
  if (__builtin_sub_overflow(0L, std::get<long>(operand), &result)) integer_overflow();
  return result;
}

Value Evaluator::arithmetic(const Expr& expr, Operator op) {
  if (op == Operator::power) return power(value(expr.child(0)), integer(expr.child(1)), expr.kind);
  const Value left = value(expr.child(0));
  const Value right = value(expr.child(1));
  switch (expr.kind) {
    case Kind::set:
      return combine(std::get<IndexSet>(left), std::get<IndexSet>(right), op);
    case Kind::integer:
      return combine(std::get<long>(left), std::get<long>(right), op);
    case Kind::real:
      return combine(as_real(left), as_real(right), op);
    default:
      break;
  }
  const auto* a = std::get_if<RationalMatrix>(&left);
  const auto* b = std::get_if<RationalMatrix>(&right);
  if (a != nullptr && b != nullptr) {
    step_for(*a, op == Operator::multiply ? static_cast<std::size_t>(b->cols()) : 0);
    step_for(*b, op == Operator::multiply ? static_cast<std::size_t>(a->rows()) : 0);
    return combine(*a, *b, op);
  }
  const Real scalar = as_real(a == nullptr ? left : right);
  if (scalar.exact() == nullptr) throw Undefined("a matrix and a number that is not known to be rational");
  if (op == Operator::multiply) return RationalMatrix(*(a == nullptr ? b : a) * *scalar.exact());
  if (scalar.exact()->is_zero()) throw Undefined("division by zero");
  return RationalMatrix(*a / *scalar.exact());
}

Value Evaluator::blocks(const Expr& expr, const Blocks& node) {
  std::vector<RationalMatrix> rows;
  std::size_t next = 0;
  for (const std::size_t length : node.rows) {
    std::vector<RationalMatrix> row;
    for (std::size_t k = 0; k < length; ++k, ++next) {
      Value entry = value(expr.child(next));
      auto* block = std::get_if<RationalMatrix>(&entry);
      row.push_back(block != nullptr ? std::move(*block) : RationalMatrix::Constant(1, 1, rational_entry(entry)));
    }
    rows.push_back(side_by_side(row));
  }
  return stacked(rows);
}

}  // namespace rankscape::language
