#pragma once
// Spectra of exact symmetric matrices, proved: an approximate orthonormal basis Q and numbers d, both rational, and how
// far they are from a true one. What this says needs no intervals to check again: norms of exact matrices.
//
// With e = ||Q^T Q - I||_F < 1/2, eb = e/(1 - e), f = max|d| (2 eb + eb^2) + ||Q^T A Q - diag d||_F (1 + eb)^2:
// the i-th largest eigenvalue lies within f of d_i (polar decomposition of Q, Weyl). For a set S of indices and its
// complement there are orthonormal bases of the two spectral subspaces within eps of the columns of Q (Sylvester),
// eps = th + th^2 + e, th = f/(gap - f), where gap = min |d_s - d_q| > 2 f.

#include <rankscape/exact/matrix.hpp>

#include <optional>
#include <set>
#include <vector>

namespace rankscape::near {

struct Spectrum {
  RationalMatrix Q;         ///< columns in the order of d
  std::vector<Rational> d;  ///< decreasing
  Rational e;
  Rational f;
  /// eps of the two bases; nothing where the gap is not proved. \param part  0-based indices
  [[nodiscard]] std::optional<Rational> basis_error(const std::set<Index>& part) const;
  /// Sizes of the runs of eigenvalues that no wide gap separates, in order.
  [[nodiscard]] std::vector<Index> clusters() const;
};

/// \param doubt  the matrix meant is symmetric and within `doubt` of this one (Frobenius)
/// \param sharp  refine the basis although the matrix is wide
/// \throws std::runtime_error  no approximate basis could be found
[[nodiscard]] Spectrum enclose_spectrum(const RationalMatrix& symmetric, const Rational& doubt = 0, bool sharp = false);

/// Lower and upper bounds of the singular values, decreasing (as many as the lesser side).
struct SingularBounds {
  std::vector<Rational> square_lower;
  Rational norm_upper;
};
/// \param gram  of A A^T or A^T A, whichever is smaller
[[nodiscard]] SingularBounds singular_bounds(const Spectrum& gram);
struct Approximation;
[[nodiscard]] Spectrum enclose_gram_spectrum(const Approximation& a);
[[nodiscard]] SingularBounds enclose_singular_values(const RationalMatrix& a);

/// ||a||_F, rounded up.
[[nodiscard]] Rational norm_above(const RationalMatrix& a);
[[nodiscard]] Rational square_norm(const RationalMatrix& a);
[[nodiscard]] Rational root_above(const Rational& square);
[[nodiscard]] Rational root_below(const Rational& square);
/// A dyadic number of about 200 bits at or below (above) a.
[[nodiscard]] Rational rounded_down(const Rational& a);
[[nodiscard]] Rational rounded_up(const Rational& a);

}  // namespace rankscape::near
