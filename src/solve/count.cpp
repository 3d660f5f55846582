#include "solve/count.hpp"

#include <algorithm>

#include <rankscape/exact/deadline.hpp>

#include "exact/simplest.hpp"
#include "landscapes/openness.hpp"
#include "solve/emptiness.hpp"
#include "solve/morse.hpp"
#include "solve/solution.hpp"

namespace rankscape::critical_set {

namespace {

constexpr std::size_t most_counted = 729;

std::vector<Rational> real_centre(const Polydisc& polydisc) {
  std::vector<Rational> at;
  for (const Gaussian& z : polydisc.at)
    at.push_back(z.re);
  return at;
}

// Where numbers of small height beside the centre are a zero they are the zero.
void find_exact(CountedPoint& point, const System& system, const PolydiscTest& test) {
  std::vector<Rational> simple;
  for (const Rational& x : real_centre(point.around))
    simple.push_back(simplest_between(x - point.around.radius / 2, x + point.around.radius / 2));
  const auto is_zero_there = [&](const Polynomial& part) { return evaluate(part, simple) == 0; };
  if (!std::all_of(system.gradient.begin(), system.gradient.end(), is_zero_there)) return;
  auto moved = test.centred(point.around, simple);
  if (!moved) return;
  point.around = std::move(*moved);
  point.exact = true;
}

void judge_counted(CountedPoint& point, const System& system, const PolydiscTest& test) {
  const std::vector<Rational> at = real_centre(point.around);
  const Rational value = evaluate(system.loss, at);
  const Rational slack = point.exact ? Rational(0) : deviation(system.loss, point.around);
  point.value = Enclosure(value - slack, value + slack);
  point.inertia = inertia(test.slopes_at(at));
  if (point.inertia.negative > 0) {
    point.verdict = point.inertia.positive == 0 ? Verdict::local_maximizer : Verdict::strict_saddle;
    point.reason = "the Hessian has a negative eigenvalue";
  } else {
    point.verdict = Verdict::second_order;
    point.local = true;
    point.reason = "positive definite Hessian";
  }
}

// Changes of signs that leave the loss alone move a least point to one of these. Where none fixes one of them, and they
// are as many as these, all are least.
bool one_orbit_of_signs(const std::vector<CountedPoint*>& points, const System& system) {
  const std::size_t n = system.unknowns();
  if (n > 12) return points.size() == 1;
  std::size_t group = 0;
  for (std::size_t signs = 0; signs < (std::size_t{1} << n); ++signs) {
    const auto flips = [&](std::size_t k) { return ((signs >> k) & 1U) != 0; };
    const auto keeps = [&](const auto& term) {
      return std::count_if(term.first.begin(), term.first.end(), flips) % 2 == 0;
    };
    if (!std::all_of(system.loss.terms().begin(), system.loss.terms().end(), keeps)) continue;
    ++group;
    const auto moves = [&](const CountedPoint* point) {
      for (std::size_t k = 0; k < n; ++k) {
        if (flips(k) && abs(point->around.at[k].re) > point->around.radius) return true;
      }
      return signs == 0;
    };
    if (!std::all_of(points.begin(), points.end(), moves)) return points.size() == 1;
  }
  return points.size() == 1 || points.size() == group;
}

// A least value is attained where sublevel sets are compact, and at a point whose value may be the least.
void compare_counted(Counted& counted, const std::optional<Rational>& floor) {
  if (counted.points.empty()) return;
  Rational most = counted.points.front().value.hi;
  for (const CountedPoint& point : counted.points)
    most = std::min(most, point.value.hi);
  std::vector<CountedPoint*> least;
  for (CountedPoint& point : counted.points) {
    if (point.value.lo <= most) least.push_back(&point);
  }
  const bool exact = std::all_of(least.begin(), least.end(), [](const CountedPoint* point) { return point->exact; });
  const bool alone = exact || one_orbit_of_signs(least, counted.system);
  for (CountedPoint& point : counted.points) {
    const bool at_floor = point.exact && floor && point.value.lo == *floor;
    const bool may_be_least = point.value.lo <= most;
    if (point.verdict != Verdict::second_order) continue;
    if (at_floor || (may_be_least && alone && counted.coercive)) {
      point.verdict = Verdict::global_minimizer;
      point.local = false;
      point.reason = at_floor ? "the loss is this value and a sum of squares"
                              : "the least critical value of a loss with compact sublevel sets, and these are all";
    } else if (!may_be_least) {
      point.verdict = Verdict::local_minimizer;
      point.local = false;
      point.reason += "; another critical point has a smaller value";
    }
  }
}

// Of a loss of degree d that is bounded below, with a critical set that is as large as Bezout's bound: there are no
// critical points at infinity, where the gradient of the terms F of degree d would vanish. F >= 0, as the loss is
// bounded below; where F were 0 off 0 it would be least, and its gradient 0. So F > 0 off 0, if no derivative is of
// lower degree.
bool positive_at_infinity(const System& system) {
  return std::all_of(system.gradient.begin(), system.gradient.end(),
                     [&](const Polynomial& part) { return part.degree() + 1 == system.loss.degree(); });
}

bool are_disjoint(const Counted& counted) {
  std::vector<const Polydisc*> discs;
  for (const CountedPoint& point : counted.points)
    discs.push_back(&point.around);
  for (const Polydisc& other : counted.others)
    discs.push_back(&other);
  for (std::size_t a = 0; a < discs.size(); ++a) {
    check_deadline();
    for (std::size_t b = 0; b < a; ++b) {
      if (!disjoint(*discs[a], *discs[b])) return false;
    }
  }
  return true;
}

}  // namespace

std::optional<Counted> count_critical_points(const Instance& instance) {
  check_domain_of_data(instance.landscape());
  Counted counted;
  counted.system = critical_equations(instance);
  const auto bound = bezout_number(counted.system.gradient, most_counted);
  if (!bound) return std::nullopt;
  const std::vector<ComplexPoint> ends = ends_of_paths(counted.system.gradient, *bound);
  if (ends.size() != *bound) return std::nullopt;
  const PolydiscTest test(counted.system.gradient);
  for (const ComplexPoint& end : ends) {
    check_deadline();
    auto disc = test.around(end);
    if (!disc) return std::nullopt;
    if (!disc->real) {
      counted.others.push_back(std::move(*disc));
      continue;
    }
    CountedPoint& point = counted.points.emplace_back();
    point.around = std::move(*disc);
    find_exact(point, counted.system, test);
    judge_counted(point, counted.system, test);
  }
  if (!are_disjoint(counted)) return std::nullopt;
  const LossBounds bounds = bounds_of_loss(instance, counted.system);
  counted.coercive = bounds.coercive || (bounds.floor && positive_at_infinity(counted.system));
  compare_counted(counted, bounds.floor);
  check_morse_sum(morse_sum(counted));
  return counted;
}

}  // namespace rankscape::critical_set
