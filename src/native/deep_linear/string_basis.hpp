#pragma once
// Adapted bases at an exact critical point: at every node the r directions that carry the product, then the strings of
// the nilpotent representation (a graded Jordan basis). From these come the descent lines of the non-strict saddles.

#include <rankscape/exact/matrix.hpp>
#include <rankscape/point.hpp>

#include <map>
#include <optional>
#include <vector>

#include "native/deep_linear/partial_products.hpp"
#include "native/deep_linear/strata.hpp"

namespace rankscape::deep_linear {

struct StringBasis {
  Index r = 0;
  std::vector<String> strings;                       ///< one entry a copy
  std::vector<std::map<std::size_t, Index>> column;  ///< at each node: copy -> column of `basis`
  std::vector<RationalMatrix> basis;  ///< at each node, d_h x d_h, invertible; r product directions first
  std::vector<RationalMatrix> dual;   ///< the inverses

  [[nodiscard]] Stratum stratum() const;
};

/// \param projector_range  dy x r, columns spanning the range of the product W_H ... W_1
/// \pre the point is critical, Sxx is invertible, Sxy has rank dy
/// \throws InternalDisagreement  the bases do not have the dimensions that the theory says (then it is not such a
/// point)
[[nodiscard]] StringBasis string_basis(const PartialProducts& products, const RationalMatrix& projector_range);

/// The direction V with V_{i} = x y^T at the layers i of the chain and zero elsewhere: y reads the string arriving at
/// node i - 1, x starts the next one at node i. Along W + tV the first term of the loss that can differ is t^k. \pre
/// chain belongs to the stratum of the basis
[[nodiscard]] Weights chain_direction(const StringBasis& basis, const Chain& chain);

}  // namespace rankscape::deep_linear
