#include "symmetry/polynomial.hpp"

#include <algorithm>
#include <limits>

namespace rankscape::symmetry {

Polynomial Polynomial::variable(std::int64_t position) {
  if (position > std::numeric_limits<char16_t>::max()) throw std::length_error("Polynomial: too many variables");
  return term(Monomial(1, static_cast<char16_t>(position)), 1);
}

Polynomial Polynomial::term(Monomial monomial, const Rational& coefficient) {
  Polynomial result;
  if (coefficient != 0) result.terms_.emplace(std::move(monomial), coefficient);
  return result;
}

Rational Polynomial::constant_term() const {
  return coefficient(Monomial());
}

Rational Polynomial::coefficient(const Monomial& monomial) const {
  const auto found = terms_.find(monomial);
  return found == terms_.end() ? Rational(0) : found->second;
}

Polynomial Polynomial::part(std::size_t degree) const {
  Polynomial result;
  for (const auto& [monomial, coefficient] : terms_) {
    if (monomial.size() == degree) result.terms_.emplace_hint(result.terms_.end(), monomial, coefficient);
  }
  return result;
}

std::vector<Polynomial> Polynomial::by_powers_of(std::int64_t position) const {
  std::vector<Polynomial> result(1);
  for (const auto& [monomial, coefficient] : terms_) {
    const auto [first, last] = std::equal_range(monomial.begin(), monomial.end(), static_cast<char16_t>(position));
    const auto power = static_cast<std::size_t>(last - first);
    if (result.size() <= power) result.resize(power + 1);
    Monomial rest(monomial.begin(), first);
    rest.append(last, monomial.end());
    result[power].add(rest, coefficient);
  }
  return result;
}

void Polynomial::add(const Monomial& monomial, const Rational& coefficient) {
  if (coefficient == 0) return;
  const auto [at, inserted] = terms_.try_emplace(monomial, coefficient);
  if (inserted) return;
  at->second += coefficient;
  if (at->second == 0) terms_.erase(at);
}

void Polynomial::add(const Polynomial& other, const Rational& times) {
  if (times == 0) return;
  if (&other == this) {
    const Polynomial copy = other;
    add(copy, times);
    return;
  }
  for (const auto& [monomial, coefficient] : other.terms_)
    add(monomial, times * coefficient);
}

Rational evaluate(const Polynomial& polynomial, const std::vector<Rational>& at) {
  Rational sum = 0;
  for (const auto& [monomial, coefficient] : polynomial.terms()) {
    Rational product = coefficient;
    for (const char16_t position : monomial)
      product *= at.at(position);
    sum += product;
  }
  return sum;
}

void PolynomialRing::add_product(Polynomial& sum, const Polynomial& a, const Polynomial& b) {
  Monomial monomial;
  for (const auto& [left, first] : a.terms()) {
    if (left.size() > truncation_) break;  // by degree
    for (const auto& [right, second] : b.terms()) {
      if (left.size() + right.size() > truncation_) break;
      if (--left_ < 0) throw TooLarge();
      monomial.resize(left.size() + right.size());
      std::merge(left.begin(), left.end(), right.begin(), right.end(), monomial.begin());
      sum.add(monomial, first * second);
    }
  }
}

}  // namespace rankscape::symmetry
