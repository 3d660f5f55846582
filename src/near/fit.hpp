#pragma once
// Proposals, in double precision: which sets S and strata may be near the weights, and the parameters G of a critical
// point of one stratum that is nearest. Nothing here decides anything; distance_above does.

#include <vector>

#include "near/bounds.hpp"
#include "near/splitting.hpp"

namespace rankscape::near {

class Proposer {
 public:
  /// \param offsets  biases that belong to the distance
  explicit Proposer(const Network& network, std::optional<Offsets> offsets = std::nullopt);
  /// A set S, and about how far from the weights products are that allow it: no critical point with this S is nearer,
  /// up to rounding.
  struct Proposal {
    Selection S;
    double cost;
  };
  /// S by the sign of t_i - 1/2, t_i = u_i^T P Sxy u_i / lambda_i; then others, those first that cost little.
  [[nodiscard]] std::vector<Proposal> selections(const Products& products) const;
  /// Strata found by splitting strings off the weights while they cost more than a threshold to cut, for a grid of
  /// thresholds, from the most degenerate on.
  [[nodiscard]] std::vector<Stratum> strata(const Selection& S) const;
  /// Every hidden string of length one: all blocks outside the product vanish.
  [[nodiscard]] Stratum collapsed(const Selection& S) const;

  struct Fit {
    CriticalPoint point;
    double distance = 0;
    double condition = 0;  ///< the largest of the conditions of the G_h
  };
  /// Levenberg-Marquardt on the group, from the strings of the weights.
  [[nodiscard]] Fit fit(const Selection& S, const Stratum& stratum) const;

 private:
  [[nodiscard]] Frame frame(const Selection& S) const;
  [[nodiscard]] Splitter splitter_for(const Frame& frame) const;
  [[nodiscard]] std::vector<Real> towards(const Frame& frame) const;

  const Network& network_;
  std::optional<Offsets> offsets_;
  std::vector<Real> W_;
  Real sxy_, P_, P_plus_, null_rows_, Q_;
  Real C_;  // null_rows C = 1, P_* C = 0
  std::vector<double> lambda_;
};

}  // namespace rankscape::near
