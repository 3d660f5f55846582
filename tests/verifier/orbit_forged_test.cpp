// A critical point beside weights, by hand: (x^2 + y^2 - 25)^2 at (18/5, 24/5), 1 from (3, 4) on the circle of minima.
// One forgery for each check.
#include <doctest/doctest.h>

#include "verifier/samples.hpp"
#include "verifier/verify.hpp"

using samples::Json;
using samples::matrix;
using verifier::Outcome;

namespace {

Json row(const Json& numbers) {
  return matrix(Json::array({numbers}));
}

Json list(std::initializer_list<Json> items) {
  Json json = Json::array();
  for (const Json& item : items)
    json.push_back(item);
  return json;
}

// The rotation (-y, x)/6 has the value n = (-4, 3)/5 at the weights; with u = (3, 4)/5 the Hessian at (3, 4) is 200 u
// u^T, and [H, n; n^T, 0] has the inverse [u u^T / 200, n; n^T, 0].
Json circle() {
  Json json;
  json["format"] = "rankscape-orbit/1";
  json["data"] = Json::array();
  json["weights"] = list({{{"name", "w"}, {"value", matrix({{"18/5"}, {"24/5"}})}}});
  json["constants"] = list({row(Json::array({25}))});
  json["program"] = list({{"input", 0}, {"constant", 0}, {"dot", 0, 0}, {"subtract", 2, 1}, {"dot", 3, 3}});
  json["fields"] = list({list({{0, 1, -1}, {1, 0, 1}})});
  json["border"] = row(list({"1/6"}));
  json["middle"] = row({3, 4});
  json["radius"] = "1/1000";
  json["inverse"] = matrix({{"9/5000", "12/5000", "-4/5"}, {"12/5000", "16/5000", "3/5"}, {"-4/5", "3/5", 0}});
  json["crossing"] = row(list({"6/5"}));
  json["bordered"] = {{"neg", 1},
                      {"zero", 0},
                      {"pos", 2},
                      {"frame", {{-4, 3, -5}, {-4, 3, 5}, {3, 4, 0}}},
                      {"null", Json::array()},
                      {"null_columns", Json::array()}};
  json["inertia"] = {{"neg", 0}, {"zero", 1}, {"pos", 1}};
  json["verdict"] = "local_minimizer";
  json["distance"] = {{"lo", "998/1000"}, {"hi", "1002/1000"}};  // 1 -+ sqrt 2 / 1000
  return json;
}

// From (1 + 1/10000) (3, 4), which is nearer: what is said besides.
Json beside_the_circle() {
  Json json = circle();
  json["weights"] = list({{{"name", "w"}, {"value", matrix({{"30003/10000"}, {"40004/10000"}})}}});
  json["border"] = row(list({"2000/10001"}));
  json["crossing"] = row(list({"10001/10000"}));
  json["radius"] = "1/10000";
  json["distance"] = {{"lo", "35/100000"}, {"hi", "65/100000"}};
  json["value"] = {{"lo", "-1/500000"}, {"hi", "1/500000"}};   // (14 R + 2 R^2)^2 is 1.96e-6
  json["alone"] = {{"box", "1/250"}, {"within", "36/10000"}};  // q is about 234 box
  return json;
}

// 4 (x y - 1)^2 at (1, 1) along the hyperbola, whose symmetry (x, -y) is no isometry.
Json hyperbola() {
  Json json = circle();
  json["weights"] = list({{{"name", "w"}, {"value", matrix({{1}, {1}})}}});
  json["constants"] = list({matrix({{0, 1}, {1, 0}}), row(Json::array({2}))});
  json["program"] = list({{"input", 0},
                          {"constant", 0},
                          {"multiply", 1, 0},
                          {"dot", 0, 2},
                          {"constant", 1},
                          {"subtract", 3, 4},
                          {"dot", 5, 5}});
  json["fields"] = list({list({{0, 0, 1}, {1, 1, -1}})});
  json["border"] = row(list({"1/2"}));
  json["middle"] = row({1, 1});
  json["radius"] = "1/10000";
  json["inverse"] = matrix({{"1/32", "1/32", 1}, {"1/32", "1/32", -1}, {1, -1, 0}});
  json["crossing"] = row(list({1}));
  json["bordered"]["frame"] = {{1, -1, -1}, {1, -1, 1}, {1, 1, 0}};
  json["distance"] = {{"lo", 0}, {"hi", "2/10000"}};
  return json;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("the value, and alone within a radius: by hand, and a forgery for each check") {
    const verifier::Report report = verifier::verify_certificate(beside_the_circle().dump());
    CAPTURE(report.reason);
    CHECK(report.outcome == Outcome::verified);
    CHECK(report.verified.size() == 3);
    CHECK(report.not_verified.empty());
    const verifier::Report scaled = verifier::verify_certificate(hyperbola().dump());
    CHECK_MESSAGE(scaled.outcome == Outcome::verified, scaled.reason);
    const auto said = [](const char* then, const char* agrees) {
      const Json one{{"name", "all"}, {"then", then}};
      return list({{{"id", "a"}, {"sha256", "b"}, {"agrees", agrees}, {"cases", list({one})}}});
    };
    Json with_statement = beside_the_circle();
    with_statement["statements"] = said("local_minimum", "yes");
    const verifier::Report agreed = verifier::verify_certificate(with_statement.dump());
    CHECK_MESSAGE(agreed.outcome == Outcome::verified, agreed.reason);
    CHECK(agreed.statements.size() == 1);
    const Json alone{{"box", "1/10000"}, {"within", "1/10000"}};
    const std::vector<std::pair<const char*, Json>> forgeries = {
        {"not shown to lie", samples::with(beside_the_circle(), {{"/value/lo", "-1/520000"}})},
        {"not shown to lie", samples::with(beside_the_circle(), {{"/value/hi", "1/520000"}})},
        {"not shown to hold", samples::with(beside_the_circle(), {{"/alone/box", "1/230"}})},
        {"not shown to hold", samples::with(beside_the_circle(), {{"/alone/box", "1/10001"}})},
        {"reaches beyond", samples::with(beside_the_circle(), {{"/alone/within", "361/100000"}})},
        {"reaches beyond", samples::with(beside_the_circle(), {{"/alone/within", 0}})},
        {"needs the value", samples::with(circle(), {{"/better", row({3, 4})}})},
        {"is not smaller", samples::with(beside_the_circle(), {{"/better", row({3, 4})}})},
        {"predictions give \"no\"", samples::with(beside_the_circle(), {{"/statements", said("saddle", "yes")}})},
        {"predictions give \"unknown\"",
         samples::with(beside_the_circle(), {{"/statements", said("global_minimizer", "yes")}})},
        {"no infinitesimal isometry", samples::with(hyperbola(), {{"/alone", alone}})},
    };
    for (const auto& forgery : forgeries) {
      const std::string phrase = forgery.first;
      CAPTURE(phrase);
      const verifier::Report refused = verifier::verify_certificate(forgery.second.dump());
      CAPTURE(refused.reason);
      CHECK(refused.outcome == Outcome::rejected);
      CHECK(refused.reason.find(phrase) != std::string::npos);
    }
  }

  TEST_CASE("an orbit by hand, and one forgery for each check") {
    const verifier::Report report = verifier::verify_certificate(circle().dump());
    CAPTURE(report.reason);
    CHECK(report.outcome == Outcome::verified);
    CHECK(report.not_verified.empty());
    CHECK(report.verdict == "local_minimizer");
    struct Forgery {
      const char* phrase;
      std::vector<std::pair<std::string, Json>> changes;
    };
    const Json none = Json::array();
    const std::vector<Forgery> forgeries = {
        {"not shown to be so near", {{"/distance/hi", "1001/1000"}}},
        {"not shown to be so near", {{"/distance/hi", -2}}},
        {"may be nearer", {{"/distance/lo", "999/1000"}}},
        {"lo: missing", {{"/distance/lo", nullptr}}},
        {"the box has no width", {{"/radius", 0}}},
        {"the box has no width", {{"/radius", "-1/1000"}}},
        {"not shown to be regular on the box", {{"/radius", "1/100"}}},
        {"not shown to be regular on the box", {{"/inverse/entries/2/2", 5000}}},
        {"not of the right shape", {{"/inverse", row({1, 0, 0})}}},
        {"no zero is shown", {{"/middle", row({"3001/1000", "4001/1000"})}}},
        {"not of the right shape", {{"/middle", row({3, 4, 5})}}},
        {"not constant along the field", {{"/fields/0/0/2", 1}}},
        {"not constant along the field", {{"/fields/0/0/1", 2}}},
        {"not [i, j, INTEGER]", {{"/fields/0/0", {0, 1}}}},
        {"not one row for each field", {{"/fields", none}}},
        {"not one row for each field", {{"/border", matrix({{1}, {1}})}}},
        {"too many columns", {{"/border", row({"1/6", 0, 0})}}},
        {"not shown to cross", {{"/crossing", row(Json::array({0}))}}},
        {"not of the right shape", {{"/crossing", row({1, 0})}}},
        {"crossing: missing", {{"/crossing", nullptr}}},
        {"not shown to span", {{"/bordered/neg", 2}, {"/bordered/pos", 1}}},
        {"not that of the bordered matrix", {{"/inertia/neg", 1}}},
        {"not that of the bordered matrix", {{"/inertia/zero", 0}}},
        {"not that of the bordered matrix", {{"/inertia/pos", 2}}},
        {"the inertia gives local_minimizer", {{"/verdict", "strict_saddle"}}},
        {"not a polynomial",
         {{"/program",
           list(
               {{"input", 0}, {"constant", 0}, {"dot", 0, 0}, {"subtract", 2, 1}, {"dot", 3, 3}, {"reciprocal", 4}})}}},
        // without the symmetry the Hessian is singular
        {"not shown to be regular",
         {{"/fields", none},
          {"/border", matrix(none, 0)},
          {"/inverse", matrix(list({list({"9/5000", "12/5000"}), list({"12/5000", "16/5000"})}))}}},
    };
    for (const Forgery& forgery : forgeries) {
      CAPTURE(std::string(forgery.phrase));
      const verifier::Report refused = verifier::verify_certificate(samples::with(circle(), forgery.changes).dump());
      CAPTURE(refused.reason);
      CHECK(refused.outcome == Outcome::rejected);
      CHECK(refused.reason.find(forgery.phrase) != std::string::npos);
    }
  }

  TEST_CASE("every place of an orbit's certificate changed in turn: nothing crashes, no claim gets stronger") {
    const Json flat = circle().flatten();
    for (const auto& item : flat.items()) {
      const std::string place = item.key();
      const bool claim = place.starts_with("/inertia") || place.starts_with("/verdict") || place == "/distance/hi";
      for (const Json& other : {Json(nullptr), Json(true), Json(0), Json(1), Json(2), Json(-1), Json(0.5), Json("x"),
                                Json("1/0"), Json("nan"), Json::array(), Json::object(), Json(std::string(300, '9')),
                                Json(std::string(30'000, '9')), Json("999/1000"), Json(18446744073709551615U)}) {
        if (other == item.value()) continue;
        Json changed = circle();
        changed[Json::json_pointer(place)] = other;
        const bool accepted = verifier::verify_certificate(changed.dump()).outcome == Outcome::verified;
        const std::string spelled = other.dump();
        const bool wider =
            place == "/distance/hi" && (spelled == "2" || spelled == "18446744073709551615" || spelled.size() == 302);
        CAPTURE(place);
        CAPTURE(other.dump().substr(0, 40));
        if (claim) CHECK(accepted == wider);
      }
    }
  }
}
