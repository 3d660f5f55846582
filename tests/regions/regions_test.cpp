// Statements about all points of boxes: enclosures contain what is true at the points, certified claims are true ones,
// false ones are refuted by exact points, and the regions of the literature come out as docs/factorization.md says.

#include "regions/quantities.hpp"

#include <doctest/doctest.h>

#include <rankscape/error.hpp>

#include "exact/random.hpp"

using namespace rankscape;
using namespace rankscape::regions;

namespace {

Statement statement(const std::string& claim) {
  return Statement::parse(
      "format = \"rankscape-statement/1\"\nid = \"t\"\ntitle = \"t\"\nsource = \"t\"\nmodel = "
      "\"symmetric-factorization\"\n[[claim]]\nname = \"c\"\n" +
          claim + "\n[scope]\nsizes = [[1, 1]]\ndata = [\"equal\"]\n",
      "t", region_languages());
}

RegionResult examine(const std::string& claim, const std::vector<long>& sizes, const char* name,
                     std::uint64_t boxes = 3000) {
  const RegionData data = region_data(sizes, name);
  return examine_region(statement(claim), 0, SymmetricRegion(data), {standard_domain(data, 2)}, {.boxes = boxes});
}

RegionResult shipped(const char* id, std::size_t claim, const std::vector<long>& sizes, const char* name,
                     std::uint64_t boxes) {
  const Statement s =
      Statement::read(std::string(RANKSCAPE_SOURCE_DIR "/theorems/regions/") + id + ".toml", region_languages());
  const RegionData data = region_data(sizes, name);
  return examine_region(s, claim, SymmetricRegion(data), {standard_domain(data, 2)}, {.boxes = boxes});
}

std::vector<Enclosure> enclosures(const RegionData& data, const EnclosedMatrix& x) {
  const RegionSource source(data, x);
  const Rational width(1, 1'000'000'000'000);
  std::vector<Enclosure> values;
  for (std::size_t f = 0; f < region_features().size(); ++f) {
    const FeatureDeclaration& declaration = region_features()[f];
    if (declaration.result != Kind::real) continue;
    for (long i = 1; i <= (declaration.parameters.empty() ? 1 : data.k()); ++i) {
      std::vector<Value> arguments;
      if (!declaration.parameters.empty()) arguments.emplace_back(i);
      values.push_back(std::get<Real>(source.feature(f, arguments)).enclose(width));
    }
  }
  return values;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("what holds at points of a box lies in the enclosures over the box") {
    constexpr std::uint64_t seed = 99;
    CAPTURE(seed);
    Random random(seed);
    for (const auto& sizes : std::vector<std::vector<long>>{{1, 1}, {2, 1}, {4, 1}, {2, 2}, {3, 2}, {4, 2}}) {
      for (const char* name : {"equal", "graded"}) {
        const RegionData data = region_data(sizes, name);
        for (int trial = 0; trial < 8; ++trial) {
          EnclosedMatrix box(data.n, data.k());
          const Rational side(random.integer(1, 16), 8 << random.integer(0, 4));
          for (Enclosure& entry : box.entries) {
            const Rational low(random.integer(-16, 16), 16);
            entry = {low, low + side};
          }
          const auto outer = enclosures(data, box);
          for (int inside = 0; inside < 4; ++inside) {
            RationalMatrix x(data.n, data.k());
            for (Index k = 0; k < x.size(); ++k)
              x(k) = box.entries[static_cast<std::size_t>(k)].lo + side * Rational(random.integer(0, 8), 8);
            const auto inner = enclosures(data, enclosed(x));
            REQUIRE(inner.size() == outer.size());
            for (std::size_t f = 0; f < inner.size(); ++f) {
              CAPTURE(f);
              CHECK(outer[f].lo <= inner[f].hi);
              CHECK(inner[f].lo <= outer[f].hi);
            }
          }
        }
      }
    }
  }

  TEST_CASE("quantities by hand") {
    const RegionData data = region_data({2, 2}, "graded");  // U = diag(1/2, 1/4)
    RationalMatrix x(2, 2);
    x << 1, 0, 0, 2;
    const EnclosedMatrix point = enclosed(x);
    const RegionSource at(data, point);
    const Vocabulary vocabulary(region_features(), {});
    const auto value = [&](const char* formula) { return evaluate(parse_expression(formula, vocabulary), at); };
    const auto holds = [&](const char* formula) { return std::get<Truth>(value(formula)); };
    CHECK(holds("norm2_X == 5 and gram2_X == 17 and gram2_U == 1/16 + 1/256") == Truth::yes);
    CHECK(holds("3.999999 < sigma2_X(1) < 4.000001 and 0.999999 < sigma2_X(2) < 1.000001") == Truth::yes);
    CHECK(holds("sigma2_U(1) == 1/4 and sigma2_U(2) == 1/16") == Truth::yes);
    // gradient diag(1 - 1/4, 8 - 2/16) = diag(3/4, 63/8)
    CHECK(holds("gradient2 == 9/16 + 3969/64") == Truth::yes);
    // the best Psi is the identity: X - U = diag(1/2, 7/4)
    CHECK(holds("distance2 <= 3.0626 and distance2 >= 1.65") == Truth::yes);
    CHECK(holds("sigma2_X(3) > 0") == Truth::unknown);
    // residual diag(3/4, 63/16); the Hessian has 1 + 1 + 3/4, 4 + 4 + 63/16, and [[1 + 63/16, 2], [2, 4 + 3/4]]
    CHECK(holds("2.74 < lambda_min < 2.76") == Truth::yes);
  }

  TEST_CASE("the distance from the minimizers, where it is known: U = I/2 is max |sigma_i(X) - 1/2| away") {
    constexpr std::uint64_t seed = 123;
    CAPTURE(seed);
    Random random(seed);
    const RegionData data = region_data({2, 2}, "equal");
    const Vocabulary vocabulary(region_features(), {});
    const Expression distance = parse_expression("distance2", vocabulary);
    for (int trial = 0; trial < 50; ++trial) {
      const RationalMatrix x = Rational(1, 8) * random_integers(2, 2, 12, random);
      const EnclosedMatrix point = enclosed(x);
      const RegionSource at(data, point);
      Enclosure truth;
      for (const char* formula : {"sigma2_X(1)", "sigma2_X(2)"}) {
        const Real square = std::get<Real>(evaluate(parse_expression(formula, vocabulary), at));
        const Enclosure off = sqrt(square.enclose(Rational(1, 1'000'000'000))) - Enclosure(Rational(1, 2));
        truth = max(truth, off * off);
      }
      const Enclosure found = std::get<Real>(evaluate(distance, at)).enclose(Rational(1));
      CHECK(found.lo <= truth.hi);
      CHECK(found.hi >= truth.lo);
      CHECK(found.hi <= truth.hi + Rational(1, 100));
    }
  }

  TEST_CASE("true claims are certified, false ones refuted by a point that refutes them") {
    // equal at every column: no box closes, and nothing refutes; with room it is certified
    CHECK(examine("holds = \"gram2_X <= norm2_X^2\"", {2, 1}, "equal").holds == Truth::unknown);
    CHECK(examine("holds = \"gram2_X < 2 * norm2_X^2 + 1\"", {2, 1}, "equal").holds == Truth::yes);
    CHECK(examine("holds = \"norm2_X < 9\"", {2, 1}, "equal").holds == Truth::yes);
    CHECK(examine("holds = \"lambda_min > -1/3\"", {2, 1}, "equal").holds == Truth::yes);
    const RegionResult origin = examine("holds = \"lambda_min > -1/5\"", {2, 1}, "equal");
    REQUIRE(origin.holds == Truth::no);
    const RegionResult refuted = examine("when = \"norm2_X > 1\"\nholds = \"norm2_X < 5\"", {2, 2}, "equal");
    REQUIRE(refuted.holds == Truth::no);
    CHECK(refuted.counterexample->at(0).squaredNorm() >= 5);
    // the gradient vanishes at minimizers: no bound without a hypothesis
    CHECK(examine("holds = \"gradient2 > 0\"", {2, 1}, "equal").holds == Truth::no);
    CHECK(examine("when = \"1024 * distance2 > 1 and 4 * norm2_X > 1/4\"\nholds = \"10 * gradient2 > 1\"", {2, 2},
                  "equal")
              .holds == Truth::no);
  }

  TEST_CASE("work is bounded, and what is left is undecided") {
    const RegionResult little = shipped("li2019-region-1", 2, {2, 1}, "equal", 40);
    CHECK(little.holds == Truth::unknown);
    CHECK(little.boxes == 40);
    CHECK(little.certified > 0);
    CHECK(little.certified < 1);
  }

  TEST_CASE("the square root of a quantity over a box ends") {
    CHECK(examine("holds = \"sqrt(norm2_X + 1) < 4\"", {2, 1}, "equal").holds == Truth::yes);
  }

  TEST_CASE("what cannot be used is refused") {
    CHECK_THROWS_AS(static_cast<void>(region_data({5, 1}, "equal")), InputError);
    CHECK_THROWS_AS(static_cast<void>(region_data({2, 3}, "equal")), InputError);
    CHECK_THROWS_AS(static_cast<void>(region_data({3}, "equal")), InputError);
    CHECK_THROWS_AS(static_cast<void>(region_data({2, 1}, "steep")), InputError);
    CHECK_THROWS_AS(static_cast<void>(region_data({2, 1}, "odd")), InputError);
    CHECK_THROWS_AS(static_cast<void>(statement("holds = \"rank(X) == 1\"")), InputError);
  }
}

TEST_SUITE("standard") {
  TEST_CASE("the regions of Li et al.") {
    // near the saddles: sharp, so certified with room, never refuted; no larger constant
    CHECK(shipped("li2019-region-1", 1, {2, 1}, "equal", 3000).holds == Truth::yes);
    CHECK(shipped("li2019-region-1", 2, {2, 1}, "equal", 500).holds == Truth::unknown);
    CHECK(shipped("li2019-region-1", 3, {2, 1}, "graded", 3000).holds == Truth::yes);
    CHECK(shipped("li2019-region-1-larger-constant", 0, {2, 2}, "equal", 3000).holds == Truth::no);
    // near the minimizers: the published constant and 1/2
    CHECK(shipped("li2019-region-2", 0, {2, 1}, "equal", 3000).holds == Truth::yes);
    CHECK(shipped("li2019-region-2", 1, {2, 1}, "equal", 3000).holds == Truth::yes);
    CHECK(shipped("li2019-region-2", 1, {1, 1}, "graded", 3000).holds == Truth::yes);
    // in between, on these boxes
    CHECK(shipped("li2019-region-3", 0, {2, 1}, "equal", 3000).holds == Truth::yes);
    // far away
    CHECK(shipped("li2019-region-3", 3, {2, 1}, "equal", 3000).holds == Truth::yes);
    const RegionResult recalled = shipped("li2019-region-3-recalled", 0, {2, 2}, "steep", 3000);
    REQUIRE(recalled.holds == Truth::no);
    // the instance, by the numbers: ||grad||^2 against (9/16) sigma_1^6 = 9/16
    const RationalMatrix& x = recalled.counterexample->at(0);
    const RationalMatrix gradient = (x * x.transpose() - region_data({2, 2}, "steep").M()) * x;
    CHECK(gradient.squaredNorm() < Rational(9, 16) * x(0, 0) * x(0, 0));
  }
}
