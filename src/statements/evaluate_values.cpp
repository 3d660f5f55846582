// Evaluation of numbers, sets and matrices, and of the comparisons between them.
#include "statements/evaluate.hpp"
#include "statements/functions.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <iterator>

namespace rankscape::statements {

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
    return entries[static_cast<std::size_t>(i - 1)];
  };
  const Expr& sequence = *expr.children[0];
  // Without copying the whole sequence for one entry.
  return sequence.op == Op::feature && sequence.children.empty() ? pick(constant_feature(sequence))
                                                                 : pick(value(sequence));
}

Value Evaluator::set(const Expr& expr) {
  IndexSet elements;
  const auto insert_range = [&](const Expr& range) {
    const long first = integer(*range.children[0]);
    const long last = integer(*range.children[1]);
    if (last < first) return;
    if (static_cast<unsigned long>(last) - static_cast<unsigned long>(first) >= max_elements) {
      throw Undefined(fmt::format("the set {}..{} has more than {} elements", first, last, max_elements));
    }
    for (long i = first; i <= last; ++i) {
      step();
      elements.insert(elements.end(), i);
    }
  };
  if (expr.op == Op::range) {
    insert_range(expr);
  } else {
    for (const ExprPtr& item : expr.children) {
      if (item->op == Op::range) {
        insert_range(*item);
      } else {
        elements.insert(integer(*item));
      }
    }
  }
  return elements;
}

Value Evaluator::arithmetic(const Expr& expr) {
  if (expr.op == Op::power) return power(value(*expr.children[0]), integer(*expr.children[1]), expr.kind);
  const Value left = value(*expr.children[0]);
  if (expr.op == Op::negate) {
    if (expr.kind == Kind::matrix) return RationalMatrix(-std::get<RationalMatrix>(left));
    if (expr.kind == Kind::real) return -as_real(left);
    long negated = 0;
    if (__builtin_sub_overflow(0L, std::get<long>(left), &negated)) integer_overflow();
    return negated;
  }
  const Value right = value(*expr.children[1]);
  if (expr.kind == Kind::set) {
    const IndexSet& a = std::get<IndexSet>(left);
    const IndexSet& b = std::get<IndexSet>(right);
    IndexSet result;
    const auto out = std::inserter(result, result.end());
    if (expr.op == Op::unite) std::set_union(a.begin(), a.end(), b.begin(), b.end(), out);
    if (expr.op == Op::intersect) std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), out);
    if (expr.op == Op::difference) std::set_difference(a.begin(), a.end(), b.begin(), b.end(), out);
    return result;
  }
  if (expr.kind == Kind::matrix) {
    const auto* a = std::get_if<RationalMatrix>(&left);
    const auto* b = std::get_if<RationalMatrix>(&right);
    if (a != nullptr && b != nullptr) return combine(*a, *b, expr.op);
    const Real scalar = as_real(a == nullptr ? left : right);
    if (scalar.exact() == nullptr) throw Undefined("a matrix times a number that is not known to be rational");
    return RationalMatrix(*(a == nullptr ? b : a) * *scalar.exact());
  }
  if (expr.kind == Kind::integer) {
    const long a = std::get<long>(left);
    const long b = std::get<long>(right);
    long result = 0;
    const bool lost = expr.op == Op::add        ? __builtin_add_overflow(a, b, &result)
                      : expr.op == Op::subtract ? __builtin_sub_overflow(a, b, &result)
                                                : __builtin_mul_overflow(a, b, &result);
    if (lost) integer_overflow();
    return result;
  }
  const Real a = as_real(left);
  const Real b = as_real(right);
  switch (expr.op) {
    case Op::add:
      return bounded(a + b);
    case Op::subtract:
      return bounded(a - b);
    case Op::multiply:
      return bounded(a * b);
    default:
      return bounded(a / b);
  }
}

}  // namespace rankscape::statements
