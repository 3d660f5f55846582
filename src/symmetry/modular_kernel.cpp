#include "symmetry/modular_kernel.hpp"

#include <flint/fmpq.h>

#include "exact/flint.hpp"
#include "exact/prime_field.hpp"

namespace rankscape::symmetry {

namespace {

// The kernel modulo one prime: its free unknowns, and the other unknowns as functions of them.
struct ModularBasis {
  std::vector<Index> pivots;
  std::vector<Index> free;
  std::vector<Residues> vectors;  // one for each free unknown
};

ModularBasis basis_modulo(Index unknowns, const std::vector<Residues>& equations, std::uint64_t prime) {
  flint::ModMat matrix(static_cast<Index>(equations.size()), unknowns, prime);
  for (std::size_t i = 0; i < equations.size(); ++i) {
    for (Index j = 0; j < unknowns; ++j)
      matrix.at(static_cast<Index>(i), j) = equations[i][static_cast<std::size_t>(j)];
  }
  ModularBasis basis;
  basis.pivots = matrix.reduce();
  std::size_t next = 0;
  for (Index j = 0; j < unknowns; ++j) {
    if (next < basis.pivots.size() && basis.pivots[next] == j) {
      ++next;
    } else {
      basis.free.push_back(j);
    }
  }
  for (const Index f : basis.free) {
    Residues vector(static_cast<std::size_t>(unknowns), 0);
    vector[static_cast<std::size_t>(f)] = 1;
    for (std::size_t row = 0; row < basis.pivots.size(); ++row) {
      const std::uint64_t entry = matrix.at(static_cast<Index>(row), f);
      vector[static_cast<std::size_t>(basis.pivots[row])] = entry == 0 ? 0 : prime - entry;
    }
    basis.vectors.push_back(std::move(vector));
  }
  return basis;
}

Integer integer_of(std::uint64_t residue) {
  return Integer(residue);
}

// Residues modulo `modulus` of the basis so far.
struct Lifted {
  Integer modulus = 1;
  std::vector<Index> free;
  std::vector<std::vector<Integer>> vectors;
};

// Chinese remainders: the residue modulo modulus * prime.
void combine(Lifted& lifted, const ModularBasis& basis, std::uint64_t prime) {
  const exact::PrimeField field(prime);
  const std::uint64_t inverse = field.invert(field.reduce(lifted.modulus));
  for (std::size_t v = 0; v < lifted.vectors.size(); ++v) {
    for (std::size_t k = 0; k < lifted.vectors[v].size(); ++k) {
      Integer& entry = lifted.vectors[v][k];
      const std::uint64_t step = field.multiply(field.subtract(basis.vectors[v][k], field.reduce(entry)), inverse);
      entry += lifted.modulus * integer_of(step);
    }
  }
  lifted.modulus *= integer_of(prime);
}

std::optional<Rational> reconstruct(const Integer& residue, const Integer& modulus) {
  if (residue == 0) return Rational(0);
  flint::Int r;
  flint::Int m;
  flint::assign(r.get(), residue);
  flint::assign(m.get(), modulus);
  fmpq_t value;
  fmpq_init(value);
  const bool found = fmpq_reconstruct_fmpz(value, r.get(), m.get()) != 0;
  std::optional<Rational> result;
  if (found) result = flint::to_rational(fmpq_numref(value), fmpq_denref(value));
  fmpq_clear(value);
  return result;
}

std::optional<RationalMatrix> rational_basis(const Lifted& lifted, Index unknowns) {
  RationalMatrix basis(unknowns, static_cast<Index>(lifted.vectors.size()));
  for (std::size_t v = 0; v < lifted.vectors.size(); ++v) {
    for (Index k = 0; k < unknowns; ++k) {
      const auto entry = reconstruct(lifted.vectors[v][static_cast<std::size_t>(k)], lifted.modulus);
      if (!entry) return std::nullopt;
      basis(k, static_cast<Index>(v)) = *entry;
    }
  }
  return basis;
}

std::uint64_t residue_of(const Rational& value, const exact::PrimeField& field) {
  const std::uint64_t denominator = field.reduce(Integer(boost::multiprecision::denominator(value)));
  if (denominator == 0) return field.prime();  // no residue
  return field.multiply(field.reduce(Integer(boost::multiprecision::numerator(value))), field.invert(denominator));
}

bool reduces_to(const RationalMatrix& basis, const ModularBasis& modular, std::uint64_t prime) {
  const exact::PrimeField field(prime);
  for (Index v = 0; v < basis.cols(); ++v) {
    for (Index k = 0; k < basis.rows(); ++k) {
      if (residue_of(basis(k, v), field) != modular.vectors[static_cast<std::size_t>(v)][static_cast<std::size_t>(k)])
        return false;
    }
  }
  return true;
}

}  // namespace

std::optional<RationalMatrix> modular_kernel(Index unknowns, const EquationsModulo& equations,
                                             const KernelOptions& options) {
  Lifted lifted;
  std::optional<RationalMatrix> candidate;
  for (int turn = 0; turn < options.primes; ++turn) {
    const std::uint64_t prime = exact::prime(static_cast<std::size_t>(turn));
    const ModularBasis basis = basis_modulo(unknowns, equations(prime), prime);
    // a prime that shows a smaller kernel, or another pattern, is the better one: the earlier were unlucky
    const bool fresh = turn == 0 || basis.free.size() < lifted.free.size();
    if (!fresh && basis.free != lifted.free) continue;
    if (candidate && !fresh && reduces_to(*candidate, basis, prime)) {
      for (Index v = 0; v < candidate->cols(); ++v)
        candidate->col(v) = to_rational({with_common_denominator(candidate->col(v)).numerators, 1});
      return candidate;
    }
    if (fresh) {
      lifted = {1, basis.free, {}};
      lifted.vectors.assign(basis.vectors.size(), std::vector<Integer>(static_cast<std::size_t>(unknowns), Integer(0)));
    }
    if (basis.free.empty()) return RationalMatrix(unknowns, 0);
    combine(lifted, basis, prime);
    candidate = rational_basis(lifted, unknowns);
  }
  return std::nullopt;
}

std::vector<std::size_t> independent_modulo(const std::vector<Residues>& columns, std::uint64_t prime) {
  if (columns.empty()) return {};
  flint::ModMat matrix(static_cast<Index>(columns.front().size()), static_cast<Index>(columns.size()), prime);
  for (std::size_t j = 0; j < columns.size(); ++j) {
    for (std::size_t i = 0; i < columns[j].size(); ++i)
      matrix.at(static_cast<Index>(i), static_cast<Index>(j)) = columns[j][i];
  }
  std::vector<std::size_t> result;
  for (const Index pivot : matrix.reduce())
    result.push_back(static_cast<std::size_t>(pivot));
  return result;
}

}  // namespace rankscape::symmetry
