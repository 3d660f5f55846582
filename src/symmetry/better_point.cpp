#include "symmetry/better_point.hpp"

#include <cmath>
#include <deque>

#include "exact/random.hpp"

namespace rankscape::symmetry {

namespace {

using Doubles = Vector<double>;

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

}  // namespace

std::optional<RationalVector> find_better_point(const Loss& loss, const RationalVector& x,
                                                const BetterPointOptions& options) {
  const Rational value = loss.value(x);
  const double target = value.convert_to<double>();
  Doubles start(x.size());
  for (Index k = 0; k < x.size(); ++k)
    start(k) = x(k).convert_to<double>();
  const double size = x.size() == 0 ? 0 : start.cwiseAbs().maxCoeff();
  if (!start.allFinite() || !std::isfinite(target)) return std::nullopt;
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
  return std::nullopt;
}

}  // namespace rankscape::symmetry
