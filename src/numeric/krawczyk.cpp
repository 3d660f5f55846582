#include "numeric/krawczyk.hpp"

#include <algorithm>

#include "exact/decompositions.hpp"

namespace rankscape {

namespace {

constexpr unsigned working_bits = 200;

RationalMatrix rounded(RationalMatrix m) {
  for (Index k = 0; k < m.size(); ++k)
    m(k) = rounded_down(m(k), working_bits);
  return m;
}

// Row sums of |I - C a|.
std::vector<Rational> distance_from_identity(const RationalMatrix& c, const RationalMatrix& a) {
  const RationalMatrix product = multiply(c, a);
  std::vector<Rational> sums(static_cast<std::size_t>(product.rows()));
  for (Index i = 0; i < product.rows(); ++i) {
    for (Index j = 0; j < product.cols(); ++j)
      sums[static_cast<std::size_t>(i)] += abs(Rational((i == j ? 1 : 0) - product(i, j)));
  }
  return sums;
}

std::optional<RationalMatrix> inverse_by_doubles(const RationalMatrix& a) {
  Matrix<double> m(a.rows(), a.cols());
  for (Index k = 0; k < a.size(); ++k)
    m(k) = a(k).convert_to<double>();
  if (!m.allFinite()) return std::nullopt;
  const Matrix<double> inverted = m.partialPivLu().inverse();
  if (!inverted.allFinite()) return std::nullopt;
  RationalMatrix c(a.rows(), a.cols());
  for (Index k = 0; k < a.size(); ++k)
    c(k) = rounded_down(Rational(inverted(k)), working_bits);
  return c;
}

}  // namespace

std::optional<RationalMatrix> approximate_inverse(const RationalMatrix& a) {
  if (a.size() == 0) return a;
  if (auto c = inverse_by_doubles(a)) {
    const std::vector<Rational> sums = distance_from_identity(*c, a);
    if (*std::max_element(sums.begin(), sums.end()) < Rational(1, 1000)) return c;
  }
  auto exact = inverse(a);
  if (!exact) return std::nullopt;
  return rounded(std::move(*exact));
}

KrawczykTest::KrawczykTest(const SquareSystem& system, std::vector<Rational> approximation)
    : system_(system), at_(std::move(approximation)) {
  const auto size = static_cast<Index>(at_.size());
  inverse_ = approximate_inverse(rounded(system_.jacobian(box(Rational(0))).midpoint()));
  if (!inverse_) return;
  const std::vector<Rational> values = system_.value(at_);
  RationalMatrix value(size, 1);
  for (Index i = 0; i < size; ++i)
    value(i, 0) = values[static_cast<std::size_t>(i)];
  const RationalMatrix step = multiply(*inverse_, value);
  step_.assign(step.data(), step.data() + step.size());
}

Box KrawczykTest::box(const Rational& radius) const {
  Box walls;
  walls.reserve(at_.size());
  for (const Rational& y : at_)
    walls.emplace_back(y - radius, y + radius);
  return walls;
}

std::vector<Rational> KrawczykTest::row_sums(const Box& box) const {
  const auto size = static_cast<Index>(at_.size());
  const EnclosedMatrix jacobian = system_.jacobian(box);
  const RationalMatrix middle = rounded(jacobian.midpoint());
  std::vector<Rational> wide(at_.size());  // row sums of J_r
  for (Index j = 0; j < size; ++j) {
    for (Index i = 0; i < size; ++i) {
      const Enclosure& entry = jacobian(i, j);
      wide[static_cast<std::size_t>(i)] +=
          std::max(Rational(entry.hi - middle(i, j)), Rational(middle(i, j) - entry.lo));
    }
  }
  std::vector<Rational> sums = distance_from_identity(*inverse_, middle);
  for (Index i = 0; i < size; ++i) {
    for (Index j = 0; j < size; ++j)
      sums[static_cast<std::size_t>(i)] += abs((*inverse_)(i, j)) * wide[static_cast<std::size_t>(j)];
  }
  return sums;
}

std::optional<Rational> KrawczykTest::contraction(const Rational& radius) const {
  if (!inverse_) return std::nullopt;
  const std::vector<Rational> sums = row_sums(box(radius));
  return sums.empty() ? Rational(0) : *std::max_element(sums.begin(), sums.end());
}

std::optional<Box> KrawczykTest::within(const Rational& radius) const {
  if (!inverse_) return std::nullopt;
  const std::vector<Rational> sums = row_sums(box(radius));
  Box image;
  image.reserve(at_.size());
  for (std::size_t i = 0; i < at_.size(); ++i) {
    const Rational spread = radius * sums[i];
    if (abs(step_[i]) + spread >= radius) return std::nullopt;
    image.emplace_back(at_[i] - step_[i] - spread, at_[i] - step_[i] + spread);
  }
  return image;
}

std::optional<Box> krawczyk(const SquareSystem& system, const std::vector<Rational>& approximation,
                            const std::vector<Rational>& radii) {
  const KrawczykTest test(system, approximation);
  for (const Rational& radius : radii) {
    if (auto image = test.within(radius)) return image;
  }
  return std::nullopt;
}

}  // namespace rankscape
