// The table of functions.
#include "language/functions.hpp"

#include "language/matrix_functions.hpp"

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
       [](Values v) -> Value { return Real(trace(square_matrix(v[0], "trace"))); }},
      {Function::norm2,
       "norm2",
       {matrix},
       false,
       real,
       R"(\lVert #1 \rVert_F^2)",
       primary,
       "norm2(M)",
       "squared Frobenius norm: the sum of the squares of the entries",
       norm2_of},
      {Function::determinant,
       "det",
       {matrix},
       false,
       real,
       R"(\det(#1))",
       primary,
       "det(M)",
       "determinant of a square matrix",
       [](Values v) -> Value { return Real(determinant(square_matrix(v[0], "determinant"))); }},
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
       inverse_of},
      {Function::projector,
       "projector",
       {matrix},
       false,
       matrix,
       R"(P_{\mathrm{range}(#1)})",
       primary,
       "projector(M)",
       "orthogonal projector onto the range (the span of the columns) of a matrix",
       projector_of},
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
       entry_of},
      {Function::entries,
       "entries",
       {matrix},
       false,
       Kind::sequence,
       R"(\mathrm{entries}(#1))",
       primary,
       "entries(M)",
       "all entries of a matrix, row by row",
       entries_of},
      {Function::block,
       "block",
       {matrix, set, set},
       false,
       matrix,
       "#1_{#2,#3}",
       Level::power,
       "block(M, I, J)",
       "the rows of a matrix in I and the columns in J",
       block_of},
      {Function::diagonal,
       "diag",
       {Kind::sequence},
       false,
       matrix,
       R"(\mathrm{diag}(#1))",
       primary,
       "diag(s)",
       "diagonal matrix",
       diagonal_of},
      {Function::hadamard,
       "hadamard",
       {matrix, matrix},
       false,
       matrix,
       R"(#1 \circ #2)",
       Level::product,
       "hadamard(M, N)",
       "product entry by entry",
       hadamard_of},
      {Function::kronecker,
       "kron",
       {matrix, matrix},
       false,
       matrix,
       R"(#1 \otimes #2)",
       Level::product,
       "kron(M, N)",
       "Kronecker product",
       kronecker_of},
      {Function::inner,
       "inner",
       {matrix, matrix},
       false,
       real,
       R"(\langle #1, #2 \rangle)",
       primary,
       "inner(M, N)",
       "sum of the products of entries",
       inner_of},
      {Function::zeros,
       "zeros",
       {integer, integer},
       false,
       matrix,
       "0_{#1 \\times #2}",
       primary,
       "zeros(p, q)",
       "zero matrix with p rows and q columns",
       [](Values v) { return constant_of(v, 0); }},
      {Function::ones,
       "ones",
       {integer, integer},
       false,
       matrix,
       "1_{#1 \\times #2}",
       primary,
       "ones(p, q)",
       "matrix of ones with p rows and q columns",
       [](Values v) { return constant_of(v, 1); }},
      {Function::identity,
       "identity",
       {integer},
       false,
       matrix,
       "I_{#1}",
       primary,
       "identity(n)",
       "identity matrix",
       identity_of},
      {Function::kernel,
       "kernel",
       {matrix},
       false,
       matrix,
       R"(\ker(#1))",
       primary,
       "kernel(M)",
       "matrix whose columns are a basis of the null space",
       kernel_of},
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
       eigenvalues_of},
      {Function::eigenvalues_on,
       "eigenvalues_on",
       {matrix, matrix},
       false,
       Kind::sequence,
       R"(\mathrm{eig}(#1|_{\mathrm{range}(#2)}))",
       primary,
       "eigenvalues_on(M, B)",
       "eigenvalues of a symmetric matrix on the range of B; undefined unless M maps it into itself",
       eigenvalues_on_of},
      {Function::singular,
       "singular",
       {matrix},
       false,
       Kind::sequence,
       R"(\sigma(#1))",
       primary,
       "singular(M)",
       "singular values of a matrix, decreasing, as many as its rows or columns, whichever are fewer",
       singular_of},
      {Function::singular_on,
       "singular_on",
       {matrix, matrix},
       false,
       Kind::sequence,
       R"(\sigma(#1|_{\mathrm{range}(#2)}))",
       primary,
       "singular_on(M, B)",
       "square roots of the eigenvalues of M M' on the range of B; undefined unless M M' maps it into itself",
       singular_on_of},
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
      {Function::jacobian,
       "jacobian",
       {matrix},
       false,
       matrix,
       "D #1",
       Level::product,
       "jacobian(P)",
       "derivative of a matrix feature by all parameters: a row for each entry, column by column",
       nullptr},
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
