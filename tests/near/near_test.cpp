// near: readers of arrays, exact Farkas vectors, and critical points certified near planted and trained weights.
#include <doctest/doctest.h>

#include <rankscape/error.hpp>

#include "near/arrays.hpp"
#include "near/fit.hpp"
#include "near/report.hpp"
#include "near/simplex.hpp"

using namespace rankscape;
using namespace rankscape::near;

namespace {

std::string data_file(const std::string& name) {
  return std::string(RANKSCAPE_NEAR_DATA) + "/" + name + ".npz";
}

Network trained(const std::string& run, const std::string& step) {
  const auto data = read_arrays(data_file(run + "-data"));
  std::vector<RationalMatrix> weights;
  for (const NamedMatrix& array : read_arrays(data_file(run + "-step-" + step)))
    weights.push_back(array.value);
  const RationalMatrix xt = data[0].value.transpose();
  const RationalMatrix yt = data[1].value.transpose();
  return make_network(weights, multiply(data[0].value, xt), multiply(data[0].value, yt));
}

RationalMatrix diagonal(std::initializer_list<int> entries) {
  const auto n = static_cast<Index>(entries.size());
  RationalMatrix a = RationalMatrix::Zero(n, n);
  for (Index i = 0; i < n; ++i)
    a(i, i) = *(entries.begin() + i);
  return a;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("a linear program without solution has a Farkas vector, one with a solution has none") {
    const LinearProgram none{{{1, 1}, {1, 0}, {0, 1}}, {1, 1, 1}, {true, false, false}};
    CHECK(farkas_vector(none).has_value());
    const LinearProgram some{{{1, 1}, {1, 0}, {0, 1}}, {2, 1, 1}, {true, false, false}};
    CHECK_FALSE(farkas_vector(some).has_value());
  }

  TEST_CASE("a planted critical point comes back from perturbed weights") {
    RationalMatrix w1 = diagonal({3, 0, 0});
    RationalMatrix w2 = diagonal({1, 0, 0});
    const Rational moved(1, 1000000);
    w1(1, 2) += moved;
    w2(2, 1) -= moved;
    const RationalMatrix x = diagonal({1, 1, 1});
    const Network network = make_network({w1, w2}, x, diagonal({3, 2, 1}));
    const Answer answer = analyse(problem_of(network));
    REQUIRE(!answer.found.empty());
    REQUIRE(answer.only);
    CHECK(*answer.only == Selection{0});
    bool planted = false;
    for (const Certified& c : answer.found) {
      CHECK(c.below <= c.above);
      if (c.point.stratum != deep_linear::parse_stratum("1:1*2 2:2*2", 2)) continue;
      planted = true;
      // in this stratum the blocks that were moved vanish: sqrt(2) of that away, up to a rotation of second order
      CHECK(c.below * c.below <= 2 * moved * moved);
      CHECK(c.above * c.above >= 2 * moved * moved * Rational(999, 1000));
      CHECK(c.above * c.above <= 2 * moved * moved * Rational(1001, 1000));
    }
    CHECK(planted);
    CHECK(answer.found.front().above < 2 * moved);  // the planted point is sqrt(2) of that away
    CHECK(answer.empty_radius() < 2 * moved);
    CHECK(answer.found.front().verdict == Verdict::strict_saddle);
    // a wrong S is no critical point that is as near
    CriticalPoint wrong = answer.found.front().point;
    wrong.S = {1};
    const auto distance = distance_above(problem_of(network), wrong);
    CHECK((!distance || *distance > 1));
    CHECK_THROWS_AS(static_cast<void>(make_network({w1, w2}, diagonal({1, 1, 0}), x)), InputError);  // H2
  }
}

TEST_SUITE("standard") {
  TEST_CASE("checkpoints of runs: the saddles they sat on") {
    const Answer plateau = analyse(problem_of(trained("square", "013800")));
    REQUIRE(!plateau.found.empty());
    CHECK(*plateau.only == Selection{0, 1});
    CHECK(plateau.only_radius > Rational(876, 10000));
    bool collapsed = false;
    for (const Certified& c : plateau.found)
      if (c.inertia.negative == 0 && c.inertia.zero == 264) {
        collapsed = true;
        CHECK(c.verdict == Verdict::non_strict_saddle);
        CHECK(c.below >= Rational(15586223, 1000000000));
        CHECK(c.above <= Rational(15586228, 1000000000));
      }
    CHECK(collapsed);
    // theory: a search by branch and bound found 0.00815 here, the list of thresholds alone stops at 0.0104
    const Network slope = trained("narrow", "003800");
    const Answer listed = analyse(problem_of(slope));
    const Answer searched = analyse(problem_of(slope), 400);
    CHECK(searched.found.front().above < Rational(815, 100000));
    CHECK(listed.found.front().above > Rational(103, 10000));
    CHECK(searched.found.front().below <= searched.found.front().above);
    const Answer end = analyse(problem_of(trained("narrow", "160000")));
    CHECK(end.found.front().verdict == Verdict::global_minimizer);
    CHECK(end.found.front().above <= Rational(594, 100000000));
    CHECK(end.empty_radius() >= Rational(137, 100000000));  // what a prototype showed
    CHECK(end.empty_radius() <= end.found.front().above);
    CHECK(end.found.front().inertia.zero == 33);
    CHECK(end.only_radius > Rational(154, 1000));
  }
}
