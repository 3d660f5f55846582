#include "symbolic/normal_ring.hpp"

namespace rankscape::symbolic {

Expression NormalForm::operator()(const Expression& rational_function) const {
  if (rational_function.info(GiNaC::info_flags::polynomial)) return reduced(rational_function.expand());
  const Expression fraction = rational_function.normal().numer_denom();
  const Expression numerator = reduced(fraction.op(0).expand());
  if (numerator.is_zero()) return 0;
  const Expression denominator = reduced(fraction.op(1).expand());
  if (GiNaC::is_a<GiNaC::numeric>(denominator)) return (numerator / denominator).expand();
  const bool same = numerator.is_equal(fraction.op(0)) && denominator.is_equal(fraction.op(1));
  return same ? Expression(numerator / denominator) : (numerator / denominator).normal();
}

// Of the last entry of a unit vector the powers 0 and 1 remain. Expanded before and after.
Expression NormalForm::reduced(Expression polynomial) const {
  for (const std::vector<GiNaC::symbol>& unit : units_) {
    const GiNaC::symbol& last = unit.back();
    const int degree = polynomial.degree(last);
    if (degree < 2) continue;
    Expression square = 1;
    for (std::size_t k = 0; k + 1 < unit.size(); ++k)
      square -= unit[k] * unit[k];
    Expression sum = 0;
    for (int k = 0; k <= degree; ++k) {
      const Expression coefficient = polynomial.coeff(last, k);
      if (!coefficient.is_zero()) sum += coefficient * GiNaC::pow(square, k / 2) * GiNaC::pow(last, k % 2);
    }
    polynomial = sum.expand();
  }
  return polynomial;
}

}  // namespace rankscape::symbolic
