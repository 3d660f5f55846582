// What one statement says more or less than another at a point.
#include "explore/comparison.hpp"

#include <doctest/doctest.h>

using namespace rankscape;
using namespace rankscape::explore;

namespace {

Says allowing(VerdictSet allowed) {
  Says says;
  says.inside = Truth::yes;
  says.allowed = allowed;
  return says;
}

Says claiming(std::vector<std::optional<Truth>> claims) {
  Says says;
  says.inside = Truth::yes;
  says.claims = std::move(claims);
  return says;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("allowed classes: fewer is more") {
    const Says one = allowing({Verdict::strict_saddle});
    const Says two = allowing({Verdict::strict_saddle, Verdict::global_minimizer});
    const Says other = allowing({Verdict::global_minimizer});
    CHECK_FALSE(compare(one, one).more);
    CHECK_FALSE(compare(one, one).less);
    CHECK(compare(two, one).more);
    CHECK_FALSE(compare(two, one).less);
    CHECK(compare(one, two).less);
    CHECK_FALSE(compare(one, two).more);
    CHECK(compare(one, other).more);
    CHECK(compare(one, other).less);
  }

  TEST_CASE("claims: silence is less; true instead of false is less") {
    CHECK(compare(claiming({std::nullopt}), claiming({Truth::yes})).more);
    CHECK(compare(claiming({Truth::yes}), claiming({std::nullopt})).less);
    CHECK(compare(claiming({Truth::no}), claiming({Truth::yes})).less);
    CHECK(compare(claiming({Truth::yes}), claiming({Truth::no})).more);
    const Comparison same = compare(claiming({Truth::yes, Truth::no}), claiming({Truth::yes, Truth::no}));
    CHECK_FALSE(same.more);
    CHECK_FALSE(same.less);
    const Comparison silent = compare(claiming({std::nullopt}), claiming({std::nullopt}));
    CHECK_FALSE(silent.more);
    CHECK_FALSE(silent.less);
  }

  TEST_CASE("what is unclear on either side is unclear") {
    Says unclear = allowing(VerdictSet::all());
    unclear.unclear = true;
    CHECK(compare(unclear, allowing({})).unclear);
    CHECK(compare(allowing({}), unclear).unclear);
    CHECK_FALSE(compare(allowing({}), allowing({})).unclear);
  }
}
