// The table of functions.
#include "language/functions.hpp"

#include "language/matrix_functions.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <limits>

namespace rankscape::language {

namespace {

const std::vector<Real>& sequence(const Value& value) {
  return std::get<std::vector<Real>>(value);
}

Real absolute(const Real& a) {
  switch (less(a, Real())) {
    case Truth::yes:
      return -a;
    case Truth::no:
      return a;
    case Truth::unknown:
      break;
  }
  return larger(a, -a);
}

Real square_root(const Real& a) {
  switch (less(a, Real())) {
    case Truth::yes:
      throw Undefined("the square root of a negative number");
    case Truth::unknown:
      throw Undefined("the square root of a number that cannot be told from a negative one");
    case Truth::no:
      break;
  }
  if (const Rational* exact = a.exact()) {
    // A root of t^2 - a: comparisons with it stay exact.
    for (const RealRoot& root : real_roots({-*exact, Rational(0), Rational(1)}))
      return Real(root);
  }
  return Real(Real::Refine([a](const Rational& width) {
    // sqrt(hi) - sqrt(lo) <= sqrt(hi - lo), so half the width leaves the other half to the rounding of the roots.
    const Rational half = width / 2;
    Enclosure of = a.enclose(half * half);
    if (of.lo < 0) of.lo = 0;
    for (unsigned precision = 128;; precision *= 2) {
      const Enclosure root = sqrt(of, precision);
      // an operand that is known no better (it ranges over a set of points) is not to be refined for ever
      if (root.width() <= width || of.width() > half * half) return root;
    }
  }));
}

Truth pairwise_distinct(const std::vector<Real>& values) {
  Truth all = Truth::yes;
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = 0; j < i && all != Truth::no; ++j)
      all = all && !equal(values[i], values[j]);
  }
  return all;
}

template <class Choice>
Value choose_integer(std::span<const Value> values, Choice choice) {
  long best = std::get<long>(values.front());
  for (const Value& value : values.subspan(1))
    best = choice(best, std::get<long>(value));
  return best;
}

template <Real (*Choice)(const Real&, const Real&)>
Value choose_real(std::span<const Value> values) {
  Real best = as_real(values.front());
  for (const Value& value : values.subspan(1))
    best = Choice(best, as_real(value));
  return best;
}

Truth every(const std::vector<Real>& values, Truth (*holds)(const Real&)) {
  Truth all = Truth::yes;
  for (const Real& value : values)
    all = all && holds(value);
  return all;
}

std::vector<Signature> of_numbers_and_sets() {
  using enum Kind;
  constexpr Level primary = Level::primary;
  constexpr Level comparison = Level::comparison;
  using Values = std::span<const Value>;
  return {
      {Function::positions,
       "positions",
       {Kind::sequence, Kind::sequence},
       false,
       set,
       R"(\mathrm{pos}(#1, #2))",
       primary,
       "positions(s, t)",
       "positions of the entries of s in t; undefined where a repeated value is selected in part",
       positions_of},
      {Function::length,
       "length",
       {Kind::sequence},
       false,
       integer,
       R"(\mathrm{length}(#1))",
       primary,
       "length(s)",
       "number of entries of a sequence",
       [](Values v) -> Value { return static_cast<long>(language::sequence(v[0]).size()); }},
      {Function::distinct,
       "distinct",
       {Kind::sequence},
       false,
       truth,
       R"(#1 \text{ pairwise distinct})",
       comparison,
       "distinct(s)",
       "are the entries of a sequence pairwise distinct?",
       [](Values v) -> Value { return pairwise_distinct(language::sequence(v[0])); }},
      {Function::positive,
       "positive",
       {Kind::sequence},
       false,
       truth,
       "#1 > 0",
       comparison,
       "positive(s)",
       "are all entries of a sequence > 0?",
       [](Values v) -> Value {
         return every(language::sequence(v[0]), [](const Real& x) { return less(Real(), x); });
       }},
      {Function::nonnegative,
       "nonnegative",
       {Kind::sequence},
       false,
       truth,
       R"(#1 \geq 0)",
       comparison,
       "nonnegative(s)",
       "are all entries of a sequence >= 0?",
       [](Values v) -> Value {
         return every(language::sequence(v[0]), [](const Real& x) { return !less(x, Real()); });
       }},
      {Function::cardinality,
       "card",
       {set},
       false,
       integer,
       R"(\lvert #1 \rvert)",
       primary,
       "|S|, card(S)",
       "number of elements of a set",
       [](Values v) -> Value { return static_cast<long>(std::get<IndexSet>(v[0]).size()); }},
      {Function::absolute,
       "abs",
       {integer},
       false,
       integer,
       R"(\lvert #1 \rvert)",
       primary,
       "abs(x)",
       "absolute value",
       [](Values v) -> Value {
         const long x = std::get<long>(v[0]);
         if (x == std::numeric_limits<long>::min()) throw Undefined("an integer beyond 64 bits");
         return std::abs(x);
       }},
      {Function::absolute,
       "abs",
       {real},
       false,
       real,
       R"(\lvert #1 \rvert)",
       primary,
       "",
       "",
       [](Values v) -> Value { return absolute(as_real(v[0])); }},
      {Function::square_root,
       "sqrt",
       {real},
       false,
       real,
       R"(\sqrt{#1})",
       primary,
       "sqrt(x)",
       "square root of a number >= 0",
       [](Values v) -> Value { return square_root(as_real(v[0])); }},
      {Function::minimum,
       "min",
       {integer, integer},
       true,
       integer,
       R"(\min(#*))",
       primary,
       "min(a, b, ..)",
       "the least of some numbers",
       [](Values v) -> Value { return choose_integer(v, [](long a, long b) { return std::min(a, b); }); }},
      {Function::minimum, "min", {real, real}, true, real, R"(\min(#*))", primary, "", "", choose_real<smaller>},
      {Function::maximum,
       "max",
       {integer, integer},
       true,
       integer,
       R"(\max(#*))",
       primary,
       "max(a, b, ..)",
       "the largest of some numbers",
       [](Values v) -> Value { return choose_integer(v, [](long a, long b) { return std::max(a, b); }); }},
      {Function::maximum, "max", {real, real}, true, real, R"(\max(#*))", primary, "", "", choose_real<larger>},
  };
}

}  // namespace

const std::vector<Signature>& signatures() {
  static const std::vector<Signature> table = [] {
    std::vector<Signature> all = signatures_of_matrices();
    const std::vector<Signature> others = of_numbers_and_sets();
    all.insert(all.end(), others.begin(), others.end());
    return all;
  }();
  return table;
}

const Signature& signature_of(const Call& call) {
  return signatures()[call.overload];
}

bool is_function(std::string_view name) {
  return std::any_of(signatures().begin(), signatures().end(), [&](const Signature& f) { return f.name == name; });
}

}  // namespace rankscape::language
