#pragma once
// All critical points of a small polynomial landscape at fixed data: components, what is known of each, and whether it
// is proved that there are no others.

#include "solve/components.hpp"
#include "solve/gauge.hpp"

namespace rankscape::critical_set {

struct SolveOptions {
  ProcessLimits limits;  ///< of each question to Singular
  bool certify = true;   ///< ask for a proof that the components are all
  bool gauge = false;    ///< modulo the symmetries of the loss that are found
  /// Real points only: sums of squares are used. Where that decides less than could be, also without.
  bool real = false;
  bool rank_drops = true;  ///< look for where the rank of the Hessian drops on a component
};

/// What is known of a loss everywhere.
struct LossBounds {
  bool coercive = false;          ///< sublevel sets are compact, so that there is a least value
  std::optional<Rational> floor;  ///< it does not fall below, as a sum of squares and a constant
};
[[nodiscard]] LossBounds bounds_of_loss(const Instance& instance, const System& system);

struct Solution {
  System system;
  std::vector<Normalization> gauge;  ///< none where it was not asked for
  std::vector<Slice> slices;         ///< one without equations where there is no gauge
  std::vector<Component> components;
  std::vector<Tree> trees;  ///< one for each slice
  /// Empty: it is proved that every complex critical point lies in a component (with a gauge: has one in its orbit that
  /// does), or every real one. Else why it is not.
  std::string incomplete;
  /// The loss has a least value, as sublevel sets are compact.
  bool coercive = false;
  /// A value that it is proved not to fall below, as a sum of squares and a constant.
  std::optional<Rational> floor;

  [[nodiscard]] bool complete() const { return incomplete.empty(); }
  /// The proof speaks of real points only.
  [[nodiscard]] bool real() const;
  /// Complete, every component has real points of every value or provably none, and every sample a verdict.
  [[nodiscard]] bool decided() const;
};

/// \throws InputError  no polynomial, or a domain that leaves out weights; NoSingular, NoProposal; DeadlineExceeded,
/// after three times the limit of a question (if real, six times)
[[nodiscard]] Solution solve(const Instance& instance, const SolveOptions& options);

}  // namespace rankscape::critical_set
