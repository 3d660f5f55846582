#pragma once
// Points that may have a smaller loss, proposed in floating point and rounded. Nothing is promised: whoever asks
// evaluates the exact loss.

#include <rankscape/exact/matrix.hpp>

#include <vector>

namespace rankscape::matrix_sensing {

/// V, n x k, with V V^T close to m, rounded more and more finely. \pre m symmetric
[[nodiscard]] std::vector<RationalMatrix> approximate_factors(const RationalMatrix& m, Index k);

/// Ends of a damped Gauss-Newton descent of sum_l ( <A_l, V V^T> - b_l )^2 from u and from random starts (always the
/// same ones), rounded.
[[nodiscard]] std::vector<RationalMatrix> approximate_minimizers(const std::vector<RationalMatrix>& A,
                                                                 const std::vector<Rational>& b,
                                                                 const RationalMatrix& u);

}  // namespace rankscape::matrix_sensing
