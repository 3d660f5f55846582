#include "solve/polydisc.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "exact/decompositions.hpp"

namespace rankscape::critical_set {

namespace {

constexpr double no_imaginary_part = 1e-9;
constexpr int centre_bits = 44;  // behind the point
constexpr std::array<int, 2> radius_bits{30, 36};

Rational power_of_two(int exponent) {
  const Integer power = Integer(1) << static_cast<unsigned>(std::abs(exponent));
  return exponent >= 0 ? Rational(power) : Rational(Integer(1), power);
}

Rational rounded_at(double x) {
  return Rational(std::round(std::ldexp(x, centre_bits))) * power_of_two(-centre_bits);
}

Gaussian product_of(const Gaussian& a, const Gaussian& b) {
  return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

// |z| at most
Rational size_of(const Gaussian& z) {
  return Rational(abs(z.re) + abs(z.im));
}

Gaussian evaluate_at_centre(const Polynomial& polynomial, const std::vector<Gaussian>& at) {
  Gaussian sum;
  for (const auto& [monomial, coefficient] : polynomial.terms()) {
    Gaussian product{coefficient, 0};
    for (const char16_t position : monomial)
      product = product_of(product, at[position]);
    sum.re += product.re;
    sum.im += product.im;
  }
  return sum;
}

}  // namespace

bool disjoint(const Polydisc& a, const Polydisc& b) {
  const Rational reach = a.radius + b.radius;
  for (std::size_t k = 0; k < a.at.size(); ++k) {
    if (abs(a.at[k].re - b.at[k].re) > reach || abs(a.at[k].im - b.at[k].im) > reach) return true;
  }
  return false;
}

Rational deviation(const Polynomial& polynomial, const Polydisc& polydisc) {
  std::vector<Rational> sizes;
  sizes.reserve(polydisc.at.size());
  for (const Gaussian& z : polydisc.at)
    sizes.push_back(size_of(z));
  Rational sum = 0;
  for (const auto& [monomial, coefficient] : polynomial.terms()) {
    Rational least = 1;
    Rational most = 1;
    for (const char16_t position : monomial) {
      least *= sizes[position];
      most *= sizes[position] + polydisc.radius;
    }
    sum += abs(coefficient) * (most - least);
  }
  return sum;
}

PolydiscTest::PolydiscTest(const Polynomials& system) : system_(system) {
  for (const Polynomial& polynomial : system) {
    Polynomials& row = slopes_.emplace_back();
    for (std::size_t k = 0; k < system.size(); ++k)
      row.push_back(derivative(polynomial, k));
  }
}

// |1 - A Dg| <= q < 1 in the polydisc and |A g(c)| <= (1 - q) r at the centre, in the largest row sum: N(z) = z - A
// g(z) is a contraction that maps the polydisc into itself; A and Dg are invertible.
bool PolydiscTest::holds(const Polydisc& polydisc) const {
  const std::size_t n = system_.size();
  std::vector<std::vector<Gaussian>> slopes(n);
  std::vector<std::vector<Rational>> deviations(n);
  std::vector<Gaussian> values;
  for (std::size_t i = 0; i < n; ++i) {
    values.push_back(evaluate_at_centre(system_[i], polydisc.at));
    for (std::size_t j = 0; j < n; ++j) {
      slopes[i].push_back(evaluate_at_centre(slopes_[i][j], polydisc.at));
      deviations[i].push_back(deviation(slopes_[i][j], polydisc));
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    Gaussian step;
    Rational q = 0;
    for (std::size_t j = 0; j < n; ++j) {
      const Gaussian& a = polydisc.inverse[i][j];
      const Gaussian moved = product_of(a, values[j]);
      step.re += moved.re;
      step.im += moved.im;
      Gaussian entry{i == j ? -1 : 0, 0};
      for (std::size_t k = 0; k < n; ++k) {
        const Gaussian part = product_of(polydisc.inverse[i][k], slopes[k][j]);
        entry.re += part.re;
        entry.im += part.im;
        q += size_of(polydisc.inverse[i][k]) * deviations[k][j];
      }
      q += size_of(entry);
    }
    if (q >= 1 || size_of(step) > (1 - q) * polydisc.radius) return false;
  }
  return true;
}

std::optional<Polydisc> PolydiscTest::around(const ComplexPoint& approximation) const {
  const auto n = static_cast<Index>(system_.size());
  Polydisc polydisc;
  polydisc.real = (approximation.imag().array().abs() < no_imaginary_part).all();
  for (const Complex& z : approximation)
    polydisc.at.push_back({rounded_at(z.real()), polydisc.real ? Rational(0) : rounded_at(z.imag())});
  ComplexMatrix slopes(n, n);
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < n; ++j) {
      const Gaussian slope =
          evaluate_at_centre(slopes_[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)], polydisc.at);
      slopes(i, j) = {static_cast<double>(slope.re), static_cast<double>(slope.im)};
    }
  }
  const ComplexMatrix inverse = slopes.partialPivLu().inverse();
  if (!inverse.allFinite()) return std::nullopt;
  for (Index i = 0; i < n; ++i) {
    std::vector<Gaussian>& row = polydisc.inverse.emplace_back();
    for (const Complex& z : inverse.row(i))  // short numbers are enough
      row.push_back({Rational(static_cast<double>(static_cast<float>(z.real()))),
                     Rational(static_cast<double>(static_cast<float>(z.imag())))});
  }
  for (const int bits : radius_bits) {
    polydisc.radius = power_of_two(-bits);
    const bool off = std::any_of(polydisc.at.begin(), polydisc.at.end(),
                                 [&](const Gaussian& z) { return abs(z.im) > polydisc.radius; });
    if ((polydisc.real || off) && holds(polydisc)) return polydisc;
  }
  return std::nullopt;
}

RationalMatrix PolydiscTest::slopes_at(const std::vector<Rational>& at) const {
  const auto n = static_cast<Index>(system_.size());
  RationalMatrix slopes(n, n);
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < n; ++j)
      slopes(i, j) = evaluate(slopes_[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)], at);
  }
  return slopes;
}

std::optional<Polydisc> PolydiscTest::centred(const Polydisc& polydisc, const std::vector<Rational>& at) const {
  Polydisc moved = polydisc;
  for (std::size_t k = 0; k < at.size(); ++k)
    moved.at[k] = {at[k], 0};
  if (!holds(moved)) return std::nullopt;
  return moved;
}

}  // namespace rankscape::critical_set
