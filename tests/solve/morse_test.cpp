// The Morse sum: of lists made by hand, where the truth is known; and of losses as a user has them.
#include "solve/morse.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>

#include "solve/infinity.hpp"
#include "solve/with_singular.hpp"

using namespace rankscape;
using namespace rankscape::test;
using critical_set::check_morse_sum;
using critical_set::Component;
using critical_set::Counted;
using critical_set::morse_sum;
using critical_set::Reality;
using critical_set::Sample;
using critical_set::Solution;

namespace {

// Two wells and the pass between them.
Counted double_well() {
  Counted counted;
  counted.coercive = true;
  counted.points.resize(3);
  for (critical_set::CountedPoint& point : counted.points)
    point.inertia.positive = 2;
  counted.points[1].inertia.positive = 1;
  counted.points[1].inertia.negative = 1;
  return counted;
}

Solution double_well_in_components() {
  Solution solution;
  solution.coercive = true;
  for (const auto& point : double_well().points) {
    Component& component = solution.components.emplace_back();
    component.reality = Reality::points;
    Sample& sample = component.samples.emplace_back();
    sample.has_inertia = true;
    sample.inertia = point.inertia;
  }
  return solution;
}

Json solution_of(const std::string& arguments) {
  const Outcome outcome = shell("rankscape solve --json - " + arguments);
  CAPTURE(outcome.err);
  REQUIRE((outcome.code == 0 || outcome.code == 3));
  return Json::parse(outcome.out);
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("the Morse sum of two wells and a pass is 1; without one of them, or with another index, it is an error") {
    CHECK(morse_sum(double_well())->sum == 1);
    CHECK_NOTHROW(check_morse_sum(morse_sum(double_well())));
    Counted counted = double_well();
    counted.points.pop_back();
    CHECK_THROWS_AS(check_morse_sum(morse_sum(counted)), InternalDisagreement);
    counted = double_well();
    counted.points[1].inertia.negative = 2;
    CHECK_THROWS_AS(check_morse_sum(morse_sum(counted)), InternalDisagreement);

    CHECK(morse_sum(double_well_in_components())->sum == 1);
    Solution solution = double_well_in_components();
    solution.components.erase(solution.components.begin() + 1);
    CHECK_THROWS_AS(check_morse_sum(morse_sum(solution)), InternalDisagreement);
  }

  TEST_CASE("the Morse sum is open where an inertia is, and says nothing of what Morse's theorem is not about") {
    Solution solution = double_well_in_components();
    solution.components[1].samples[0].has_inertia = false;
    REQUIRE(morse_sum(solution));
    CHECK(!morse_sum(solution)->sum);
    CHECK_NOTHROW(check_morse_sum(morse_sum(solution)));
    solution = double_well_in_components();
    solution.components[1].reality = Reality::open;
    CHECK(!morse_sum(solution)->sum);
    const auto silent = [](const auto& change) {
      Solution changed = double_well_in_components();
      changed.components.pop_back();
      change(changed);
      return !morse_sum(changed);
    };
    CHECK(silent([](Solution& s) { s.coercive = false; }));
    CHECK(silent([](Solution& s) { s.incomplete = "for a reason"; }));
    CHECK(silent([](Solution& s) { s.gauge.emplace_back(); }));
    CHECK(silent([](Solution& s) { s.components[0].dimension = 1; }));
    CHECK(silent([](Solution& s) { s.components[0].samples[0].inertia.zero = 1; }));
  }

  TEST_CASE("solve says the Morse sum of a proper loss with nondegenerate critical points, and of no other") {
    CHECK(solution_of("--count --loss 'x^4 + y^4 - x*y'")["morse_sum"] == 1);
    CHECK(shell("rankscape solve --count --loss 'x^4 + y^4 - x*y'").out.find("Morse sum 1, as it must be") !=
          std::string::npos);
    CHECK(!solution_of("--count --loss 'x^3 - 3*x'").contains("morse_sum"));
    if (!has_singular()) return;
    CHECK(solution_of("--loss '(x*y - 2)^2 + (x^2 + y^2)/4'")["morse_sum"] == 1);
    // sublevel sets are not compact: one saddle; degenerate
    CHECK(!solution_of("--loss 'x^2 + (x*y - 1)^2'").contains("morse_sum"));
    CHECK(!solution_of("--loss 'x^4 + y^2'").contains("morse_sum"));
  }

  TEST_CASE(
      "compact sublevel sets by what is at infinity: shown where the top form is regular, and not where it is not") {
    const auto regular = [](const std::string& text, std::size_t unknowns) {
      return critical_set::regular_at_infinity(*critical_set::parse_polynomial(text, unknowns), unknowns);
    };
    CHECK(regular("x1^2+x1", 1));
    CHECK(regular("x1^4+x2^4-x1*x2", 2));
    CHECK(regular("x1^4+x1^2*x2^2+1/3*x2^4", 2));
    CHECK(regular("x1^4+x2^4+x3^4+x4^4+x1^2*x2*x4", 4));
    CHECK(!regular("x1^2*x2^2+x1", 2));              // zero on both axes
    CHECK(!regular("x1^4+2*x1^2*x2^2+x2^4", 2));     // at (1, i)
    CHECK(!regular("x1^4-2*x1^2*x2^2+x2^4+x1", 2));  // at (1, 1): no least value
    CHECK(!regular("x1^4+x2^2", 2));
    CHECK(!regular("x1^4", 2));
    CHECK(!regular("3*x1", 1));
    if (!has_singular()) return;
    const std::string squares = "--loss '((x + y)^2 - 3)^2 + ((x - 2*y)^2 - 5)^2 + (x^2 - 1)^2'";
    const Json solved_here = solution_of(squares);
    CHECK(solved_here["compact_sublevel_sets"] == true);
    CHECK(solved_here["morse_sum"] == 1);
    // no sum of squares: below any bound along x = y
    CHECK(solution_of("--loss 'x^4 - 3*x^2*y^2 + y^4'")["compact_sublevel_sets"] == false);
  }
}
