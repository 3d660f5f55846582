#include "solve/polynomials.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <rankscape/exact/deadline.hpp>
#include <rankscape/exact/matrix.hpp>

namespace rankscape::critical_set {

namespace {

// b / a, where a divides b.
std::optional<Monomial> quotient(const Monomial& b, const Monomial& a) {
  if (!std::includes(b.begin(), b.end(), a.begin(), a.end())) return std::nullopt;
  Monomial rest;
  std::set_difference(b.begin(), b.end(), a.begin(), a.end(), std::back_inserter(rest));
  return rest;
}

std::string text_of(const Polynomial& polynomial, bool parentheses) {
  if (polynomial.is_zero()) return "0";
  std::string text;
  for (auto term = polynomial.terms().rbegin(); term != polynomial.terms().rend(); ++term) {
    const auto& [monomial, coefficient] = *term;
    const Rational size = abs(coefficient);
    text += coefficient < 0 ? "-" : text.empty() ? "" : "+";
    const bool fraction = denominator(size) != 1;
    if (size != 1 || monomial.empty()) {
      text += fraction && parentheses ? fmt::format("({})", to_string(size)) : to_string(size);
      if (!monomial.empty()) text += '*';
    }
    for (std::size_t k = 0; k < monomial.size();) {
      std::size_t end = k;
      while (end < monomial.size() && monomial[end] == monomial[k])
        ++end;
      if (k > 0) text += '*';
      text += fmt::format("x{}", static_cast<unsigned>(monomial[k]) + 1);
      if (end - k > 1) text += fmt::format("^{}", end - k);
      k = end;
    }
  }
  return text;
}

// A position in a text, and what can be read there.
class TermReader {
 public:
  TermReader(std::string_view text, std::size_t variables) : text_(text), variables_(variables) {}

  [[nodiscard]] bool done() const { return at_ == text_.size(); }
  bool take(char c) {
    if (done() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  std::optional<std::string> digits() {
    const std::size_t begin = at_;
    while (!done() && text_[at_] >= '0' && text_[at_] <= '9')
      ++at_;
    if (at_ == begin) return std::nullopt;
    return std::string(text_.substr(begin, at_ - begin));
  }
  // 3, 3/4, (3/4), (-3/4), x2, x2^3
  bool factor(Rational& coefficient, Monomial& monomial) {
    if (take('x')) {
      const auto index = small(variables_);
      if (!index || *index == 0) return false;
      std::size_t power = 1;
      if (take('^')) {
        const auto given = small(1000);
        if (!given) return false;
        power = *given;
      }
      monomial.append(power, static_cast<char16_t>(*index - 1));
      return true;
    }
    const bool open = take('(');
    const bool minus = open && take('-');
    const auto above = digits();
    if (!above) return false;
    Rational value = Rational(Integer(*above));
    if (take('/')) {
      const auto below = digits();
      if (!below || Integer(*below) == 0) return false;
      value /= Rational(Integer(*below));
    }
    if (open && !take(')')) return false;
    coefficient *= minus ? Rational(-value) : value;
    return true;
  }

 private:
  std::optional<std::size_t> small(std::size_t most) {
    const auto text = digits();
    if (!text || text->size() > 6) return std::nullopt;
    const std::size_t value = std::stoul(*text);
    if (value > most) return std::nullopt;
    return value;
  }

  std::string_view text_;
  std::size_t variables_;
  std::size_t at_ = 0;
};

Division divided(const Polynomial& dividend, const Polynomials& divisors, PolynomialRing& ring, bool quotients) {
  Division result;
  if (quotients) result.quotients.resize(divisors.size());
  Polynomial rest = dividend;
  while (!rest.is_zero()) {
    check_deadline();
    const auto& [monomial, coefficient] = *rest.terms().rbegin();
    bool reduced = false;
    for (std::size_t k = 0; k < divisors.size() && !reduced; ++k) {
      if (divisors[k].is_zero()) continue;
      const auto& [leading, by] = *divisors[k].terms().rbegin();
      const auto factor = quotient(monomial, leading);
      if (!factor) continue;
      const Rational times = coefficient / by;
      if (quotients) result.quotients[k].add(*factor, times);
      ring.add_product(rest, Polynomial::term(*factor, Rational(-times)), divisors[k]);
      reduced = true;
    }
    if (reduced) continue;
    const Monomial leading = monomial;
    const Rational value = coefficient;
    result.remainder.add(leading, value);
    rest.add(leading, Rational(-value));
  }
  return result;
}

}  // namespace

std::string to_text(const Polynomial& polynomial) {
  return text_of(polynomial, true);
}

std::string to_plain_text(const Polynomial& polynomial) {
  return text_of(polynomial, false);
}

std::optional<Polynomial> parse_polynomial(std::string_view text, std::size_t variables) {
  TermReader reader(text, variables);
  Polynomial result;
  for (bool first = true; first || !reader.done(); first = false) {
    const bool minus = reader.take('-');
    if (!minus && !reader.take('+') && !first) return std::nullopt;
    Rational coefficient = minus ? -1 : 1;
    Monomial monomial;
    do {
      if (!reader.factor(coefficient, monomial)) return std::nullopt;
    } while (reader.take('*'));
    std::sort(monomial.begin(), monomial.end());
    result.add(monomial, coefficient);
  }
  return result;
}

Polynomial derivative(const Polynomial& polynomial, std::size_t position) {
  Polynomial result;
  const auto variable = static_cast<char16_t>(position);
  for (const auto& [monomial, coefficient] : polynomial.terms()) {
    const auto count = std::count(monomial.begin(), monomial.end(), variable);
    if (count == 0) continue;
    Monomial rest = monomial;
    rest.erase(rest.find(variable), 1);
    result.add(rest, coefficient * Rational(count));
  }
  return result;
}

Polynomial substitute(const Polynomial& polynomial, const Polynomials& values, PolynomialRing& ring) {
  Polynomial result;
  for (const auto& [monomial, coefficient] : polynomial.terms()) {
    Polynomial product{coefficient};
    for (const char16_t position : monomial)
      product = ring.product(product, values.at(position));
    result.add(product);
  }
  return result;
}

Division divide(const Polynomial& dividend, const Polynomials& divisors, PolynomialRing& ring) {
  return divided(dividend, divisors, ring, true);
}

Polynomial remainder(const Polynomial& dividend, const Polynomials& divisors, PolynomialRing& ring) {
  return divided(dividend, divisors, ring, false).remainder;
}

std::optional<std::vector<Rational>> minimal_polynomial(const Polynomial& element, const Polynomials& divisors,
                                                        std::size_t most_degree, PolynomialRing& ring) {
  // Rows of an echelon form: a remainder without the leading terms of those before it, and how it is made of powers.
  struct Row {
    Polynomial rest;
    std::vector<Rational> of_powers;
  };
  std::vector<Row> rows;
  Polynomial power(Rational(1));
  for (std::size_t degree = 0; degree <= most_degree; ++degree) {
    Row row{degree == 0 ? remainder(power, divisors, ring) : power, std::vector<Rational>(most_degree + 1, 0)};
    power = row.rest;
    row.of_powers[degree] = 1;
    for (const Row& before : rows) {
      const auto& [leading, coefficient] = *before.rest.terms().rbegin();
      const Rational times = row.rest.coefficient(leading) / coefficient;
      if (times == 0) continue;
      row.rest.add(before.rest, Rational(-times));
      for (std::size_t k = 0; k <= degree; ++k)
        row.of_powers[k] -= times * before.of_powers[k];
    }
    if (row.rest.is_zero()) {
      row.of_powers.resize(degree + 1);
      return row.of_powers;
    }
    rows.push_back(std::move(row));
    power = remainder(ring.product(power, element), divisors, ring);
  }
  return std::nullopt;
}

Polynomial evaluate_at(const std::vector<Rational>& coefficients, const Polynomial& element, PolynomialRing& ring) {
  Polynomial result;
  for (auto coefficient = coefficients.rbegin(); coefficient != coefficients.rend(); ++coefficient) {
    check_deadline();
    result = ring.product(result, element);
    result.add(Polynomial(*coefficient));
  }
  return result;
}

std::optional<std::vector<Monomial>> standard_monomials(const Polynomials& divisors, std::size_t variables,
                                                        std::size_t most) {
  std::vector<Monomial> leading;
  for (const Polynomial& divisor : divisors) {
    if (!divisor.is_zero()) leading.push_back(divisor.terms().rbegin()->first);
  }
  const auto standard = [&](const Monomial& monomial) {
    return std::none_of(leading.begin(), leading.end(), [&](const Monomial& of) {
      return std::includes(monomial.begin(), monomial.end(), of.begin(), of.end());
    });
  };
  std::vector<Monomial> found;
  if (!standard(Monomial())) return found;
  found.emplace_back();
  for (std::size_t k = 0; k < found.size(); ++k) {
    const std::size_t first = found[k].empty() ? 0 : found[k].back();
    for (std::size_t variable = first; variable < variables; ++variable) {
      Monomial next = found[k];
      next.push_back(static_cast<char16_t>(variable));
      if (!standard(next)) continue;
      if (found.size() == most) return std::nullopt;
      found.push_back(std::move(next));
    }
  }
  return found;
}

}  // namespace rankscape::critical_set
