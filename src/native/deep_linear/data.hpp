#pragma once
// Exact data (X, Y) with known rational spectrum: U, V rational orthogonal by the Cayley transform, sigma_i distinct
// positive rationals, X = A G with A invertible and G of orthonormal rows, Y = U [diag(sigma) 0] V^T G + N, N G^T = 0.
// Then Sxx = A A^T and Sigma = U diag(sigma^2) U^T, everything rational.
//
// Off the hypotheses of [AMG24] one of these is given up: sigma_dy = 0 (H3), two sigma_i are equal (H4), Sxx is
// singular (H2), X = A [G; 0] with G of fewer rows than X; or dy > dx (H1), and then the last sigma_i are 0.

#include <rankscape/exact/matrix.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exact/random.hpp"

namespace rankscape::deep_linear {

struct ExactData {
  RationalMatrix X;                ///< dx x m
  RationalMatrix Y;                ///< dy x m
  std::vector<Rational> sigma;     ///< decreasing, length dy
  RationalMatrix output_rotation;  ///< U, dy x dy
  /// V^T A^{-1}, dx x dx: canonical input coordinates of an input.
  RationalMatrix whitening;
  /// The rank of X: the loss does not depend on the canonical input coordinates after these.
  Index inputs = 0;
};

/// How data leave the hypotheses of [AMG24].
enum class Defect : unsigned char {
  none,
  deficient,    ///< sigma_dy = 0, the others distinct and positive
  repeated,     ///< some sigma_i = sigma_{i+1}; dy >= 2
  singular,     ///< Sxx has rank dx - 1 although there are at least dx samples; dx > dy
  few_samples,  ///< m = dx - 1; dx > dy
  wide_output,  ///< dy > dx
};

struct DataKind {
  std::string base;  ///< one of data_kinds()
  Defect defect = Defect::none;
};

/// The kinds: `canonical` (X = I, Y = [diag(sigma) 0]); `square` (m = dx, rotated, Sxx not the identity); `general`
/// (m = dx + 2, X not square, Y with a component outside the row space of X).
[[nodiscard]] const std::vector<std::string>& data_kinds();

/// `general`, or `canonical+repeated`: a kind and how it leaves the hypotheses. \throws InputError  unknown
[[nodiscard]] DataKind parse_data_kind(std::string_view text);
[[nodiscard]] std::string to_string(const DataKind& kind);

/// Nothing, or why the widths have no such data: "two equal eigenvalues need dy >= 2".
[[nodiscard]] std::optional<std::string> obstacle(Defect defect, Index dx, Index dy);

/// How many of the sigma_i are positive; they come first.
[[nodiscard]] Index positive_values(Defect defect, Index dx, Index dy);
/// The rank of X.
[[nodiscard]] Index input_rank(Defect defect, Index dx);

/// \throws InputError  unknown kind, or one that these dimensions do not have
[[nodiscard]] ExactData make_data(std::string_view kind, Index dx, Index dy, Random& random);

}  // namespace rankscape::deep_linear
