#include "near/report.hpp"

#include <algorithm>

#include "near/fit.hpp"

namespace rankscape::near {

namespace {
constexpr double worst_condition = 1e12;  // beyond it the infimum lies in a lower stratum
}

Answer analyse(const Network& network) {
  Answer answer;
  const Products products(network);
  const Proposer proposer(network);
  const std::vector<Selection> sets = proposer.selections();
  answer.only_radius = selection_radius(network, products, sets.front());
  if (answer.only_radius > 0) answer.only = sets.front();
  answer.by_gradient = gradient_radius(network, products);
  answer.by_strings = strings_radius(network, products, answer.only_radius, static_cast<long>(sets.front().size()));
  for (const Selection& S : sets) {
    if (S != sets.front() && answer.only && !answer.found.empty() &&
        answer.found.front().above * kappa < answer.only_radius)
      continue;
    for (const Stratum& stratum : proposer.strata(S)) {
      const Proposer::Fit fit = proposer.fit(S, stratum);
      if (fit.condition > worst_condition || fit.point.G.empty()) continue;
      const auto above = distance_above(network, fit.point);
      if (!above) continue;
      Certified certified{fit.point, inertia_of(network, S, stratum), verdict_of(network, S, stratum), 0, *above};
      const Rational others = S == sets.front() ? Rational(0) : answer.only_radius;
      certified.below = std::max(
          {distance_below(network, products, static_cast<long>(S.size()), stratum), answer.empty_radius(), others});
      answer.found.push_back(std::move(certified));
    }
    std::stable_sort(answer.found.begin(), answer.found.end(),
                     [](const Certified& a, const Certified& b) { return a.above < b.above; });
  }
  for (std::size_t k = 1; k < answer.found.size(); ++k) {
    const Certified& c = answer.found[k];
    if (c.above <= answer.found.front().above * kappa &&
        c.inertia.zero > answer.found[answer.most_degenerate].inertia.zero)
      answer.most_degenerate = k;
  }
  return answer;
}

}  // namespace rankscape::near
