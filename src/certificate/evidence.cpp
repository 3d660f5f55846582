#include "certificate/evidence.hpp"

#include <algorithm>
#include <array>
#include <rankscape/error.hpp>
#include <stdexcept>

#include "certificate/definite_frame.hpp"
#include "exact/inertia_sandwich.hpp"
#include "exact/simplest.hpp"

namespace rankscape::certificate {

namespace {

using Word = std::uint64_t;

// Rows and columns (0-based) of a nonsingular minor of full size rank(a).
struct NonzeroMinor {
  std::vector<Index> rows;
  std::vector<Index> cols;
};

Word times(Word a, Word b, Word p) {
  return a * b % p;
}

Word inverse_mod(Word a, Word p) {  // a^(p-2)
  Word result = 1;
  for (Word power = p - 2; power > 0; power >>= 1U) {
    if ((power & 1U) != 0) result = times(result, a, p);
    a = times(a, a, p);
  }
  return result;
}

Word residue(const Integer& a, Word p) {
  const Integer r = a % Integer(p);
  return static_cast<Word>(r < 0 ? r + Integer(p) : r);
}

// Rows and columns of the pivots modulo p; nothing when p divides a denominator.
std::optional<NonzeroMinor> pivots_mod(const RationalMatrix& a, Word p) {
  Matrix<Word> b(a.rows(), a.cols());
  for (Index k = 0; k < a.size(); ++k) {
    const Word below = residue(denominator(a(k)), p);
    if (below == 0) return std::nullopt;
    b(k) = times(residue(numerator(a(k)), p), inverse_mod(below, p), p);
  }
  std::vector<Index> origin(static_cast<std::size_t>(a.rows()));
  for (std::size_t i = 0; i < origin.size(); ++i)
    origin[i] = static_cast<Index>(i);
  NonzeroMinor found;
  Index row = 0;
  for (Index col = 0; col < a.cols() && row < a.rows(); ++col) {
    Index pivot = row;
    while (pivot < a.rows() && b(pivot, col) == 0)
      ++pivot;
    if (pivot == a.rows()) continue;
    b.row(row).swap(b.row(pivot));
    std::swap(origin[static_cast<std::size_t>(row)], origin[static_cast<std::size_t>(pivot)]);
    found.rows.push_back(origin[static_cast<std::size_t>(row)]);
    found.cols.push_back(col);
    const Word inverse = inverse_mod(b(row, col), p);
    for (Index i = row + 1; i < a.rows(); ++i) {
      if (b(i, col) == 0) continue;
      const Word factor = times(b(i, col), inverse, p);
      for (Index j = col; j < a.cols(); ++j)
        b(i, j) = (b(i, j) + p - times(factor, b(row, j), p)) % p;
    }
    ++row;
  }
  return found;
}

// Exact. Cost: rank(a), and one elimination modulo a prime of 31 bits.
NonzeroMinor nonzero_minor(const RationalMatrix& a) {
  // the largest primes below 2^31: products of residues fit 64 bits
  constexpr std::array<Word, 4> primes = {2147483647, 2147483629, 2147483587, 2147483579};
  const auto size = static_cast<std::size_t>(rank(a));
  for (const Word p : primes) {
    auto minor = pivots_mod(a, p);
    if (minor && minor->rows.size() == size) return *std::move(minor);
  }
  throw InternalDisagreement("the rank over the rationals is " + std::to_string(size) +
                             ", but less modulo each of four large primes");
}

RationalMatrix columns(const RationalMatrix& a, const std::vector<Index>& cols) {
  RationalMatrix b(a.rows(), static_cast<Index>(cols.size()));
  for (std::size_t k = 0; k < cols.size(); ++k)
    b.col(static_cast<Index>(k)) = a.col(cols[k]);
  return b;
}

RationalMatrix submatrix(const RationalMatrix& a, const std::vector<Index>& rows, const std::vector<Index>& cols) {
  return columns(columns(a, cols).transpose(), rows).transpose();
}

RationalMatrix integer_rows(RationalMatrix rows) {  // each times a positive number
  for (Index k = 0; k < rows.rows(); ++k) {
    const RationalMatrix row = rows.row(k);
    rows.row(k) = to_rational({with_common_denominator(row).numerators, 1});
  }
  return rows;
}

struct NullBasis {
  RationalMatrix rows;         // integers
  std::vector<Index> columns;  // columns[i] is zero in all rows but the i-th
};

NullBasis null_basis(const RationalMatrix& a, Index nullity) {
  if (nullity == 0) return {RationalMatrix(0, a.cols()), {}};
  if (a.rows() >= exact::sandwich_size) {
    constexpr std::size_t most_digits = 2000;  // numbers of more than about 20,000 decimal digits are not read
    const IntegerMatrix integers = with_common_denominator(a).numerators;
    exact::PivotSplit split = exact::pivot_split(integers);
    if (const auto rows = exact::null_vectors(integers, split, most_digits))
      return {rows->cast<Rational>(), std::move(split.others)};
  }
  const RationalMatrix basis = null_space(a).transpose();
  NonzeroMinor minor = nonzero_minor(basis);
  return {integer_rows(multiply(inverse(columns(basis, minor.cols)).value(), basis)), std::move(minor.cols)};
}

}  // namespace

InertiaClaim inertia_claim(const RationalMatrix& a, const Inertia& inertia, const std::optional<Enclosure>& lambda_min,
                           const std::optional<Enclosure>& lambda_max) {
  DefiniteFrame frame = definite_frame(a, inertia, lambda_min, lambda_max);
  NullBasis null = null_basis(a, inertia.zero);
  return {inertia,          std::move(frame.vectors), std::move(null.rows), std::move(null.columns),
          frame.lambda_min, frame.lambda_max};
}

bool evidently_flat(const Workspace& at) {
  const program::Program& program = at.program();
  std::vector<Index> degree;  // 3: or more
  for (Node k = 0; k <= at.loss(); ++k) {
    const auto& [operation, a, b, rows, cols] = program.instructions[k];
    switch (operation) {
      case program::Operation::input:
        degree.push_back(program.inputs[a].is_weight ? 1 : 3);
        break;
      case program::Operation::constant:
        degree.push_back(3);
        break;
      case program::Operation::add:
      case program::Operation::subtract:
        degree.push_back(std::min(degree[a], degree[b]));
        break;
      case program::Operation::scale:
      case program::Operation::transpose:
      case program::Operation::reciprocal:
        degree.push_back(degree[a]);
        break;
      default: {  // A B + dA B + A dB + dA dB
        Index least = std::min<Index>(3, degree[a] + degree[b]);
        if (!is_zero(at.value(a))) least = std::min(least, degree[b]);
        if (!is_zero(at.value(b))) least = std::min(least, degree[a]);
        degree.push_back(least);
      }
    }
  }
  return degree.back() == 3;
}

InertiaClaim flat_claim(Index parameters) {
  const Enclosure zero(Rational(0));
  return {{0, parameters, 0}, RationalMatrix(0, parameters), RationalMatrix(0, parameters), {}, zero, zero};
}

std::optional<Semidefinite> semidefinite(const RationalMatrix& s) {
  WitnessedInertia found = witnessed_inertia(s);
  if (found.inertia.negative > 0) return std::nullopt;
  return Semidefinite{std::move(found.witness.diagonal), std::move(found.witness.rows)};
}

RankClaim rank_claim(const std::string& name, const Workspace& workspace, Node node) {
  const RationalMatrix& a = workspace.value(node);
  NonzeroMinor minor = nonzero_minor(a);
  RationalMatrix inverse_of_minor = inverse(submatrix(a, minor.rows, minor.cols)).value();
  RationalMatrix combine = solve(columns(a, minor.cols), a).value();
  return {name, node, std::move(minor.rows), std::move(minor.cols), std::move(inverse_of_minor), std::move(combine)};
}

SelectionClaim selection_claim(const std::string& name, const Workspace& workspace, Node node, const RankClaim& range,
                               const std::vector<RealRoot>& eigenvalues, const std::vector<int>& indices) {
  const RationalMatrix& a = workspace.value(node);
  const RationalMatrix basis = columns(workspace.value(range.node), range.cols);
  const auto restricted = solve(basis, multiply(a, basis));
  if (!restricted) throw std::invalid_argument("selection: the range is not invariant");
  SelectionClaim claim{name, node, range.name, *restricted, {}, indices};
  const auto selected = [&](std::size_t k) {  // from 1
    return std::find(indices.begin(), indices.end(), static_cast<int>(k)) != indices.end();
  };
  for (std::size_t k = 1; k < eigenvalues.size(); ++k) {
    if (selected(k) == selected(k + 1)) continue;
    const Rational c = separator(eigenvalues[k - 1], eigenvalues[k]);
    const RationalMatrix shifted = a - c * RationalMatrix::Identity(a.rows(), a.cols());
    const RationalMatrix inside = multiply({basis.transpose(), shifted, basis});
    claim.separators.push_back({c, inertia_claim(shifted), inertia_claim(inside)});
  }
  return claim;
}

}  // namespace rankscape::certificate
