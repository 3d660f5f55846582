// Lehmann's argument. Let V be k independent vectors and t < m numbers such that V^T (A - m)(A - t) V is negative
// definite. Then (A - m)(A - t) has k negative eigenvalues at least, so A has k eigenvalues at least between t and m;
// and where at most k are below m, the least eigenvalue exceeds t. With approximate eigenvectors for the k least
// eigenvalues and m in the gap above them the form is about (lambda - m)(lambda - t), up to the square of the residual:
// so t may be as close to the least eigenvalue as the square of the residual over the gap. The matrix of the form is A
// V squared and smaller products, exact, k x k; the upper bound is a Rayleigh quotient, exact; and how many are below m
// is told by the exact inertia when m = 0, else by signs of a congruence with its rounding bounded.

#include "numeric/extreme_eigenvalues.hpp"

#include "exact/arb.hpp"
#include "exact/certain_signs.hpp"
#include "exact/decompositions.hpp"
#include "exact/inertia_sandwich.hpp"
#include "numeric/enclosed_matrix.hpp"
#include "numeric/tangent_spectrum.hpp"

#include <rankscape/error.hpp>
#include <rankscape/exact/deadline.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace rankscape {
namespace numeric {
namespace {

constexpr Index few_vectors = 8;
constexpr Index most_vectors = 32;
// In units of the largest eigenvalue: a gap in which the signs are told safely, and the least one that is tried.
constexpr double wide_gap = 1e-7;
constexpr double least_gap = 1e-11;
constexpr int bits_of_vectors = 53;
constexpr long bits_of_step = 40;  // by which a step of refinement lengthens them
constexpr unsigned bits_of_quotient = 400;
constexpr int most_turns = 8;

class Extremes {
 public:
  Extremes(const RationalMatrix& a, const Inertia& inertia, const Rational& width)
      : a_(a), inertia_(inertia), width_(width), rounded_(exact::rounded(a)), solver_(rounded_.entries) {}

  // Of the least eigenvalue of side * a.
  [[nodiscard]] std::optional<Enclosure> least(int side) const {
    const Index below = side > 0 ? inertia_.negative : inertia_.positive;
    if (below == 0 && inertia_.zero > 0) return Enclosure(Rational(0));
    const auto count = vectors_for(side, below);
    if (!count) return std::nullopt;
    check_deadline();
    const auto above = above_them(side, *count, below);
    if (!above) return std::nullopt;
    auto found = enclosed(side, *count, *above);
    if (!found) return std::nullopt;
    if (below > 0 ? found->lo >= 0 : found->hi <= 0)
      throw InternalDisagreement("the exact inertia disagrees with the enclosure of an extreme eigenvalue");
    if (found->contains(0)) return std::nullopt;
    return found;
  }

 private:
  // The k-th least approximate eigenvalue of side * a, from 0, scaled; and where the solver has it.
  [[nodiscard]] Index position(int side, Index k) const { return side > 0 ? k : a_.rows() - 1 - k; }
  [[nodiscard]] double approximate(int side, Index k) const { return side * solver_.eigenvalues()(position(side, k)); }

  // All on this side of zero when they are few; or up to the first wide gap, or to the widest that there is.
  [[nodiscard]] std::optional<Index> vectors_for(int side, Index below) const {
    if (below > 0 && below <= few_vectors) return below;  // then zero is known to be above them
    const double size = solver_.eigenvalues().cwiseAbs().maxCoeff();
    double widest = least_gap * size;
    std::optional<Index> count;
    for (Index k = 1; k <= std::min(most_vectors, a_.rows() - 1); ++k) {
      const double gap = approximate(side, k) - approximate(side, k - 1);
      if (gap > wide_gap * size) return k;
      if (gap > widest) {
        widest = gap;
        count = k;
      }
    }
    return below > 0 && below <= most_vectors ? below : count;
  }

  // A number that at most `count` eigenvalues of side * a are below.
  [[nodiscard]] std::optional<Rational> above_them(int side, Index count, Index below) const {
    if (count == below) return Rational(0);
    const double middle = (approximate(side, count - 1) + approximate(side, count)) / 2;
    if (!std::isfinite(middle)) return std::nullopt;
    const Rational exactly = exact::times_power_of_two(Rational(middle), rounded_.exponent);
    Matrix<double> shifted = side * rounded_.entries;
    for (Index i = 0; i < a_.rows(); ++i)
      shifted(i, i) = exact::rounded(Rational(side * a_(i, i) - exactly), rounded_.exponent);
    const Vector<double> scale = (side * solver_.eigenvalues().array() - middle).abs().sqrt().inverse();
    const auto signs = exact::certain_signs(shifted, solver_.eigenvectors() * scale.asDiagonal());
    if (!signs || signs->positive < a_.rows() - count) return std::nullopt;
    return exactly;
  }

  [[nodiscard]] std::optional<Enclosure> enclosed(int side, Index count, const Rational& above) const {
    RationalMatrix vectors(a_.rows(), count);
    for (Index k = 0; k < count; ++k) {
      for (Index i = 0; i < a_.rows(); ++i)
        vectors(i, k) = Rational(std::round(std::ldexp(solver_.eigenvectors()(i, position(side, k)), bits_of_vectors)));
    }
    for (int turn = 0; turn < most_turns; ++turn) {
      check_deadline();
      const RationalMatrix images = Rational(side) * multiply(a_, vectors);
      if (auto found = enclosed_by(vectors, images, above)) return found;
      const auto better = refined(side, vectors, images);
      if (!better) return std::nullopt;
      vectors = *better;
    }
    return std::nullopt;
  }

  // Images of the vectors under side * a.
  [[nodiscard]] std::optional<Enclosure> enclosed_by(const RationalMatrix& vectors, const RationalMatrix& images,
                                                     const Rational& above) const {
    const RationalMatrix lengths = multiply(RationalMatrix(vectors.transpose()), vectors);
    const RationalMatrix forms = multiply(RationalMatrix(vectors.transpose()), images);
    const RationalMatrix squares = multiply(RationalMatrix(images.transpose()), images);
    if (has_zero_on_diagonal(lengths)) return std::nullopt;
    Rational quotient = forms(0, 0) / lengths(0, 0);
    for (Index k = 1; k < vectors.cols(); ++k)
      quotient = std::min(quotient, Rational(forms(k, k) / lengths(k, k)));
    const std::array<Rational, 3> distances = {exact::times_power_of_two(abs(quotient), -60),
                                               exact::times_power_of_two(abs(quotient), -50), Rational(width_ / 2)};
    for (const Rational& distance : distances) {
      const double size = exact::rounded(distance, 0);
      if (distance > width_ / 2 || size == 0) continue;
      const auto bits = static_cast<unsigned>(std::max(0, 3 - std::ilogb(size)));
      const Rational lower = rounded_down(quotient - distance, bits);
      if (lower >= above) continue;
      const RationalMatrix form = squares - (above + lower) * forms + above * lower * lengths;
      if (inertia(form).negative == vectors.cols()) return Enclosure(lower, -rounded_down(-quotient, bits));
    }
    return std::nullopt;
  }

  static bool has_zero_on_diagonal(const RationalMatrix& a) {
    for (Index k = 0; k < a.rows(); ++k) {
      if (a(k, k).is_zero()) return true;
    }
    return false;
  }

  // A step of inverse iteration for each vector v: v - (side a - q)^{-1} r, q its Rayleigh quotient and r the exact
  // residual, the inverse in floating point on all eigenvectors that it tells from v.
  [[nodiscard]] std::optional<RationalMatrix> refined(int side, const RationalMatrix& vectors,
                                                      const RationalMatrix& images) const {
    const Index count = vectors.cols();
    RationalMatrix out(vectors.rows(), count);
    const double noise = std::ldexp(solver_.eigenvalues().cwiseAbs().maxCoeff(), -50);
    for (Index k = 0; k < count; ++k) {
      const RationalMatrix v = vectors.col(k);
      const RationalMatrix image = images.col(k);
      const Rational square = multiply(RationalMatrix(v.transpose()), v)(0, 0);
      if (square.is_zero()) return std::nullopt;
      const Rational exact_quotient = multiply(RationalMatrix(v.transpose()), image)(0, 0) / square;
      const double quotient = exact::rounded(exact_quotient, rounded_.exponent);
      const Rational near = exact::times_power_of_two(
          rounded_down(exact::times_power_of_two(exact_quotient, -rounded_.exponent), bits_of_quotient),
          rounded_.exponent);
      const exact::RoundedMatrix residual = exact::rounded(RationalMatrix(image - near * v));
      Vector<double> parts = solver_.eigenvectors().transpose() * residual.entries;
      for (Index j = 0; j < a_.rows(); ++j) {
        const double gap = approximate(side, j) - quotient;
        parts(position(side, j)) = std::abs(gap) <= noise ? 0 : -parts(position(side, j)) / gap;
      }
      const Vector<double> step = solver_.eigenvectors() * parts;
      if (!step.allFinite()) return std::nullopt;
      const long exponent = residual.exponent - rounded_.exponent + bits_of_step;
      for (Index i = 0; i < a_.rows(); ++i) {
        const Rational correction = -rounded_down(-exact::times_power_of_two(Rational(step(i)), exponent), 0);
        out(i, k) = exact::times_power_of_two(v(i, 0), bits_of_step) + correction;
      }
    }
    return out;
  }

  const RationalMatrix& a_;
  Inertia inertia_;
  Rational width_;
  exact::RoundedMatrix rounded_;
  Eigen::SelfAdjointEigenSolver<Matrix<double>> solver_;
};

}  // namespace

std::optional<ExtremeEigenvalues> extremes_by_residuals(const RationalMatrix& a, const Inertia& inertia,
                                                        const Rational& width) {
  const Extremes extremes(a, inertia, width);
  const auto least = extremes.least(1);
  if (!least) return std::nullopt;
  const auto greatest = extremes.least(-1);
  if (!greatest) return std::nullopt;
  return ExtremeEigenvalues{*least, -*greatest};
}

}  // namespace numeric

std::optional<ExtremeEigenvalues> extreme_eigenvalues(const Inertia& on_subspace, const RationalMatrix& a,
                                                      const EigenOptions& options) {
  const bool whole = on_subspace.negative + on_subspace.zero + on_subspace.positive == a.rows();
  if (whole && a.rows() >= exact::sandwich_size) {
    const auto parts = connected_components(a);
    const bool dense = std::any_of(parts.begin(), parts.end(), [](const std::vector<Index>& part) {
      return static_cast<Index>(part.size()) >= exact::sandwich_size;
    });
    if (dense) {
      if (auto found = numeric::extremes_by_residuals(a, on_subspace, options.width)) return found;
    }
  }
  const std::vector<Enclosure> values = enclose_eigenvalues_on(on_subspace, a, options);
  if (values.empty()) return std::nullopt;
  return ExtremeEigenvalues{values.front(), values.back()};
}

}  // namespace rankscape
