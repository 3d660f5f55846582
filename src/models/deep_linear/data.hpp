#pragma once
// Exact data (X, Y) with known rational spectrum: U, V rational orthogonal by the Cayley transform, sigma_i distinct
// positive rationals, X = A G with A invertible and G of orthonormal rows, Y = U [diag(sigma) 0] V^T G + N, N G^T = 0.
// Then Sxx = A A^T and Sigma = U diag(sigma^2) U^T, everything rational.

#include <rankscape/exact/matrix.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "models/random.hpp"

namespace rankscape::deep_linear {

struct ExactData {
  RationalMatrix X;                ///< dx x m
  RationalMatrix Y;                ///< dy x m
  std::vector<Rational> sigma;     ///< decreasing, length dy
  RationalMatrix output_rotation;  ///< U, dy x dy
  /// V^T A^{-1}, dx x dx: canonical input coordinates of an input.
  RationalMatrix whitening;
};

/// The kinds: `canonical` (X = I, Y = [diag(sigma) 0]); `square` (m = dx, rotated, Sxx not the identity); `general`
/// (m = dx + 2, X not square, Y with a component outside the row space of X).
[[nodiscard]] const std::vector<std::string>& data_kinds();

/// \throws InputError  unknown kind
[[nodiscard]] ExactData make_data(std::string_view kind, Index dx, Index dy, Random& random);

}  // namespace rankscape::deep_linear
