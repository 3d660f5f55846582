#include "solve/infinity.hpp"

#include <algorithm>
#include <map>

#include "symmetry/modular_kernel.hpp"
#include "symmetry/residue_ring.hpp"

namespace rankscape::critical_set {

namespace {

constexpr std::size_t most_columns = 300;

// Of this degree, with positions from `first` on, behind `head`. \return false: more than are allowed
bool list_monomials(std::size_t degree, std::size_t first, std::size_t unknowns, const Monomial& head,
                    std::vector<Monomial>& all) {
  if (head.size() == degree) {
    all.push_back(head);
    return all.size() <= most_columns;
  }
  for (std::size_t k = first; k < unknowns; ++k) {
    if (!list_monomials(degree, k, unknowns, head + static_cast<char16_t>(k), all)) return false;
  }
  return true;
}

}  // namespace

bool regular_at_infinity(const Polynomial& loss, std::size_t unknowns) {
  if (loss.degree() < 2) return false;
  const std::size_t degree = loss.degree() - 1;  // of the derivatives
  const std::size_t large = unknowns * (degree - 1) + 1;
  std::vector<Monomial> monomials;
  std::vector<Monomial> multipliers;
  if (!list_monomials(large, 0, unknowns, {}, monomials) ||
      !list_monomials(large - degree, 0, unknowns, {}, multipliers))
    return false;
  std::map<Monomial, std::size_t> columns;
  for (const Monomial& monomial : monomials)
    columns.emplace(monomial, columns.size());
  const symmetry::ResidueRing ring(exact::prime(0));
  std::vector<symmetry::Residues> rows;
  const Polynomial top = loss.part(loss.degree());
  for (std::size_t k = 0; k < unknowns; ++k) {
    const Polynomial derived = derivative(top, k);
    std::vector<std::pair<Monomial, std::uint64_t>> form;
    try {
      for (const auto& [monomial, coefficient] : derived.terms())
        form.emplace_back(monomial, ring.residue(coefficient));
    } catch (const std::domain_error&) {  // the prime divides a denominator
      return false;
    }
    for (const Monomial& multiplier : multipliers) {
      symmetry::Residues& row = rows.emplace_back(columns.size(), 0);
      for (const auto& [monomial, coefficient] : form) {
        Monomial product = monomial + multiplier;
        std::sort(product.begin(), product.end());
        row[columns.at(product)] = coefficient;
      }
    }
  }
  return symmetry::independent_modulo(rows, ring.field().prime()).size() == columns.size();
}

}  // namespace rankscape::critical_set
