#pragma once
// Proofs that the loss is least at a point since it is convex: in matrices that move freely, in Gram matrices, in
// products of factors whose norms cost, in the weights. docs/certificates.md, "Global bounds", has the lemmas.

#include <map>

#include "certificate/claims.hpp"
#include "certificate/patterns.hpp"

namespace rankscape::certificate {

/// Lower bounds of nodes, where there are any.
using Numbers = std::vector<std::optional<Rational>>;
/// Of each node, whether it is taken as an independent variable.
using Leaves = std::vector<char>;

/// What has been shown of the nodes before.
struct Known {
  Numbers lowest;
  Numbers evident;               ///< without bounds that have evidence of their own, but for forms
  std::map<Node, Node> form_of;  ///< u, of a node that is a quadratic form in it that is nowhere negative
};

/// Is node `root` evidently convex (or constant) as a function of the leaves?
[[nodiscard]] bool is_convex_in(const Patterns& loss, const Known& known, Node root, const Leaves& leaves);

/// Derivatives of node `root` by the leaves as independent variables; of other nodes, those of what is between.
[[nodiscard]] std::vector<RationalMatrix> slopes(const Patterns& loss, Node root, const Leaves& leaves);

/// That node `root`, a number, is nowhere below its value, by convexity in one of the ways above, or nothing. In the
/// order in which they are tried: convex in Gram matrices, with norms of factors, in products, in the weights, in the
/// distance from a matrix to a product and the norms of its factors.
[[nodiscard]] std::optional<Bound> convex_bound(const Patterns& loss, const Known& known, Node root);

}  // namespace rankscape::certificate
