#pragma once
// The critical values of a deep linear network: tr(Syy) - sum_{i in S} lambda_i over all S with at most rmax elements
// ([AMG24]; under H1-H3). Exact also when the eigenvalues are irrational: the k-subset sums of the eigenvalues of Sigma
// are the eigenvalues of its k-th additive compound, a rational matrix, so that coincidences are decided, not guessed.

#include <rankscape/exact/real_roots.hpp>

#include <vector>

namespace rankscape::deep_linear {

struct CriticalValue {
  std::vector<int> S;  ///< 1-based, sorted
  RealRoot selected;   ///< sum of lambda_i, i in S; the value is trace_syy - selected
  /// Number of the value among the distinct ones, from 0, in increasing order of the value: equal numbers, equal
  /// values.
  std::size_t distinct = 0;
};

/// In order of |S|, then lexicographic. \param sigma  dy x dy with real eigenvalues
/// \throws InputError  too many: more than 2^17 sets, or an irrational spectrum and a compound larger than 84 x 84
[[nodiscard]] std::vector<CriticalValue> critical_values(const RationalMatrix& sigma, Index rmax);

/// The k-th additive compound of a, of size C(n, k): its eigenvalues are the sums of k eigenvalues of a with distinct
/// positions. \pre 0 <= k <= n
[[nodiscard]] RationalMatrix additive_compound(const RationalMatrix& a, int k);

}  // namespace rankscape::deep_linear
