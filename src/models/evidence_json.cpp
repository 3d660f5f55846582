#include "models/evidence_json.hpp"

#include <array>
#include <limits>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>

namespace rankscape {

namespace {

using Word = std::uint64_t;

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

}  // namespace

Json number_to_json(const Rational& value) {
  if (denominator(value) == 1 && value >= std::numeric_limits<std::int64_t>::min() &&
      value <= std::numeric_limits<std::int64_t>::max()) {
    return numerator(value).convert_to<std::int64_t>();
  }
  return to_string(value);
}

Json matrix_to_json(const RationalMatrix& a) {
  Json rows = Json::array();
  for (Index i = 0; i < a.rows(); ++i) {
    Json row = Json::array();
    for (Index j = 0; j < a.cols(); ++j)
      row.push_back(number_to_json(a(i, j)));
    rows.push_back(std::move(row));
  }
  return rows;
}

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

Json rank_evidence(const RationalMatrix& a) {
  const NonzeroMinor minor = nonzero_minor(a);
  Json json;
  json["rank"] = minor.rows.size();
  json["rows"] = minor.rows;
  json["cols"] = minor.cols;
  json["inverse"] = matrix_to_json(inverse(submatrix(a, minor.rows, minor.cols)).value());
  json["combine"] = matrix_to_json(solve(columns(a, minor.cols), a).value());
  return json;
}

}  // namespace rankscape
