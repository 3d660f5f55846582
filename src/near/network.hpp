#pragma once
// A deep linear network at weights of any source, exactly, and the critical points of Theorem 2 (docs/near.md): for a
// set S, a stratum and invertible rational matrices G_0, .., G_{H-1} one exact critical point, of which nothing but the
// two spectral bases U_S, U_Q is irrational.

#include <rankscape/exact/inertia.hpp>
#include <rankscape/verdict.hpp>

#include <set>
#include <string>
#include <vector>

#include "native/deep_linear/strata.hpp"
#include "near/approximation.hpp"
#include "near/spectrum.hpp"

namespace rankscape::near {

using deep_linear::Stratum;
using deep_linear::String;
using Selection = std::set<Index>;  ///< S, 0-based

/// What the loss ||W_H ... W_1 X - Y||^2 needs of the data, under H1 (dy <= dx), H2 and H3.
struct Network {
  std::vector<RationalMatrix> W;  ///< W[h - 1] is W_h, out x in
  std::vector<long> widths;       ///< d_0, .., d_H
  RationalMatrix Sxx;
  RationalMatrix Sxy;
  Approximation P;          ///< P_* = Syx Sxx^-1
  Approximation P_plus;     ///< Sigma^-1 P_*, so that P_plus Sxy = I
  Approximation null_rows;  ///< N_x: a basis of the left kernel of Sxy
  Spectrum sigma;           ///< of Sigma = Syx Sxx^-1 Sxy
  [[nodiscard]] int layers() const { return static_cast<int>(W.size()); }
  [[nodiscard]] Approximation product() const;  ///< W_H ... W_1
  [[nodiscard]] long rmax() const;
  /// Are the eigenvalues of Sigma proved distinct (H4)?
  [[nodiscard]] bool distinct() const;
};

/// \throws InputError  shapes that do not fit, or a hypothesis that fails
[[nodiscard]] Network make_network(std::vector<RationalMatrix> weights, const RationalMatrix& Sxx,
                                   const RationalMatrix& Sxy);

/// Copies of the strings, those through node H in the order in which that node lists them.
struct Layout {
  std::vector<String> copies;
  std::vector<std::vector<long>> at;  ///< at[h]: the copies at node h, in order; at node 0 those through H come first
};
[[nodiscard]] Layout layout_of(const Stratum& stratum);
/// J_h: the identity on the product's r coordinates, each copy at node h - 1 to the same copy at node h.
template <class Scalar>
[[nodiscard]] Matrix<Scalar> connection(const Layout& layout, int h, Index r) {
  const auto& to = layout.at[static_cast<std::size_t>(h)];
  const auto& from = layout.at[static_cast<std::size_t>(h) - 1];
  Matrix<Scalar> j = Matrix<Scalar>::Zero(r + static_cast<Index>(to.size()), r + static_cast<Index>(from.size()));
  for (Index i = 0; i < r; ++i)
    j(i, i) = Scalar(1);
  for (std::size_t a = 0; a < to.size(); ++a)
    for (std::size_t b = 0; b < from.size(); ++b)
      if (to[a] == from[b]) j(r + static_cast<Index>(a), r + static_cast<Index>(b)) = Scalar(1);
  return j;
}

/// One exact critical point near the weights.
struct CriticalPoint {
  Selection S;
  Stratum stratum;
  std::vector<RationalMatrix> G;  ///< G_0, .., G_{H-1}
};

/// The weights of that point, up to the two spectral bases that are enclosed and the inverses that are approximated.
struct Located {
  std::vector<RationalMatrix> W;
  std::vector<Rational> errors;  ///< errors[h] is at least ||W_{h+1}* - W[h]||_F
};
/// Nothing when it is no critical point: a singular G_h, or S is not defined (no gap between the eigenvalues in S and
/// the others).
[[nodiscard]] std::optional<Located> locate(const Network& network, const CriticalPoint& point);

/// Is S = {0, .., r - 1}?
[[nodiscard]] bool is_leading(const Selection& S);
/// Theory 1.6: the inertia of the Hessian on the whole stratum.
[[nodiscard]] Inertia inertia_of(const Network& network, const Selection& S, const Stratum& stratum);
/// `second_order` where only the distinctness of the eigenvalues is missing.
[[nodiscard]] Verdict verdict_of(const Network& network, const Selection& S, const Stratum& stratum);

}  // namespace rankscape::near
