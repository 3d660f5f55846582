#pragma once
// Networks with biases, and data that do not span their inputs, as networks of Theorem 2 (docs/near.md has the proofs):
//
// - a bias of the last layer (and any hidden ones): with data centred at their weighted mean the loss is that of the
//   network without biases plus (sum of the weights) |s|^2, where (W, b) -> (W, b_1, .., b_{H-1}, s) is a polynomial
//   diffeomorphism: critical points have s = 0 and free hidden biases;
// - a bias of the first layer alone: a row of ones below X, a column b_1 behind W_1;
// - X of rank less than dx: X = B X', W_1' = W_1 B, and what of W_1 vanishes on the columns of B is free.
//
// Each is an equivalence of landscapes, exactly; distances are between the weights that the user has.

#include <optional>
#include <string>
#include <vector>

#include "near/inputs.hpp"
#include "near/last_bias.hpp"
#include "near/network.hpp"

namespace rankscape::near {

struct Problem {
  Network network;                 ///< what is analysed
  RationalMatrix W1;               ///< the user's first layer, with its bias as a column where that is in the network
  RationalMatrix span;             ///< B, dx x rank X; no entries where X has full rank
  RationalMatrix span_inverse;     ///< B^+
  Rational span_inverse_norm = 1;  ///< at least its norm
  Rational stretch = 1;            ///< weights within rho of the user's are within stretch * rho in the network
  Samples samples;                 ///< the user's; empty for problem_of
  Inertia added;                   ///< eigenvalues of the user's Hessian beyond those of the network's
  std::vector<std::string> notes;  ///< what was reduced, a line each

  struct Centred {
    std::vector<std::optional<RationalMatrix>> b;  ///< the user's biases
    RationalMatrix x_mean;
    RationalMatrix y_mean;
  };
  std::optional<Centred> centred;  ///< where the last layer has a bias

  std::vector<std::optional<RationalMatrix>> biases;  ///< the user's, for each layer

  std::string open;  ///< why nothing can be proved; empty where something can
};

/// Without biases, and of data that span the inputs.
[[nodiscard]] Problem problem_of(Network network);

/// \throws InputError  shapes that do not fit, a hypothesis that fails, moments where biases need the means
[[nodiscard]] Problem reduce(const Inputs& inputs);

/// The biases as the fit needs them; nothing where none belongs to the distance.
[[nodiscard]] std::optional<Offsets> offsets_of(const Problem& problem);

/// A critical point of the user's loss: as Located, with biases where the last layer has one. What is free (hidden
/// biases, what of the first layer the samples do not meet) is chosen near the user's.
struct UserPoint {
  Located layers;
  std::vector<std::optional<RationalMatrix>> b;
  Rational bias_error = 0;  ///< at least ||b_H* - b[H - 1]||
  RationalMatrix unseen;    ///< in the first layer, zero on the span of the inputs; no entries where there is none
};
[[nodiscard]] std::optional<UserPoint> locate(const Problem& problem, const CriticalPoint& point);

/// An upper bound of the distance from the user's weights and biases to a critical point of their loss that belongs to
/// `point`; nothing when it is none.
[[nodiscard]] std::optional<Rational> distance_above(const Problem& problem, const CriticalPoint& point);

}  // namespace rankscape::near
