#include "symmetry/better_point.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <rankscape/exact/deadline.hpp>
#include <rankscape/exact/real_roots.hpp>

#include "exact/random.hpp"
#include "exact/simplest.hpp"

namespace rankscape::symmetry {

namespace {

using Doubles = Vector<double>;

constexpr int highest_degree = 24;  // of a polynomial whose roots are isolated

// Limited-memory BFGS with backtracking.
class Minimization {
 public:
  explicit Minimization(const Loss& loss) : loss_(loss) {}

  Doubles from(Doubles x, int steps, double target) {
    pairs_.clear();
    double value = loss_.value(x);
    Doubles gradient = loss_.gradient(x);
    for (int step = 0; step < steps && std::isfinite(value) && value > target - std::abs(target); ++step) {
      if (gradient.norm() <= 1e-12 * (1 + std::abs(value))) break;
      Doubles direction = -scaled(gradient);
      double slope = direction.dot(gradient);
      if (!(slope < 0)) {
        pairs_.clear();
        direction = -gradient;
        slope = -gradient.squaredNorm();
      }
      double length = pairs_.empty() ? std::min(1.0, 1 / (1e-300 + gradient.norm())) : 1.0;
      Doubles next;
      double lower = value;
      bool moved = false;
      for (int halving = 0; halving < 40 && !moved; ++halving, length /= 2) {
        next = x + length * direction;
        lower = loss_.value(next);
        moved = std::isfinite(lower) && lower <= value + 1e-4 * length * slope && lower < value;
      }
      if (!moved) break;
      Doubles there = loss_.gradient(next);
      remember(next - x, there - gradient);
      x = std::move(next);
      gradient = std::move(there);
      value = lower;
    }
    return x;
  }

 private:
  void remember(const Doubles& s, const Doubles& y) {
    if (!(s.dot(y) > 1e-14 * s.norm() * y.norm())) return;
    pairs_.emplace_back(s, y);
    if (pairs_.size() > 10) pairs_.pop_front();
  }

  // The inverse Hessian that the pairs suggest, times g.
  [[nodiscard]] Doubles scaled(Doubles g) const {
    std::deque<double> factors;
    for (auto it = pairs_.rbegin(); it != pairs_.rend(); ++it) {
      const double a = it->first.dot(g) / it->first.dot(it->second);
      g -= a * it->second;
      factors.push_front(a);
    }
    if (!pairs_.empty()) {
      const auto& [s, y] = pairs_.back();
      g *= s.dot(y) / y.squaredNorm();
    }
    for (std::size_t k = 0; k < pairs_.size(); ++k) {
      const auto& [s, y] = pairs_[k];
      g += (factors[k] - y.dot(g) / s.dot(y)) * s;
    }
    return g;
  }

  const Loss& loss_;
  std::deque<std::pair<Doubles, Doubles>> pairs_;
};

RationalVector rounded(const Doubles& v, int bits) {
  RationalVector result(v.size());
  for (Index k = 0; k < v.size(); ++k)
    result(k) = Rational(static_cast<long>(std::llround(std::ldexp(v(k), bits)))) / Rational(Integer(1) << bits);
  return result;
}

// Where is the polynomial negative? Between two of its real roots, or beyond them: all are looked at, exactly.
std::optional<Rational> negative_at(const std::vector<Rational>& polynomial) {
  const auto value = [&](const Rational& t) {
    Rational sum = 0;
    for (std::size_t k = polynomial.size(); k-- > 0;)
      sum = sum * t + polynomial[k];
    return sum;
  };
  const std::vector<RealRoot> roots = real_roots(polynomial);
  std::vector<Rational> between;
  between.reserve(roots.size() + 1);
  for (std::size_t k = 0; k + 1 < roots.size(); ++k)
    between.push_back(separator(roots[k], roots[k + 1]));
  if (roots.empty()) {
    between.emplace_back(0);
  } else {
    between.push_back(roots.front().enclose(1).hi + 1);
    between.push_back(roots.back().enclose(1).lo - 1);
  }
  const auto found = std::find_if(between.begin(), between.end(), [&](const Rational& t) { return value(t) < 0; });
  return found == between.end() ? std::nullopt : std::optional(*found);
}

// On lines through the point: along coordinates, through the origin, and in small random directions.
std::optional<RationalVector> better_on_lines(const Loss& loss, const RationalVector& x, int lines) {
  if (!loss.degree() || *loss.degree() > highest_degree) return std::nullopt;
  Random random(2);
  for (int k = 0; k < lines; ++k) {
    check_deadline();
    RationalVector v = RationalVector::Zero(x.size());
    if (k == 0) {
      v = x;
    } else if (k <= x.size() && k <= lines / 2) {
      v(k - 1) = 1;
    } else {
      for (Rational& entry : v)
        entry = random.integer(-1, 1);
    }
    if (v.isZero(0)) continue;
    std::vector<Rational> along = loss.along(x, {v}, *loss.degree());
    along.front() = 0;  // less the value at x
    if (std::all_of(along.begin(), along.end(), [](const Rational& c) { return c == 0; })) continue;
    if (const auto t = negative_at(along)) return RationalVector(x + *t * v);
  }
  return std::nullopt;
}

}  // namespace

std::optional<RationalVector> find_better_point(const Loss& loss, const RationalVector& x,
                                                const BetterPointOptions& options) {
  const Rational value = loss.value(x);
  const double target = value.convert_to<double>();
  Doubles start(x.size());
  for (Index k = 0; k < x.size(); ++k)
    start(k) = x(k).convert_to<double>();
  const double size = x.size() == 0 ? 0 : start.cwiseAbs().maxCoeff();
  if (!start.allFinite() || !std::isfinite(target)) return better_on_lines(loss, x, options.lines);
  Random random(1);
  Minimization minimization(loss);
  for (int k = 0; k < options.starts; ++k) {
    // near the point, about zero, and far from it
    Doubles from = k % 3 == 0 ? start : Doubles(Doubles::Zero(x.size()));
    const double scale = (k % 3 == 0 ? 0.2 : k % 3 == 1 ? 1.0 : 3.0) * (k % 3 == 1 ? 1.0 : 1 + size);
    for (Index i = 0; i < from.size(); ++i)
      from(i) += scale * static_cast<double>(random.integer(-8, 8)) / 8;
    const Doubles end = minimization.from(from, options.steps, target);
    constexpr double most = 1e9;  // beyond it rounding would overflow
    if (!end.allFinite() || end.cwiseAbs().maxCoeff() > most) continue;
    if (!(loss.value(end) < target)) continue;
    for (const int bits : {0, 2, 6, 12, 28}) {
      RationalVector candidate = rounded(end, bits);
      try {
        if (loss.value(candidate) < value) return candidate;
      } catch (const std::domain_error&) {  // divides by zero there
      }
    }
  }
  return better_on_lines(loss, x, options.lines);
}

}  // namespace rankscape::symmetry
