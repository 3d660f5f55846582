#include "numeric/krawczyk.hpp"

namespace rankscape {

namespace {

constexpr unsigned working_bits = 200;

// Rounded: the inverse is of use however coarse it is.
RationalMatrix rounded_midpoint(const EnclosedMatrix& a) {
  RationalMatrix m = a.midpoint();
  for (Index k = 0; k < m.size(); ++k)
    m(k) = rounded_down(m(k), working_bits);
  return m;
}

}  // namespace

std::optional<Box> krawczyk(const SquareSystem& system, const std::vector<Rational>& approximation,
                            const std::vector<Rational>& radii) {
  const auto size = static_cast<Index>(approximation.size());
  Box at;
  for (const Rational& y : approximation)
    at.emplace_back(y);
  auto inverted = inverse(rounded_midpoint(system.jacobian(at)));
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

}  // namespace rankscape
