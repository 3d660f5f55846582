#pragma once
// A zero of a system of equations near an approximate one, proved by Krawczyk's test.
//
// For F differentiable, y the middle of the box X = y +- R, any matrix C and J(X) an enclosure of the Jacobian on X,
// let
//   K = y - C F(y) + (I - C J(X)) (X - y).
// If K lies in the interior of X, then F has exactly one zero in X, it lies in K, and every matrix of J(X) is
// invertible (Krawczyk 1969; Rump 1983). The arithmetic is that of rationals and of enclosures with rational ends, so
// nothing is rounded unless on purpose, outwards. With J(X) = J_m +- J_r the row sums of |I - C J(X)| are those of
// |I - C J_m| + |C| J_r: one exact product of matrices, however wide the box.

#include "numeric/enclosed_matrix.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace rankscape {

using Box = std::vector<Enclosure>;

/// As many equations as unknowns.
struct SquareSystem {
  /// F at a point, exactly.
  std::function<std::vector<Rational>(const std::vector<Rational>&)> value;
  /// An enclosure of the Jacobian at every point of the box.
  std::function<EnclosedMatrix(const Box&)> jacobian;
};

/// An approximate inverse with entries of at most 200 binary digits behind the point, from doubles where they do, else
/// from rationals. Nothing where the matrix is singular.
[[nodiscard]] std::optional<RationalMatrix> approximate_inverse(const RationalMatrix& a);

/// The test about one point, for boxes of any size. The system must outlive it.
class KrawczykTest {
 public:
  KrawczykTest(const SquareSystem& system, std::vector<Rational> approximation);
  /// K for the box of this half width, when the test succeeds; else nothing is known.
  /// \throws whatever the Jacobian does on that box
  [[nodiscard]] std::optional<Box> within(const Rational& radius) const;
  /// The largest row sum of |I - C J(X)|: it must be below 1. Nothing where the Jacobian at the point is singular.
  [[nodiscard]] std::optional<Rational> contraction(const Rational& radius) const;

 private:
  [[nodiscard]] Box box(const Rational& radius) const;
  [[nodiscard]] std::vector<Rational> row_sums(const Box& box) const;

  const SquareSystem& system_;
  std::vector<Rational> at_;
  std::optional<RationalMatrix> inverse_;
  std::vector<Rational> step_;  // C F(y)
};

/// The box in which the zero lies, or nothing: then nothing is known.
/// \param approximation  of the zero; better by Newton steps than by hope
/// \param radii          half widths of the boxes that are tried, in this order
[[nodiscard]] std::optional<Box> krawczyk(const SquareSystem& system, const std::vector<Rational>& approximation,
                                          const std::vector<Rational>& radii);

}  // namespace rankscape
