#pragma once
// Global minimality in matrix factorization with k columns: a bound on all products of rank at most k.
// docs/certificates.md, "Factorizations", has the proofs.

#include "verifier/losses.hpp"

namespace verifier {

/// L >= value everywhere, for T and T - A + c I positive semidefinite, c >= 0:
/// symmetric, A = M: 4 L >= ||M||^2 - ||T||^2 - 2 c tr(T) - k c^2; asymmetric, A = M M^T: 2 L >= tr(A) - tr(T) - k c.
/// \return false for other models
inline bool check_rank_bound(const Landscape& landscape, const Q& value, Object& evidence) {
  const auto* symmetric = std::get_if<SymmetricFactorization>(&landscape.model);
  const auto* asymmetric = std::get_if<AsymmetricFactorization>(&landscape.model);
  if ((symmetric == nullptr && asymmetric == nullptr) || !landscape.nonnegative()) return false;
  const Matrix<Q> a = symmetric != nullptr ? symmetric->M : asymmetric->M * transposed(asymmetric->M);
  const Matrix<Q> one = identity(a.rows);
  const Q k(Z(landscape.point[0].cols));
  const Field separator = evidence.take("separator");
  const Q c = separator.number();
  separator.require(c >= 0, "is negative");
  const Field cover = evidence.take("cover");
  const Matrix<Q> t = cover.matrix(a.rows, a.rows);
  cover.require(inertia(t).neg == 0, "not positive semidefinite");
  cover.require(inertia(plus(plus(t, -1, a), c, one)).neg == 0, "T - A + c I is not positive semidefinite");
  const Q bound = symmetric != nullptr ? Q((square(a) - square(t) - 2 * c * inner(t, one) - k * c * c) / 4)
                                       : Q((inner(a, one) - inner(t, one) - k * c) / 2);
  cover.require(bound == value, "the bound is not the value");
  return true;
}

}  // namespace verifier
