// Strata against independent knowledge: the counts of the theory, a brute-force enumeration, and counts of solutions of
// the cycle equations over finite fields (finite_field_test.cpp).
#include "native/deep_linear/strata.hpp"

#include <doctest/doctest.h>

#include <numeric>
#include <rankscape/error.hpp>
#include <set>

using namespace rankscape;
using namespace rankscape::deep_linear;

namespace {

std::uint64_t total(const std::vector<std::uint64_t>& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

std::vector<Stratum> list(const std::vector<long>& dimensions) {
  std::vector<Stratum> strata;
  for_each_stratum(dimensions, [&](const Stratum& stratum) { strata.push_back(stratum); });
  return strata;
}

// All multiplicity vectors by exhaustion, sharing nothing with the program's search.
std::set<std::string> brute_force(const std::vector<long>& dimensions) {
  const int layers = static_cast<int>(dimensions.size()) - 1;
  const int nodes = layers + 1;
  std::vector<std::pair<int, int>> strings;
  for (int a = 0; a < nodes; ++a) {
    for (int length = 1; length <= layers; ++length) {
      if ((a + length - 1) % nodes != layers) strings.emplace_back(a, length);
    }
  }
  CHECK(strings.size() == static_cast<std::size_t>(layers * layers));
  std::set<std::string> found;
  std::vector<long> left = dimensions;
  Stratum stratum{layers, {}};
  const std::function<void(std::size_t)> choose = [&](std::size_t k) {
    if (k == strings.size()) {
      for (const long x : left) {
        if (x != 0) return;
      }
      found.insert(to_string(stratum));
      return;
    }
    const auto [a, length] = strings[k];
    long most = 1000;
    for (int j = 0; j < length; ++j)
      most = std::min(most, left[static_cast<std::size_t>((a + j) % nodes)]);
    for (long count = 0; count <= most; ++count) {
      for (int j = 0; j < length; ++j)
        left[static_cast<std::size_t>((a + j) % nodes)] -= count;
      if (count > 0) stratum.multiplicity[{a, length}] = count;
      choose(k + 1);
      stratum.multiplicity.erase({a, length});
      for (int j = 0; j < length; ++j)
        left[static_cast<std::size_t>((a + j) % nodes)] += count;
    }
  };
  choose(0);
  return found;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("the numbers of strata of the theory come out") {
    struct Known {
      Widths widths;
      std::uint64_t strata;
    };
    for (const auto& known : std::vector<Known>{{{2, 2, 2}, 3},
                                                {{4, 3, 3}, 7},
                                                {{2, 2, 2, 2}, 16},
                                                {{3, 3, 3, 3}, 39},
                                                {{2, 2, 2, 2, 2}, 84},
                                                {{3, 3, 3, 3, 3}, 409},
                                                {{4, 4, 4, 4, 4, 4}, 26547}}) {
      CAPTURE(known.widths.size());
      CAPTURE(known.widths.front());
      CHECK(total(count_strata(known.widths)) == known.strata);
    }
  }

  TEST_CASE("more strata than a number: certain where it says so, and it says so where there are many") {
    // narrower widths never have more strata, which is what it goes by; by listing
    std::size_t narrower = 0;
    for (const Widths& widths :
         std::vector<Widths>{{2, 2, 2}, {4, 3, 3}, {3, 1, 2}, {5, 1, 4}, {3, 3, 3, 3}, {3, 2, 1, 2}, {2, 1, 3, 1, 2}}) {
      CAPTURE(widths.size());
      const std::size_t all = list(widths).size();
      REQUIRE(all == count_strata(widths).front());
      for (long cap = 1; cap < *std::max_element(widths.begin(), widths.end()); ++cap) {
        Widths capped = widths;
        for (long& d : capped)
          d = std::min(d, cap);
        const std::size_t fewer = list(capped).size();
        CHECK(fewer <= all);
        narrower += fewer < all ? 1 : 0;
        CHECK(has_more_strata(widths, fewer - 1));
      }
      CHECK_FALSE(has_more_strata(widths, all));
    }
    CHECK(narrower > 5);
    CHECK(has_more_strata(Widths(7, 9), 4'000'000));
    // Width 1: the outer string that ends at node b and starts at a leaves k = a - 1 - b >= 1 nodes, in H - k places,
    // to be cut into strings in 2^(k-1) ways; the sum is 2^H - H - 1.
    for (const std::uint64_t layers : {2, 3, 7, 20})
      CHECK(count_strata(Widths(layers + 1, 1)).front() == (std::uint64_t{1} << layers) - layers - 1);
    CHECK_FALSE(has_more_strata(Widths(6, 4), 26547));
  }

  TEST_CASE("enumeration, counting and brute force agree rank by rank") {
    for (const Widths& widths :
         std::vector<Widths>{{2, 2, 2}, {4, 3, 3}, {3, 1, 2}, {2, 2, 2, 2}, {3, 2, 1, 2}, {2, 1, 2, 1, 2}}) {
      const auto by_rank = count_strata(widths);
      for (std::size_t r = 0; r < by_rank.size(); ++r) {
        std::vector<long> dimensions = widths;
        for (long& d : dimensions)
          d -= static_cast<long>(r);
        const auto strata = list(dimensions);
        std::set<std::string> names;
        for (const Stratum& s : strata) {
          names.insert(to_string(s));
          CHECK(s.node_dimensions() == dimensions);
        }
        CHECK(names.size() == strata.size());
        CHECK(by_rank[r] == strata.size());
        CHECK(names == brute_force(dimensions));
      }
    }
  }

  TEST_CASE("a stratum is recovered from its own path numbers, and impossible numbers are refused") {
    const auto all = list({3, 2, 3, 2});
    REQUIRE(!all.empty());
    for (const Stratum& s : all) {
      const auto found = stratum_from_ranks(3, [&](int a, int length) { return s.passing(a, length); });
      REQUIRE(found.has_value());
      CHECK(*found == s);
    }
    // one string through node 1 and two through the segment 1, 2: negative multiplicity
    const auto nonsense = stratum_from_ranks(3, [](int, int length) { return length == 1 ? 1L : 2L; });
    CHECK_FALSE(nonsense.has_value());
    // everything stops at the output node: M would not be injective
    const auto not_injective = stratum_from_ranks(2, [](int a, int length) { return a == 2 && length == 1 ? 1L : 0L; });
    CHECK_FALSE(not_injective.has_value());
  }

  TEST_CASE("text form reads back; malformed text is refused") {
    const auto all = list({2, 2, 2, 2});
    REQUIRE(!all.empty());
    for (const Stratum& s : all)
      CHECK(parse_stratum(to_string(s), 3) == s);
    for (const char* bad : {"0", "0:1", "0:1*0", "9:1*1", "0:4*1", "3:1*1", "0:1*1 0:1*1", "a:1*1", "0:1*1x",
                            "0:1*99999999999999999999"}) {
      CAPTURE(bad);
      CHECK_THROWS_AS(static_cast<void>(parse_stratum(bad, 3)), InputError);
    }
  }

  TEST_CASE("shortest chains by exhaustion over all sets of layers") {
    for (const std::vector<long>& dimensions :
         std::vector<std::vector<long>>{{2, 2, 2, 2}, {2, 1, 2, 1, 1}, {2, 2, 1, 2, 2}}) {
      const int layers = static_cast<int>(dimensions.size()) - 1;
      for (const Stratum& s : list(dimensions)) {
        std::size_t least = 0;
        for (unsigned subset = 1; subset < (1U << static_cast<unsigned>(layers)); ++subset) {
          std::vector<int> chain;  // decreasing
          for (int h = layers; h >= 1; --h) {
            if ((subset >> static_cast<unsigned>(h - 1) & 1U) != 0) chain.push_back(h);
          }
          if (chain.size() < 2) continue;
          bool nonzero = s.passing(chain.front(), layers - chain.front() + 1 + chain.back()) > 0;
          for (std::size_t l = 1; l < chain.size(); ++l)
            nonzero = nonzero && s.passing(chain[l], chain[l - 1] - chain[l]) > 0;
          if (nonzero && (least == 0 || chain.size() < least)) least = chain.size();
        }
        const auto found = shortest_chain(s);
        CAPTURE(to_string(s));
        CHECK((found ? found->size() : 0) == least);
      }
    }
  }

  TEST_CASE("absurd widths are refused") {
    CHECK_THROWS_AS(check_widths({2, 2}), InputError);
    CHECK_THROWS_AS(check_widths({2, 0, 2}), InputError);
    CHECK_THROWS_AS(check_widths({2, 2, 3}), InputError);
    CHECK_THROWS_AS(check_widths({2000, 2, 1}), InputError);
    CHECK_THROWS_AS(static_cast<void>(count_strata({100, 100, 100, 100, 100})), InputError);
    CHECK_NOTHROW(check_widths({3, 1, 2}));
  }
}

TEST_SUITE("standard") {
  TEST_CASE("twelve layers are counted without listing, and the count has the known prefix") {
    const auto by_rank = count_strata(Widths(13, 2));
    CHECK(by_rank.size() == 3);
    CHECK(by_rank[2] == 1);  // r = rmax: nothing is left
    // one-dimensional nodes: a set of strings that partitions the cycle; by exhaustion over the arrows that are cut
    std::uint64_t expected = 0;
    for (unsigned cut = 0; cut < (1U << 12U); ++cut) {
      // arrow M : 12 -> 0 is never cut, Z_h : h-1 -> h is cut when bit h-1 is set; (C) asks for lengths <= 12, so at
      // least one cut does not suffice: a single cut leaves one string of 13 nodes
      if (__builtin_popcount(cut) >= 2) ++expected;
    }
    CHECK(by_rank[1] == expected);
  }
}
