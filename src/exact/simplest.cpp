#include "exact/simplest.hpp"

#include <utility>
#include <vector>

namespace rankscape {

Rational simplest_between(Rational lo, Rational hi) {
  if (lo <= 0 && hi >= 0) return 0;
  const bool negative = hi < 0;
  if (negative) {
    lo = -lo;
    hi = -hi;
    std::swap(lo, hi);
  }
  // continued fractions of both ends, until they differ
  std::vector<Integer> terms;
  while (true) {
    const Integer whole = numerator(lo) / denominator(lo);  // floor, as lo > 0
    if (Rational(whole) == lo || Rational(whole + 1) <= hi) {
      terms.push_back(Rational(whole) == lo ? whole : whole + 1);
      break;
    }
    terms.push_back(whole);
    const Rational upper = 1 / (lo - Rational(whole));
    lo = 1 / (hi - Rational(whole));
    hi = upper;
  }
  Rational value(terms.back());
  for (std::size_t k = terms.size() - 1; k-- > 0;)
    value = Rational(terms[k]) + 1 / value;
  return negative ? Rational(-value) : value;
}

Rational simplest_near(double x, double width) {
  return simplest_between(Rational(x - width), Rational(x + width));
}

Rational separator(const RealRoot& upper, const RealRoot& lower) {
  if (upper == lower) return lower.rational().value();
  for (Rational width = 1;; width /= 16) {
    const Rational lo = lower.enclose(width).hi;
    const Rational hi = upper.enclose(width).lo;
    const Rational gap = hi - lo;
    if (gap > 0) return simplest_between(lo + gap / 4, hi - gap / 4);
  }
}

RationalMatrix projector_onto_range(const RationalMatrix& a) {
  const RationalMatrix basis = column_basis(a);
  if (basis.cols() == 0) return RationalMatrix::Zero(a.rows(), a.rows());
  const RationalMatrix gram = multiply(basis.transpose(), basis);
  return multiply({basis, inverse(gram).value(), basis.transpose()});
}

}  // namespace rankscape
