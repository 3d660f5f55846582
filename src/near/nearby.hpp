#pragma once
// The exact critical point near floats, on any landscape (Theorem 1 of docs/near.md). Fields t_1, .., t_k that the loss
// does not feel, <t_i, grad f> == 0, are found and proved by src/symmetry; N = T(x0) C spans their values at the
// floats. Krawczyk's test for the bordered system
//
//     F(x, mu) = ( grad f(x) + N mu,  N^T (x - x0) ),    B(x) = [[Hess f(x), N], [N^T, 0]]
//
// proves one zero (x*, mu*) in a box; N^T T(x) C invertible there gives mu* = 0, so that x* is critical, and the null
// space of its Hessian is spanned by the p = rank N fields, neither more nor less. Its inertia is that of B at any one
// point of the box, less (p, 0, p), with p for the zeros.

#include <rankscape/exact/enclosure.hpp>
#include <rankscape/exact/inertia.hpp>
#include <rankscape/verdict.hpp>

#include <optional>
#include <string>
#include <vector>

#include "symmetry/field.hpp"
#include "symmetry/loss.hpp"

namespace rankscape::near {

/// What shows it: the test about `middle` on the box of half width `radius`.
struct NearbyProof {
  std::vector<symmetry::Field> fields;
  RationalMatrix C;
  RationalMatrix N;
  RationalVector middle;
  Rational radius;
  Rational isolating;  ///< half the width of a box about `middle` in which the zero is alone, at least `radius`
};

struct NearbyPoint {
  std::vector<Enclosure> at;  ///< the coordinates of x*
  Inertia inertia;            ///< of the Hessian there; `zero` is the dimension of the orbit
  /// local_minimizer: nothing is lower nearby (strictly, but for the orbit); whether it is global is another question.
  Verdict verdict = Verdict::undecided;
  Enclosure value;
  Enclosure distance;  ///< from the floats to x*
  /// Every critical point within this distance of the floats is x*, or the image of x* under isometries that keep the
  /// loss. 0: not proved.
  Rational alone = 0;
  NearbyProof proof;
  std::optional<RationalVector> better;  ///< with a loss that is certainly lower, of a local minimizer
};

struct NearbyAnswer {
  std::optional<NearbyPoint> point;
  std::string reason;  ///< why there is none
  Rational empty = 0;  ///< no critical point within
};

/// More parameters are not tried: the proof takes O(n^3) exact operations.
inline constexpr Index most_parameters = 600;

/// \param x  where the floats are; the loss is defined there
[[nodiscard]] NearbyAnswer critical_point_near(const symmetry::Loss& loss, const RationalVector& x);

/// A ball without critical points: v = grad f(x0) has <v, grad f(x)> >= |v|^2 - rho |Hess f v| > 0 on it.
[[nodiscard]] Rational radius_without_critical_point(const symmetry::Loss& loss, const RationalVector& x);

}  // namespace rankscape::near
