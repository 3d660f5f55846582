// Arithmetic of the language's real numbers. Rationals stay rational; everything else becomes a recipe that encloses
// the result as narrowly as asked, by asking its operands for widths that suffice.

#include <rankscape/value.hpp>

#include <algorithm>
#include <array>

namespace rankscape {
namespace {

// Where comparison gives up: an unknown answer, never a guess.
const Rational& finest_width() {
  static const Rational width = parse_rational("1e-60");
  return width;
}

Rational largest_magnitude(const Enclosure& a) {
  return std::max(Rational(abs(a.lo)), Rational(abs(a.hi)));
}

// Positive lower bound of |a|, found by refinement; nothing when a cannot be told from zero.
std::optional<Rational> magnitude_below(const Real& a) {
  for (Rational width(1, 1024);; width *= width) {
    const bool last = width <= finest_width();
    const Enclosure e = a.enclose(last ? finest_width() : width);
    if (e.lo > 0) return e.lo;
    if (e.hi < 0) return Rational(-e.hi);
    if (last) return std::nullopt;
  }
}

// The number itself when comparison can be exact.
std::optional<RealRoot> algebraic(const std::variant<Rational, RealRoot, Real::Refine>& value) {
  if (const auto* rational = std::get_if<Rational>(&value)) return RealRoot(*rational);
  if (const auto* root = std::get_if<RealRoot>(&value)) return *root;
  return std::nullopt;
}

template <class Compare>
Truth by_refinement(const Real& a, const Real& b, Compare compare) {
  for (Rational width(1, Integer(1) << 64U);; width *= width) {
    const bool last = width <= finest_width();
    const Rational& used = last ? finest_width() : width;
    const Truth answer = compare(a.enclose(used), b.enclose(used));
    if (answer != Truth::unknown || last) return answer;
  }
}

}  // namespace

Real::Real(RealRoot root) : value_(Rational(0)) {
  if (auto rational = root.rational()) {
    value_ = std::move(*rational);
  } else {
    value_ = std::move(root);
  }
}

Enclosure Real::enclose(const Rational& width) const {
  if (const auto* rational = std::get_if<Rational>(&value_)) return Enclosure(*rational);
  if (const auto* root = std::get_if<RealRoot>(&value_)) return root->enclose(width);
  return std::get<Refine>(value_)(width);
}

Real operator-(const Real& a) {
  if (const Rational* x = a.exact()) return Real(Rational(-*x));
  return Real([a](const Rational& width) { return -a.enclose(width); });
}

Real operator+(const Real& a, const Real& b) {
  if (a.exact() != nullptr && b.exact() != nullptr) return Real(Rational(*a.exact() + *b.exact()));
  return Real([a, b](const Rational& width) { return a.enclose(width / 2) + b.enclose(width / 2); });
}

Real operator-(const Real& a, const Real& b) {
  return a + -b;
}

Real operator*(const Real& a, const Real& b) {
  if (a.exact() != nullptr && b.exact() != nullptr) return Real(Rational(*a.exact() * *b.exact()));
  for (const Real* factor : {&a, &b}) {
    if (factor->exact() != nullptr && factor->exact()->is_zero()) return Real(Rational(0));
  }
  return Real([a, b](const Rational& width) {
    // The width of a product is at most |a| width(b) + |b| width(a), the magnitudes taken over the enclosures; those
    // are below magnitude(first enclosure) + 1 as long as the widths are below 1.
    const Rational bound_a = largest_magnitude(a.enclose(1)) + 1;
    const Rational bound_b = largest_magnitude(b.enclose(1)) + 1;
    const Enclosure x = a.enclose(std::min(Rational(1), Rational(width / (2 * bound_b))));
    const Enclosure y = b.enclose(std::min(Rational(1), Rational(width / (2 * bound_a))));
    return x * y;
  });
}

Real operator/(const Real& a, const Real& b) {
  if (const Rational* divisor = b.exact()) {
    if (divisor->is_zero()) throw Undefined("division by zero");
    return a * Real(Rational(1 / *divisor));
  }
  const std::optional<Rational> least = magnitude_below(b);
  if (!least) throw Undefined("the divisor cannot be told from zero");
  // With |b| >= least and an enclosure at most least / 2 wide, the width of 1 / b is at most 4 width / least^2.
  return a * Real([b, least = *least](const Rational& width) {
           const Rational needed = width * least * least / 4;
           return Enclosure(Rational(1)) / b.enclose(std::min(Rational(least / 2), needed));
         });
}

Truth less(const Real& a, const Real& b) {
  const auto x = algebraic(a.value_);
  const auto y = algebraic(b.value_);
  if (x && y) return truth(*x < *y);
  return by_refinement(a, b, [](const Enclosure& p, const Enclosure& q) { return less(p, q); });
}

Truth equal(const Real& a, const Real& b) {
  const auto x = algebraic(a.value_);
  const auto y = algebraic(b.value_);
  if (x && y) return truth(*x == *y);
  return by_refinement(a, b, [](const Enclosure& p, const Enclosure& q) { return equal(p, q); });
}

std::string_view to_string(Kind kind) {
  static constexpr std::array<std::string_view, 6> names = {"truth", "integer", "real", "set", "sequence", "matrix"};
  return names.at(static_cast<std::size_t>(kind));
}

}  // namespace rankscape
