#pragma once
// The inertia of the Hessian at a critical point of a deep linear network, from its strings and from the order of the
// spectrum: no Hessian, no cost that grows with the number of parameters.
//
// In adapted bases the second-order form falls into three forms in separate variables (docs/mathematics.md derives
// them): r^2 squares; for each s in S and each other direction a square, or with lambda_q the pair beta^2 + lambda_s
// gamma^2 - 2 sigma_q beta gamma; and a form in string coordinates that is one hyperbolic plane for each pair of
// strings that close a cycle through the data, and a square for each pair that leads from the input past the data to
// the output. Nothing is asked of the data: strings that end at the output are the kernel of Sxy^T (H3), the input is
// the column space of X (H2), eigenvalues may be equal across S (H4), the output may be wider than the input (H1).

#include <rankscape/exact/inertia.hpp>
#include <rankscape/exact/real_roots.hpp>

#include <vector>

#include "native/deep_linear/strata.hpp"

namespace rankscape::deep_linear {

/// Pairs (v, u) of strings, with multiplicity.
struct StringForm {
  long planes = 0;   ///< v passes i..H, 0..j-1 and u passes j..i-1 for some i > j
  long squares = 0;  ///< v ends at H, u starts at 0, and u reaches the node before one of v
};
[[nodiscard]] StringForm string_form(const Stratum& strings);

/// Pairs s in S, q outside S of eigenvalues.
struct SpectralOrder {
  long inversions = 0;  ///< lambda_q > lambda_s
  long ties = 0;        ///< lambda_q = lambda_s
};
/// \pre both decreasing
[[nodiscard]] SpectralOrder spectral_order(const std::vector<RealRoot>& selected,
                                           const std::vector<RealRoot>& unselected);

/// \param inputs  the rank of X
[[nodiscard]] Inertia inertia_of(long parameters, long inputs, long outputs, long r, const SpectralOrder& order,
                                 const StringForm& strings);

/// Eigenvalues of a symmetric matrix, decreasing, with multiplicity; those of each block for itself where it is block
/// diagonal up to a permutation.
[[nodiscard]] std::vector<RealRoot> eigenvalues_by_blocks(const RationalMatrix& symmetric);
/// The size of the largest block.
[[nodiscard]] Index largest_block(const RationalMatrix& symmetric);

}  // namespace rankscape::deep_linear
