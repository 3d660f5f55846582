#pragma once
// Polynomials over the rationals in many variables, and how certificates spell them.

#include <map>
#include <string_view>
#include <vector>

#include "verifier/point.hpp"
#include "verifier/reader.hpp"

namespace verifier {

/// A polynomial over the rationals.
class Sparse {
 public:
  Sparse() = default;
  explicit Sparse(const Q& number) { add(Monomial(), number); }
  /// numerator / denominator, the latter constant
  Sparse(const Polynomial& numerator, const Polynomial& denominator) {
    if (denominator != Polynomial(denominator[{}])) throw Rejected("the loss is no polynomial");
    for (const auto& [monomial, coefficient] : numerator.terms) {
      Q value(coefficient, denominator[{}]);
      value.canonicalize();
      add(monomial, value);
    }
  }
  [[nodiscard]] bool is_zero() const { return terms_.empty(); }
  [[nodiscard]] const std::map<Monomial, Q>& terms() const { return terms_; }
  void add(const Monomial& monomial, const Q& coefficient) { add_term(terms_, holding_, monomial, coefficient); }
  /// this += factor a b
  void add_product(const Sparse& a, const Sparse& b, const Q& factor = 1) {
    budget.spend(1);
    for (const auto& [m, x] : a.terms_) {
      for (const auto& [n, y] : b.terms_) {
        budget.spend(20 + m.size() + n.size() + words(x) * words(y));
        Monomial product(m.size() + n.size(), u'\0');
        std::merge(m.begin(), m.end(), n.begin(), n.end(), product.begin());
        add(product, factor * x * y);
      }
    }
  }
  [[nodiscard]] Q value(const std::vector<Q>& at) const {
    Q sum = 0;
    for (const auto& [monomial, coefficient] : terms_) {
      Q product = coefficient;
      for (const char16_t position : monomial) {
        budget.spend(1 + words(product) * words(at.at(position)));
        product *= at.at(position);
      }
      budget.spend(1 + words(sum) * words(product));
      sum += product;
    }
    return sum;
  }

 private:
  Holding holding_;
  std::map<Monomial, Q> terms_;
};

inline constexpr std::size_t most_written_degree = 1000;  // of a term

/// `3/2*x1^2*x3-x2+1`, in the variables x1 .. xn.
inline Sparse read_polynomial(const Field& field, std::size_t variables) {
  const std::string_view text = field.text();
  std::size_t at = 0;
  const auto take = [&](char c) { return at < text.size() && text[at] == c && ++at > 0; };
  const auto digits = [&] {
    const std::size_t begin = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    field.require(at > begin, "not a polynomial");
    if (at - begin > most_digits) throw Unreadable("limits: " + field.place + ": a number is too long");
    budget.spend(1 + (at - begin) * (at - begin) / 100);
    return Z(std::string(text.substr(begin, at - begin)), 10);
  };
  Sparse sum;
  do {
    const bool minus = take('-');
    field.require(minus || take('+') || at == 0, "not a polynomial");
    Q coefficient = minus ? -1 : 1;
    Monomial monomial;
    const auto times = [&](const Q& number) {
      budget.spend(words(coefficient) * words(number));
      coefficient *= number;
    };
    do {
      if (!take('x')) {
        times(digits());
        if (!take('/')) continue;
        const Z below = digits();
        field.require(below != 0, "a denominator is zero");
        times(Q(1) / below);
        continue;
      }
      const Z index = digits();
      field.require(index >= 1 && index <= variables, "an unknown that does not exist");
      const Z power = take('^') ? digits() : Z(1);
      field.require(power + Z(monomial.size()) <= most_written_degree, "a degree is too large");
      budget.spend(10 * power.get_ui());  // also to be sorted
      monomial.append(power.get_ui(), static_cast<char16_t>(index.get_ui() - 1));
    } while (take('*'));
    std::sort(monomial.begin(), monomial.end());
    sum.add(monomial, coefficient);
  } while (at < text.size());
  return sum;
}

}  // namespace verifier
