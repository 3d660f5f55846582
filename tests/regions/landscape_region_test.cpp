// Boxes of any landscape: deep matrix factorization with weight decay, and a loss of two numbers.

#include "regions/landscape_region.hpp"

#include <doctest/doctest.h>
#include <rankscape/error.hpp>

#include <nlohmann/json.hpp>

using namespace rankscape;
using namespace rankscape::regions;

namespace {

constexpr const char* two_layers = R"TOML(
format = "rankscape-landscape/1"
id     = "two-layers"
title  = "Two layers"
source = "test"
loss   = "norm2(P - Y) + decay * sum(h in 1..H : norm2(W(h)))"

[sizes]
widths   = "d(0..H)"
examples = [[1, 1, 1]]

[data]
Y = "matrix(d(H), d(0))"
decay = "number"

[weights]
"W(h in 1..H)" = "matrix(d(h), d(h-1))"

[define]
P = "prod(h in H downto 1 : W(h))"
r = "rank(P)"
size = "sum(h in 1..H : norm2(W(h)))"

[[family]]
name = "origin"
  [family.set]
  Y = "matrix(i in 1..d(H), j in 1..d(0) : 1)"
  decay = "1/4"
  "W(h in 1..H)" = "0 * matrix(i in 1..d(h), j in 1..d(h-1) : 1)"
)TOML";

struct Fixture {
  std::shared_ptr<const Landscape> landscape = Landscape::parse(two_layers, "two-layers.toml");
  LanguageLookup languages{[this](std::string_view name) -> std::optional<Language> {
                             return Language{std::string(name), "widths", region_vocabulary(*landscape)};
                           },
                           [] { return std::vector<std::string>{"two-layers"}; }};

  [[nodiscard]] std::unique_ptr<Instance> at(const char* weights) const {
    Json json;
    json["format"] = "rankscape-point/1";
    json["model"] = "two-layers";
    json["data"] = Json::parse(R"({"Y": [[1]], "decay": "1/4"})");
    json["weights"] = Json::parse(weights);
    return landscape->instance(landscape->point(json));
  }
  [[nodiscard]] RegionResult examine(const std::string& claim, std::uint64_t boxes = 2000) const {
    const Statement statement = Statement::parse(
        "format = \"rankscape-statement/1\"\nid = \"t\"\ntitle = \"t\"\nsource = \"t\"\nmodel = \"two-layers\"\n"
        "[[claim]]\nname = \"c\"\n" +
            claim + "\n",
        "t", languages);
    const auto instance = at("[[[0]], [[0]]]");
    const LandscapeRegion region(*instance);
    return examine_region(statement, 0, region, region.cube(2), {.boxes = boxes});
  }
};

}  // namespace

TEST_SUITE("quick") {
  // L = (w_2 w_1 - 1)^2 + (w_1^2 + w_2^2)/4 on [-2, 2]^2
  TEST_CASE("claims about all points of a box") {
    const Fixture fixture;
    CHECK(fixture.examine("holds = \"norm2(W(1)) <= 4 and size <= 8\"").holds == Truth::yes);
    CHECK(fixture.examine("holds = \"value >= 0\"").holds == Truth::yes);
    CHECK(fixture.examine("holds = \"value <= 27\"").holds == Truth::yes);
    CHECK(fixture.examine("holds = \"value <= 26\"").holds == Truth::no);
    CHECK(fixture.examine("holds = \"all(h in 1..H : entry(W(h), 1, 1) >= -2)\"").holds == Truth::yes);
    CHECK(fixture.examine("holds = \"entry(P, 1, 1) <= 4\"").holds == Truth::yes);
    // a rank is undefined over a box, and exact at a point
    const RegionResult refuted = fixture.examine("when = \"size <= 1\"\nholds = \"r == 1\"");
    REQUIRE(refuted.holds == Truth::no);
    CHECK(refuted.counterexample->at(0)(0, 0) * refuted.counterexample->at(1)(0, 0) == 0);
    // the Hessian at 0 is [1/2, -2; -2, 1/2]: near it the least eigenvalue is near -3/2
    CHECK(fixture.examine("when = \"size <= 1/16\"\nholds = \"lambda_min <= -1\"").holds == Truth::yes);
    CHECK(fixture.examine("when = \"size <= 1/16\"\nholds = \"lambda_min <= -2\"").holds == Truth::no);
    // critical points are 0 and w_1 = w_2 = +-sqrt(3/4): away from them the gradient is not small
    CHECK(fixture.examine("when = \"size >= 1/4 and size <= 1\"\nholds = \"gradient2 >= 1/100\"").holds == Truth::yes);
    CHECK(fixture.examine("when = \"size >= 1/4\"\nholds = \"gradient2 >= 1/100\"").holds == Truth::no);
  }

  TEST_CASE("definitions of the statement, with variables") {
    const Fixture fixture;
    const auto holds = [&](const char* claim) {
      return fixture
          .examine(std::string(claim) +
                   "\n[define]\n\"part(h)\" = \"norm2(W(h)) + h\"\n"
                   "\"small(h)\" = \"part(h) <= 4 + h\"\n")
          .holds;
    };
    CHECK(holds("holds = \"all(h in 1..H : small(h))\"") == Truth::yes);
    CHECK(holds("holds = \"part(2) <= 5\"") == Truth::no);
    CHECK(holds("holds = \"sum(h in 1..H : part(h)) <= 11\"") == Truth::yes);
  }
}
