// Functions of matrices.
#include "language/matrix_functions.hpp"

#include "exact/selection.hpp"
#include "language/functions.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace rankscape::language {

namespace {

constexpr long max_entries = 1'000'000;

const RationalMatrix& matrix(const Value& value) {
  return std::get<RationalMatrix>(value);
}
const std::vector<Real>& sequence(const Value& value) {
  return std::get<std::vector<Real>>(value);
}

void check_same_shape(const RationalMatrix& a, const RationalMatrix& b) {
  if (a.rows() == b.rows() && a.cols() == b.cols()) return;
  throw Undefined(
      fmt::format("a {} x {} and a {} x {} matrix have different shapes", a.rows(), a.cols(), b.rows(), b.cols()));
}

void check_same_rows(const RationalMatrix& a, const RationalMatrix& b) {
  if (a.rows() == b.rows()) return;
  throw Undefined(
      fmt::format("a {} x {} matrix on the range of a {} x {} one", a.rows(), a.cols(), b.rows(), b.cols()));
}

std::vector<Index> indices(const IndexSet& set, Index bound, std::string_view what) {
  std::vector<Index> all;
  for (const long i : set) {
    if (i < 1 || i > bound) throw Undefined(fmt::format("{} {} of a matrix with {}", what, i, bound));
    all.push_back(i - 1);
  }
  return all;
}

// The Gram matrix of the fewer rows or columns.
RationalMatrix smaller_gram(const RationalMatrix& a) {
  return a.rows() <= a.cols() ? multiply(a, a.transpose()) : multiply(a.transpose(), a);
}

}  // namespace

const RationalMatrix& square_matrix(const Value& value, std::string_view what) {
  const RationalMatrix& a = matrix(value);
  if (a.rows() != a.cols()) {
    throw Undefined(fmt::format("the {} of a {} x {} matrix", what, a.rows(), a.cols()));
  }
  return a;
}

void check_shape(long rows, long cols) {
  if (rows < 0 || cols < 0) throw Undefined(fmt::format("a {} x {} matrix", rows, cols));
  if (rows > max_entries || cols > max_entries || rows * cols > max_entries) {
    throw Undefined(fmt::format("a matrix of more than {} entries", max_entries));
  }
}

Value entry_of(std::span<const Value> v) {
  const RationalMatrix& a = matrix(v[0]);
  const long i = std::get<long>(v[1]);
  const long j = std::get<long>(v[2]);
  if (i < 1 || j < 1 || i > a.rows() || j > a.cols()) {
    throw Undefined(fmt::format("entry ({}, {}) of a {} x {} matrix", i, j, a.rows(), a.cols()));
  }
  return Real(a(i - 1, j - 1));
}

Value entries_of(std::span<const Value> v) {
  const RationalMatrix& a = matrix(v[0]);
  std::vector<Real> all;
  for (Index i = 0; i < a.rows(); ++i) {
    for (Index j = 0; j < a.cols(); ++j)
      all.emplace_back(a(i, j));
  }
  return all;
}

Value block_of(std::span<const Value> v) {
  const RationalMatrix& a = matrix(v[0]);
  const std::vector<Index> rows = indices(std::get<IndexSet>(v[1]), a.rows(), "row");
  const std::vector<Index> cols = indices(std::get<IndexSet>(v[2]), a.cols(), "column");
  return RationalMatrix(a(rows, cols));
}

Value diagonal_of(std::span<const Value> v) {
  const std::vector<Real>& entries = sequence(v[0]);
  const auto n = static_cast<long>(entries.size());
  check_shape(n, n);
  RationalMatrix result = RationalMatrix::Zero(n, n);
  for (Index i = 0; i < n; ++i)
    result(i, i) = rational_entry(entries[static_cast<std::size_t>(i)]);
  return result;
}

Value hadamard_of(std::span<const Value> v) {
  check_same_shape(matrix(v[0]), matrix(v[1]));
  return RationalMatrix(matrix(v[0]).cwiseProduct(matrix(v[1])));
}

Value kronecker_of(std::span<const Value> v) {
  const RationalMatrix& a = matrix(v[0]);
  const RationalMatrix& b = matrix(v[1]);
  if (b.rows() > 0 && b.cols() > 0 && (a.rows() > max_entries / b.rows() || a.cols() > max_entries / b.cols())) {
    check_shape(max_entries, max_entries);
  }
  check_shape(a.rows() * b.rows(), a.cols() * b.cols());
  return kronecker(a, b);
}

Value inner_of(std::span<const Value> v) {
  const RationalMatrix& a = matrix(v[0]);
  const RationalMatrix& b = matrix(v[1]);
  check_same_shape(a, b);
  Rational sum = 0;
  for (Index i = 0; i < a.rows(); ++i) {
    for (Index j = 0; j < a.cols(); ++j)
      sum += a(i, j) * b(i, j);
  }
  return Real(sum);
}

Value norm2_of(std::span<const Value> v) {
  const std::array<Value, 2> twice = {v[0], v[0]};
  return inner_of(twice);
}

Value constant_of(std::span<const Value> v, const Rational& entry) {
  const long rows = std::get<long>(v[0]);
  const long cols = std::get<long>(v[1]);
  check_shape(rows, cols);
  return RationalMatrix(RationalMatrix::Constant(rows, cols, entry));
}

Value identity_of(std::span<const Value> v) {
  const long n = std::get<long>(v[0]);
  check_shape(n, n);
  return RationalMatrix(RationalMatrix::Identity(n, n));
}

Value inverse_of(std::span<const Value> v) {
  auto result = inverse(square_matrix(v[0], "inverse"));
  if (!result) throw Undefined("the inverse of a singular matrix");
  return std::move(*result);
}

// A (A^T A)^{-1} A^T for a basis A of the range.
Value projector_of(std::span<const Value> v) {
  const RationalMatrix basis = column_basis(matrix(v[0]));
  const RationalMatrix gram = multiply(basis.transpose(), basis);
  return multiply({basis, inverse(gram).value(), basis.transpose()});
}

Value kernel_of(std::span<const Value> v) {
  return null_space(matrix(v[0]));
}

Value eigenvalues_of(std::span<const Value> v) {
  if (!is_symmetric(matrix(v[0]))) throw Undefined("the eigenvalues of a matrix that is not symmetric");
  return as_reals(real_eigenvalues(matrix(v[0])));
}

Value eigenvalues_on_of(std::span<const Value> v) {
  const RationalMatrix& a = matrix(v[0]);
  if (!is_symmetric(a)) throw Undefined("the eigenvalues of a matrix that is not symmetric");
  check_same_rows(a, matrix(v[1]));
  const auto values = eigenvalues_on_range(a, matrix(v[1]));
  if (!values) throw Undefined("eigenvalues on a space that the matrix does not map into itself");
  return as_reals(*values);
}

Value singular_of(std::span<const Value> v) {
  return as_reals(roots_of_eigenvalues(smaller_gram(matrix(v[0]))));
}

Value singular_on_of(std::span<const Value> v) {
  const RationalMatrix& a = matrix(v[0]);
  check_same_rows(a, matrix(v[1]));
  // A A^T maps the range of B into itself exactly when A A^T B = B C for some C; then C is A A^T on the range.
  const RationalMatrix basis = column_basis(matrix(v[1]));
  const auto restricted = solve(basis, multiply({a, a.transpose(), basis}));
  if (!restricted) throw Undefined("singular values on a space that A A^T does not map into itself");
  return as_reals(roots_of_eigenvalues(*restricted));
}

// All of a repeated value or nothing of it must be selected, else there is no saying which.
Value positions_of(std::span<const Value> v) {
  const std::vector<Real>& selected = sequence(v[0]);
  const std::vector<Real>& from = sequence(v[1]);
  const auto same = [](const Real& a, const Real& b) {
    const Truth answer = equal(a, b);
    if (answer == Truth::unknown) throw Undefined("positions of numbers that cannot be told apart");
    return answer == Truth::yes;
  };
  IndexSet positions;
  std::size_t found = 0;
  std::vector<bool> seen(from.size(), false);
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (seen[i]) continue;
    std::vector<std::size_t> equal_ones;
    for (std::size_t j = i; j < from.size(); ++j) {
      if (!seen[j] && same(from[i], from[j])) equal_ones.push_back(j);
    }
    const auto taken = static_cast<std::size_t>(
        std::count_if(selected.begin(), selected.end(), [&](const Real& value) { return same(value, from[i]); }));
    if (taken > equal_ones.size()) throw Undefined("positions of numbers that the sequence does not have");
    if (taken != 0 && taken != equal_ones.size()) {
      throw Undefined("positions, where a repeated value is selected in part");
    }
    found += taken;
    for (const std::size_t j : equal_ones) {
      seen[j] = true;
      if (taken != 0) positions.insert(static_cast<long>(j) + 1);
    }
  }
  if (found != selected.size()) throw Undefined("positions of numbers that the sequence does not have");
  return positions;
}

}  // namespace rankscape::language
