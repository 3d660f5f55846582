#include "solve/homotopy.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <rankscape/exact/deadline.hpp>

#include "exact/random.hpp"

namespace rankscape::critical_set {

namespace {

constexpr double far_away = 1e5;
constexpr double least_step = 1e-8;
constexpr double same_zero = 1e-7;
constexpr int most_rounds = 4;  // of all paths, with other constants

double size_of(const ComplexPoint& x) {
  double size = 0;
  for (const Complex& entry : x)
    size = std::max(size, std::abs(entry));
  return size;
}

// Polynomials with floating coefficients, the largest of each 1.
class Floating {
 public:
  explicit Floating(const Polynomials& system) {
    for (const Polynomial& polynomial : system) {
      auto& terms = polynomials_.emplace_back();
      double largest = 0;
      for (const auto& [monomial, coefficient] : polynomial.terms()) {
        terms.emplace_back(monomial, static_cast<double>(coefficient));
        largest = std::max(largest, std::abs(terms.back().second));
      }
      for (auto& term : terms)
        term.second /= largest;
    }
  }

  void at(const ComplexPoint& x, ComplexPoint& values, ComplexRows& slopes) const {
    values.assign(x.size(), 0);
    slopes.assign(x.size(), ComplexPoint(x.size(), 0));
    for (std::size_t k = 0; k < x.size(); ++k) {
      for (const auto& [monomial, coefficient] : polynomials_[k]) {
        Complex before = coefficient;
        for (std::size_t skipped = 0; skipped < monomial.size(); ++skipped) {
          Complex rest = before;
          for (std::size_t j = skipped + 1; j < monomial.size(); ++j)
            rest *= x[monomial[j]];
          slopes[k][monomial[skipped]] += rest;
          before *= x[monomial[skipped]];
        }
        values[k] += before;
      }
    }
  }

 private:
  std::vector<std::vector<std::pair<Monomial, double>>> polynomials_;
};

// (1 - t) gamma (x_k^d_k - b_k) + t f_k(x)
class Homotopy {
 public:
  Homotopy(const Polynomials& system, long seed) : target_(system) {
    Random random(static_cast<std::uint64_t>(seed));
    const auto unit = [&] {
      return std::polar(1.0, 2 * std::numbers::pi * static_cast<double>(random.integer(0, 999'999)) / 1e6);
    };
    gamma_ = unit();
    for (const Polynomial& polynomial : system) {
      degrees_.push_back(polynomial.degree());
      constants_.push_back(unit());
    }
  }

  // Start number `path`, from 0 below the product of the degrees.
  [[nodiscard]] ComplexPoint start(std::size_t path) const {
    ComplexPoint x;
    for (std::size_t k = 0; k < degrees_.size(); ++k) {
      const auto d = static_cast<double>(degrees_[k]);
      x.push_back(std::polar(
          1.0, (std::arg(constants_[k]) + 2 * std::numbers::pi * static_cast<double>(path % degrees_[k])) / d));
      path /= degrees_[k];
    }
    return x;
  }

  // The end of a path, where it has one.
  [[nodiscard]] bool follow(ComplexPoint& x) const {
    double t = 0;
    double step = 0.01;
    while (t < 1) {
      if (step < least_step || size_of(x) > far_away) return false;
      const double next_t = std::min(1.0, t + step);
      ComplexPoint next = x;
      if (predict(next, t, next_t - t) && correct(next, next_t, 3, 1e-9)) {
        x = std::move(next);
        t = next_t;
        step = std::min(step * 1.5, 0.05);
      } else {
        step /= 2;
      }
    }
    return correct(x, 1, 20, 1e-14);
  }

 private:
  void at(const ComplexPoint& x, double t, ComplexPoint& values, ComplexRows& slopes, ComplexPoint& by_t) const {
    target_.at(x, values, slopes);
    by_t = values;
    for (std::size_t k = 0; k < x.size(); ++k) {
      const Complex power = std::pow(x[k], static_cast<int>(degrees_[k]) - 1);
      const Complex simple = gamma_ * (power * x[k] - constants_[k]);
      by_t[k] -= simple;
      values[k] = t * values[k] + (1 - t) * simple;
      for (Complex& slope : slopes[k])
        slope *= t;
      slopes[k][k] += (1 - t) * gamma_ * static_cast<double>(degrees_[k]) * power;
    }
  }
  // x' with slopes x' = -rest
  static bool solve(const ComplexRows& slopes, const ComplexPoint& rest, ComplexPoint& moved) {
    const ComplexRows inverted = inverse(slopes);
    moved.assign(rest.size(), 0);
    for (std::size_t i = 0; i < inverted.size(); ++i) {
      for (std::size_t j = 0; j < rest.size(); ++j)
        moved[i] -= inverted[i][j] * rest[j];
    }
    return !inverted.empty();
  }
  // The midpoint rule.
  bool predict(ComplexPoint& x, double t, double step) const {
    ComplexPoint values;
    ComplexPoint by_t;
    ComplexPoint speed;
    ComplexRows slopes;
    at(x, t, values, slopes, by_t);
    if (!solve(slopes, by_t, speed)) return false;
    ComplexPoint middle = x;
    for (std::size_t k = 0; k < x.size(); ++k)
      middle[k] += speed[k] * (step / 2);
    at(middle, t + step / 2, values, slopes, by_t);
    if (!solve(slopes, by_t, speed)) return false;
    for (std::size_t k = 0; k < x.size(); ++k)
      x[k] += speed[k] * step;
    return true;
  }
  // Newton's method, until a step is small; what moves far has left its path.
  bool correct(ComplexPoint& x, double t, int most, double small) const {
    ComplexPoint values;
    ComplexPoint by_t;
    ComplexPoint moved;
    ComplexRows slopes;
    for (int k = 0; k < most; ++k) {
      at(x, t, values, slopes, by_t);
      if (!solve(slopes, values, moved)) return false;
      const double length = size_of(moved);
      if (!(length < 0.1 * (1 + size_of(x)))) return false;
      for (std::size_t i = 0; i < x.size(); ++i)
        x[i] += moved[i];
      if (length < small * (1 + size_of(x))) return true;
    }
    return false;
  }

  Floating target_;
  Complex gamma_;
  std::vector<std::size_t> degrees_;
  ComplexPoint constants_;
};

bool same_point(const ComplexPoint& a, const ComplexPoint& b) {
  double distance = 0;
  for (std::size_t k = 0; k < a.size(); ++k)
    distance = std::max(distance, std::abs(a[k] - b[k]));
  return distance < same_zero * (1 + size_of(a));
}

bool lexicographically(const ComplexPoint& a, const ComplexPoint& b) {
  for (std::size_t k = 0; k < a.size(); ++k) {
    for (const double gap : {a[k].real() - b[k].real(), a[k].imag() - b[k].imag()}) {
      if (std::abs(gap) > same_zero) return gap < 0;
    }
  }
  return false;
}

}  // namespace

ComplexRows inverse(ComplexRows a) {
  const std::size_t n = a.size();
  ComplexRows result(n, ComplexPoint(n, 0));
  for (std::size_t k = 0; k < n; ++k)
    result[k][k] = 1;
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t pivot = k;
    for (std::size_t i = k + 1; i < n; ++i) {
      if (std::abs(a[i][k]) > std::abs(a[pivot][k])) pivot = i;
    }
    if (!(std::abs(a[pivot][k]) > 0)) return {};
    std::swap(a[k], a[pivot]);
    std::swap(result[k], result[pivot]);
    const Complex scale = 1.0 / a[k][k];
    for (std::size_t j = 0; j < n; ++j) {
      a[k][j] *= scale;
      result[k][j] *= scale;
    }
    for (std::size_t i = 0; i < n; ++i) {
      if (i == k) continue;
      const Complex factor = a[i][k];
      for (std::size_t j = 0; j < n; ++j) {
        a[i][j] -= factor * a[k][j];
        result[i][j] -= factor * result[k][j];
      }
    }
  }
  return result;
}

std::optional<std::size_t> bezout_number(const Polynomials& system, std::size_t most) {
  std::size_t product = 1;
  for (const Polynomial& polynomial : system) {
    product *= polynomial.degree();
    if (product == 0 || product > most) return std::nullopt;
  }
  return product;
}

std::vector<ComplexPoint> ends_of_paths(const Polynomials& system) {
  std::size_t paths = 1;
  for (const Polynomial& polynomial : system)
    paths *= polynomial.degree();
  std::vector<ComplexPoint> found;
  for (int round = 0; round < most_rounds && found.size() < paths; ++round) {
    const Homotopy homotopy(system, round + 1);
    std::size_t lost = 0;
    for (std::size_t path = 0; path < paths; ++path) {
      check_deadline();
      ComplexPoint x = homotopy.start(path);
      if (!homotopy.follow(x)) {
        ++lost;
        continue;
      }
      if (std::none_of(found.begin(), found.end(), [&](const ComplexPoint& known) { return same_point(known, x); }))
        found.push_back(std::move(x));
    }
    if (2 * lost > paths) break;  // zeros at infinity
  }
  std::sort(found.begin(), found.end(), lexicographically);
  return found;
}

}  // namespace rankscape::critical_set
