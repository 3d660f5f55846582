#pragma once
// The cases of several scopes, each once, the small ones first, and a way to go through them on several threads whose
// outcome does not depend on how many there are.

#include <rankscape/landscape.hpp>

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <functional>
#include <thread>

namespace rankscape::explore {

using Recipes = std::vector<std::unique_ptr<const Recipe>>;

struct CaseGroup {
  Index parameters = 0;
  Recipes recipes;
};

/// Cases of the scopes, then `more` (asked for when the scopes are not too large). Those with as many parameters are a
/// group; groups in increasing order. \throws InputError  more than most_cases cases
[[nodiscard]] std::vector<CaseGroup> case_groups(
    const Landscape& landscape, const std::vector<Scope>& scopes, std::uint64_t seed,
    const std::function<Recipes()>& more = [] { return Recipes(); });

[[nodiscard]] inline unsigned threads(unsigned jobs) {
  return jobs != 0 ? jobs : std::max(1U, std::thread::hardware_concurrency());
}

/// outcome(k) for k < count on several threads; then take(k, outcome) for all k in order, on this one. Outcomes are
/// made and taken in portions, so that their number stays bounded.
template <class Outcome, class Take>
void in_order(std::size_t count, unsigned jobs, const Outcome& outcome, const Take& take) {
  using Result = decltype(outcome(std::size_t{0}));
  constexpr std::size_t portion = 256;
  const oneapi::tbb::global_control limit(oneapi::tbb::global_control::max_allowed_parallelism, threads(jobs));
  for (std::size_t first = 0; first < count; first += portion) {
    const std::size_t size = std::min(portion, count - first);
    std::vector<Result> results(size);
    oneapi::tbb::parallel_for(std::size_t{0}, size, [&](std::size_t k) { results[k] = outcome(first + k); });
    for (std::size_t k = 0; k < size; ++k)
      take(first + k, results[k]);
  }
}

}  // namespace rankscape::explore
