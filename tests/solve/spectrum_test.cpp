// What is said of the Hessian on a whole component, against losses whose Hessians are known at all their critical
// points.
#include "solve/spectrum.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "solve/with_singular.hpp"

using namespace rankscape;
using namespace rankscape::test;
using critical_set::Spectrum;
using Json = nlohmann::json;

namespace {

critical_set::Polynomials ideal_of(const std::vector<std::string>& texts, std::size_t unknowns) {
  critical_set::Polynomials all;
  for (const std::string& text : texts)
    all.push_back(*critical_set::parse_polynomial(text, unknowns));
  return all;
}

Spectrum spectrum_of(const std::string& loss, const std::vector<std::string>& ideal, std::size_t unknowns) {
  const auto polynomial = critical_set::parse_polynomial(loss, unknowns);
  critical_set::Polynomials gradient;
  for (std::size_t k = 0; k < unknowns; ++k)
    gradient.push_back(critical_set::derivative(*polynomial, k));
  return critical_set::spectrum_on(gradient, ideal_of(ideal, unknowns));
}

Json components_found(const std::string& loss) {
  const Outcome outcome = shell("rankscape solve --json - --loss '" + loss + "'");
  CAPTURE(outcome.err);
  REQUIRE((outcome.code == 0 || outcome.code == 3));
  return Json::parse(outcome.out)["components"];
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("the signs of the characteristic polynomial are the inertia of a whole component, connected or not") {
    // (x y - 1)^2 on its minimizers, two branches: eigenvalues 0 and 2 (x^2 + y^2)
    const Spectrum hyperbola = spectrum_of("x1^2*x2^2-2*x1*x2+1", {"x1*x2-1"}, 2);
    CHECK(!hyperbola.constant());
    CHECK(hyperbola.inertia() == Inertia{0, 1, 1});
    CHECK(!hyperbola.negative());
    // its negative
    const Spectrum below = spectrum_of("2*x1*x2-x1^2*x2^2", {"x1*x2-1"}, 2);
    CHECK(below.inertia() == Inertia{1, 1, 0});
    CHECK(below.negative());
    // x^2 - y^2 in three unknowns: numbers
    const Spectrum saddle = spectrum_of("x1^2-x2^2", {"x1", "x2"}, 3);
    CHECK(saddle.constant());
    CHECK(saddle.inertia() == Inertia{1, 1, 1});
    // a sign that is not the same at all points is not claimed: z x^2 on the line of z, and z^2 x^2, which is zero at 0
    CHECK(!spectrum_of("x1^2*x2", {"x1"}, 2).inertia());
    CHECK(!spectrum_of("x1^2*x2^2", {"x1"}, 2).inertia());
    CHECK(!spectrum_of("x1^2*x2^2-3*x1^2", {"x1"}, 2).inertia());
    CHECK(spectrum_of("x1^2*x2^2+3*x1^2", {"x1"}, 2).inertia() == Inertia{0, 1, 1});
    // (y^2 - 1)^2 + 1 takes a difference of monomials
    CHECK(spectrum_of("x1^2*x2^4-2*x1^2*x2^2+2*x1^2", {"x1"}, 2).inertia() == Inertia{0, 1, 1});
    CHECK(!spectrum_of("x1^2*x2^4-2*x1^2*x2^2+x1^2", {"x1"}, 2).inertia());
  }

  TEST_CASE("where the inertia changes on a component: the points are found, and that there are no others is proved") {
    if (!has_singular()) return;
    // the line of y: second derivative 2 (y^2 - 1) in x
    const Json line = components_found("x^2*(y^2 - 1) + x^4");
    REQUIRE(line.size() >= 1);
    CHECK(line[0]["dimension"] == 1);
    CHECK(line[0]["constant_inertia"] == false);
    CHECK(line[0]["constant_rank"] == false);
    CHECK(line[0]["rank_drops"]["complete"] == true);
    std::multiset<Json> where;
    for (const Json& drop : line[0]["rank_drops"]["components"]) {
      CHECK(drop["dimension"] == 0);
      for (const Json& sample : drop["samples"]) {
        where.insert(sample["at"]);
        CHECK(sample["inertia"] == Json({{"neg", 0}, {"zero", 2}, {"pos", 0}}));
      }
    }
    CHECK(where == std::multiset<Json>{Json::array({"0", "-1"}), Json::array({"0", "1"})});
    // x y z = 1: the rank is 1 at all real points, as three squares do not vanish together; complex ones where it drops
    const Json surface = components_found("(x*y*z - 1)^2");
    CHECK(surface[0]["dimension"] == 2);
    CHECK(surface[0]["constant_rank"] == true);
    // the plane of y and z, and the two lines y^2 = z^2 in it
    const Json cone = components_found("x^2*(y^2 - z^2)");
    const Json& places = cone[0]["rank_drops"]["components"];
    CHECK(cone[0]["rank_drops"]["below"] == 1);
    CHECK(places.size() == 2);
    for (const Json& place : places)
      CHECK(place["dimension"] == 1);
  }

  TEST_CASE("a component of several conjugate values has a sample for each that is real") {
    if (!has_singular()) return;
    // 4/3 sqrt(2) and its negative, where x^2 = 2 and y is free; the second derivative in x is 16 (y^2 + 1) + 2 x
    const Json found = components_found("(x^2 - 2)^2*(y^2 + 1) + x^3/3 - 2*x");
    CHECK(found[0]["dimension"] == 1);
    CHECK(found[0]["value"] == Json::array({"-32/9", "0", "1"}));
    CHECK(found[0]["constant_inertia"] == true);
    REQUIRE(found[0]["samples"].size() == 2);
    CHECK(found[0]["samples"][0]["value"]["lo"].get<std::string>().front() !=
          found[0]["samples"][1]["value"]["lo"].get<std::string>().front());
  }
}
