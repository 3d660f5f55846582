// Real roots of rational polynomials. The polynomial is factored over the rationals, so a root is its minimal
// polynomial with an isolating interval: two roots are equal iff the polynomials are and the roots have the same place
// among the real roots of it, and refinement separates all others. Intervals are refined by exact signs (quadratic
// interval refinement, Abbott 2006), so no rounding enters; the state never changes, so threads may share it.

#include "exact/arb.hpp"
#include "exact/flint.hpp"

#include <rankscape/error.hpp>
#include <rankscape/exact/deadline.hpp>
#include <rankscape/exact/real_roots.hpp>

#include <flint/fmpq.h>
#include <flint/fmpz_poly_factor.h>

#include <algorithm>
#include <stdexcept>

namespace rankscape {

struct RealRoot::State {
  std::optional<Rational> value;  // when the root is rational; the rest but `multiplicity` is then unused
  int multiplicity = 1;
  std::shared_ptr<const flint::IntPoly> minimal;  // irreducible, primitive, positive leading coefficient, degree >= 2
  int place = 0;                                  // among the real roots of `minimal`, counted from the largest
  Enclosure isolating;                            // contains no other real root of `minimal`; ends are not roots
};

namespace {

int sign_at(const flint::IntPoly& polynomial, const Rational& x) {
  fmpq_t at;
  fmpq_t value;
  fmpq_init(at);
  fmpq_init(value);
  fmpq_set_mpq(at, x.backend().data());
  fmpz_poly_evaluate_fmpq(value, polynomial.get(), at);
  const int result = fmpq_sgn(value);
  fmpq_clear(at);
  fmpq_clear(value);
  return result;
}

Rational value_at(const flint::IntPoly& polynomial, const Rational& x) {
  fmpq_t at;
  fmpq_t value;
  fmpq_init(at);
  fmpq_init(value);
  fmpq_set_mpq(at, x.backend().data());
  fmpz_poly_evaluate_fmpq(value, polynomial.get(), at);
  Rational result;
  fmpq_get_mpq(result.backend().data(), value);
  fmpq_clear(at);
  fmpq_clear(value);
  return result;
}

int sign_variations(const flint::IntPoly& p) {
  int variations = 0;
  int previous = 0;
  for (slong k = 0; k <= fmpz_poly_degree(p.get()); ++k) {
    const int current = fmpz_sgn(fmpz_poly_get_coeff_ptr(p.get(), k));
    if (current == 0) continue;
    if (previous != 0 && current != previous) ++variations;
    previous = current;
  }
  return variations;
}

// p(x) to 2^(degree * max(0, -shift)) p(2^shift x)
void scale_argument(flint::IntPoly& p, slong shift) {
  const slong degree = fmpz_poly_degree(p.get());
  for (slong k = 0; k <= degree; ++k) {
    fmpz* const coefficient = fmpz_poly_get_coeff_ptr(p.get(), k);
    fmpz_mul_2exp(coefficient, coefficient, static_cast<ulong>(shift >= 0 ? k * shift : (degree - k) * -shift));
  }
}

// Descartes' bound for the number of roots of p in (0, 1): exact when it is 0 or 1.
int roots_in_unit_interval(const flint::IntPoly& p) {
  flint::IntPoly moved;
  fmpz_poly_reverse(moved.get(), p.get(), fmpz_poly_length(p.get()));
  fmpz one = 1;
  fmpz_poly_taylor_shift(moved.get(), moved.get(), &one);
  return sign_variations(moved);
}

// Isolating intervals of the positive roots, increasing. Vincent, Collins and Akritas: bisection, with Descartes' rule
// of signs after a Moebius transformation as the test. No end is a root, as p has no rational ones.
std::vector<Enclosure> isolate_positive(const flint::IntPoly& p) {
  if (sign_variations(p) == 0) return {};
  flint::Int bound;
  fmpz_poly_bound_roots(bound.get(), p.get());
  const auto exponent = static_cast<slong>(fmpz_bits(bound.get()));  // all roots are below 2^exponent
  struct Cell {
    flint::IntPoly scaled;  // p on the cell, moved to (0, 1)
    Integer number;         // the cell is (number, number + 1) * 2^(exponent - depth)
    slong depth;
  };
  std::vector<Cell> cells;
  cells.push_back({p, 0, 0});
  scale_argument(cells.back().scaled, exponent);
  std::vector<Enclosure> found;
  while (!cells.empty()) {
    check_deadline();
    const Cell cell = std::move(cells.back());
    cells.pop_back();
    const int roots = roots_in_unit_interval(cell.scaled);
    if (roots == 0) continue;
    if (roots == 1) {
      found.emplace_back(exact::times_power_of_two(Rational(cell.number), exponent - cell.depth),
                         exact::times_power_of_two(Rational(cell.number + 1), exponent - cell.depth));
      continue;
    }
    Cell left{cell.scaled, 2 * cell.number, cell.depth + 1};
    scale_argument(left.scaled, -1);
    Cell right{left.scaled, 2 * cell.number + 1, cell.depth + 1};
    fmpz one = 1;
    fmpz_poly_taylor_shift(right.scaled.get(), right.scaled.get(), &one);
    cells.push_back(std::move(right));
    cells.push_back(std::move(left));
  }
  return found;
}

// Narrows an interval with exactly one simple root of a polynomial without rational roots.
Enclosure refine(const flint::IntPoly& polynomial, Enclosure interval, const Rational& width) {
  const int sign_lo = sign_at(polynomial, interval.lo);
  unsigned bits = 2;  // the interval is cut into 2^bits parts, of which the secant points out one
  while (interval.width() > width) {
    const Rational f_lo = value_at(polynomial, interval.lo);
    const Rational f_hi = value_at(polynomial, interval.hi);
    const Integer parts = Integer(1) << bits;
    const Rational step = interval.width() / parts;
    const Rational guess = f_lo / (f_lo - f_hi) * parts;
    Integer cut = numerator(guess) / denominator(guess);
    if (cut >= parts) cut = parts - 1;
    Enclosure part(interval.lo + cut * step, interval.lo + (cut + 1) * step);
    const bool left_ok = sign_at(polynomial, part.lo) == sign_lo;
    const bool right_ok = sign_at(polynomial, part.hi) != sign_lo;
    if (left_ok && right_ok) {
      interval = part;
      bits *= 2;
      continue;
    }
    // The guess was wrong, but its signs still cut off one side; then halve, so that every turn makes progress.
    interval = left_ok ? Enclosure(part.hi, interval.hi) : Enclosure(interval.lo, part.lo);
    const Rational middle = (interval.lo + interval.hi) / 2;
    interval = sign_at(polynomial, middle) == sign_lo ? Enclosure(middle, interval.hi) : Enclosure(interval.lo, middle);
    bits = std::max(1U, bits / 2);
  }
  return interval;
}

// Disjoint enclosures of the real roots of an irreducible polynomial of degree >= 2, in decreasing order.
std::vector<Enclosure> isolate(const flint::IntPoly& irreducible) {
  std::vector<Enclosure> out = isolate_positive(irreducible);
  std::reverse(out.begin(), out.end());
  flint::IntPoly mirrored = irreducible;
  for (slong k = 1; k <= fmpz_poly_degree(mirrored.get()); k += 2) {
    fmpz* const coefficient = fmpz_poly_get_coeff_ptr(mirrored.get(), k);
    fmpz_neg(coefficient, coefficient);
  }
  for (const Enclosure& positive : isolate_positive(mirrored))
    out.push_back(-positive);
  // The state is refined once, so that comparisons seldom have to.
  for (Enclosure& e : out)
    e = refine(irreducible, e, exact::times_power_of_two(e.width(), -64));
  return out;
}

}  // namespace

RealRoot::RealRoot(const Rational& value) {
  auto state = std::make_shared<State>();
  state->value = value;
  state_ = std::move(state);
}

int RealRoot::multiplicity() const noexcept {
  return state_->multiplicity;
}

std::optional<Rational> RealRoot::rational() const {
  return state_->value;
}

std::vector<Rational> RealRoot::minimal_polynomial() const {
  if (state_->value) return {Rational(-numerator(*state_->value)), Rational(denominator(*state_->value))};
  std::vector<Rational> coefficients;
  for (slong k = 0; k <= fmpz_poly_degree(state_->minimal->get()); ++k)
    coefficients.emplace_back(flint::to_integer(fmpz_poly_get_coeff_ptr(state_->minimal->get(), k)));
  return coefficients;
}

Enclosure RealRoot::enclose(const Rational& width) const {
  if (width <= 0) throw std::invalid_argument("RealRoot::enclose: the width must be positive");
  if (state_->value) return Enclosure(*state_->value);
  return refine(*state_->minimal, state_->isolating, width);
}

bool RealRoot::operator==(const RealRoot& other) const {
  if (state_->value || other.state_->value) return state_->value == other.state_->value;
  return state_->place == other.state_->place &&
         fmpz_poly_equal(state_->minimal->get(), other.state_->minimal->get()) != 0;
}

std::strong_ordering RealRoot::operator<=>(const RealRoot& other) const {
  if (*this == other) return std::strong_ordering::equal;
  for (Rational width = Rational(1, Integer(1) << 32U);; width *= width) {  // ends: the numbers differ
    const Enclosure a = enclose(width);
    const Enclosure b = other.enclose(width);
    if (a.hi < b.lo) return std::strong_ordering::less;
    if (b.hi < a.lo) return std::strong_ordering::greater;
    if (a.is_exact() && b.is_exact()) return a.lo < b.lo ? std::strong_ordering::less : std::strong_ordering::greater;
  }
}

std::vector<RealRoot> real_roots(const std::vector<Rational>& coefficients) {
  Integer denominators = 1;
  for (const Rational& c : coefficients)
    denominators = lcm(denominators, Integer(denominator(c)));
  flint::IntPoly polynomial;
  for (std::size_t k = 0; k < coefficients.size(); ++k) {
    flint::Int coefficient;
    flint::assign(coefficient.get(),
                  Integer(numerator(coefficients[k]) * (denominators / denominator(coefficients[k]))));
    fmpz_poly_set_coeff_fmpz(polynomial.get(), static_cast<slong>(k), coefficient.get());
  }
  if (fmpz_poly_is_zero(polynomial.get()) != 0) throw std::invalid_argument("real_roots: the zero polynomial");

  std::vector<RealRoot> roots;
  const auto append = [&](RealRoot::State state) {
    RealRoot root;
    root.state_ = std::make_shared<RealRoot::State>(std::move(state));
    roots.push_back(std::move(root));
  };
  fmpz_poly_factor_t factors;
  fmpz_poly_factor_init(factors);
  fmpz_poly_factor(factors, polynomial.get());
  for (slong f = 0; f < factors->num; ++f) {
    const auto minimal = std::make_shared<flint::IntPoly>();
    fmpz_poly_set(minimal->get(), factors->p + f);
    const int multiplicity = static_cast<int>(factors->exp[f]);
    if (fmpz_poly_degree(minimal->get()) == 1) {
      append({.value = -flint::to_rational(fmpz_poly_get_coeff_ptr(minimal->get(), 0), fmpz_poly_lead(minimal->get())),
              .multiplicity = multiplicity,
              .minimal = nullptr,
              .place = 0,
              .isolating = {}});
      continue;
    }
    if (fmpz_sgn(fmpz_poly_lead(minimal->get())) < 0) fmpz_poly_neg(minimal->get(), minimal->get());
    int place = 0;
    for (const Enclosure& isolating : isolate(*minimal)) {
      append({.value = std::nullopt,
              .multiplicity = multiplicity,
              .minimal = minimal,
              .place = place++,
              .isolating = isolating});
    }
  }
  fmpz_poly_factor_clear(factors);
  std::sort(roots.begin(), roots.end(), [](const RealRoot& a, const RealRoot& b) { return a > b; });
  return roots;
}

std::vector<RealRoot> real_eigenvalues(const RationalMatrix& a) {
  std::vector<RealRoot> repeated;
  for (const RealRoot& root : real_roots(characteristic_polynomial(a))) {
    repeated.insert(repeated.end(), static_cast<std::size_t>(root.multiplicity()), root);
  }
  if (static_cast<Index>(repeated.size()) != a.rows()) {
    throw InternalDisagreement("real_eigenvalues: the matrix has size " + std::to_string(a.rows()) + " but only " +
                               std::to_string(repeated.size()) + " real eigenvalues");
  }
  return repeated;
}

}  // namespace rankscape
