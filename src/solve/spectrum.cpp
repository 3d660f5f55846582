#include "solve/spectrum.hpp"

#include <algorithm>
#include <set>

#include <rankscape/exact/deadline.hpp>

#include "solve/emptiness.hpp"

namespace rankscape::critical_set {

namespace {

// Products of terms: where no coefficient varies, and where one does.
constexpr std::int64_t most_constant_products = 1'000'000;
constexpr std::int64_t most_varying_products = 100'000;
constexpr std::size_t most_roots = 5;

using Rows = std::vector<Polynomials>;

Rows hessian_modulo(const Polynomials& gradient, const Polynomials& ideal, PolynomialRing& ring) {
  const std::size_t n = gradient.size();
  Rows hessian(n, Polynomials(n));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j)
      hessian[i][j] = hessian[j][i] = remainder(derivative(gradient[i], j), ideal, ring);
  }
  return hessian;
}

// Faddeev and LeVerrier, in the quotient by the ideal.
Polynomials characteristic_modulo(const Polynomials& gradient, const Polynomials& ideal) {
  PolynomialRing ring(most_constant_products);
  const std::size_t n = gradient.size();
  const Rows hessian = hessian_modulo(gradient, ideal, ring);
  Rows power = hessian;
  Polynomials coefficients;
  bool varies = false;
  const auto within_limit = [&] {
    check_deadline();
    if (varies && ring.left() < most_constant_products - most_varying_products) throw symmetry::TooLarge();
  };
  for (std::size_t k = 1; k <= n; ++k) {
    Polynomial trace;
    for (std::size_t i = 0; i < n; ++i)
      trace.add(power[i][i]);
    Polynomial coefficient;
    coefficient.add(remainder(trace, ideal, ring), Rational(-1, static_cast<long>(k)));
    varies = varies || !coefficient.is_constant();
    coefficients.push_back(coefficient);
    if (k == n) break;
    for (std::size_t i = 0; i < n; ++i)
      power[i][i].add(coefficient);
    Rows next(n, Polynomials(n));
    for (std::size_t i = 0; i < n; ++i) {
      within_limit();
      for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t l = 0; l < n; ++l)
          ring.add_product(next[i][j], hessian[i][l], power[l][j]);
        next[i][j] = remainder(next[i][j], ideal, ring);
      }
    }
    power = std::move(next);
  }
  return coefficients;
}

// 1, and monomials whose squares, or products by twos, are terms; nothing where they are many.
std::vector<Monomial> roots_of_terms(const Polynomial& polynomial) {
  std::set<Monomial> roots{Monomial()};
  for (const auto& [monomial, coefficient] : polynomial.terms()) {
    Monomial root;
    Monomial odd;
    for (std::size_t k = 0; k < monomial.size(); ++k) {
      const bool pair = k + 1 < monomial.size() && monomial[k] == monomial[k + 1];
      (pair ? root : odd).push_back(monomial[k]);
      if (pair) ++k;
    }
    roots.insert(root);
    root += odd;
    std::sort(root.begin(), root.end());
    roots.insert(root);
  }
  if (roots.size() > most_roots) roots.clear();
  return {roots.begin(), roots.end()};
}

// With this sign the polynomial is a positive number plus squares of monomials, and of sums and differences of two.
bool is_positive(const Polynomial& polynomial, const Rational& sign, const Polynomials& ideal, PolynomialRing& ring) {
  Polynomial negated;
  negated.add(polynomial, -sign);
  Polynomials summands{Polynomial(Rational(1)), negated};
  const auto add_square = [&](const Polynomial& of) {
    Polynomial rest = remainder(ring.product(of, of), ideal, ring);
    if (!rest.is_zero()) summands.push_back(std::move(rest));
  };
  const std::vector<Monomial> roots = roots_of_terms(polynomial);
  for (std::size_t a = 0; a < roots.size(); ++a) {
    if (!roots[a].empty()) add_square(Polynomial::term(roots[a], 1));
    for (std::size_t b = 0; b < a; ++b) {
      for (const int times : {1, -1}) {
        Polynomial both = Polynomial::term(roots[a], 1);
        both.add(roots[b], times);
        add_square(both);
      }
    }
  }
  const auto weights = vanishing_combination(summands);
  return weights && (*weights)[1] > 0;
}

std::optional<int> sign_on(const Polynomial& polynomial, const Polynomials& ideal, PolynomialRing& ring) {
  if (polynomial.is_constant()) {
    const Rational value = polynomial.constant_term();
    return value == 0 ? 0 : value > 0 ? 1 : -1;
  }
  for (const int sign : {1, -1}) {
    if (is_positive(polynomial, sign, ideal, ring)) return sign;
  }
  return std::nullopt;
}

std::size_t changes(const std::vector<int>& signs) {
  std::size_t count = 0;
  int before = 0;
  for (const int sign : signs) {
    if (sign == 0) continue;
    if (before != 0 && sign != before) ++count;
    before = sign;
  }
  return count;
}

}  // namespace

Spectrum spectrum_on(const Polynomials& gradient, const Polynomials& ideal) {
  Spectrum spectrum;
  spectrum.coefficients = characteristic_modulo(gradient, ideal);
  spectrum.signs.resize(spectrum.coefficients.size());
  for (std::size_t k = 0; k < spectrum.signs.size(); ++k) {
    PolynomialRing ring(most_varying_products);
    try {
      spectrum.signs[k] = sign_on(spectrum.coefficients[k], ideal, ring);
    } catch (const symmetry::TooLarge&) {
      // open
    }
  }
  return spectrum;
}

bool Spectrum::constant() const {
  return std::all_of(coefficients.begin(), coefficients.end(), [](const Polynomial& c) { return c.is_constant(); });
}

std::optional<Inertia> Spectrum::inertia() const {
  std::vector<int> here{1};
  std::vector<int> mirrored{1};
  for (std::size_t k = 0; k < signs.size(); ++k) {
    if (!signs[k]) return std::nullopt;
    here.push_back(*signs[k]);
    mirrored.push_back(k % 2 == 0 ? -*signs[k] : *signs[k]);
  }
  Inertia found;
  found.positive = static_cast<Index>(changes(here));
  found.negative = static_cast<Index>(changes(mirrored));
  found.zero = static_cast<Index>(signs.size()) - found.positive - found.negative;
  return found;
}

// Without a negative eigenvalue the signs alternate, apart from zeros: -1 at odd places.
bool Spectrum::negative() const {
  for (std::size_t k = 0; k < signs.size(); ++k) {
    if (signs[k] && *signs[k] == (k % 2 == 0 ? 1 : -1)) return true;
  }
  return false;
}

std::size_t Spectrum::rank() const {
  std::size_t rank = coefficients.size();
  while (rank > 0 && coefficients[rank - 1].is_zero())
    --rank;
  return rank;
}

}  // namespace rankscape::critical_set
