// Polynomials in the sizes of a landscape.
#include "language/polynomial.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace rankscape::language {

namespace {

constexpr std::size_t max_terms = 1000;

std::string spelled(const std::vector<Atom>& monomial) {
  std::string text;
  for (std::size_t k = 0; k < monomial.size();) {
    const auto end = std::find_if(monomial.begin() + static_cast<std::ptrdiff_t>(k), monomial.end(),
                                  [&](const Atom& other) { return other != monomial[k]; });
    const auto power = static_cast<std::size_t>(end - monomial.begin()) - k;
    text += (text.empty() ? "" : "*") + monomial[k].text + (power > 1 ? "^" + std::to_string(power) : "");
    k += power;
  }
  return text;
}

}  // namespace

Polynomial::Polynomial(long constant) {
  if (constant != 0) terms_[{}] = constant;
}

Polynomial::Polynomial(Atom atom) {
  terms_[{std::move(atom)}] = 1;
}

std::optional<Polynomial> sum(const Polynomial& a, const Polynomial& b, long factor_of_b) {
  Polynomial result = a;
  for (const auto& [monomial, coefficient] : b.terms_) {
    long scaled = 0;
    if (__builtin_mul_overflow(coefficient, factor_of_b, &scaled)) return std::nullopt;
    long& entry = result.terms_[monomial];
    if (__builtin_add_overflow(entry, scaled, &entry)) return std::nullopt;
    if (entry == 0) result.terms_.erase(monomial);
  }
  return result.terms_.size() > max_terms ? std::nullopt : std::optional(std::move(result));
}

std::optional<Polynomial> product(const Polynomial& a, const Polynomial& b) {
  if (a.terms_.size() * b.terms_.size() > max_terms) return std::nullopt;
  Polynomial result;
  for (const auto& left : a.terms_) {
    for (const auto& right : b.terms_) {
      Polynomial::Monomial monomial;
      std::merge(left.first.begin(), left.first.end(), right.first.begin(), right.first.end(),
                 std::back_inserter(monomial));
      if (monomial.size() > max_terms) return std::nullopt;
      Polynomial term;
      long coefficient = 0;
      if (__builtin_mul_overflow(left.second, right.second, &coefficient)) return std::nullopt;
      term.terms_[std::move(monomial)] = coefficient;
      auto next = sum(result, term, 1);
      if (!next) return std::nullopt;
      result = std::move(*next);
    }
  }
  return result;
}

std::optional<long> Polynomial::constant() const {
  if (terms_.empty()) return 0;
  if (terms_.size() == 1 && terms_.begin()->first.empty()) return terms_.begin()->second;
  return std::nullopt;
}

bool Polynomial::open() const {
  return std::any_of(terms_.begin(), terms_.end(), [](const auto& term) {
    return std::any_of(term.first.begin(), term.first.end(), [](const Atom& atom) { return atom.open; });
  });
}

std::string Polynomial::text() const {
  if (terms_.empty()) return "0";
  std::string text;
  const auto append = [&](const std::string& monomial, long coefficient) {
    const bool negative = coefficient < 0;
    text += text.empty() ? (negative ? "-" : "") : negative ? " - " : " + ";
    std::string size = std::to_string(coefficient);
    if (negative) size.erase(0, 1);
    text += monomial.empty() ? size : size == "1" ? monomial : size + "*" + monomial;
  };
  // Positive terms first, higher degrees before lower ones, and the constant last: k^2 + 2*k - H - 1.
  std::vector<std::pair<const Monomial*, long>> ordered;
  for (const auto& term : terms_)
    ordered.emplace_back(&term.first, term.second);
  std::stable_sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) {
    const auto rank = [](const auto& term) {
      return std::tuple(term.first->empty(), term.second < 0, -static_cast<long>(term.first->size()));
    };
    return rank(a) < rank(b);
  });
  for (const auto& [monomial, coefficient] : ordered)
    append(spelled(*monomial), coefficient);
  return text;
}

Truth same_value(const Polynomial& a, const Polynomial& b) {
  const auto difference = sum(a, b, -1);
  if (!difference) return Truth::unknown;
  const auto constant = difference->constant();
  return constant ? truth(*constant == 0) : Truth::unknown;
}

}  // namespace rankscape::language
