// Critical points that no recipe built: found in floating point, recognized exactly.
#include "explore/numeric_points.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <rankscape/check/evidence.hpp>
#include <set>

#include "exact/simplest.hpp"
#include "landscapes.hpp"

using namespace rankscape;
using namespace rankscape::explore;

TEST_SUITE("quick") {
  TEST_CASE("the simplest rational nearby") {
    CHECK(simplest_near(0.0, 0.1) == 0);
    CHECK(simplest_near(0.05, 0.1) == 0);
    CHECK(simplest_near(0.5, 1e-9) == Rational(1, 2));
    CHECK(simplest_near(-0.5, 1e-9) == Rational(-1, 2));
    CHECK(simplest_near(0.3333, 0.001) == Rational(1, 3));
    CHECK(simplest_near(-0.3333, 0.001) == Rational(-1, 3));
    CHECK(simplest_near(3.14159265358979, 0.01) == Rational(22, 7));
    CHECK(simplest_near(3.14159265358979, 1e-6) == Rational(355, 113));
    CHECK(simplest_near(2.0, 1e-12) == 2);
    CHECK(simplest_near(1.95, 0.1) == 2);
    // nothing of smaller denominator lies in the interval: tried one by one
    for (const double x : {0.7071067811865476, -1.618033988749895, 12.345678}) {
      const double width = 1e-4;
      const Rational found = simplest_near(x, width);
      CHECK(abs(Rational(x) - found) <= Rational(width));
      for (long q = 1; Integer(q) < denominator(found); ++q) {
        const Rational scaled = Rational(x) * q;
        const Integer below = numerator(scaled) / denominator(scaled);  // towards zero
        for (long step = -1; step <= 1; ++step)
          CHECK(abs(Rational(below + step) / q - Rational(x)) > Rational(width));
      }
    }
  }

  TEST_CASE("many starts give exact critical points of several kinds") {
    const Landscape& model = test::landscape("deep-linear");
    Scope scope;
    scope.shapes = {{2, 2, 2}};
    scope.data = {"general"};
    scope.positions = {"aligned"};
    const auto recipes = model.cases(scope);
    const std::uint64_t seed = 20241123;
    CAPTURE(seed);
    Random random(seed);
    std::set<std::string> kinds;
    int recognized = 0;
    for (int start = 0; start < 40; ++start) {
      CAPTURE(start);
      const auto found = recognized_critical_point(model, recipes.front()->build(3), random);
      if (!found) continue;
      ++recognized;
      const auto instance = model.instance(*found);
      // no first-order term in the loss itself, whatever the direction
      Weights direction;
      for (const RationalMatrix& w : found->weights)
        direction.push_back(random_integers(w.rows(), w.cols(), 3, random));
      CHECK(instance->along({direction}, 1).at(1) == 0);
      kinds.insert(to_string(find_label(instance->labels(), "S")) +
                   to_string(find_label(instance->labels(), "stratum")));
    }
    CHECK(recognized >= 20);
    CHECK(kinds.size() >= 3);  // of four (S, stratum) cases
  }
}
