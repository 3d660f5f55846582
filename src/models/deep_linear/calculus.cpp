// The rational path of the closed forms. With W_h = w_h / t_h, Sxx = s / c, Sxy = u / c and T = t_1 ... t_H, all over
// the integers, the integer residual is s (w_H...w_1)^T - T u = c T E, so that the half derivative by W_h has
// denominator c T^2 / t_h, and both terms of the half Hessian block of (W_i, W_j) have c T^2 / (t_i t_j). No rational
// is multiplied, and no greatest common divisor is taken before the last step.

#include <models/deep_linear/calculus.hpp>

namespace rankscape::deep_linear {
namespace {

IntegerMatrix rescaled(const CommonDenominator& a, const Integer& denominator) {
  const Integer factor = denominator / a.denominator;
  IntegerMatrix result = a.numerators;
  if (factor == 1) return result;
  for (Index col = 0; col < result.cols(); ++col) {
    for (Index row = 0; row < result.rows(); ++row)
      result(row, col) *= factor;
  }
  return result;
}

struct Cleared {
  std::vector<Integer> layer;  ///< t_h
  Integer whole;               ///< c T^2
  detail::Parts<Integer> parts;
};

Cleared clear_denominators(const std::vector<RationalMatrix>& weights, const Moments<Rational>& data) {
  std::vector<IntegerMatrix> numerators;
  std::vector<Integer> layer;
  Integer all = 1;
  for (const RationalMatrix& w : weights) {
    CommonDenominator cleared = with_common_denominator(w);
    all *= cleared.denominator;
    layer.push_back(std::move(cleared.denominator));
    numerators.push_back(std::move(cleared.numerators));
  }
  const CommonDenominator xx = with_common_denominator(data.xx);
  const CommonDenominator xy = with_common_denominator(data.xy);
  const Integer common = boost::multiprecision::lcm(xx.denominator, xy.denominator);
  return {std::move(layer), common * all * all,
          detail::Parts<Integer>(numerators, rescaled(xx, common), rescaled(xy, common), all)};
}

Rational twice_over(const Integer& half, const Integer& denominator) {
  return denominator == 1 ? Rational(2 * half) : Rational(Integer(2 * half), denominator);
}

}  // namespace

RationalVector gradient(const std::vector<RationalMatrix>& weights, const Moments<Rational>& data) {
  const Cleared cleared = clear_denominators(weights, data);
  const LayerProducts<Integer>& chain = cleared.parts.chain;
  RationalVector result = RationalVector::Constant(chain.offset(chain.layers() + 1), Rational(0));
  detail::half_gradient(cleared.parts, [&](Index i, Index h, const Integer& half) {
    result(i) = twice_over(half, cleared.whole / cleared.layer[static_cast<std::size_t>(h - 1)]);
  });
  return result;
}

RationalMatrix hessian(const std::vector<RationalMatrix>& weights, const Moments<Rational>& data) {
  const Cleared cleared = clear_denominators(weights, data);
  const LayerProducts<Integer>& chain = cleared.parts.chain;
  const Index n = chain.offset(chain.layers() + 1);
  RationalMatrix result = RationalMatrix::Constant(n, n, Rational(0));
  Index last_i = 0;
  Index last_j = 0;
  Integer denominator;
  detail::half_hessian(cleared.parts, [&](Index row, Index col, Index i, Index j, const Integer& half) {
    if (i != last_i || j != last_j) {  // entries come block by block
      denominator = cleared.whole /
                    (cleared.layer[static_cast<std::size_t>(i - 1)] * cleared.layer[static_cast<std::size_t>(j - 1)]);
      last_i = i;
      last_j = j;
    }
    result(row, col) = twice_over(half, denominator);
    if (row != col) result(col, row) = result(row, col);
  });
  return result;
}

}  // namespace rankscape::deep_linear
