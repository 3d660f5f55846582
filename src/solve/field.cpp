#include "solve/field.hpp"

#include <algorithm>
#include <map>

#include <rankscape/error.hpp>
#include <rankscape/exact/deadline.hpp>
#include <rankscape/exact/matrix.hpp>

namespace rankscape::critical_set {

namespace {

void trim(Univariate& a) {
  while (!a.empty() && a.back() == 0)
    a.pop_back();
}

void add(Univariate& sum, const Univariate& a, const Rational& times = 1) {
  if (sum.size() < a.size()) sum.resize(a.size(), 0);
  for (std::size_t k = 0; k < a.size(); ++k)
    sum[k] += times * a[k];
  trim(sum);
}

Univariate reduced(Univariate a, const NumberField& field) {
  const std::size_t degree = field.degree();
  for (std::size_t k = a.size(); k > degree; --k) {
    const Rational top = a[k - 1];
    if (top == 0) continue;
    for (std::size_t j = 0; j <= degree; ++j)
      a[k - 1 - degree + j] -= top * field.modulus[j];
  }
  a.resize(std::min(a.size(), degree));
  trim(a);
  return a;
}

Univariate product(const Univariate& a, const Univariate& b, const NumberField& field) {
  if (a.empty() || b.empty()) return {};
  Univariate result(a.size() + b.size() - 1, 0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] == 0) continue;
    for (std::size_t j = 0; j < b.size(); ++j)
      result[i + j] += a[i] * b[j];
  }
  return reduced(std::move(result), field);
}

Enclosure horner(const Univariate& element, const Enclosure& at) {
  Enclosure sum;
  for (auto coefficient = element.rbegin(); coefficient != element.rend(); ++coefficient)
    sum = sum * at + Enclosure(*coefficient);
  return sum;
}

Polynomial linear_form(std::size_t unknowns, long attempt) {
  Polynomial form;
  for (std::size_t k = 0; k < unknowns; ++k) {
    const long at = static_cast<long>(k) + attempt;
    form.add(Monomial(1, static_cast<char16_t>(k)), attempt == 0 ? 1 : 1 + (at * at * at + 3 * at) % 17);
  }
  return form;
}

// Each unknown as a polynomial in the form, modulo the ideal.
std::optional<std::vector<Univariate>> coordinates(const Polynomial& form, const std::vector<Monomial>& basis,
                                                   const Polynomials& generators, std::size_t unknowns,
                                                   PolynomialRing& ring) {
  std::map<Monomial, Index> position;
  for (const Monomial& monomial : basis)
    position.emplace(monomial, static_cast<Index>(position.size()));
  const auto size = static_cast<Index>(basis.size());
  const auto column = [&](const Polynomial& rest, RationalMatrix& into, Index k) {
    for (const auto& [monomial, coefficient] : rest.terms())
      into(position.at(monomial), k) = coefficient;
  };
  RationalMatrix powers = RationalMatrix::Zero(size, size);
  Polynomial power = remainder(Polynomial(Rational(1)), generators, ring);
  for (Index k = 0; k < size; ++k) {
    column(power, powers, k);
    power = remainder(ring.product(power, form), generators, ring);
  }
  RationalMatrix wanted = RationalMatrix::Zero(size, static_cast<Index>(unknowns));
  for (std::size_t k = 0; k < unknowns; ++k)
    column(remainder(Polynomial::variable(static_cast<std::int64_t>(k)), generators, ring), wanted,
           static_cast<Index>(k));
  const auto found = rankscape::solve(powers, wanted);
  if (!found) return std::nullopt;
  std::vector<Univariate> result(unknowns);
  for (std::size_t k = 0; k < unknowns; ++k) {
    for (Index i = 0; i < size; ++i)
      result[k].push_back((*found)(i, static_cast<Index>(k)));
    trim(result[k]);
  }
  return result;
}

}  // namespace

Univariate value_at(const Polynomial& polynomial, const FieldPoint& point) {
  Univariate sum;
  for (const auto& [monomial, coefficient] : polynomial.terms()) {
    Univariate term{coefficient};
    for (const char16_t position : monomial)
      term = product(term, point.coordinates.at(position), point.field);
    add(sum, term);
  }
  return reduced(std::move(sum), point.field);
}

Enclosure enclose(const Univariate& element, const RealRoot& root, const Rational& width) {
  for (Rational of_root = width;; of_root /= 1024) {
    check_deadline();
    const Enclosure found = horner(element, root.enclose(of_root));
    if (found.width() <= width) return found;
  }
}

int sign_at(const Univariate& element, const RealRoot& root) {
  if (element.empty()) return 0;
  for (Rational width(1, 1024);; width *= width) {
    check_deadline();
    const Enclosure found = horner(element, root.enclose(width));
    if (found.lo > 0) return 1;
    if (found.hi < 0) return -1;
    if (found.is_exact()) return 0;
  }
}

// Faddeev and LeVerrier: M_1 = A, c_{n-k} = -trace(M_k)/k, M_{k+1} = A (M_k + c_{n-k} I).
std::vector<Univariate> characteristic_polynomial(const std::vector<std::vector<Univariate>>& matrix,
                                                  const NumberField& field) {
  const std::size_t n = matrix.size();
  std::vector<Univariate> coefficients(n + 1);
  coefficients[n] = {Rational(1)};
  auto power = matrix;
  for (std::size_t k = 1; k <= n; ++k) {
    check_deadline();
    Univariate trace;
    for (std::size_t i = 0; i < n; ++i)
      add(trace, power[i][i]);
    add(coefficients[n - k], trace, Rational(-1, static_cast<long>(k)));
    if (k == n) break;
    for (std::size_t i = 0; i < n; ++i)
      add(power[i][i], coefficients[n - k]);
    std::vector<std::vector<Univariate>> next(n, std::vector<Univariate>(n));
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t l = 0; l < n; ++l)
          add(next[i][j], product(matrix[i][l], power[l][j], field));
      }
    }
    power = std::move(next);
  }
  return coefficients;
}

Inertia inertia_at(const std::vector<Univariate>& characteristic, const RealRoot& root) {
  Inertia result;
  std::vector<int> signs;
  for (const Univariate& coefficient : characteristic)
    signs.push_back(sign_at(coefficient, root));
  const auto n = static_cast<Index>(signs.size()) - 1;
  const auto first = std::find_if(signs.begin(), signs.end(), [](int sign) { return sign != 0; });
  result.zero = first - signs.begin();
  int last = *first;
  for (auto next = first; next != signs.end(); ++next) {
    if (*next == 0) continue;
    if (*next != last) ++result.positive;
    last = *next;
  }
  result.negative = n - result.zero - result.positive;
  return result;
}

std::optional<Isolated> real_zeros(const Polynomials& generators, std::size_t unknowns, std::size_t most_degree,
                                   PolynomialRing& ring) {
  const auto basis = standard_monomials(generators, unknowns, most_degree);
  if (!basis || basis->empty()) return std::nullopt;
  for (long attempt = 0; attempt < 6; ++attempt) {
    Isolated result;
    result.form = linear_form(unknowns, attempt);
    const auto minimal = minimal_polynomial(result.form, generators, basis->size(), ring);
    if (!minimal || minimal->size() != basis->size() + 1) continue;
    result.polynomial = *minimal;
    const auto of_form = coordinates(result.form, *basis, generators, unknowns, ring);
    if (!of_form) continue;
    for (const RealRoot& root : real_roots(result.polynomial)) {
      NumberField field{root.minimal_polynomial()};
      const Rational leading = field.modulus.back();
      for (Rational& coefficient : field.modulus)
        coefficient /= leading;
      const auto same = std::find_if(result.points.begin(), result.points.end(),
                                     [&](const FieldPoint& known) { return known.field.modulus == field.modulus; });
      if (same != result.points.end()) {
        result.roots[static_cast<std::size_t>(same - result.points.begin())].push_back(root);
        continue;
      }
      FieldPoint point{field, {}};
      for (const Univariate& coordinate : *of_form)
        point.coordinates.push_back(reduced(coordinate, field));
      for (const Polynomial& generator : generators) {
        if (!value_at(generator, point).empty()) return std::nullopt;  // no Groebner basis, then
      }
      result.points.push_back(std::move(point));
      result.roots.push_back({root});
    }
    return result;
  }
  return std::nullopt;
}

}  // namespace rankscape::critical_set
