#include "solve/aim.hpp"

#include <algorithm>
#include <optional>

#include "exact/decompositions.hpp"
#include "exact/random.hpp"
#include "exact/simplest.hpp"

namespace rankscape::critical_set {

namespace {

constexpr int most_starts = 24;
constexpr int most_steps = 60;
constexpr double vanishes = 1e-9;

// A polynomial and its partial derivatives in floating point.
class Numeric {
 public:
  Numeric(const Polynomials& generators, std::size_t unknowns) : unknowns_(static_cast<Index>(unknowns)) {
    for (const Polynomial& generator : generators) {
      auto& terms = polynomials_.emplace_back();
      for (const auto& [monomial, coefficient] : generator.terms())
        terms.emplace_back(monomial, static_cast<double>(coefficient));
    }
  }

  void at(const Eigen::VectorXd& x, Eigen::VectorXd& values, Eigen::MatrixXd& slopes) const {
    values.setZero(static_cast<Index>(polynomials_.size()));
    slopes.setZero(values.size(), unknowns_);
    for (std::size_t k = 0; k < polynomials_.size(); ++k) {
      const auto row = static_cast<Index>(k);
      for (const auto& [monomial, coefficient] : polynomials_[k]) {
        double product = coefficient;
        for (const char16_t position : monomial)
          product *= x(position);
        values(row) += product;
        for (std::size_t skipped = 0; skipped < monomial.size(); ++skipped) {
          double rest = coefficient;
          for (std::size_t j = 0; j < monomial.size(); ++j) {
            if (j != skipped) rest *= x(monomial[j]);
          }
          slopes(row, monomial[skipped]) += rest;
        }
      }
    }
  }

 private:
  Index unknowns_;
  std::vector<std::vector<std::pair<Monomial, double>>> polynomials_;
};

// Levenberg and Marquardt from a random start.
std::optional<Eigen::VectorXd> real_zero(const Numeric& numeric, std::size_t unknowns, Random& random) {
  const long scale = random.integer(1, 10);
  Eigen::VectorXd x(static_cast<Index>(unknowns));
  for (double& entry : x)
    entry = static_cast<double>(random.integer(-1000, 1000) * scale) / 1000;
  Eigen::VectorXd values;
  Eigen::MatrixXd slopes;
  numeric.at(x, values, slopes);
  double damping = 1;
  for (int step = 0; step < most_steps && values.norm() > vanishes; ++step) {
    Eigen::MatrixXd normal = slopes.transpose() * slopes;
    normal.diagonal().array() += damping * std::min(1.0, values.norm()) + 1e-14;
    const Eigen::VectorXd moved = x - Eigen::LLT<Eigen::MatrixXd>(normal).solve(slopes.transpose() * values);
    Eigen::VectorXd next;
    Eigen::MatrixXd next_slopes;
    if (!moved.allFinite() || moved.cwiseAbs().maxCoeff() > 1e6) return std::nullopt;
    numeric.at(moved, next, next_slopes);
    if (next.norm() < values.norm()) {
      x = moved;
      values = next;
      slopes = next_slopes;
      damping /= 4;
    } else {
      damping *= 8;
    }
  }
  if (values.norm() > vanishes) return std::nullopt;
  return x;
}

// Unknowns, as many as the dimension, in which no leading monomial is written: independent modulo the ideal.
bool independent(const std::vector<Monomial>& leading, std::size_t unknowns, std::size_t dimension, std::size_t first,
                 Monomial& chosen) {
  if (chosen.size() == dimension) return true;
  for (std::size_t next = first; next + (dimension - chosen.size()) <= unknowns; ++next) {
    chosen.push_back(static_cast<char16_t>(next));
    const bool free = std::none_of(leading.begin(), leading.end(), [&](const Monomial& of) {
      return std::all_of(of.begin(), of.end(), [&](char16_t k) { return chosen.find(k) != Monomial::npos; });
    });
    if (free && independent(leading, unknowns, dimension, next + 1, chosen)) return true;
    chosen.pop_back();
  }
  return false;
}

}  // namespace

std::vector<Aim> aims(const Polynomials& generators, std::size_t unknowns, std::size_t dimension, std::size_t most) {
  std::vector<Monomial> leading;
  leading.reserve(generators.size());
  for (const Polynomial& generator : generators) {
    if (!generator.is_zero()) leading.push_back(generator.terms().rbegin()->first);
  }
  Monomial chosen;
  std::vector<Aim> found;
  if (!independent(leading, unknowns, dimension, 0, chosen)) return found;
  const Numeric numeric(generators, unknowns);
  Random random(1);
  for (int start = 0; start < most_starts && found.size() < most; ++start) {
    const auto zero = real_zero(numeric, unknowns, random);
    if (!zero) continue;
    for (const double width : {0.3, 0.03, 0.001}) {
      Aim aim;
      for (const char16_t position : chosen)
        aim.emplace_back(position, simplest_near((*zero)(position), width));
      if (std::find(found.begin(), found.end(), aim) == found.end()) found.push_back(std::move(aim));
    }
  }
  return found;
}

}  // namespace rankscape::critical_set
