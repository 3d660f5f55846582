#pragma once
// Matrices known up to a proved error: rational numbers of a bounded length and a bound of the Frobenius norm of what
// they are off. Exact inverses and long products of n x n matrices have entries of about n times as many digits; with
// these, wide networks cost O(n^3) operations on short integers. Narrow ones, up to `exact_width`, stay exact: there
// the error is zero.

#include <rankscape/exact/matrix.hpp>

#include <optional>

namespace rankscape::near {

inline constexpr Index exact_width = 8;

/// Binary digits that are kept of what is that wide.
[[nodiscard]] unsigned working_bits(Index width);

struct Approximation {
  RationalMatrix value;
  Rational error = 0;  ///< at least ||exact - value||_F
};

/// Multiples of one power of two, `bits` binary digits in the largest.
[[nodiscard]] RationalMatrix shortened(const RationalMatrix& a, unsigned bits);
[[nodiscard]] Rational shortened(const Rational& a, unsigned bits);
/// Wide matrices shortened to their working bits, with the error that this makes.
[[nodiscard]] Approximation shortened(Approximation a);

[[nodiscard]] Approximation operator*(const Approximation& a, const Approximation& b);
[[nodiscard]] Approximation operator+(const Approximation& a, const Approximation& b);
[[nodiscard]] Approximation operator-(const Approximation& a, const Approximation& b);
[[nodiscard]] Approximation transposed(const Approximation& a);

/// Newton's iteration from double precision, its residual enclosed; exact elimination for narrow matrices, or where
/// doubles do not do. Nothing for a singular matrix.
[[nodiscard]] std::optional<Approximation> inverse_near(const RationalMatrix& a);

/// In doubles, what they do not hold cut off: faster than rounding (exact/doubles.hpp), where that does not matter.
[[nodiscard]] Matrix<double> truncated(const RationalMatrix& a);
/// The rational numbers that finite doubles are; 0 for others.
[[nodiscard]] RationalMatrix exactly(const Matrix<double>& a);

}  // namespace rankscape::near
