// A landscape from its file to points, values and derivatives, against formulas by hand.
#include <doctest/doctest.h>
#include <rankscape/error.hpp>
#include <rankscape/exact_json.hpp>
#include <rankscape/landscape.hpp>

#include <nlohmann/json.hpp>

using namespace rankscape;

namespace {

constexpr const char* two_layers = R"TOML(
format = "rankscape-landscape/1"
id     = "two-layers"
title  = "Two layers"
source = "test"
loss   = "norm2(P - Y) + decay * norm2(W(1))"
columns = ["r"]

[sizes]
widths   = "d(0..H)"
require  = "H >= 2"
examples = [[1, 1, 1], [2, 1, 2]]

[data]
Y = "matrix(d(H), d(0))"
decay = { is = "number", default = "0" }

[weights]
"W(h in 1..H)" = "matrix(d(h), d(h-1))"

[domain]
decaying = "decay >= 0"

[define]
P = "prod(h in H downto 1 : W(h))"
r = "rank(P)"

[[symmetry]]
name  = "rotations"
over  = { "A(h in 1..H-1)" = "skew(d(h))" }
moves = { "W(h in 1..H)" = "A(h) * W(h) - W(h) * A(h-1)" }

[[family]]
name = "origin"
  [family.draw]
  Y = "matrix(d(H), d(0))"
  [family.set]
  Y = "Y"
  "W(h in 1..H)" = "0 * matrix(i in 1..d(h), j in 1..d(h-1) : 1)"
  [family.realizes]
  r = "0"
)TOML";

std::shared_ptr<const Landscape> landscape() {
  return Landscape::parse(two_layers, "two-layers.toml");
}

Json point(const char* data, const char* weights) {
  Json json;
  json["format"] = "rankscape-point/1";
  json["model"] = "two-layers";
  json["data"] = Json::parse(data);
  json["weights"] = Json::parse(weights);
  return json;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("sizes, value, gradient and Hessian of a point") {
    const auto l = landscape();
    const auto at = l->instance(l->point(point(R"({"Y": [[3]]})", "[[[1]], [[2]]]")));
    CHECK(at->shape() == Shape{1, 1, 1});
    CHECK(at->parameters() == 2);
    CHECK(at->value() == 1);  // (2 * 1 - 3)^2
    CHECK(at->gradient()(0) == -4);
    CHECK(at->gradient()(1) == -2);
    CHECK(at->hessian()(0, 0) == 8);
    CHECK(at->hessian()(0, 1) == 2);
    CHECK(at->hessian()(1, 1) == 2);
    CHECK(at->degree() == 4);
    CHECK_FALSE(at->critical());
    CHECK(at->orbit_dimension() == 0);
    CHECK(std::get<long>(at->feature("r")) == 1);
    CHECK(l->weight_names(*at) == std::vector<std::string>{"W(1)", "W(2)"});
    const std::vector<Rational> along = at->along({{RationalMatrix::Constant(1, 1, 1), RationalMatrix::Zero(1, 1)}});
    CHECK(along == std::vector<Rational>{0, -4, 4});
  }

  TEST_CASE("data with a default, by name, and back to JSON") {
    const auto l = landscape();
    const Json json = point(R"({"Y": [[1, 0], ["1/2", 0]], "decay": "0.5"})", "[[[1, 0]], [[1], [0]]]");
    const Point p = l->point(json);
    CHECK(l->to_json(p).at("weights") == json.at("weights"));
    CHECK(l->to_json(p).at("data").at("decay") == "1/2");
    CHECK_FALSE(l->to_json(p).contains("sizes"));
    const auto at = l->instance(p);
    CHECK(at->value() == Rational(1, 4) + Rational(1, 2));
    CHECK(at->program_data().size() == 2);
    const Json by_name = point(R"({"Y": [[1, 0], ["1/2", 0]]})", R"({"W": [[[1, 0]], [1, 0]]})");
    CHECK(l->instance(l->point(by_name))->value() == Rational(1, 4));
  }

  TEST_CASE("points that do not fit") {
    const auto l = landscape();
    const auto message = [&](const char* data, const char* weights) -> std::string {
      try {
        static_cast<void>(l->instance(l->point(point(data, weights))));
      } catch (const InputError& error) {
        return error.what();
      }
      return "none";
    };
    CHECK(message(R"({"Y": [[3]]})", "[[[1]]]") == "the shape [1,1] does not satisfy require = \"H >= 2\"");
    CHECK(message(R"({"Y": [[3]]})", "[[[1]], [[2, 1]]]") ==
          "/weights/1: found a 1 x 2 matrix, expected a 1 x 1 matrix (W(2) is matrix(d(h), d(h-1)))");
    CHECK(message(R"({"Y": [[3]], "decay": -1})", "[[[1]], [[2]]]") ==
          "the point is outside the domain: decaying = \"decay >= 0\"");
    CHECK(message("{}", "[[[1]], [[2]]]") == "/data/Y: missing");
    CHECK(message(R"({"Y": [[3]], "Z": 1})", "[[[1]], [[2]]]") == "/data/Z: no such datum, expected Y, decay");
    CHECK(message(R"({"Y": [[3]]})", R"({"V": [[1]]})") == "/weights/V: no such weight, expected W");
    CHECK(message(R"({"Y": [[3], [1, 2]]})", "[[[1]], [[2]]]") ==
          "/data/Y/1: ragged matrix: this row has another length than the first");
  }

  TEST_CASE("cases of families") {
    const auto l = landscape();
    const auto cases = l->cases({});
    REQUIRE(cases.size() == 2);
    CHECK(l->count_cases({}) == 2);
    CHECK(cases[1]->key() == "2,1,2 origin/generic/1");
    for (const auto& recipe : cases) {
      const auto at = l->instance(recipe->build(7));
      CHECK(at->shape() == recipe->shape());
      CHECK(recipe->mismatch(*at, 7).empty());
      CHECK(at->labels().size() == 1);
    }
    CHECK_THROWS_AS(static_cast<void>(l->cases({{{2}}, {}, {}, 1})), InputError);
    CHECK_THROWS_AS(static_cast<void>(l->cases({{}, {}, {"orign"}, 1})), InputError);
    CHECK_THROWS_AS(static_cast<void>(l->cases({{}, {"sideways"}, {}, 1})), InputError);
  }

  // GCC's and clang's builds once drew numerator and denominator in different orders.
  TEST_CASE("what a seed draws does not depend on the compiler") {
    const auto decay = Landscape::read(RANKSCAPE_SOURCE_DIR "/landscapes/weight-decay.toml");
    std::size_t found = 0;
    for (const auto& recipe : decay->cases({{Shape::parse("1,1,1,1")}, {}, {}, 1})) {
      if (recipe->key() != "1,1,1,1 aligned[r=1,above=0]/aligned/1") continue;
      ++found;
      const Json json = decay->to_json(recipe->build(1));
      CHECK(json.at("data").dump() == R"({"Y":[["19/6"]],"decay":["1/3","1/3",3]})");
    }
    CHECK(found == 1);
  }

  TEST_CASE("a loss that the point spells out") {
    const Json json = point_file_of("(x^3 - y^2)*(x - 1)", "x = 0, y = 0", "");
    const auto l = Landscape::of_point(json);
    const auto at = l->instance(l->point(json));
    CHECK(at->parameters() == 2);
    CHECK(at->value() == 0);
    CHECK(at->critical());
    CHECK(at->hessian()(1, 1) == 2);
    CHECK(at->hessian()(0, 0) == 0);
    CHECK(l->to_json(at->point()).at("loss") == "(x^3 - y^2)*(x - 1)");
  }

  TEST_CASE("the points of the format") {
    const std::string folder = RANKSCAPE_SOURCE_DIR "/tests/landscapes/points/";
    const Library library({RANKSCAPE_SOURCE_DIR "/tests/landscapes/examples"}, nullptr);
    const auto convolution = library.point(read_exact_json(folder + "convolution.json"));
    const auto at = convolution.landscape->instance(convolution.point);
    CHECK(at->shape().to_text() == "[3,2],[1]");
    CHECK(at->critical());
    CHECK(at->value() == 1);
    CHECK(convolution.landscape->to_json(at->point()).at("weights").dump() == "[[[0],[1],[0]],[[1],[0]]]");
    const auto spelled_out = library.point(read_exact_json(folder + "inline.json"));
    CHECK(spelled_out.landscape->constrained());
    CHECK(spelled_out.landscape->instance(spelled_out.point)->value() == 3);
    try {
      spelled_out.landscape->check_unconstrained();
      FAIL_CHECK("no complaint");
    } catch (const InputError& error) {
      CHECK(std::string(error.what()).find("/constraints: it has constraints, which are not taken into account here") ==
            0);
    }
  }

  TEST_CASE("simpler points lack an index of a size") {
    const auto l = landscape();
    const Point p = l->point(point(R"({"Y": [[1, 0], [2, 3]]})", "[[[1, 4]], [[1], [5]]]"));
    std::vector<std::string> found;
    for (const Point& simpler : l->simplifications(p))
      found.push_back(l->to_json(l->instance(simpler)->point()).at("weights").dump());
    CHECK(found ==
          std::vector<std::string>{"[[[4]],[[1],[5]]]", "[[[1]],[[1],[5]]]", "[[[1,4]],[[5]]]", "[[[1,4]],[[1]]]"});
  }

  TEST_CASE("an inline loss with a name that is neither weight nor constant") {
    const auto message = [](const std::string& loss, const std::string& at, const std::string& data) -> std::string {
      try {
        const Json json = point_file_of(loss, at, data);
        static_cast<void>(Landscape::of_point(json));
      } catch (const InputError& error) {
        return error.what();
      }
      return "none";
    };
    CHECK(message("x^2 + z", "x = 0", "").find("found 'z', expected a name that is known") != std::string::npos);
    CHECK(message("x^2", "x = 0, y = 1", "").find("found no 'y' in the loss") != std::string::npos);
    CHECK(message("c * x^2", "x = 0, c = 1", "c = 2") ==
          "--at: 'c' is also under --data, expected it under one of them");
    CHECK(message("x^2", "x 0", "") == "--at: at character 3: found '0', expected '='");
    CHECK(message("x^2", "", "").find("/weights") == 0);
  }
}
