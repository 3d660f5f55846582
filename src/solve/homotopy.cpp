#include "solve/homotopy.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <rankscape/exact/deadline.hpp>

#include "exact/decompositions.hpp"
#include "exact/random.hpp"

namespace rankscape::critical_set {

namespace {

constexpr double far_away = 1e5;
constexpr double least_step = 1e-8;
constexpr double same_zero = 1e-7;
constexpr int most_rounds = 4;  // of all paths, with other constants

double size_of(const ComplexPoint& x) {
  return x.cwiseAbs().maxCoeff();
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

  void at(const ComplexPoint& x, ComplexPoint& values, ComplexMatrix& slopes) const {
    values = ComplexPoint::Zero(x.size());
    slopes = ComplexMatrix::Zero(x.size(), x.size());
    for (Index k = 0; k < x.size(); ++k) {
      for (const auto& [monomial, coefficient] : polynomials_[static_cast<std::size_t>(k)]) {
        Complex before = coefficient;
        for (std::size_t skipped = 0; skipped < monomial.size(); ++skipped) {
          Complex rest = before;
          for (std::size_t j = skipped + 1; j < monomial.size(); ++j)
            rest *= x(monomial[j]);
          slopes(k, monomial[skipped]) += rest;
          before *= x(monomial[skipped]);
        }
        values(k) += before;
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
    ComplexPoint x(static_cast<Index>(degrees_.size()));
    for (std::size_t k = 0; k < degrees_.size(); ++k) {
      const auto d = static_cast<double>(degrees_[k]);
      x(static_cast<Index>(k)) = std::polar(
          1.0, (std::arg(constants_[k]) + 2 * std::numbers::pi * static_cast<double>(path % degrees_[k])) / d);
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
      ComplexPoint next = predicted(x, t, next_t - t);
      if (correct(next, next_t, 3, 1e-9)) {
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
  void at(const ComplexPoint& x, double t, ComplexPoint& values, ComplexMatrix& slopes, ComplexPoint& by_t) const {
    target_.at(x, values, slopes);
    by_t = values;
    for (Index k = 0; k < x.size(); ++k) {
      const auto degree = static_cast<int>(degrees_[static_cast<std::size_t>(k)]);
      const Complex power = std::pow(x(k), degree - 1);
      const Complex simple = gamma_ * (power * x(k) - constants_[static_cast<std::size_t>(k)]);
      by_t(k) -= simple;
      values(k) = t * values(k) + (1 - t) * simple;
      slopes.row(k) *= t;
      slopes(k, k) += (1 - t) * gamma_ * static_cast<double>(degree) * power;
    }
  }
  // The midpoint rule. Where slopes are singular numbers are not finite, and the correction fails.
  [[nodiscard]] ComplexPoint predicted(const ComplexPoint& x, double t, double step) const {
    ComplexPoint values;
    ComplexPoint by_t;
    ComplexMatrix slopes;
    at(x, t, values, slopes, by_t);
    const ComplexPoint middle = x - slopes.partialPivLu().solve(by_t) * (step / 2);
    at(middle, t + step / 2, values, slopes, by_t);
    return x - slopes.partialPivLu().solve(by_t) * step;
  }
  // Newton's method, until a step is small; what moves far has left its path.
  bool correct(ComplexPoint& x, double t, int most, double small) const {
    ComplexPoint values;
    ComplexPoint by_t;
    ComplexMatrix slopes;
    for (int k = 0; k < most; ++k) {
      at(x, t, values, slopes, by_t);
      const ComplexPoint moved = slopes.partialPivLu().solve(values);
      const double length = size_of(moved);
      if (!(moved.allFinite() && length < 0.1 * (1 + size_of(x)))) return false;
      x -= moved;
      if (length < small * (1 + size_of(x))) return true;
    }
    return false;
  }

  Floating target_;
  Complex gamma_;
  std::vector<std::size_t> degrees_;
  std::vector<Complex> constants_;
};

bool same_point(const ComplexPoint& a, const ComplexPoint& b) {
  return size_of(a - b) < same_zero * (1 + size_of(a));
}

bool lexicographically(const ComplexPoint& a, const ComplexPoint& b) {
  for (Index k = 0; k < a.size(); ++k) {
    for (const double gap : {a(k).real() - b(k).real(), a(k).imag() - b(k).imag()}) {
      if (std::abs(gap) > same_zero) return gap < 0;
    }
  }
  return false;
}

}  // namespace

std::optional<std::size_t> bezout_number(const Polynomials& system, std::size_t most) {
  std::size_t product = 1;
  for (const Polynomial& polynomial : system) {
    product *= polynomial.degree();
    if (product == 0 || product > most) return std::nullopt;
  }
  return product;
}

std::vector<ComplexPoint> ends_of_paths(const Polynomials& system, std::size_t paths) {
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
