// Evaluation of quantifiers: over ranges and sets, with conditions, three-valued.
#include "statements/evaluate.hpp"
#include "statements/functions.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace rankscape::statements {

namespace {

constexpr std::size_t max_terms = 1'000'000;

long add(long a, long b) {
  long sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) integer_overflow();
  return sum;
}

// Halves, so that neither the numbers nor the nested enclosures grow along a chain.
Real sum_of(std::span<const Real> terms) {
  if (terms.empty()) return Real();
  if (terms.size() == 1) return terms.front();
  const std::size_t half = terms.size() / 2;
  return bounded(sum_of(terms.first(half)) + sum_of(terms.subspan(half)));
}

}  // namespace

template <class Visit>
void Evaluator::for_each_element(const Expr& domain, const Visit& visit) {
  if (domain.op == Op::range) {
    const long first = integer(*domain.children[0]);
    const long last = integer(*domain.children[1]);
    for (long i = first; i <= last; ++i) {
      if (!visit(i) || i == last) return;
    }
    return;
  }
  const Value elements = value(domain);
  for (const long i : std::get<IndexSet>(elements)) {
    if (!visit(i)) return;
  }
}

Truth Evaluator::truth_quantifier(const Expr& expr, std::size_t binder) {
  step();
  const bool universal = expr.name == "all";
  if (binder == expr.binder_count()) {
    Truth where = Truth::yes;
    if (expr.conditional) where = truth(*expr.children[binder]);
    if (where == Truth::no) return rankscape::truth(universal);
    const Truth holds = truth(expr.body());
    return universal ? implies(where, holds) : where && holds;
  }
  Truth result = rankscape::truth(universal);
  const Truth decided = !result;
  const std::size_t slots = variables_.size();
  try {
    for_each_element(*expr.children[binder], [&](long i) {
      variables_.push_back(i);
      const Truth one = truth_quantifier(expr, binder + 1);
      variables_.resize(slots);
      result = universal ? result && one : result || one;
      return result != decided;
    });
  } catch (const Undefined& undefined) {  // of the domain: everything else is caught further in
    note(*expr.children[binder], undefined.what());
    return Truth::unknown;
  }
  return result;
}

template <class Visit>
void Evaluator::for_each_point(const Expr& expr, std::size_t binder, const Visit& visit) {
  step();
  if (binder == expr.binder_count()) {
    if (expr.conditional) {
      const Expr& condition = *expr.children[binder];
      const Truth where = truth(condition);
      if (where == Truth::unknown) throw Undefined(fmt::format("`{}` is undecided", to_text(condition)));
      if (where == Truth::no) return;
    }
    visit();
    return;
  }
  const std::size_t slots = variables_.size();
  for_each_element(*expr.children[binder], [&](long i) {
    variables_.push_back(i);
    for_each_point(expr, binder + 1, visit);
    variables_.resize(slots);
    return true;
  });
}

Value Evaluator::number_quantifier(const Expr& expr) {
  const std::size_t slots = variables_.size();
  std::vector<Real> reals;
  std::vector<long> integers;
  try {
    for_each_point(expr, 0, [&] {
      if (expr.name == "count") {
        const Truth holds = truth(expr.body());
        if (holds == Truth::unknown) throw Undefined(fmt::format("`{}` is undecided", to_text(expr.body())));
        if (holds == Truth::yes) integers.push_back(1);
      } else if (expr.kind == Kind::integer) {
        integers.push_back(integer(expr.body()));
      } else {
        reals.push_back(as_real(value(expr.body())));
      }
      if (std::max(reals.size(), integers.size()) > max_terms) {
        throw Undefined(fmt::format("more than {} terms", max_terms));
      }
    });
  } catch (const Undefined&) {
    variables_.resize(slots);
    throw;
  }
  if (expr.name == "sum" || expr.name == "count") {
    if (expr.kind == Kind::real) return sum_of(reals);
    long sum = 0;
    for (const long term : integers)
      sum = add(sum, term);
    return sum;
  }
  if (reals.empty() && integers.empty()) throw Undefined(fmt::format("the {} of nothing", expr.name));
  const bool least = expr.name == "min";
  if (expr.kind == Kind::integer) {
    return least ? *std::min_element(integers.begin(), integers.end())
                 : *std::max_element(integers.begin(), integers.end());
  }
  Real best = reals.front();
  for (const Real& candidate : reals)
    best = least ? smaller(best, candidate) : larger(best, candidate);
  return best;
}

}  // namespace rankscape::statements
