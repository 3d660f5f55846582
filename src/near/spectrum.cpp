#include "near/spectrum.hpp"

#include <algorithm>
#include <rankscape/exact/enclosure.hpp>
#include <stdexcept>

#include "exact/arb.hpp"
#include "numeric/eigenbasis.hpp"

namespace rankscape::near {

Rational rounded_down(const Rational& a) {
  if (a == 0) return a;
  const Integer n = numerator(a);
  const Integer d = denominator(a);
  const long shift = 200 - (static_cast<long>(msb(abs(n))) - static_cast<long>(msb(d)));
  Rational scaled = exact::times_power_of_two(a, shift);
  Integer floor;
  mpz_fdiv_q(floor.backend().data(), mpq_numref(scaled.backend().data()), mpq_denref(scaled.backend().data()));
  return exact::times_power_of_two(Rational(floor), -shift);
}

Rational rounded_up(const Rational& a) {
  return -rounded_down(-a);
}

Rational root_above(const Rational& square) {
  return sqrt(Enclosure(rounded_up(square))).hi;
}

Rational root_below(const Rational& square) {
  return square <= 0 ? Rational(0) : sqrt(Enclosure(rounded_down(square))).lo;
}

Rational square_norm(const RationalMatrix& a) {
  if (a.size() == 0) return 0;
  const CommonDenominator over = with_common_denominator(a);
  Integer sum = 0;
  for (Index k = 0; k < a.size(); ++k)
    sum += over.numerators.data()[k] * over.numerators.data()[k];
  return Rational(sum, Integer(over.denominator * over.denominator));
}

Rational norm_above(const RationalMatrix& a) {
  return root_above(square_norm(a));
}

Spectrum enclose_spectrum(const RationalMatrix& a) {
  const Index n = a.rows();
  Spectrum found;
  if (n == 0) return found;
  const numeric::BallMatrix basis = numeric::approximate_eigenbasis(a, numeric::solver_digits[1]);
  RationalMatrix q(n, n);
  for (Index i = 0; i < n; ++i)
    for (Index j = 0; j < n; ++j) {
      if (arb_is_finite(basis.at(i, j)) == 0) throw std::runtime_error("no approximate eigenbasis");
      q(i, j) = exact::enclosure_of(basis.at(i, j)).lo;
    }
  const RationalMatrix transposed = q.transpose();
  RationalMatrix diagonal = multiply({transposed, a, q});
  std::vector<Index> order;
  for (Index i = 0; i < n; ++i)
    order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](Index i, Index j) { return diagonal(i, i) > diagonal(j, j); });
  found.Q.resize(n, n);
  Rational largest = 0;
  for (Index k = 0; k < n; ++k) {
    const Index i = order[static_cast<std::size_t>(k)];
    found.Q.col(k) = q.col(i);
    found.d.push_back(rounded_down(diagonal(i, i)));
    largest = std::max<Rational>(largest, abs(found.d.back()));
    diagonal(i, i) -= found.d.back();
  }
  RationalMatrix gram = multiply(transposed, q);
  for (Index i = 0; i < n; ++i)
    gram(i, i) -= 1;
  found.e = norm_above(gram);
  if (2 * found.e >= 1) throw std::runtime_error("no approximate eigenbasis");
  const Rational eb = rounded_up(found.e / (1 - found.e));
  found.f = rounded_up(largest * (2 * eb + eb * eb) + norm_above(diagonal) * (1 + eb) * (1 + eb));
  return found;
}

std::optional<Rational> Spectrum::basis_error(const std::set<Index>& part) const {
  std::optional<Rational> gap;  // none: the part is empty or everything
  for (const Index s : part)
    for (Index q = 0; q < static_cast<Index>(d.size()); ++q) {
      if (part.contains(q)) continue;
      const Rational between = abs(d[static_cast<std::size_t>(s)] - d[static_cast<std::size_t>(q)]);
      if (!gap || between < *gap) gap = between;
    }
  if (!gap) return e;
  if (*gap <= 2 * f) return std::nullopt;
  const Rational th = rounded_up(f / (*gap - f));
  return th + th * th + e;
}

std::vector<Index> Spectrum::clusters() const {
  constexpr long wide = 1000;
  std::vector<Index> sizes;
  for (std::size_t i = 0; i < d.size(); ++i) {
    if (i == 0 || d[i - 1] - d[i] > wide * f) sizes.push_back(0);
    ++sizes.back();
  }
  return sizes;
}

Spectrum enclose_gram_spectrum(const RationalMatrix& a) {
  const RationalMatrix transposed = a.transpose();
  return enclose_spectrum(a.rows() < a.cols() ? multiply(a, transposed) : multiply(transposed, a));
}

SingularBounds singular_bounds(const Spectrum& gram) {
  SingularBounds bounds;
  for (const Rational& d : gram.d)
    bounds.square_lower.push_back(std::max<Rational>(0, d - gram.f));
  if (!gram.d.empty()) bounds.norm_upper = root_above(gram.d.front() + gram.f);
  return bounds;
}

SingularBounds enclose_singular_values(const RationalMatrix& a) {
  return singular_bounds(enclose_gram_spectrum(a));
}

}  // namespace rankscape::near
