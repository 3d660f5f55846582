// Shapes in their spellings.
#include <doctest/doctest.h>
#include <rankscape/error.hpp>
#include <rankscape/shape.hpp>

#include <nlohmann/json.hpp>

using namespace rankscape;

TEST_SUITE("quick") {
  TEST_CASE("text and JSON come back") {
    for (const char* text : {"2,2,2", "1", "[3,2],[1]", "2,[1,1]", "[],3"}) {
      CAPTURE(text);
      const Shape shape = Shape::parse(text);
      CHECK(shape.to_text() == text);
      CHECK(Shape::from_json(shape.to_json(), "/shape") == shape);
    }
    CHECK(Shape::parse(" [3, 2] , [1] ").to_text() == "[3,2],[1]");
  }

  TEST_CASE("a single list is the shape itself") {
    CHECK(Shape::parse("[2,2,2]") == Shape{2, 2, 2});
    CHECK(Shape(std::vector<Shape::Item>{std::vector<long>{3, 1}}) == Shape{3, 1});
    CHECK(Shape::from_json(Json::parse("[[2,1]]"), "/shape").flat());
  }

  TEST_CASE("what is no shape") {
    for (const char* text : {"", "a", "1,", "[1", "1]", "-1", "1.5", "99999999", "[[1]]", "1,,2", "1 2"}) {
      CAPTURE(text);
      CHECK_THROWS_AS(static_cast<void>(Shape::parse(text)), InputError);
    }
    for (const char* text : {"1", "[-1]", "[1.5]", "[[[1]]]", "[\"1\"]", "[99999999]", "{}"}) {
      CAPTURE(text);
      CHECK_THROWS_AS(static_cast<void>(Shape::from_json(Json::parse(text), "/shape")), InputError);
    }
  }

  TEST_CASE("smaller shapes") {
    const auto texts = [](const Shape& shape) {
      std::string all;
      for (const Shape& smaller : shape.smaller())
        all += smaller.to_text() + " ";
      return all;
    };
    CHECK(texts(Shape{2, 1}) == "1 2 1,1 ");
    CHECK(texts(Shape::parse("[3,2],[1]")) == "[2],[1] [3],[1] [3,2],[] [2,2],[1] [3,1],[1] ");
    CHECK(texts(Shape{1}).empty());
  }

  TEST_CASE("order") {
    CHECK(Shape{1, 2} < Shape{1, 3});
    CHECK(Shape{1} < Shape{1, 1});
  }
}
