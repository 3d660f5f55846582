#include "solve/infinity.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "exact/prime_field.hpp"

namespace rankscape::critical_set {

namespace {

using exact::PrimeField;
using Residues = std::vector<PrimeField::Word>;

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

// Rows in echelon form, of the space that they span.
class Span {
 public:
  explicit Span(const PrimeField& field) : field_(field) {}
  [[nodiscard]] std::size_t dimension() const { return pivots_.size(); }

  void add(Residues row) {
    for (const auto& [column, pivot] : pivots_) {
      const PrimeField::Word times = row[column];
      if (times == 0) continue;
      for (std::size_t k = column; k < row.size(); ++k)
        row[k] = field_.subtract(row[k], field_.multiply(times, pivot[k]));
    }
    const auto first = std::find_if(row.begin(), row.end(), [](PrimeField::Word entry) { return entry != 0; });
    if (first == row.end()) return;
    const PrimeField::Word inverse = field_.invert(*first);
    const auto column = static_cast<std::size_t>(first - row.begin());
    for (PrimeField::Word& entry : row)
      entry = field_.multiply(entry, inverse);
    pivots_.emplace(column, std::move(row));
  }

 private:
  const PrimeField& field_;
  std::map<std::size_t, Residues> pivots_;  // by the column of their first entry, 1
};

// Nothing: a denominator is divisible by the prime.
std::optional<PrimeField::Word> residue(const Rational& number, const PrimeField& field) {
  const PrimeField::Word below = field.reduce(denominator(number));
  if (below == 0) return std::nullopt;
  return field.multiply(field.reduce(numerator(number)), field.invert(below));
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
  const PrimeField field(exact::prime(0));
  Span span(field);
  const Polynomial top = loss.part(loss.degree());
  for (std::size_t k = 0; k < unknowns; ++k) {
    const Polynomial form = derivative(top, k);
    for (const Monomial& multiplier : multipliers) {
      Residues row(columns.size(), 0);
      for (const auto& [monomial, coefficient] : form.terms()) {
        Monomial product = monomial + multiplier;
        std::sort(product.begin(), product.end());
        const auto entry = residue(coefficient, field);
        if (!entry) return false;
        row[columns.at(product)] = *entry;
      }
      span.add(std::move(row));
    }
  }
  return span.dimension() == columns.size();
}

}  // namespace rankscape::critical_set
