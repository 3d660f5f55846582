// Cutting a string or joining two: which strata are next to which, over all strata that there are.
#include "near/neighbours.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

using namespace rankscape;
using near::neighbours;
using near::Stratum;

TEST_SUITE("quick") {
  TEST_CASE("neighbours keep the node dimensions, are mutual, and lead from the collapsed stratum everywhere") {
    const std::vector<std::vector<long>> shapes{{1, 1, 1}, {2, 1, 2}, {2, 2, 1}, {2, 2, 2, 1}, {1, 1, 1, 1, 1}};
    std::size_t most = 0;
    for (const std::vector<long>& dimensions : shapes) {
      std::vector<Stratum> all;
      deep_linear::for_each_stratum(dimensions, [&](const Stratum& stratum) { all.push_back(stratum); });
      REQUIRE(!all.empty());
      most = std::max(most, all.size());
      const auto position = [&](const Stratum& stratum) {
        return static_cast<std::size_t>(std::find(all.begin(), all.end(), stratum) - all.begin());
      };
      for (const Stratum& stratum : all) {
        for (const Stratum& other : neighbours(stratum)) {
          CHECK(other.node_dimensions() == dimensions);
          REQUIRE(position(other) < all.size());
          const auto back = neighbours(other);
          CHECK(std::find(back.begin(), back.end(), stratum) != back.end());
        }
      }
      std::vector<bool> reached(all.size());
      std::vector<std::size_t> waiting{0};
      reached[0] = true;
      while (!waiting.empty()) {
        const std::size_t at = waiting.back();
        waiting.pop_back();
        for (const Stratum& other : neighbours(all[at])) {
          const std::size_t k = position(other);
          if (!reached[k]) waiting.push_back(k);
          reached[k] = true;
        }
      }
      CHECK(std::count(reached.begin(), reached.end(), false) == 0);
    }
    CHECK(most > 10);
  }
}
