// A product with a vector vanishes if it does modulo primes whose product exceeds what its entries can be.

#include "exact/deflation.hpp"

#include "exact/flint.hpp"
#include "exact/inertia_sandwich.hpp"
#include "exact/prime_field.hpp"

#include <rankscape/exact/deadline.hpp>

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace rankscape::exact {
namespace {

using Word = PrimeField::Word;

// Integers with the same direction.
struct IntegerVector {
  std::vector<Index> positions;
  std::vector<Integer> entries;
};

IntegerVector integer_vector(const SparseVector& vector, Index size) {
  Integer denominators = 1;
  for (const auto& [position, entry] : vector) {
    if (position < 0 || position >= size) throw std::invalid_argument("a null vector of another size");
    denominators = lcm(denominators, Integer(denominator(entry)));
  }
  IntegerVector out;
  for (const auto& [position, entry] : vector) {
    if (entry.is_zero()) continue;
    out.positions.push_back(position);
    out.entries.push_back(numerator(entry) * (denominators / denominator(entry)));
  }
  return out;
}

std::size_t length_of(const Integer& a) {
  return a.is_zero() ? 0 : mpz_sizeinbase(a.backend().data(), 2);
}

std::vector<Word> residues_modulo(const std::vector<Integer>& entries, const PrimeField& field) {
  std::vector<Word> out(entries.size());
  std::transform(entries.begin(), entries.end(), out.begin(), [&](const Integer& x) { return field.reduce(x); });
  return out;
}

// Rows of `a` times the vector, which has few entries: row by row of a symmetric matrix, all sums at once.
bool sends_to_zero(const flint::ModMat& a, const PrimeField& field, const std::vector<Index>& positions,
                   const std::vector<Word>& entries, std::vector<PrimeField::DoubleWord>& sums) {
  std::fill(sums.begin(), sums.end(), 0);
  for (std::size_t k = 0; k < positions.size(); ++k) {
    const Word* const row = a.get()->rows[positions[k]];
    for (std::size_t i = 0; i < sums.size(); ++i)
      sums[i] += static_cast<PrimeField::DoubleWord>(row[i]) * entries[k];
    if ((k + 1) % (unreduced_products - 1) != 0) continue;
    for (auto& sum : sums)
      sum = field.reduce(sum);
  }
  return std::all_of(sums.begin(), sums.end(), [&](auto sum) { return field.reduce(sum) == 0; });
}

// Those that a sends to zero.
std::vector<IntegerVector> null_among(const IntegerMatrix& a, std::vector<IntegerVector> vectors) {
  const Index n = a.rows();
  std::size_t bits = 0;
  for (const IntegerVector& vector : vectors) {
    for (const Integer& entry : vector.entries)
      bits = std::max(bits, length_of(entry));
  }
  std::size_t of_a = 0;
  for (Index k = 0; k < a.size(); ++k)
    of_a = std::max(of_a, length_of(a.data()[k]));
  bits += of_a + length_of(Integer(n));  // each entry of a product is below 2^bits
  std::vector<PrimeField::DoubleWord> sums(static_cast<std::size_t>(n));
  for (std::size_t k = 0; k * (prime_bits - 1) <= bits && !vectors.empty(); ++k) {  // primes exceed 2^(prime_bits - 1)
    check_deadline();
    const PrimeField field(prime(k));
    flint::ModMat residues(n, n, field.prime());
    flint::assign(residues, a, field);
    vectors.erase(std::remove_if(vectors.begin(), vectors.end(),
                                 [&](const IntegerVector& v) {
                                   return !sends_to_zero(residues, field, v.positions,
                                                         residues_modulo(v.entries, field), sums);
                                 }),
                  vectors.end());
  }
  return vectors;
}

// The parts on a component of a, which are null vectors of its own.
std::vector<SparseVector> restricted(const std::vector<SparseVector>& vectors, const std::vector<Index>& component) {
  std::vector<SparseVector> out;
  for (const SparseVector& vector : vectors) {
    SparseVector part;
    for (const auto& [position, entry] : vector) {
      const auto found = std::lower_bound(component.begin(), component.end(), position);
      if (found != component.end() && *found == position) part.emplace_back(found - component.begin(), entry);
    }
    if (!part.empty()) out.push_back(std::move(part));
  }
  return out;
}

Inertia inertia_of_component(const RationalMatrix& a, const std::vector<SparseVector>& vectors) {
  std::vector<Index> rest;
  {
    const IntegerMatrix integers = with_common_denominator(a).numerators;
    const std::vector<Index> null = rows_of_null_vectors(integers, vectors);
    for (Index k = 0; k < a.rows(); ++k) {
      if (!std::binary_search(null.begin(), null.end(), k)) rest.push_back(k);
    }
    if (!null.empty()) {
      if (const auto found = sandwiched_inertia(integers, rest)) return *found;
    }
  }
  Inertia out = static_cast<Index>(rest.size()) == a.rows() ? inertia(a) : inertia(RationalMatrix(a(rest, rest)));
  out.zero += a.rows() - static_cast<Index>(rest.size());
  return out;
}

}  // namespace

std::vector<Index> rows_of_null_vectors(const IntegerMatrix& a, const std::vector<SparseVector>& vectors) {
  std::vector<IntegerVector> integers;
  integers.reserve(vectors.size());
  for (const SparseVector& vector : vectors)
    integers.push_back(integer_vector(vector, a.rows()));
  const std::vector<IntegerVector> null = null_among(a, std::move(integers));
  if (null.empty()) return {};
  const PrimeField field(prime(0));
  flint::ModMat transposed(static_cast<Index>(null.size()), a.rows(), field.prime());
  for (std::size_t k = 0; k < null.size(); ++k) {
    for (std::size_t e = 0; e < null[k].positions.size(); ++e)
      transposed.at(static_cast<Index>(k), null[k].positions[e]) = field.reduce(null[k].entries[e]);
  }
  return transposed.reduce();  // a minor that is not zero modulo a prime is not zero
}

Inertia inertia_beside(const RationalMatrix& a, const std::function<std::vector<SparseVector>()>& known, Index from) {
  if (!is_symmetric(a)) throw std::invalid_argument("inertia_beside: the matrix is not symmetric");
  Inertia out;
  std::optional<std::vector<SparseVector>> vectors;
  const std::vector<std::vector<Index>> components = connected_components(a);
  for (const std::vector<Index>& component : components) {
    const bool whole = components.size() == 1;
    const RationalMatrix part = whole ? RationalMatrix() : RationalMatrix(a(component, component));
    const bool large = static_cast<Index>(component.size()) >= from;
    if (large && !vectors) vectors = known();
    const Inertia found =
        large ? inertia_of_component(whole ? a : part, restricted(*vectors, component)) : inertia(whole ? a : part);
    out.negative += found.negative;
    out.zero += found.zero;
    out.positive += found.positive;
  }
  return out;
}

}  // namespace rankscape::exact
