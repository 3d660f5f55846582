#include "native/deep_linear/critical_values.hpp"

#include <doctest/doctest.h>

#include <rankscape/error.hpp>
#include <set>

using namespace rankscape;
using namespace rankscape::deep_linear;

namespace {

RationalMatrix diagonal(const std::vector<Rational>& entries) {
  RationalMatrix a = RationalMatrix::Zero(static_cast<Index>(entries.size()), static_cast<Index>(entries.size()));
  for (std::size_t i = 0; i < entries.size(); ++i)
    a(static_cast<Index>(i), static_cast<Index>(i)) = entries[i];
  return a;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("rational eigenvalues: sums over all sets, coincidences marked") {
    const auto values = critical_values(diagonal({3, 2, 1}), 2);
    REQUIRE(values.size() == 7);  // C(3,0) + C(3,1) + C(3,2)
    CHECK(values[0].S.empty());
    CHECK(values[0].selected.rational() == Rational(0));
    CHECK(values[4].S == std::vector<int>{1, 2});
    CHECK(values[4].selected.rational() == Rational(5));
    CHECK(values[4].distinct == 0);  // the global minimum
    // {1} and {2, 3} select 3 both
    CHECK(values[1].distinct == values[6].distinct);
    std::set<std::size_t> distinct;
    for (const auto& value : values)
      distinct.insert(value.distinct);
    CHECK(distinct.size() == 6);
  }

  TEST_CASE("irrational eigenvalues: rational sums and coincidences are found exactly") {
    // 2 +- sqrt 2 and 4: {1, 3} sums to 4 and coincides with {2}... in decreasing order 4, 2 + sqrt 2, 2 - sqrt 2
    RationalMatrix sigma = RationalMatrix::Zero(3, 3);
    sigma(0, 0) = 3;
    sigma(1, 1) = 1;
    sigma(0, 1) = sigma(1, 0) = 1;
    sigma(2, 2) = 4;
    const auto values = critical_values(sigma, 3);
    REQUIRE(values.size() == 8);
    const auto find = [&](const std::vector<int>& S) -> const CriticalValue& {
      for (const auto& value : values) {
        if (value.S == S) return value;
      }
      throw std::logic_error("no such set");
    };
    CHECK(find({2, 3}).selected.rational() == Rational(4));
    CHECK(find({2, 3}).distinct == find({1}).distinct);
    CHECK_FALSE(find({2}).selected.rational().has_value());
    CHECK(find({2}).distinct != find({3}).distinct);
    CHECK(find({1, 2, 3}).selected.rational() == Rational(8));
    CHECK(find({1, 2, 3}).distinct == 0);
    const Enclosure root = find({2}).selected.enclose(parse_rational("1e-20"));
    CHECK(root.lo <= parse_rational("3.414213562373095048801689"));  // 2 + sqrt 2
    CHECK(root.hi >= parse_rational("3.414213562373095048801688"));
    CHECK(root.lo > parse_rational("3.4142135623730950"));
    CHECK(root.hi < parse_rational("3.4142135623730951"));
  }

  TEST_CASE("the additive compound of a diagonal matrix has the subset sums on its diagonal") {
    const RationalMatrix compound = additive_compound(diagonal({5, 3, 1}), 2);
    CHECK(compound == diagonal({8, 6, 4}));
    // trace of the k-th compound: C(n-1, k-1) trace, also off the diagonal
    RationalMatrix a(3, 3);
    a << Rational(1), Rational(2), Rational(3), Rational(4), Rational(5), Rational(6), Rational(7), Rational(8),
        Rational(10);
    CHECK(trace(additive_compound(a, 2)) == 2 * trace(a));
    CHECK(additive_compound(a, 3)(0, 0) == trace(a));
    CHECK(additive_compound(a, 1) == a);
  }

  TEST_CASE("too many sets are refused") {
    CHECK_THROWS_AS(static_cast<void>(critical_values(RationalMatrix::Identity(18, 18), 2)), InputError);
  }
}
