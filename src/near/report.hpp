#pragma once
// The answer of `rankscape near`: the candidates fitted and certified, and what is proved of all critical points.

#include <optional>
#include <vector>

#include "near/bounds.hpp"
#include "near/reduction.hpp"

namespace rankscape::near {

struct Certified {
  CriticalPoint point;
  Inertia inertia;
  Verdict verdict = Verdict::undecided;
  Rational below;  ///< no point of this S and stratum is nearer
  Rational above;  ///< there is one within
};

struct Answer {
  std::vector<Certified> found;     ///< by upper bound of the distance
  std::size_t most_degenerate = 0;  ///< among those within kappa of the nearest, the one of the least Hessian rank
  EmptyRadius by_strings;
  Rational by_gradient;
  std::optional<Selection> only;  ///< within only_radius every critical point has this S
  Rational only_radius = 0;
  [[nodiscard]] Rational empty_radius() const { return std::max(by_strings.radius, by_gradient); }
};

inline constexpr long kappa = 4;

/// \param strata  how many more are tried, next to those that thresholds suggest, in search of a nearer point
[[nodiscard]] Answer analyse(const Problem& problem, int strata = 0);

}  // namespace rankscape::near
