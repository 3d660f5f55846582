#include "near/neighbours.hpp"

#include <algorithm>
#include <limits>

namespace rankscape::near {

namespace {

bool known(const std::vector<Stratum>& list, const Stratum& stratum) {
  return std::find(list.begin(), list.end(), stratum) != list.end();
}

// Without the strings in `less`, with those in `more`.
Stratum changed(Stratum stratum, const std::vector<String>& less, const std::vector<String>& more) {
  for (const String& s : less) {
    const auto at = stratum.multiplicity.find(s);
    if (--at->second == 0) stratum.multiplicity.erase(at);
  }
  for (const String& s : more)
    ++stratum.multiplicity[s];
  return stratum;
}

}  // namespace

std::vector<Stratum> neighbours(const Stratum& stratum) {
  const int nodes = stratum.layers + 1;
  const std::vector<String> admissible = deep_linear::admissible_strings(stratum.layers);
  const auto allowed = [&](const String& s) {
    return std::find(admissible.begin(), admissible.end(), s) != admissible.end();
  };
  std::vector<Stratum> list;
  const auto add = [&](Stratum&& other) {
    if (!known(list, other)) list.push_back(std::move(other));
  };
  for (const auto& [s, count] : stratum.multiplicity) {
    for (int k = 1; k < s.length; ++k) {
      const String first{s.start, k};
      const String second{(s.start + k) % nodes, s.length - k};
      if (allowed(first) && allowed(second)) add(changed(stratum, {s}, {first, second}));
    }
    for (const auto& [next, others] : stratum.multiplicity) {
      if (next.start != (s.start + s.length) % nodes || (next == s && count < 2)) continue;
      const String joined{s.start, s.length + next.length};
      if (allowed(joined)) add(changed(stratum, {s, next}, {joined}));
    }
  }
  return list;
}

std::optional<Proposer::Fit> nearer(const Proposer& proposer, const Selection& S, std::vector<Proposer::Fit> fitted,
                                    int fits) {
  std::vector<Stratum> tried;
  double least = std::numeric_limits<double>::infinity();
  for (const Proposer::Fit& fit : fitted) {
    tried.push_back(fit.point.stratum);
    least = std::min(least, fit.distance);
  }
  std::optional<Proposer::Fit> best;
  while (fits > 0 && !fitted.empty()) {
    const auto here = std::min_element(fitted.begin(), fitted.end(),
                                       [](const auto& a, const auto& b) { return a.distance < b.distance; });
    const Stratum from = here->point.stratum;
    fitted.erase(here);
    for (const Stratum& stratum : neighbours(from)) {
      if (known(tried, stratum)) continue;
      if (fits-- <= 0) break;
      tried.push_back(stratum);
      Proposer::Fit fit = proposer.fit(S, stratum);
      if (fit.condition > worst_condition || fit.point.G.empty()) continue;
      if (fit.distance < least) {
        least = fit.distance;
        best = fit;
      }
      fitted.push_back(std::move(fit));
    }
  }
  return best;
}

}  // namespace rankscape::near
