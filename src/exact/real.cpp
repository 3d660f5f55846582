// Arithmetic of the language's real numbers. Rationals stay rational; everything else becomes a recipe that encloses
// the result as narrowly as asked, by asking its operands for widths that suffice, and that knows how to find the
// result as an algebraic number where a comparison cannot be decided otherwise.

#include <rankscape/value.hpp>

#include <algorithm>
#include <array>
#include <mutex>

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

}  // namespace

struct Real::Recipe {
  Refine refine;
  Exactly exactly;
  mutable std::once_flag asked;
  mutable std::optional<RealRoot> root;
};

Real::Real(Refine refine, Exactly exactly) : value_(Rational(0)) {
  auto recipe = std::make_shared<Recipe>();
  recipe->refine = std::move(refine);
  recipe->exactly = std::move(exactly);
  value_ = std::shared_ptr<const Recipe>(std::move(recipe));
}

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
  return std::get<std::shared_ptr<const Recipe>>(value_)->refine(width);
}

std::optional<RealRoot> Real::algebraic() const {
  if (const auto* rational = std::get_if<Rational>(&value_)) return RealRoot(*rational);
  if (const auto* root = std::get_if<RealRoot>(&value_)) return *root;
  const Recipe& recipe = *std::get<std::shared_ptr<const Recipe>>(value_);
  std::call_once(recipe.asked, [&] {
    if (recipe.exactly) recipe.root = recipe.exactly();
  });
  return recipe.root;
}

// `compare` of enclosures while these are rough, then `decide` of algebraic numbers, or narrower enclosures.
template <class Compare, class Decide>
Truth Real::compared(const Real& a, const Real& b, const Compare& compare, const Decide& decide) {
  const bool recipes = std::holds_alternative<std::shared_ptr<const Recipe>>(a.value_) ||
                       std::holds_alternative<std::shared_ptr<const Recipe>>(b.value_);
  if (recipes) {
    const Rational rough(1, Integer(1) << 64U);
    const Truth answer = compare(a.enclose(rough), b.enclose(rough));
    if (answer != Truth::unknown) return answer;
  }
  if (const auto x = a.algebraic()) {
    if (const auto y = b.algebraic()) return truth(decide(*x, *y));
  }
  return compare(a.enclose(finest_width()), b.enclose(finest_width()));
}

Real operator-(const Real& a) {
  if (const Rational* x = a.exact()) return Real(Rational(-*x));
  return Real([a](const Rational& width) { return -a.enclose(width); },
              [a]() -> std::optional<RealRoot> {
                const auto x = a.algebraic();
                return x ? std::optional(negated(*x)) : std::nullopt;
              });
}

Real operator+(const Real& a, const Real& b) {
  if (a.exact() != nullptr && b.exact() != nullptr) return Real(Rational(*a.exact() + *b.exact()));
  return Real([a, b](const Rational& width) { return a.enclose(width / 2) + b.enclose(width / 2); },
              [a, b]() -> std::optional<RealRoot> {
                const auto x = a.algebraic();
                const auto y = x ? b.algebraic() : std::nullopt;
                return y ? sum(*x, *y) : std::nullopt;
              });
}

Real operator-(const Real& a, const Real& b) {
  return a + -b;
}

Real operator*(const Real& a, const Real& b) {
  if (a.exact() != nullptr && b.exact() != nullptr) return Real(Rational(*a.exact() * *b.exact()));
  for (const Real* factor : {&a, &b}) {
    if (factor->exact() != nullptr && factor->exact()->is_zero()) return Real(Rational(0));
  }
  return Real(
      [a, b](const Rational& width) {
        // The width of a product is at most |a| width(b) + |b| width(a), the magnitudes taken over the enclosures;
        // those are below magnitude(first enclosure) + 1 as long as the widths are below 1.
        const Rational bound_a = largest_magnitude(a.enclose(1)) + 1;
        const Rational bound_b = largest_magnitude(b.enclose(1)) + 1;
        const Enclosure x = a.enclose(std::min(Rational(1), Rational(width / (2 * bound_b))));
        const Enclosure y = b.enclose(std::min(Rational(1), Rational(width / (2 * bound_a))));
        return x * y;
      },
      [a, b]() -> std::optional<RealRoot> {
        const auto x = a.algebraic();
        const auto y = x ? b.algebraic() : std::nullopt;
        return y ? product(*x, *y) : std::nullopt;
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
  return a * Real(
                 [b, least = *least](const Rational& width) {
                   const Rational needed = width * least * least / 4;
                   return Enclosure(Rational(1)) / b.enclose(std::min(Rational(least / 2), needed));
                 },
                 [b]() -> std::optional<RealRoot> {
                   const auto y = b.algebraic();
                   return y ? std::optional(reciprocal(*y)) : std::nullopt;
                 });
}

Truth less(const Real& a, const Real& b) {
  return Real::compared(
      a, b, [](const Enclosure& p, const Enclosure& q) { return less(p, q); },
      [](const RealRoot& x, const RealRoot& y) { return x < y; });
}

Truth equal(const Real& a, const Real& b) {
  return Real::compared(
      a, b, [](const Enclosure& p, const Enclosure& q) { return equal(p, q); },
      [](const RealRoot& x, const RealRoot& y) { return x == y; });
}

std::string_view to_string(Kind kind) {
  static constexpr std::array<std::string_view, 6> names = {"truth", "integer", "real", "set", "sequence", "matrix"};
  return names.at(static_cast<std::size_t>(kind));
}

RationalMatrix FeatureSource::jacobian(std::size_t /*position*/, std::span<const Value> /*arguments*/) const {
  throw Undefined("the jacobian, which is known at points of landscapes only");
}

}  // namespace rankscape
