// The table of functions.
#include "language/functions.hpp"

#include <rankscape/exact/real_roots.hpp>

#include <fmt/format.h>
#include <algorithm>
#include <limits>

namespace rankscape::language {

namespace {

const RationalMatrix& matrix(const Value& value) {
  return std::get<RationalMatrix>(value);
}
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

const RationalMatrix& square(const Value& value, std::string_view what) {
  const RationalMatrix& a = matrix(value);
  if (a.rows() != a.cols()) {
    throw Undefined(fmt::format("the {} of a {} x {} matrix", what, a.rows(), a.cols()));
  }
  return a;
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

Value entry(std::span<const Value> v) {
  const RationalMatrix& a = matrix(v[0]);
  const long i = std::get<long>(v[1]);
  const long j = std::get<long>(v[2]);
  if (i < 1 || j < 1 || i > a.rows() || j > a.cols()) {
    throw Undefined(fmt::format("entry ({}, {}) of a {} x {} matrix", i, j, a.rows(), a.cols()));
  }
  return Real(a(i - 1, j - 1));
}

Value squared_norm(std::span<const Value> v) {
  Rational sum = 0;
  const RationalMatrix& a = matrix(v[0]);
  for (Index i = 0; i < a.rows(); ++i) {
    for (Index j = 0; j < a.cols(); ++j)
      sum += a(i, j) * a(i, j);
  }
  return Real(sum);
}

Value symmetric_eigenvalues(std::span<const Value> v) {
  if (!is_symmetric(matrix(v[0]))) throw Undefined("the eigenvalues of a matrix that is not symmetric");
  std::vector<Real> values;
  for (const RealRoot& root : real_eigenvalues(matrix(v[0])))
    values.emplace_back(root);
  return values;
}

Value inverse_matrix(std::span<const Value> v) {
  auto result = inverse(square(v[0], "inverse"));
  if (!result) throw Undefined("the inverse of a singular matrix");
  return std::move(*result);
}

// A (A^T A)^{-1} A^T for a basis A of the range.
Value range_projector(std::span<const Value> v) {
  const RationalMatrix basis = column_basis(matrix(v[0]));
  const RationalMatrix gram = multiply(basis.transpose(), basis);
  return multiply({basis, inverse(gram).value(), basis.transpose()});
}

Truth every(const std::vector<Real>& values, Truth (*holds)(const Real&)) {
  Truth all = Truth::yes;
  for (const Real& value : values)
    all = all && holds(value);
  return all;
}

std::vector<Signature> make_signatures() {
  using enum Kind;
  constexpr Level primary = Level::primary;
  constexpr Level comparison = Level::comparison;
  using Values = std::span<const Value>;
  return {
      {Function::rank,
       "rank",
       {matrix},
       false,
       integer,
       R"(\mathrm{rank}(#1))",
       primary,
       "rank(M)",
       "rank of a matrix, exact",
       [](Values v) -> Value { return static_cast<long>(rank(language::matrix(v[0]))); }},
      {Function::trace,
       "tr",
       {matrix},
       false,
       real,
       R"(\mathrm{tr}(#1))",
       primary,
       "tr(M)",
       "trace of a square matrix",
       [](Values v) -> Value { return Real(trace(square(v[0], "trace"))); }},
      {Function::norm2,
       "norm2",
       {matrix},
       false,
       real,
       R"(\lVert #1 \rVert_F^2)",
       primary,
       "norm2(M)",
       "squared Frobenius norm: the sum of the squares of the entries",
       squared_norm},
      {Function::determinant,
       "det",
       {matrix},
       false,
       real,
       R"(\det(#1))",
       primary,
       "det(M)",
       "determinant of a square matrix",
       [](Values v) -> Value { return Real(determinant(square(v[0], "determinant"))); }},
      {Function::transpose,
       "transpose",
       {matrix},
       false,
       matrix,
       "#1^{T}",
       Level::power,
       "transpose(M)",
       "transpose of a matrix",
       [](Values v) -> Value { return RationalMatrix(language::matrix(v[0]).transpose()); }},
      {Function::inverse,
       "inverse",
       {matrix},
       false,
       matrix,
       "#1^{-1}",
       Level::power,
       "inverse(M)",
       "inverse of a square matrix; undefined when it is singular",
       inverse_matrix},
      {Function::projector,
       "projector",
       {matrix},
       false,
       matrix,
       R"(P_{\mathrm{range}(#1)})",
       primary,
       "projector(M)",
       "orthogonal projector onto the range (the span of the columns) of a matrix",
       range_projector},
      {Function::rows,
       "rows",
       {matrix},
       false,
       integer,
       R"(\mathrm{rows}(#1))",
       primary,
       "rows(M)",
       "number of rows",
       [](Values v) -> Value { return static_cast<long>(language::matrix(v[0]).rows()); }},
      {Function::cols,
       "cols",
       {matrix},
       false,
       integer,
       R"(\mathrm{cols}(#1))",
       primary,
       "cols(M)",
       "number of columns",
       [](Values v) -> Value { return static_cast<long>(language::matrix(v[0]).cols()); }},
      {Function::entry,
       "entry",
       {matrix, integer, integer},
       false,
       real,
       "(#1)_{#2,#3}",
       primary,
       "entry(M, i, j)",
       "an entry of a matrix; rows and columns count from 1",
       entry},
      {Function::symmetric,
       "symmetric",
       {matrix},
       false,
       truth,
       R"(#1 \text{ symmetric})",
       comparison,
       "symmetric(M)",
       "is the matrix equal to its transpose?",
       [](Values v) -> Value { return rankscape::truth(is_symmetric(language::matrix(v[0]))); }},
      {Function::invertible,
       "invertible",
       {matrix},
       false,
       truth,
       R"(#1 \text{ invertible})",
       comparison,
       "invertible(M)",
       "is the matrix square and of full rank?",
       [](Values v) -> Value {
         const RationalMatrix& a = language::matrix(v[0]);
         return rankscape::truth(a.rows() == a.cols() && rank(a) == a.rows());
       }},
      {Function::eigenvalues,
       "eigenvalues",
       {matrix},
       false,
       Kind::sequence,
       R"(\mathrm{eig}(#1))",
       primary,
       "eigenvalues(M)",
       "eigenvalues of a symmetric matrix, decreasing, with multiplicity",
       symmetric_eigenvalues},
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
  static const std::vector<Signature> table = make_signatures();
  return table;
}

const Signature& signature_of(const Call& call) {
  return signatures()[call.overload];
}

bool is_function(std::string_view name) {
  return std::any_of(signatures().begin(), signatures().end(), [&](const Signature& f) { return f.name == name; });
}

}  // namespace rankscape::language
