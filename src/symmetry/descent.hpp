#pragma once
// Curves along which a loss falls (or rises), at critical points whose Hessian does not show it. At a critical point
// with positive semidefinite Hessian H only directions V in its kernel can descend, at order 3 or more. From V a curve
//
//     x(t) = x + t V + t^2 U_2 + t^3 U_3 + ..   with   H U_{m+1} = -(coefficient of t^{m+1} in the gradient so far)
//
// makes the gradient vanish to one order more with each step, and with U_2 .. U_m the coefficients up to t^{2m+1} are
// the least ones for this V. Where no such U exists, the gradient is not orthogonal to some vector b of the kernel, and
// the curve falls once s t^j b is added. What is found is exact; what is not found proves nothing.

#include <rankscape/exact/matrix.hpp>

#include <cstdint>
#include <optional>
#include <vector>

#include "symmetry/loss.hpp"

namespace rankscape::symmetry {

/// loss(x + t curve[0] + t^2 curve[1] + ..) - loss(x) = sum of coefficients[k] t^k + ..
struct Descent {
  CurveVectors curve;
  std::vector<Rational> coefficients;  ///< of t^0 (zero) .. t^order; only the last one is not zero
  int order = 0;
};

/// The exact series along a curve up to its first term. \return nothing when there is none up to `limit`
[[nodiscard]] std::optional<Descent> leading_term(const Loss& loss, const RationalVector& x, CurveVectors curve,
                                                  int limit);

/// Of a Lagrangian with so many multipliers: does the term of this order along the curve say what the loss does along a
/// feasible curve? With c = O(t^{m+1}), m >= 1, and the gradient of the Lagrangian by the weights O(t^e) it does up to
/// the order m + min(e, m + 1): the curve corrected to a feasible one changes no term up to there.
[[nodiscard]] bool decides_on_constraints(const Loss& lagrangian, const RationalVector& x, const CurveVectors& curve,
                                          Index multipliers, int order);

enum class Direction : unsigned char { down, up };

/// t -> -t.
[[nodiscard]] Descent reversed(Descent along);

/// The curve if it certainly goes in the direction, for t > 0 (an odd order is turned round).
[[nodiscard]] std::optional<Descent> directed(std::optional<Descent> along, Direction direction);

struct DescentOptions {
  std::uint64_t seed = 1;
  int lines = 36;              ///< with random coefficients, beside some of the null basis itself
  int curves = 12;             ///< directions V from which curves are grown
  int largest_order = 10;      ///< looked at
  Index largest_basis = 2000;  ///< parameters up to which a null basis is computed
  /// So many of the last coordinates are multipliers, the loss is a Lagrangian (program/lagrangian.hpp), and what is
  /// looked for are descents of its loss on the constraints: curves that are feasible as far as that is decided by
  /// them.
  Index multipliers = 0;
  int below = 0;  ///< only curves of lower order are looked for, as low as they get; 0: the first one will do
};

struct DescentAttempts {
  std::optional<Descent> best;  ///< of the least order, lower than `below`
  int lines = 0;                ///< how many were tried
  int curves = 0;
};

/// Deterministic in its arguments. Nothing is tried where `below` is 3: orders 1 and 2 are excluded. Cost: about lines
/// + 4 curves series of the loss and the gradient, and a null basis. \param hessian  at the critical point x,
/// semidefinite (>= 0 for `down`, <= 0 for `up`); nullptr: it is zero, so that
///                 nothing of size n x n is needed
[[nodiscard]] DescentAttempts find_descent(const Loss& loss, const RationalVector& x, const RationalMatrix* hessian,
                                           Direction direction = Direction::down, const DescentOptions& options = {});

}  // namespace rankscape::symmetry
