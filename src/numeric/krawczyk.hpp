#pragma once
// A zero of a system of equations near an approximate one, proved by Krawczyk's test.
//
// For F differentiable, y inside the box X, any matrix C and J(X) an enclosure of the Jacobian on X, let
//   K = y - C F(y) + (I - C J(X)) (X - y).
// If K lies in the interior of X, then F has exactly one zero in X, and it lies in K (Krawczyk 1969; Rump 1983). The
// arithmetic is that of enclosures with rational ends, so nothing is rounded unless on purpose, outwards.

#include <rankscape/exact/enclosure.hpp>
#include <rankscape/exact/matrix.hpp>

#include <functional>
#include <optional>
#include <vector>

namespace rankscape {

using Box = std::vector<Enclosure>;

struct EnclosedMatrix {
  Index rows = 0;
  Index cols = 0;
  std::vector<Enclosure> entries;  ///< column by column
  EnclosedMatrix(Index rows_, Index cols_)
      : rows(rows_), cols(cols_), entries(static_cast<std::size_t>(rows_ * cols_)) {}
  [[nodiscard]] Enclosure& operator()(Index i, Index j) { return entries[static_cast<std::size_t>(i + rows * j)]; }
  [[nodiscard]] const Enclosure& operator()(Index i, Index j) const {
    return entries[static_cast<std::size_t>(i + rows * j)];
  }
};

[[nodiscard]] EnclosedMatrix operator*(const EnclosedMatrix& a, const EnclosedMatrix& b);
[[nodiscard]] EnclosedMatrix operator+(const EnclosedMatrix& a, const EnclosedMatrix& b);
[[nodiscard]] EnclosedMatrix transposed(const EnclosedMatrix& a);
[[nodiscard]] EnclosedMatrix enclosed(const RationalMatrix& a);

/// As many equations as unknowns.
struct SquareSystem {
  /// F at a point, exactly.
  std::function<std::vector<Rational>(const std::vector<Rational>&)> value;
  /// An enclosure of the Jacobian at every point of the box.
  std::function<EnclosedMatrix(const Box&)> jacobian;
};

/// The box in which the zero lies, or nothing: then nothing is known.
/// \param approximation  of the zero; better by Newton steps than by hope
/// \param radii          half widths of the boxes that are tried, in this order
[[nodiscard]] std::optional<Box> krawczyk(const SquareSystem& system, const std::vector<Rational>& approximation,
                                          const std::vector<Rational>& radii);

/// Enclosure of the least eigenvalue of every symmetric matrix inside `a`. \pre square
/// \param width  of the enclosure for the midpoint; that of the result adds what the entries leave open (Weyl)
[[nodiscard]] Enclosure least_eigenvalue(const EnclosedMatrix& a, const Rational& width);

/// The rational multiple of 2^-bits next to `value` downwards.
[[nodiscard]] Rational rounded_down(const Rational& value, unsigned bits);

}  // namespace rankscape
