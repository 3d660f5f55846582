#include "check/loss_along.hpp"

#include <algorithm>

namespace rankscape {

Weights at_parameter(const Weights& from, const std::vector<Weights>& curve, const Rational& t) {
  Weights to = from;
  Rational power = t;
  for (const Weights& coefficient : curve) {
    for (std::size_t h = 0; h < to.size(); ++h) {
      for (Index k = 0; k < to[h].size(); ++k)
        to[h](k) += power * coefficient[h](k);
    }
    power *= t;
  }
  return to;
}

std::vector<Rational> interpolate(std::vector<Rational> values) {
  const std::size_t count = values.size();
  for (std::size_t level = 1; level < count; ++level) {  // Newton's divided differences
    for (std::size_t k = count - 1; k >= level; --k)
      values[k] = (values[k] - values[k - 1]) / Rational(level);
  }
  std::vector<Rational> coefficients(count, Rational(0));
  for (std::size_t k = count; k-- > 0;) {  // Horner: p <- p * (t - k) + values[k]
    for (std::size_t j = count - 1; j > 0; --j)
      coefficients[j] = coefficients[j - 1] - Rational(k) * coefficients[j];
    coefficients[0] = values[k] - Rational(k) * coefficients[0];
  }
  return coefficients;
}

std::vector<Rational> loss_along(const Instance& instance, const std::vector<Weights>& curve) {
  const Weights& start = instance.point().weights;
  const auto degree = static_cast<std::size_t>(instance.degree()) * curve.size();
  std::vector<Rational> values;
  for (std::size_t t = 0; t <= degree; ++t)
    values.push_back(instance.loss(at_parameter(start, curve, Rational(t))));
  std::vector<Rational> coefficients = interpolate(std::move(values));
  coefficients[0] = 0;  // the value at the point itself, which is subtracted
  return coefficients;
}

int lowest_order(const std::vector<Rational>& coefficients) {
  const auto lowest = std::find_if(coefficients.begin(), coefficients.end(), [](const Rational& c) { return c != 0; });
  return lowest == coefficients.end() ? 0 : static_cast<int>(lowest - coefficients.begin());
}

}  // namespace rankscape
