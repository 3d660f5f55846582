#include "near/report.hpp"

#include <algorithm>
#include <optional>

#include "near/fit.hpp"
#include "near/neighbours.hpp"

namespace rankscape::near {

Answer analyse(const Problem& problem, int strata) {
  const Network& network = problem.network;
  Answer answer;
  const Products products(network);
  const Proposer proposer(network, offsets_of(problem));
  const std::vector<Proposer::Proposal> sets = proposer.selections(products);
  const Selection& first = sets.front().S;
  const SelectionBounds bounds(network, products);
  const Rational only_radius = bounds.radius(first);
  if (only_radius > 0) answer.only = first;
  answer.by_strings = strings_radius(network, products, only_radius, static_cast<long>(first.size()));
  // a ball about the user's weights lies in a larger one of the network
  answer.only_radius = only_radius / problem.stretch;
  answer.by_gradient = gradient_radius(network, products) / problem.stretch;
  answer.by_strings.radius /= problem.stretch;
  for (const Proposer::Proposal& proposal : sets) {
    const Selection& S = proposal.S;
    if (S != first && !answer.found.empty()) {
      const Rational& best = answer.found.front().above;
      if (proposal.cost > best.convert_to<double>() || bounds.excludes(S, best * kappa * problem.stretch)) continue;
    }
    const auto certify = [&](const Proposer::Fit& fit) {
      const Stratum& stratum = fit.point.stratum;
      const auto above = distance_above(problem, fit.point);
      if (!above) return;
      Certified certified{fit.point, inertia_of(network, S, stratum), verdict_of(network, S, stratum), 0, *above};
      const Rational others = S == first ? Rational(0) : answer.only_radius;
      certified.below =
          std::max({Rational(distance_below(network, products, static_cast<long>(S.size()), stratum) / problem.stretch),
                    answer.empty_radius(), others});
      certified.inertia.zero += problem.added.zero;
      certified.inertia.positive += problem.added.positive;
      answer.found.push_back(std::move(certified));
    };
    std::vector<Proposer::Fit> fitted;
    for (const Stratum& stratum : proposer.strata(S)) {
      Proposer::Fit fit = proposer.fit(S, stratum);
      if (fit.condition > worst_condition || fit.point.G.empty()) continue;
      certify(fit);
      fitted.push_back(std::move(fit));
    }
    if (const auto better = nearer(proposer, S, std::move(fitted), strata)) certify(*better);
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
