// The order of the strata against the ranks of products of exact matrices.
#include "native/deep_linear/rank_order.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <numeric>

#include "native/recipes.hpp"

using namespace rankscape;
using namespace rankscape::deep_linear;

namespace {

/// Ranks of all products of consecutive factors in the cycle W_1, ..., W_H, Sxy with at most one turn, from the
/// matrices themselves.
std::vector<Index> ranks_of_products(const Instance& instance) {
  const DeepLinearAdvice& at = test::advice(instance);
  std::vector<RationalMatrix> cycle = instance.point().weights;
  cycle.push_back(at.sxy());
  std::vector<Index> ranks;
  for (std::size_t first = 0; first < cycle.size(); ++first) {
    RationalMatrix product = cycle[first];
    for (std::size_t more = 1; more <= cycle.size() - 1; ++more) {
      ranks.push_back(rank(product));
      product = multiply(cycle[(first + more) % cycle.size()], product);
    }
  }
  return ranks;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("s <= t exactly when no product of factors has larger rank at a point of s than at one of t") {
    const Landscape& networks = test::landscape("deep-linear");
    for (const Widths& widths : std::vector<Widths>{{2, 2, 2}, {3, 2, 2}, {2, 2, 2, 2}, {3, 1, 2, 2}}) {
      const auto strata = ranked_strata(widths);
      const auto counts = count_strata(widths);
      REQUIRE(strata.size() == std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}));
      std::vector<std::vector<Index>> ranks;
      for (const RankedStratum& place : strata) {
        std::vector<int> S(static_cast<std::size_t>(place.r));
        std::iota(S.begin(), S.end(), 1);
        const auto instance =
            networks.instance(test::recipe(widths, S, place.stratum, Position::generic, "general")->build(20240611));
        ranks.push_back(ranks_of_products(*instance));
      }
      std::size_t comparable = 0;
      for (std::size_t i = 0; i < strata.size(); ++i) {
        for (std::size_t j = 0; j < strata.size(); ++j) {
          const bool expected =
              std::equal(ranks[i].begin(), ranks[i].end(), ranks[j].begin(), [](Index a, Index b) { return a <= b; });
          CAPTURE(to_string(strata[i].stratum));
          CAPTURE(to_string(strata[j].stratum));
          CHECK(ranks_at_most(strata[i], strata[j]) == expected);
          if (i != j) CHECK_FALSE((expected && ranks[i] == ranks[j]));  // ranks tell strata apart
          comparable += expected ? 1 : 0;
        }
      }
      CHECK(comparable > strata.size());
      CHECK(comparable < strata.size() * strata.size());
    }
  }
}
