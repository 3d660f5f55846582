#pragma once
// The explicit parameterization of all critical points of a deep linear network (theory: W_1 = D_1 [U_S^T P_*; Z_1],
// ...), with the blocks Z_h built from the strings of a stratum.

#include <rankscape/point.hpp>
#include <vector>

#include "native/deep_linear/data.hpp"
#include "native/deep_linear/strata.hpp"

namespace rankscape::deep_linear {

/// How a point lies in its stratum.
enum class Position : unsigned char {
  aligned,  ///< string vectors are coordinate vectors, D_h = I
  generic,  ///< random bases at the input and the output node, random unimodular D_h
};

/// Z_1, ..., Z_H in canonical coordinates: Z_1 acts on the dx - r canonical input directions outside S (in increasing
/// order), Z_H maps onto the dy - r output directions outside S.
struct Blocks {
  std::vector<RationalMatrix> Z;
};

/// Blocks of the stratum; `sigma_outside` are the singular values outside S, in increasing order of index (so zeros
/// come last). \pre stratum.node_dimensions() matches: dimension at H is sigma_outside.size(), and as many strings end
/// at H as values vanish
[[nodiscard]] Blocks string_blocks(const Stratum& stratum, const std::vector<Rational>& sigma_outside,
                                   Position position, Random& random);

/// Random integer blocks with Z_h = 0 for every h in `zero` (1-based); they satisfy the cycle equations when at least
/// two blocks vanish ([AMG24]'s exhibited family). node_dimensions = widths - r.
[[nodiscard]] Blocks zero_pattern_blocks(const std::vector<long>& node_dimensions, const std::vector<int>& zero,
                                         Random& random);

/// W_1, ..., W_H from the data, the set S (1-based, sorted) and the blocks; D_h = I or random unimodular.
/// \pre sigma_s > 0 for s in S; Z_1 has data.inputs - r columns
[[nodiscard]] Weights critical_weights(const Widths& widths, const ExactData& data, const std::vector<int>& S,
                                       const Blocks& blocks, Position position, Random& random);

}  // namespace rankscape::deep_linear
