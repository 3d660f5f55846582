#pragma once
// Proofs that a point is a global minimizer, read off the program of the loss: squares, convexity in a matrix, in a
// Gram matrix or with norms of factors (nuclear), and the best approximation of bounded rank. docs/certificates.md,
// "Global bounds", has the lemmas; the verifier has its own implementation of them.

#include "certificate/claims.hpp"

namespace rankscape::certificate {

/// Lower bounds from which it follows that the value of the loss at the point is its least, or nothing when none of the
/// lemmas shows it. Exact. Cost: spectra of matrices of the sizes of the program's, one reverse differentiation for
/// each summand of the loss.
[[nodiscard]] std::optional<std::vector<Bound>> prove_global(const Workspace& at);

}  // namespace rankscape::certificate
