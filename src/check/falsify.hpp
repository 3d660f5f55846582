#pragma once
// Looks for a descent of lower order than the one that is certified. That none exists is a conjecture for deep linear
// networks (docs/mathematics.md); what is found here is exact and refutes it, what is not found proves nothing.
//
// At a critical point with positive semidefinite Hessian only directions V in its kernel can descend, at order 3 or
// more: L(W + tV + t^2 U) - L(W) = t^2 q(V) + t^3 (c(V) + <Hess V, U>) + ..., and q(V) = 0 means Hess V = 0. Tried are
//
//  - lines W + tV: vectors of a null basis, and random combinations of few and of all of them;
//  - curves W + tV + t^2 U: U random, and U with Hess U = -grad c(V), which makes the coefficient of t^4 least for the
//    given V. Where no such U exists, grad c(V) is not orthogonal to the kernel: then a line V + s b descends at order
//    3, and is tried.

#include <rankscape/check/evidence.hpp>

#include <cstdint>

namespace rankscape {

struct FalsifyOptions {
  std::uint64_t seed = 1;
  int lines = 36;   ///< lines with random coefficients, beside some of the null basis itself
  int curves = 12;  ///< directions V that get curves, each with four U
};

struct Attempts {
  int least_order = 0;  ///< least order of the descents tried, the certified one included; 0: there is none
  /// What attains it when it is lower than the certified one: {V} or {V, U}; else empty.
  std::vector<Weights> curve;
  std::vector<Rational> coefficients;  ///< of the loss along `curve`
  int lines = 0;                       ///< how many were tried; none where no lower order is possible
  int curves = 0;
};

/// Deterministic in the point and the seed.
/// \pre escape_order(evidence) has a value, evidence belongs to instance
/// Cost: about (lines + 4 curves) * degree exact evaluations of the loss; nothing at orders 2 and 3, below which there
/// is none.
[[nodiscard]] Attempts try_lower_orders(const Instance& instance, const Evidence& evidence,
                                        const FalsifyOptions& options = {});

/// Which way a curve is to go.
enum class Way : signed char { down = -1, up = 1 };

/// The same search where no descent is known, or no ascent: ends with the first one found, of any order.
/// \param hessian  at the point; positive semidefinite, negative semidefinite for an ascent
[[nodiscard]] Attempts find_curve(const Instance& instance, const RationalMatrix& hessian, Way way,
                                  const FalsifyOptions& options = {});

}  // namespace rankscape
