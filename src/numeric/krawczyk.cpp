#include "numeric/krawczyk.hpp"

#include <rankscape/numeric/eigen.hpp>

#include <algorithm>

namespace rankscape {

namespace {

constexpr unsigned working_bits = 200;

// Outwards, so that products do not grow without end.
Enclosure rounded(const Enclosure& a) {
  return {rounded_down(a.lo, working_bits), -rounded_down(-a.hi, working_bits)};
}

Rational midpoint(const Enclosure& a) {
  return (a.lo + a.hi) / 2;
}

RationalMatrix midpoint(const EnclosedMatrix& a) {
  RationalMatrix m(a.rows, a.cols);
  for (Index k = 0; k < m.size(); ++k)
    m(k) = rounded_down(midpoint(a.entries[static_cast<std::size_t>(k)]), working_bits);
  return m;
}

}  // namespace

Rational rounded_down(const Rational& value, unsigned bits) {
  const Integer scaled = numerator(value) << bits;
  Integer quotient = scaled / denominator(value);
  if (scaled < 0 && quotient * denominator(value) != scaled) --quotient;
  return Rational(quotient, Integer(Integer(1) << bits));
}

EnclosedMatrix operator*(const EnclosedMatrix& a, const EnclosedMatrix& b) {
  EnclosedMatrix c(a.rows, b.cols);
  for (Index j = 0; j < b.cols; ++j) {
    for (Index i = 0; i < a.rows; ++i) {
      Enclosure sum;
      for (Index k = 0; k < a.cols; ++k)
        sum = sum + a(i, k) * b(k, j);
      c(i, j) = rounded(sum);
    }
  }
  return c;
}

EnclosedMatrix operator+(const EnclosedMatrix& a, const EnclosedMatrix& b) {
  EnclosedMatrix c = a;
  for (std::size_t k = 0; k < c.entries.size(); ++k)
    c.entries[k] = c.entries[k] + b.entries[k];
  return c;
}

EnclosedMatrix transposed(const EnclosedMatrix& a) {
  EnclosedMatrix b(a.cols, a.rows);
  for (Index j = 0; j < a.cols; ++j) {
    for (Index i = 0; i < a.rows; ++i)
      b(j, i) = a(i, j);
  }
  return b;
}

EnclosedMatrix enclosed(const RationalMatrix& a) {
  EnclosedMatrix b(a.rows(), a.cols());
  for (Index k = 0; k < a.size(); ++k)
    b.entries[static_cast<std::size_t>(k)] = Enclosure(a(k));
  return b;
}

std::optional<Box> krawczyk(const SquareSystem& system, const std::vector<Rational>& approximation,
                            const std::vector<Rational>& radii) {
  const auto size = static_cast<Index>(approximation.size());
  Box at;
  for (const Rational& y : approximation)
    at.emplace_back(y);
  auto inverted = inverse(midpoint(system.jacobian(at)));
  if (!inverted) return std::nullopt;
  for (Index k = 0; k < inverted->size(); ++k)
    (*inverted)(k) = rounded_down((*inverted)(k), working_bits);
  const EnclosedMatrix c = enclosed(*inverted);
  const std::vector<Rational> values = system.value(approximation);
  EnclosedMatrix value(size, 1);
  for (Index i = 0; i < size; ++i)
    value(i, 0) = Enclosure(values[static_cast<std::size_t>(i)]);
  const EnclosedMatrix step = c * value;
  for (const Rational& radius : radii) {
    Box box;
    EnclosedMatrix offset(size, 1);
    for (Index i = 0; i < size; ++i) {
      const Rational& y = approximation[static_cast<std::size_t>(i)];
      box.emplace_back(y - radius, y + radius);
      offset(i, 0) = Enclosure(-radius, radius);
    }
    EnclosedMatrix contraction = c * system.jacobian(box);
    for (Index j = 0; j < size; ++j) {
      for (Index i = 0; i < size; ++i)
        contraction(i, j) = Enclosure(Rational(i == j ? 1 : 0)) - contraction(i, j);
    }
    const EnclosedMatrix spread = contraction * offset;
    Box image;
    bool inside = true;
    for (Index i = 0; i < size; ++i) {
      const Enclosure& wall = box[static_cast<std::size_t>(i)];
      image.push_back(Enclosure(approximation[static_cast<std::size_t>(i)]) - step(i, 0) + spread(i, 0));
      inside = inside && wall.lo < image.back().lo && image.back().hi < wall.hi;
    }
    if (inside) return image;
  }
  return std::nullopt;
}

Enclosure least_eigenvalue(const EnclosedMatrix& a, const Rational& width) {
  RationalMatrix center(a.rows, a.cols);
  Rational error = 0;  // of the spectral norm, by the largest row sum
  for (Index i = 0; i < a.rows; ++i) {
    Rational row = 0;
    for (Index j = 0; j < a.cols; ++j) {
      center(i, j) = rounded_down(midpoint(a(std::min(i, j), std::max(i, j))), working_bits);
      row += std::max(Rational(a(i, j).hi - center(i, j)), Rational(center(i, j) - a(i, j).lo));
    }
    error = std::max(error, row);
  }
  const Enclosure middle = enclose_eigenvalues(center, {.width = width}).values.front();
  return {middle.lo - error, middle.hi + error};
}

}  // namespace rankscape
