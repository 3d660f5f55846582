#pragma once
// Proofs that the zeros of an ideal are not real.

#include "solve/components.hpp"

namespace rankscape::critical_set {

/// Weights >= 0, that of the first > 0, with which these polynomials sum to zero.
[[nodiscard]] std::optional<std::vector<Rational>> vanishing_combination(const Polynomials& polynomials);

/// constant + sum of weights times squares in the ideal, found by an exact linear program on remainders; squares of
/// the unknowns, of their products by twos, and of `others`. Nothing: none of this form was found.
[[nodiscard]] std::optional<Positive> positive_combination(const Polynomials& generators, std::size_t unknowns,
                                                           const Polynomials& others, PolynomialRing& ring);

/// What is squared where the loss is a sum of squares with positive weights, as far as its program shows it; and of
/// what kind the sum is.
struct SquaresOfLoss {
  Polynomials squares;         ///< without constants
  bool bounded_below = false;  ///< the loss is a constant and all of them, with weights > 0
  Rational least = 0;          ///< that constant: where the loss takes it, it is least
  bool coercive = false;  ///< and among them are all unknowns: sublevel sets are compact, a least value is attained
};
[[nodiscard]] SquaresOfLoss squares_of_loss(const Instance& instance, PolynomialRing& ring);

}  // namespace rankscape::critical_set
