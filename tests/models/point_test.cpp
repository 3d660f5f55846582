// Reading points: exact decimals, round trips, and one clear line for everything malformed.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <rankscape/model.hpp>

using namespace rankscape;

namespace {

std::string error_of(const std::string& text) {
  try {
    Point point = point_from_json(parse_exact_json(text, "p.json"));
    const Model* model = find_model(point.model);
    if (model == nullptr) return "unknown model";
    static_cast<void>(model->instance(std::move(point)));
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

std::string with(const std::string& x, const std::string& y, const std::string& weights) {
  return R"({"format": "rankscape-point/1", "model": "deep-linear", "data": {"X": )" + x + R"(, "Y": )" + y +
         R"(}, "weights": )" + weights + "}";
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("decimals are the exact decimals they spell") {
    const Json json = parse_exact_json(R"([0.1, "1e-3", -7, 18446744073709551616, 1.50])", "n");
    CHECK(parse_rational(json[0].get<std::string>()) == Rational(1, 10));
    CHECK(json[2] == -7);
    CHECK(parse_rational(json[3].get<std::string>()) == parse_rational("18446744073709551615") + 1);
    CHECK(parse_rational(json[4].get<std::string>()) == Rational(3, 2));
  }

  TEST_CASE("a point is written and read back") {
    const std::string text = with("[[1, \"1/3\"], [0.25, 2]]", "[[1, 0]]", "[[[1, 2]], [[\"-7/3\"]]]");
    const Point point = point_from_json(parse_exact_json(text, "p"));
    CHECK(std::get<RationalMatrix>(point.data.at("X"))(1, 0) == Rational(1, 4));
    CHECK(point.weights[1](0, 0) == Rational(-7, 3));
    const Point again = point_from_json(parse_exact_json(to_json(point).dump(), "p"));
    CHECK(to_json(again) == to_json(point));
    CHECK(error_of(text) == "");
  }

  TEST_CASE("malformed points name the place") {
    struct Bad {
      std::string text;
      std::string fragment;
    };
    const std::string one = "[[1]]";
    const std::string weights = "[[[1]], [[1]]]";
    std::string deep(100, '[');
    for (
        const auto& bad : std::vector<Bad>{
            {"", "p.json:1:1"},
            {"{", "p.json:1:"},
            {"\x00\xff\xfe", "p.json:1:1"},
            {"[]", "expected an object"},
            {"null", "expected an object"},
            {"{\"format\": 1}", "/format: expected a string"},
            {"{\"format\": \"other\", \"model\": \"deep-linear\", \"data\": {}, \"weights\": []}", "/format"},
            {"{\"a\": 1, \"a\": 2}", "stands twice"},
            {deep, "deeper than 64"},
            {with(one, one, "[]"), "at least two layers"},
            {with(one, one, "[[[1]]]"), "at least two layers"},
            {with("[[1, 2], [3]]", one, weights), "/data/X/1: ragged"},
            {with("[]", one, weights), "/data/X"},
            {with("[[]]", one, weights), "/data/X/0"},
            {with("[[null]]", one, weights), "/data/X/0/0"},
            {with("[[true]]", one, weights), "/data/X/0/0"},
            {with("[[\"1/0\"]]", one, weights), "/data/X/0/0"},
            {with("[[\"1e400000\"]]", one, weights), "/data/X/0/0"},
            {with("[[1e400]]", one, weights), "p.json:1:"},
            {with("[[\"abc\"]]", one, weights), "/data/X/0/0"},
            {with("7", one, weights), "/data/X: expected a matrix"},
            {with(one, one, "[[[1, 2]], [[1, 2]]]"), "/weights/1"},
            {with("[[1], [2]]", one, weights), "/data/X"},
            {with(one, "[[1, 2]]", weights), "/data/Y"},
            {with(one, one, "7"), "/weights"},
            {R"({"format": "rankscape-point/1", "model": "deep-linear", "data": {"X": [[1]]}, "weights": [[[1]], [[1]]]})",
             "/data/Y: missing"},
            {R"({"format": "rankscape-point/1", "model": "deep-linear", "data": {"X": [[1]], "Y": [[1]], "Z": 1}, "weights": [[[1]], [[1]]]})",
             "/data/Z: unknown"},
            {R"({"format": "rankscape-point/1", "model": "deep-linear", "data": {}, "weights": [], "extra": 1})",
             "/extra: unknown"},
            {R"({"format": "rankscape-point/1", "model": "other", "data": {}, "weights": []})", "unknown model"}}) {
      CAPTURE(bad.text);
      const std::string error = error_of(bad.text);
      CAPTURE(error);
      CHECK(error.find(bad.fragment) != std::string::npos);
      CHECK(error.find('\n') == std::string::npos);
    }
  }

  TEST_CASE("files that cannot be read") {
    CHECK_THROWS_WITH_AS(static_cast<void>(read_exact_json("/nonexistent.json")), "/nonexistent.json: no such file",
                         InputError);
    CHECK_THROWS_WITH_AS(static_cast<void>(read_exact_json("/tmp")), "/tmp: is a directory", InputError);
  }
}
